// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  examples/steps/fsdp.hpp
/// What a unit of PyTorch's FSDP2 communicates: `fully_shard` over one axis of a mesh, or over one of two (HSDP).

#include "axis.hpp"

#include <commfold/commfold.hpp>

#include <cstddef>

namespace fsdp2 {

namespace cf = commfold;

/// The arguments of `fully_shard` that change what is communicated. A number of ranks as `reshard_after_forward` is no option here, but the
/// axis `steps::mesh::reshard`.
struct options {
  cf::dtype param_dtype = cf::bf16;   ///< what is gathered: `MixedPrecisionPolicy.param_dtype`, or the dtype of the parameters
  cf::dtype reduce_dtype = cf::bf16;  ///< what is reduced: `MixedPrecisionPolicy.reduce_dtype`, or `param_dtype`
  bool reshard_after_forward = true;  ///< free the gathered layers after the forward, and gather them again for the backward
};

/// The rows of dimension 0 that one rank holds of a parameter: FSDP2 shards that dimension and pads it to equal shards.
constexpr std::size_t shard_rows(std::size_t rows, std::size_t ranks) { return rows / ranks + (rows % ranks != 0 ? 1 : 0); }

/// The elements that one rank holds of all parameters of a unit, padding included: FSDP2 gathers a unit as one flat buffer of these.
template <class Unit>
constexpr std::size_t shard_elements(Unit const& unit, std::size_t ranks) {
  auto const add_parameter = [&](std::size_t elements, auto const& parameter) -> std::size_t {
    std::size_t const rows = cf::extents_of(parameter).extent(0);
    return rows == 0 ? elements : cf::add(elements, cf::multiply(shard_rows(rows, ranks), cf::numel(parameter) / rows));
  };
  return cf::tree_fold(add_parameter, std::size_t{0}, unit);
}

/// The flat buffer that a unit is gathered into and reduced from, or a piece of it. The traits below make it a tensor of one dimension. It
/// holds three numbers, where a `dynamic_tensor` has room for any shape: less to copy in each of a long step's calls.
struct flat_buffer {
  cf::dtype dtype;
  std::size_t elements;
  std::size_t storage = elements;  ///< the elements of the buffer that this is a piece of

  [[nodiscard]] constexpr flat_buffer piece(std::size_t pieces) const { return {dtype, elements / pieces, storage}; }
};

}  // namespace fsdp2

template <>
struct commfold::tensor_traits<fsdp2::flat_buffer> {
  using extents_type = commfold::extents<commfold::dyn>;
  static constexpr extents_type extents(fsdp2::flat_buffer const& buffer) { return extents_type(buffer.elements); }
  static constexpr commfold::dtype dtype(fsdp2::flat_buffer const& buffer) { return buffer.dtype; }
  static constexpr std::size_t storage_bytes(fsdp2::flat_buffer const& buffer) { return commfold::bytes_of(buffer.dtype, buffer.storage); }
};

namespace fsdp2 {

/// The units of a model over the axes of a mesh: one for each layer, and the root with the parameters that are in no layer. Without a
/// `shard` axis nothing is sharded, and no function here communicates anything.
template <class Comm, class Mesh>
class units {
 public:
  /// `layer` and `root` are trees of the parameters that one rank holds before they are sharded.
  template <class Layer, class Root>
  constexpr units(Comm& to, Mesh const& over, options const& policy, Layer const& layer, Root const& root)
      : comm_(to),
        axes_(over),
        with_(policy),
        layer_(padded(layer, steps::ranks(over.shard))),
        root_(padded(root, steps::ranks(over.shard))) {}

  constexpr void gather_root() const { gather(root_, axes_.shard); }
  constexpr void gather_layer() const { gather(layer_, axes_.shard); }

  /// For the backward. The root is not resharded after the forward, since the backward needs it at once. Only a number of ranks as
  /// `reshard_after_forward` reshards it, too; it is then gathered from those ranks alone.
  constexpr void gather_root_again() const { gather(root_, axes_.reshard); }
  constexpr void gather_layer_again() const {
    if (steps::is_there(axes_.reshard))
      gather(layer_, axes_.reshard);
    else if (with_.reshard_after_forward)
      gather(layer_, axes_.shard);
  }

  constexpr void reduce_root() const { reduce(root_); }
  constexpr void reduce_layer() const { reduce(layer_); }

 private:
  template <class Unit>
  static constexpr std::size_t padded(Unit const& unit, std::size_t ranks) {
    return cf::multiply(shard_elements(unit, ranks), ranks);
  }

  // FSDP2 makes no call to gather from or scatter to a group of one rank, but reduces over replicas even where there is only one.
  // The generic lambdas below capture no `this`: with it clang 19 does not accept them in a constant expression.
  template <class Axis>
  constexpr void gather(std::size_t elements, Axis const& axis) const {
    // FSDP2 copies the shard to its place in the buffer and gathers from there, so that both have the storage of the whole buffer.
    flat_buffer const buffer{with_.param_dtype, elements};
    Comm& comm = comm_;
    steps::over(axis, [&](auto const& group) {
      if (group.size != 1) comm.all_gather_into_tensor(buffer, buffer.piece(group.size), group);
    });
  }

  constexpr void reduce(std::size_t elements) const {
    // A sum of float16 could overflow, so FSDP2 divides before and after it instead of asking for an average.
    cf::reduce_op const how = with_.reduce_dtype == cf::f16 ? cf::sum : cf::avg;
    flat_buffer const buffer{with_.reduce_dtype, elements};
    flat_buffer const shard{with_.reduce_dtype, elements / steps::ranks(axes_.shard)};
    Comm& comm = comm_;
    steps::over(axes_.shard, [&](auto const& group) {
      if (group.size != 1) comm.reduce_scatter_tensor(shard, buffer, how, group);
    });
    steps::over(axes_.replicate, [&](auto const& group) { comm.dist().all_reduce(shard, how, group); });
  }

  Comm& comm_;
  Mesh const& axes_;
  options const& with_;
  std::size_t layer_;
  std::size_t root_;
};

}  // namespace fsdp2
