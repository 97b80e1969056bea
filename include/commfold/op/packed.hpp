// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/packed.hpp
/// Tensors of the dtypes that pack several elements into a byte, divided among ranks: every part begins and ends on whole bytes, so that
/// the bytes of the parts add up to those of the whole.

#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/dtype_of_tensor.hpp>
#include <commfold/tensor/extents_of.hpp>
#include <commfold/tensor/tensor_traits.hpp>

#include <cstddef>

namespace commfold::detail {

// What follows is asked under `packs_rows` of a dtype in a type, and without a template for each type of tensor: few tensors are packed.

[[noreturn, gnu::cold]] constexpr void fail_byte_is_cut(char const* verb, dtype d, std::size_t at) {
  fail<invalid_argument>(verb, "a part of {} that ends behind {} elements would end within a byte, which {} of them share", name(d), at,
                         std::size_t{elements_in_a_byte(d)});
}
/// Of more than one dimension the parts have whole rows, which start on bytes.
constexpr bool cuts_a_byte(dtype d, std::size_t rank, std::size_t at) noexcept {
  return rank <= 1 && packs_rows(d) && at % elements_in_a_byte(d) != 0;
}

/// Refuses parts of `of_part` elements along dimension 0 of a tensor of `rank` dimensions, one a rank, that do not end on whole bytes.
constexpr void expect_whole_bytes(char const* verb, dtype d, std::size_t rank, std::size_t of_part, std::size_t ranks) {
  if (ranks > 1 && cuts_a_byte(d, rank, of_part)) fail_byte_is_cut(verb, d, of_part);
}

/// Whether the types tell so. Both numbers are `dyn` where they are not known.
constexpr bool known_to_cut_a_byte(dtype d, std::size_t rank, std::size_t of_part, std::size_t ranks) noexcept {
  return of_part != dyn && ranks != dyn && ranks > 1 && cuts_a_byte(d, rank, of_part);
}

/// Whether the type leaves it possible that the dtype is a packed one.
template <class T>
inline constexpr bool may_be_packed = true;
template <static_dtype_tensor T>
inline constexpr bool may_be_packed<T> = packs_rows(traits_of<T>::dtype);

/// Refuses parts with these sizes along dimension 0, of which one that is not the last does not end on a whole byte.
template <class Row, class T, class Sizes>
constexpr void expect_whole_bytes_of_each(T const& t, Sizes const& sizes) {
  if constexpr (may_be_packed<T>) {
    dtype const d = dtype_of_tensor(t);
    std::size_t const rank = extents_of(t).rank();
    std::size_t total = 0;
    for (auto const& size : sizes) total = checked_add(total, to_size(size, Row::verb), Row::verb);
    std::size_t at = 0;
    for (auto const& size : sizes) {
      at += to_size(size, Row::verb);
      if (at != total && cuts_a_byte(d, rank, at)) fail_byte_is_cut(Row::verb, d, at);
    }
  }
}

[[noreturn, gnu::cold]] constexpr void fail_packed_parts(char const* verb, std::size_t part, std::size_t ranks, std::size_t whole) {
  fail<invalid_argument>(verb, "{} times the {} bytes of a part are not the {} of the whole, whose dtype is packed", ranks, part, whole);
}
/// The number of elements and the length of a row.
struct packed_shape {
  std::size_t elements;
  std::size_t row;

  [[nodiscard]] constexpr std::size_t bytes(dtype d, char const* verb) const {
    return elements == 0 ? 0 : checked_multiply(elements / row, try_bytes(bits(d), row).value, verb);
  }
};
template <class Extents>
constexpr packed_shape packed_shape_of(Extents const& e) {
  return {e.numel(), e.rank() == 0 ? 1 : e.extent(e.rank() - 1)};
}
/// Refuses a whole that does not have the bytes of its parts, one a rank, though it has their elements.
constexpr void expect_packed_parts(char const* verb, dtype d, packed_shape whole, packed_shape part, std::size_t ranks) {
  std::size_t const of_part = part.bytes(d, verb);
  std::size_t const of_whole = whole.bytes(d, verb);
  size_result const parts = try_multiply(ranks, of_part);
  if (!parts.fits || parts.value != of_whole) fail_packed_parts(verb, of_part, ranks, of_whole);
}

}  // namespace commfold::detail
