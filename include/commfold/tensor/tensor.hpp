// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/tensor.hpp
/// A contiguous tensor that holds no data: a dtype and a shape.

#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/extents.hpp>
#include <commfold/tensor/payload_bytes.hpp>
#include <commfold/tensor/storage_bytes.hpp>
#include <commfold/tensor/tensor_traits.hpp>

#include <cstddef>
#include <type_traits>

namespace commfold {

namespace detail {

/// The shape of a tensor whose type says all of it: one object for all tensors of the type, none of which stores it.
template <std::size_t... E>
inline constexpr extents<E...> only_shape{};

/// What such a tensor stores in place of its shape. One type for all of them, so that completing a tensor does not complete its extents.
struct no_stored_extents {
  // User-provided, so that a tensor is not trivial: libstdc++ 12 fills a vector of trivial elements by assigning to elements that do not
  // live yet, which clang refuses in a constant.
  constexpr no_stored_extents() noexcept {}
  template <std::size_t... E>
  constexpr explicit no_stored_extents(extents<E...> const&) noexcept {}
};

/// What a tensor stores of its shape, as the type of a call: `no_stored_extents` where the shape is static. Not as an alias template: g++
/// keeps all specializations of an alias that stand for one type in one list and searches it for each, which is quadratic.
template <bool Static>
struct held_shape {
  template <class Extents>
  static Extents of(Extents*);
};
template <>
struct held_shape<true> {
  static no_stored_extents of(void*);
};

/// A size, and not the tensor itself. Identity is tested first: it is evaluated on every copy, and `size_like` is expensive.
template <class N, class Tensor>
concept size_beside = !__is_same(N, Tensor) && size_like<N>;

}  // namespace detail

/// `tensor<bf16, 8192, dyn>` stands for PyTorch's `torch.empty((8192, n), dtype=torch.bfloat16)`: a dtype, a shape, and a storage of its
/// own that is just large enough, without the data. It stores its dynamic extents and nothing else; with none it is an empty type.
template <commfold::dtype D, std::size_t... E>
class tensor {
 public:
  using extents_type = commfold::extents<E...>;
  using size_type = std::size_t;
  using rank_type = std::size_t;

  /// The element type, as a value.
  static constexpr commfold::dtype dtype = D;

  [[nodiscard]] static constexpr std::size_t rank() noexcept { return sizeof...(E); }
  [[nodiscard]] static constexpr std::size_t rank_dynamic() noexcept { return extents_type::rank_dynamic(); }
  [[nodiscard]] static constexpr std::size_t static_extent(std::size_t r) { return extents_type::static_extent(r); }
  [[nodiscard]] constexpr std::size_t extent(std::size_t r) const { return extents().extent(r); }
  [[nodiscard]] constexpr extents_type const& extents() const noexcept {
    if constexpr ((... && (E != dyn)))
      return detail::only_shape<E...>;
    else
      return shape_;
  }

  /// The number of elements: a `size_constant` when all extents are static.
  [[nodiscard]] constexpr auto numel() const { return extents().numel(); }

  /// Dynamic extents are 0.
  constexpr tensor() = default;

  /// From the dynamic extents alone, or from all of them; a static one that does not match is an `invalid_argument`.
  template <detail::size_beside<tensor> First, size_like... Rest>
    requires(sizeof...(Rest) + 1 == sizeof...(E) || sizeof...(Rest) + 1 == extents_type::rank_dynamic())
  constexpr explicit(sizeof...(Rest) == 0) tensor(First const& first, Rest const&... rest) : shape_(extents_type(first, rest...)) {}

  /// From any shape that converts to this one implicitly. A template, so that copying a tensor does not look up whether a tensor converts
  /// to a shape.
  template <std::size_t... O>
    requires(sizeof...(O) == sizeof...(E) && ((O == E || E == dyn) && ...))
  constexpr explicit tensor(commfold::extents<O...> const& given_extents) noexcept : shape_(extents_type(given_extents)) {}

  /// From a tensor whose type says more or less of the same shape. Explicit, and checked, where this type says more.
  template <std::size_t... O>
    requires(sizeof...(O) == sizeof...(E) && (... || (O != E)) && ((O == E || O == dyn || E == dyn) && ...))
  constexpr explicit((... || (E != dyn && O == dyn))) tensor(tensor<D, O...> const& other_tensor)
      : shape_(extents_type(other_tensor.extents())) {}

 private:
  [[no_unique_address]] decltype(detail::held_shape<(... && (E != dyn))>::of(static_cast<extents_type*>(nullptr))) shape_;
};

/// Equal dtypes and equal shapes, static or not.
template <dtype D, std::size_t... E, dtype D2, std::size_t... E2>
[[nodiscard]] constexpr bool operator==(tensor<D, E...> const& a, tensor<D2, E2...> const& b) noexcept {
  return D == D2 && a.extents() == b.extents();
}

template <dtype D, std::size_t... E>
struct tensor_traits<tensor<D, E...>> {
  using extents_type = commfold::extents<E...>;
  static constexpr commfold::dtype dtype = D;
  static constexpr extents_type const& extents(tensor<D, E...> const& t) noexcept { return t.extents(); }
};

namespace detail {
template <dtype D, std::size_t... E>
inline constexpr bool declares_tensor<tensor<D, E...>> = true;
}  // namespace detail

template <dtype D, std::size_t... E>
inline constexpr std::size_t static_payload_bytes<tensor<D, E...>> =
    detail::bytes_in_type<detail::is_quick((detail::element_bytes<D> * ... * static_cast<double>(E))), D, E...>;

template <dtype D, std::size_t... E>
inline constexpr std::size_t static_storage_bytes<tensor<D, E...>> = static_payload_bytes<tensor<D, E...>>;

}  // namespace commfold
