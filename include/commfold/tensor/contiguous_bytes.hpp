// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/contiguous_bytes.hpp
/// The bytes of a contiguous tensor, from its dtype and extents as numbers. No user need name it: see `payload_bytes`.

#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype.hpp>

#include <cstddef>
#include <initializer_list>

namespace commfold::detail {

/// ⌈numel * bits / 8⌉, except that each row of a type that PyTorch packs (`packs_rows`) starts on a byte.
constexpr size_result try_contiguous_bytes(dtype d, std::size_t const* extents, std::size_t rank) {
  std::size_t const width = bits(d);
  if (packs_rows(d) && rank > 0) {
    size_result const row = try_bytes(width, extents[rank - 1]);
    size_result const all = try_product(row.value, extents, extents + rank - 1);
    return {all.value, all.fits && row.fits};
  }
  if (width % 8 == 0) return try_product(width / 8, extents, extents + rank);
  size_result const n = try_product(1, extents, extents + rank);
  size_result const all = try_bytes(width, n.value);
  return {all.value, all.fits && n.fits};
}

constexpr bool has_dyn(std::initializer_list<std::size_t> extents) noexcept {
  for (std::size_t const e : extents)
    if (e == dyn) return true;
  return false;
}

/// The bytes of a contiguous tensor whose type gives these extents; `dyn` where an extent is `dyn`.
constexpr size_result try_static_bytes(dtype d, std::initializer_list<std::size_t> extents) {
  // Evaluated for every tensor type, so the common case takes one pass: an element of whole bytes, and a product that fits. A product that
  // does not is computed again, since an extent of 0 makes it 0.
  if (std::size_t bytes = bits(d); bytes % 8 == 0 && !packs_rows(d)) {
    bytes /= 8;
    bool fits = true;
    for (std::size_t const e : extents) {
      if (e == dyn) return {dyn, true};
      if (__builtin_mul_overflow(bytes, e, &bytes)) fits = false;
    }
    if (fits) return {bytes, true};
  }
  return has_dyn(extents) ? size_result{dyn, true} : try_contiguous_bytes(d, extents.begin(), extents.size());
}

}  // namespace commfold::detail
