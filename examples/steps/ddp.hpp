// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  examples/steps/ddp.hpp
/// What PyTorch's `DistributedDataParallel` communicates: gradients in buckets, and the calls that make ranks agree on them.

#include <commfold/commfold.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

namespace ddp {

namespace cf = commfold;
using namespace cf::literals;

/// The arguments of `DistributedDataParallel` that change what is communicated.
struct options {
  std::size_t first_bucket_bytes = 1_MiB;  ///< small, so that the first reduction starts early; `bucket_cap_mb` where that is given
  std::size_t bucket_bytes = 25_MiB;       ///< `bucket_cap_mb`
  bool find_unused_parameters = false;
};

/// `bucket_cap_mb=megabytes`.
constexpr options capped(std::size_t megabytes) { return {cf::multiply(megabytes, 1_MiB), cf::multiply(megabytes, 1_MiB)}; }

/// A parameter, a buffer, or some of them side by side in one flat tensor.
struct piece {
  cf::dtype dtype;
  std::size_t elements;
  std::size_t rank = 1;

  [[nodiscard]] constexpr cf::dynamic_tensor flat() const { return {dtype, {elements}}; }
  [[nodiscard]] constexpr std::size_t bytes() const { return cf::bytes_of(dtype, elements); }
};

/// All tensors of a tree, in the order of definition.
template <class Tree>
constexpr std::vector<piece> pieces_of(Tree const& tree) {
  std::vector<piece> pieces;
  cf::tree_for_each([&](auto const& t) { pieces.push_back({cf::dtype_of_tensor(t), cf::numel(t), cf::rank_of(t)}); }, tree);
  return pieces;
}

/// PyTorch's `compute_bucket_assignment_by_size`. A bucket is full once it has reached its limit; it may be far above, since no parameter
/// is cut. Each dtype has buckets of its own: the first of them is filled to `first_limit`, the others to `limit`.
constexpr std::vector<piece> buckets_of(std::vector<piece> const& pieces, std::size_t first_limit, std::size_t limit) {
  struct open_bucket {
    piece held;
    std::size_t limit;
  };
  std::vector<piece> full;
  std::vector<open_bucket> open;
  for (piece const& one : pieces) {
    auto at = std::find_if(open.begin(), open.end(), [&](open_bucket const& of) { return of.held.dtype == one.dtype; });
    if (at == open.end()) at = open.insert(open.end(), {{one.dtype, 0}, first_limit});
    at->held.elements = cf::add(at->held.elements, one.elements);
    if (at->held.bytes() < at->limit) continue;
    full.push_back(at->held);
    *at = {{one.dtype, 0}, limit};
  }
  for (open_bucket const& last : open)
    if (last.held.elements != 0) full.push_back(last.held);
  return full;
}

/// `_sync_params_and_buffers` and the like: tensors are copied side by side and broadcast from rank 0, 250 MiB at a time.
template <class Comm, class Group>
constexpr void broadcast_coalesced(Comm& comm, std::vector<piece> const& pieces, Group const& world) {
  for (piece const& bucket : buckets_of(pieces, 250_MiB, 250_MiB)) comm.dist().broadcast(bucket.flat(), 0, world);
}

/// The constructor: the ranks compare how many parameters they have, then the sizes and strides of each; then rank 0 broadcasts its model.
inline constexpr auto init = [](auto& comm, auto const& model, auto const& buffers, auto const& world) {
  std::vector<piece> state = pieces_of(model);
  cf::dynamic_tensor const count(cf::i64, {1});
  comm.dist().all_gather(std::vector<cf::dynamic_tensor>(world.size, count), count, world);
  std::size_t sizes_and_strides = 0;
  for (piece const& parameter : state) sizes_and_strides += 2 * parameter.rank;
  comm.dist().broadcast(cf::dynamic_tensor(cf::i64, {sizes_and_strides}), 0, world);
  for (piece const& buffer : pieces_of(buffers)) state.push_back(buffer);
  broadcast_coalesced(comm, state, world);
};

/// The buckets that the constructor makes: in the reverse order of the parameters, which is the likely order of the gradients. Where
/// buckets are rebuilt after the first step, the first step has one bucket without a limit.
constexpr std::vector<piece> initial_buckets(std::vector<piece> const& parameters, options const& with) {
  constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();
  std::size_t const first_limit = with.find_unused_parameters ? with.first_bucket_bytes : no_limit;
  std::size_t const limit = with.find_unused_parameters ? with.bucket_bytes : no_limit;
  std::vector<piece> buckets = buckets_of(parameters, first_limit, limit);
  std::reverse(buckets.begin(), buckets.end());
  return buckets;
}

/// The buckets after they are rebuilt: in the order in which the gradients of the first step were ready, the reverse of the order of use. A
/// model that defines its parameters in the order of use has them in the reverse order of definition.
constexpr std::vector<piece> rebuilt_buckets(std::vector<piece> parameters, options const& with) {
  std::reverse(parameters.begin(), parameters.end());
  return buckets_of(parameters, with.first_bucket_bytes, with.bucket_bytes);
}

constexpr std::vector<piece> buckets_of_step(std::vector<piece> const& parameters, options const& with, bool rebuilt) {
  if (rebuilt) return rebuilt_buckets(parameters, with);
  return initial_buckets(parameters, with);
}

/// One step, after `steps_before` others.
inline constexpr auto train = [](auto& comm, auto const& model, auto const& buffers, auto const& world, options const& with,
                                 std::size_t steps_before) {
  std::vector<piece> const parameters = pieces_of(model);
  // With `find_unused_parameters` each step may use other parameters, so PyTorch does not rebuild the buckets.
  bool const rebuilt = steps_before > 0 && !with.find_unused_parameters;
  std::vector<piece> const buckets = buckets_of_step(parameters, with, rebuilt);
  comm.phase("forward", [&] {
    if (rebuilt && steps_before == 1) {
      // Rank 0 broadcasts the parameters in the order of their buckets and the number of buckets, then the number of parameters in each.
      comm.dist().broadcast(cf::dynamic_tensor(cf::i32, {parameters.size() + 1}), 0, world);
      comm.dist().broadcast(cf::dynamic_tensor(cf::i32, {buckets.size()}), 0, world);
    }
    broadcast_coalesced(comm, pieces_of(buffers), world);
  });
  comm.phase("backward", [&] {
    // A sum: DDP has divided each gradient by the number of ranks when it copied it into the bucket.
    for (piece const& bucket : buckets) comm.dist().all_reduce(bucket.flat(), cf::sum, world);
    // How often each parameter was used.
    if (with.find_unused_parameters) comm.dist().all_reduce(cf::dynamic_tensor(cf::i32, {parameters.size()}), cf::sum, world);
  });
};

}  // namespace ddp
