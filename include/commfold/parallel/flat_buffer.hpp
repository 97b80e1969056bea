// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/flat_buffer.hpp
/// The one-dimensional buffer that parameters or gradients travel in, side by side, or a piece of it.

#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/extents.hpp>
#include <commfold/tensor/tensor_traits.hpp>

#include <cstddef>

namespace commfold::parallel {

/// A tensor of one dimension whose dtype and extent are values. It holds three numbers, where a `dynamic_tensor` has room for any shape:
/// less to copy in each of a long step's calls, which in a constant is what costs.
/// Its bytes are those of `elements`; its storage those of `storage` elements, where it is a view of a larger buffer.
struct flat_buffer {
  commfold::dtype dtype;
  std::size_t elements;
  std::size_t storage;  ///< the elements of the buffer that this is a piece of

  // Constructors instead of `storage = elements`: inside a generic lambda, clang 16 does not accept that initializer in a constant.
  constexpr flat_buffer(commfold::dtype of, std::size_t count) : flat_buffer(of, count, count) {}
  constexpr flat_buffer(commfold::dtype of, std::size_t count, std::size_t all) : dtype(of), elements(count), storage(all) {}

  /// One of `pieces` equal pieces of the buffer, which must be divisible: a view, with the storage of the whole.
  [[nodiscard]] constexpr flat_buffer piece(std::size_t pieces) const { return {dtype, elements / pieces, storage}; }
};

}  // namespace commfold::parallel

namespace commfold {

template <>
struct tensor_traits<parallel::flat_buffer> {
  using extents_type = commfold::extents<dyn>;
  static constexpr extents_type extents(parallel::flat_buffer const& buffer) { return extents_type(buffer.elements); }
  static constexpr commfold::dtype dtype(parallel::flat_buffer const& buffer) { return buffer.dtype; }
  static constexpr std::size_t storage_bytes(parallel::flat_buffer const& buffer) { return bytes_of(buffer.dtype, buffer.storage); }
};

}  // namespace commfold
