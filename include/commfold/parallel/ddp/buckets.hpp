// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/ddp/buckets.hpp
/// How PyTorch's `DistributedDataParallel` puts tensors side by side into buckets.

#include <commfold/parallel/flat_buffer.hpp>
#include <commfold/parallel/marks.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/dtype_of_tensor.hpp>
#include <commfold/tensor/extents_of.hpp>
#include <commfold/tensor/tensor_traits.hpp>
#include <commfold/tree/for_each.hpp>

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace commfold::parallel::ddp {

/// A parameter or a buffer, as far as buckets need it.
struct piece {
  commfold::dtype dtype = f32;
  std::size_t elements = 0;
  std::size_t rank = 1;  ///< the number of its dimensions
  std::size_t rows = 0;  ///< the extent of dimension 0
  bool trainable = true;
};

namespace detail {

/// Writes the tensors of a tree, with what the marks around it say, to a list.
class piece_reader {
 public:
  constexpr explicit piece_reader(std::vector<piece>& to) : to_(to) {}

  template <class Member>
  constexpr void read(parallel::detail::frozen_member<Member> const& marked, bool) {
    read(marked.member, false);
  }
  /// Unused parameters have their place in the buckets: every rank must agree.
  template <class Member>
  constexpr void read(parallel::detail::unused_member<Member> const& marked, bool trainable) {
    read(marked.member, trainable);
  }
  template <class Member>
  constexpr void read(parallel::detail::tied_member<Member> const& marked, bool trainable) {
    for (std::string_view const name : ties_)
      if (name == marked.name) return;
    ties_.push_back(marked.name);
    read(marked.member, trainable);
  }
  template <class Tree>
  constexpr void read(Tree const& tree, bool trainable) {
    tree_for_each(
        [&](auto const& leaf) {
          if constexpr (tensor_like<decltype(leaf)>) {
            auto const& extents = extents_of(leaf);
            to_.push_back({dtype_of_tensor(leaf), numel(leaf), extents.rank(),
                           extents.rank() == 0 ? std::size_t{1} : std::size_t{extents.extent(0)}, trainable});
          }
        },
        tree);
  }

 private:
  std::vector<piece>& to_;
  std::vector<std::string_view> ties_;
};

}  // namespace detail

/// pieces_of(members...): all tensors, in the order in which they are given. A member is a tree of tensors, or one with a mark: `frozen`,
/// `unused`, `tied`.
template <class... Members>
[[nodiscard]] constexpr std::vector<piece> pieces_of(Members const&... members) {
  std::vector<piece> pieces;
  detail::piece_reader reader(pieces);
  (reader.read(members, true), ...);
  return pieces;
}

/// Tensors of one dtype in one flat buffer.
struct bucket {
  commfold::dtype dtype = f32;
  std::size_t elements = 0;
  std::vector<std::size_t> members{};  ///< their indices among all pieces

  [[nodiscard]] constexpr std::size_t bytes() const { return bytes_of(dtype, elements); }
  [[nodiscard]] constexpr flat_buffer flat() const { return {dtype, elements}; }
};

/// The limits of buckets, in bytes: of the first of each dtype, and of the others.
struct bucket_limits {
  std::size_t first;
  std::size_t others;
};

/// PyTorch's `compute_bucket_assignment_by_size` (torch/csrc/distributed/c10d/reducer.cpp) of `pieces[order[0]]`, `pieces[order[1]]`, …:
/// each dtype has one bucket open at a time, which is full once its bytes reach its limit. It may be far above, since no tensor is cut.
/// Buckets come in the order in which they are full, and then those that are not full, of which PyTorch leaves the order open where there
/// are several dtypes; here they are in the order of their first piece.
[[nodiscard]] constexpr std::vector<bucket> buckets_of(std::vector<piece> const& pieces, std::vector<std::size_t> const& order,
                                                       bucket_limits const& limits) {
  struct open_bucket {
    bucket held;
    std::size_t limit;
  };
  std::vector<bucket> full;
  std::vector<open_bucket> open;
  for (std::size_t const at : order) {
    piece const& one = pieces[at];
    std::size_t which = 0;
    while (which != open.size() && open[which].held.dtype != one.dtype) ++which;
    if (which == open.size()) open.push_back({{one.dtype, 0, {}}, limits.first});
    open_bucket& into = open[which];
    into.held.elements = add(into.held.elements, one.elements);
    into.held.members.push_back(at);
    if (into.held.bytes() < into.limit) continue;
    full.push_back(std::move(into.held));
    into = {{one.dtype, 0, {}}, limits.others};
  }
  for (open_bucket& last : open)
    if (!last.held.members.empty()) full.push_back(std::move(last.held));
  return full;
}

/// in_order(n): 0, 1, …, n - 1, for `buckets_of`.
[[nodiscard]] constexpr std::vector<std::size_t> in_order(std::size_t n) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i != n; ++i) order.push_back(i);
  return order;
}

/// `buckets_of` in the order of definition. These buckets are sorted by their first piece.
[[nodiscard]] constexpr std::vector<bucket> buckets_in_order(std::vector<piece> const& pieces, bucket_limits const& limits) {
  std::vector<bucket> buckets = buckets_of(pieces, ddp::in_order(pieces.size()), limits);
  for (std::size_t i = 1; i < buckets.size(); ++i)  // nearly sorted
    for (std::size_t j = i; j != 0 && buckets[j].members[0] < buckets[j - 1].members[0]; --j) std::swap(buckets[j], buckets[j - 1]);
  return buckets;
}

/// Calls `use(bucket)` for each bucket, in order. Buckets of a model with alike layers repeat with some period; such are given to
/// `comm.repeat`, so that a recorder runs them once and counts.
template <class Comm, class Use>
constexpr void for_each_bucket(Comm& comm, std::vector<bucket> const& buckets, Use const& use) {
  auto const alike = [&](std::size_t a, std::size_t b) {
    return buckets[a].elements == buckets[b].elements && buckets[a].dtype == buckets[b].dtype;
  };
  constexpr std::size_t longest_period = 16;
  for (std::size_t at = 0; at != buckets.size();) {
    std::size_t best = 1, times = 1;
    for (std::size_t period = 1; period <= longest_period && at + 2 * period <= buckets.size(); ++period) {
      std::size_t end = at + period;
      while (end != buckets.size() && alike(end, end - period)) ++end;
      std::size_t const n = (end - at) / period;
      if ((n - 1) * period > (times - 1) * best) {
        best = period;
        times = n;
      }
    }
    auto const one_period = [&use, &buckets, at, best] {
      for (std::size_t i = 0; i != best; ++i) use(buckets[at + i]);
    };
    if (times == 1)
      one_period();
    else
      comm.repeat(times, one_period);
    at += best * times;
  }
}

}  // namespace commfold::parallel::ddp
