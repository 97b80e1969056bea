// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/payload_bytes.hpp
/// The bytes of a tensor's elements.

#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/contiguous_bytes.hpp>
#include <commfold/tensor/dtype_of_tensor.hpp>
#include <commfold/tensor/dynamic_extents.hpp>
#include <commfold/tensor/extents.hpp>
#include <commfold/tensor/extents_of.hpp>
#include <commfold/tensor/tensor_traits.hpp>

#include <cstddef>
#include <type_traits>

namespace commfold {
namespace detail {

template <bool Fits>
constexpr std::size_t bytes_that_fit(std::size_t bytes) {
  static_assert(Fits, "commfold::payload_bytes: the size of this tensor does not fit std::size_t");
  return bytes;
}

/// Bytes of an element as a double, in units of 2^200, since the largest extents of sixteen dimensions would overflow it; 0 where elements
/// are not whole bytes in every row.
template <dtype D>
inline constexpr double element_bytes = bits(D) % 8 == 0 && !packs_rows(D) ? static_cast<double>(bits(D)) / 8 * 0x1p-200 : 0;

/// Whether the bytes of a tensor are a plain product: in a double one operation a dimension tells that nothing is run-time, overflows or is
/// packed, since all products of integers below 2^53 are exact in it. An extent of 0 would hide a run-time one, and is not quick.
constexpr bool is_quick(double product) noexcept { return product >= 0x1p-200 && product < 0x1p-147; }

// A variable over the bool, so that the exact way is instantiated only where it is needed: this is asked for every type of tensor, and
// there try_static_bytes is called twice, since a second evaluation costs less than one more function to hold the first answer.
template <bool Quick, dtype D, std::size_t... E>
inline constexpr std::size_t bytes_in_type = bytes_that_fit<try_static_bytes(D, {E...}).fits>(try_static_bytes(D, {E...}).value);
template <dtype D, std::size_t... E>
inline constexpr std::size_t bytes_in_type<true, D, E...> = (std::size_t{bits(D) / 8} * ... * E);

template <dtype D, std::size_t... E>
consteval std::size_t static_bytes_of_extents(extents<E...> const*) {
  return bytes_in_type<is_quick((element_bytes<D> * ... * static_cast<double>(E))), D, E...>;
}

template <class T>
consteval std::size_t static_payload() {
  static_assert(tensor_like<T>, "commfold::tensor_traits: this type is no tensor; specialise tensor_traits<T>, or speak mdspan's words");
  if constexpr (static_tensor<T>)
    return static_bytes_of_extents<traits_of<T>::dtype>(static_cast<tensor_extents<T> const*>(nullptr));
  else
    return dyn;
}

}  // namespace detail

/// The payload of a tensor type, ⌈numel * bits / 8⌉ bytes, asked of the type alone: `dyn` where it does not say. A payload that does not
/// fit `std::size_t` is a compile error.
template <class T>
inline constexpr std::size_t static_payload_bytes = detail::static_payload<std::remove_cvref_t<T>>();

namespace detail {

struct bytes_of_extents {
  template <class Extents>
  [[gnu::always_inline]] static constexpr size_result of(dtype d, Extents const& e) {
    std::size_t const width = bits(d);
    if (width % 8 == 0) return e.product(width / 8);
    dynamic_extents const all(e);
    return try_contiguous_bytes(d, all.data(), all.rank());
  }
};

/// The bytes, and whether they fit, for those who add up many and ask once.
template <tensor_like T>
[[gnu::always_inline]] constexpr size_result try_payload_bytes([[maybe_unused]] T const& t) {
  if constexpr (static_payload_bytes<T> != dyn)
    return {static_payload_bytes<T>, true};
  else
    return bytes_of_extents::of(dtype_of_tensor_fn{}(t), extents_of_fn{}(t));
}

struct payload_bytes_fn {
  template <tensor_like T>
  [[nodiscard]] constexpr auto operator()([[maybe_unused]] T const& t) const {
    if constexpr (constexpr std::size_t known = static_payload_bytes<T>; known != dyn) {
      return size_constant<known>{};
    } else {
      size_result const bytes = try_payload_bytes(t);
      if (!bytes.fits) fail_overflow("commfold::payload_bytes", "the size of this tensor");
      return bytes.value;
    }
  }
};

}  // namespace detail

/// payload_bytes(t) = ⌈numel(t) * bits / 8⌉: the bytes of the elements that t shows. A `size_constant` where the type fixes it, else a
/// `std::size_t`; one that does not fit is a compile error or an `overflow_error`. `quint4x2` and `quint2x4` start every row on a byte, as
/// in PyTorch.
inline constexpr detail::payload_bytes_fn payload_bytes{};

}  // namespace commfold
