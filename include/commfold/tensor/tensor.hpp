// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/tensor.hpp
/// A contiguous tensor that holds no data: a dtype and a shape.

#include <commfold/tensor/bytes.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/extents.hpp>
#include <commfold/tensor/tensor_traits.hpp>

#include <cstddef>

namespace commfold {

/// `tensor<bf16, 8192, dyn>`: what PyTorch's `torch.empty((8192, n), dtype=torch.bfloat16)` is to a size: a dtype, a shape, and a storage
/// of its own that is just large enough. It stores its dynamic extents and nothing else; with none it is an empty type.
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
  [[nodiscard]] constexpr std::size_t extent(std::size_t r) const { return shape_.extent(r); }
  [[nodiscard]] constexpr extents_type const& extents() const noexcept { return shape_; }

  /// The number of elements: a `size_constant` when all extents are static.
  [[nodiscard]] constexpr auto numel() const { return shape_.numel(); }

  /// Dynamic extents are 0.
  constexpr tensor() = default;

  /// From the dynamic extents alone, or from all of them; a static one that does not match is an `invalid_argument`.
  template <size_like... N>
    requires(sizeof...(N) > 0 && (sizeof...(N) == extents_type::rank_dynamic() || sizeof...(N) == sizeof...(E)))
  constexpr explicit(sizeof...(N) == 1) tensor(N const&... given) : shape_(given...) {}

  constexpr explicit tensor(extents_type const& given_extents) noexcept : shape_(given_extents) {}

  /// From a tensor whose type knows more or less of the same shape. Explicit, and checked, where this one knows more.
  template <std::size_t... O>
    requires(sizeof...(O) == sizeof...(E) && ((O == E || O == dyn || E == dyn) && ...))
  constexpr explicit((... || (E != dyn && O == dyn))) tensor(tensor<D, O...> const& other_tensor) : shape_(other_tensor.extents()) {}

 private:
  [[no_unique_address]] extents_type shape_;
};

/// One dtype and one shape, static or not.
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

template <dtype D, std::size_t... E>
inline constexpr std::size_t static_payload_bytes<tensor<D, E...>> = detail::static_bytes<D, E...>();

template <dtype D, std::size_t... E>
inline constexpr std::size_t static_storage_bytes<tensor<D, E...>> = static_payload_bytes<tensor<D, E...>>;

}  // namespace commfold
