// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/cluster.hpp
/// Which ranks of the program each group is made of, and where they are: `cluster`.

#include <commfold/error.hpp>
#include <commfold/group/device_mesh.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/trace/call_record.hpp>
#include <commfold/wire/placement.hpp>

#include <cstddef>
#include <initializer_list>
#include <string_view>

namespace commfold::wire {

/// A list of ranks of the program: a view.
using rank_list = bytes_by_rank;

/// Groups of one name: either one for each way to stand on the other axes of a mesh, or the ranks of a list. Its ranks are counted from 0
/// within the group.
class group_place {
 public:
  static constexpr std::size_t most_axes = 8;

  constexpr group_place() = default;
  constexpr explicit group_place(std::string_view name) : name_(name) {}
  constexpr group_place(std::string_view name, rank_list ranks) : name_(name), size_(ranks.size()), list_(ranks) {}

  [[nodiscard]] constexpr std::string_view name() const noexcept { return name_; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }

  /// The first rank of the first of the groups, as a rank of the program.
  [[nodiscard]] constexpr std::size_t first_member() const noexcept { return list_.empty() ? 0 : list_[0]; }

  /// Whether a rank of the program is in a group of this name. Every rank is, but for a group that was given as a list.
  [[nodiscard]] constexpr bool has(std::size_t rank) const noexcept {
    if (list_.empty()) return true;
    for (std::size_t const one : list_)
      if (one == rank) return true;
    return false;
  }

  /// The rank in its group of a rank of the program that is in one.
  [[nodiscard]] constexpr std::size_t rank_in_group(std::size_t rank) const noexcept {
    std::size_t at = 0;
    if (!list_.empty()) {
      while (list_[at] != rank) ++at;
      return at;
    }
    for (std::size_t axis = 0; axis != count_; ++axis) at = at * axes_[axis].size + rank / axes_[axis].stride % axes_[axis].size;
    return at;
  }

  /// Member `i` of the group that a rank of the program is in, as a rank of the program. `in_group` is that rank in its group, for those
  /// who know it: along one axis there is nothing to divide then.
  [[nodiscard]] constexpr std::size_t member(std::size_t rank, std::size_t in_group, std::size_t i) const noexcept {
    if (!list_.empty()) return list_[i];
    if (count_ == 1) return rank - in_group * axes_[0].stride + i * axes_[0].stride;
    return member(rank, i);
  }
  [[nodiscard]] constexpr std::size_t member(std::size_t rank, std::size_t i) const noexcept {
    if (!list_.empty()) return list_[i];
    for (std::size_t axis = count_; axis-- != 0;) {
      auto const [size, stride] = axes_[axis];
      rank = rank - rank / stride % size * stride + i % size * stride;
      i /= size;
    }
    return rank;
  }

 private:
  friend class cluster;

  /// With one more axis of the mesh, which varies faster than those that are there.
  constexpr void add_axis(std::size_t size, std::size_t stride) {
    axes_[count_++] = {size, stride};
    size_ *= size;
  }

  struct extent {
    std::size_t size = 1;
    std::size_t stride = 1;
  };

  std::string_view name_{};
  std::size_t size_ = 1;
  std::size_t count_ = 0;
  extent axes_[most_axes]{};
  rank_list list_{};
};

/// One axis of a mesh that is known at run time, as `{"tp", 8}`.
struct mesh_axis {
  std::string_view name{};
  std::size_t size = 0;
};

/// The axes of a mesh that is known at run time, the last one varying fastest: `{{"dp", 4}, {"tp", 8}}`. Refused with `invalid_argument`:
/// an axis without a name or ranks, two axes of one name, more than 8 axes; with `overflow_error`, more ranks than fit `std::size_t`.
class mesh_axes {
 public:
  constexpr mesh_axes() = default;
  constexpr mesh_axes(std::initializer_list<mesh_axis> slowest_first) {
    for (mesh_axis const& one : slowest_first) add(one);
  }

  /// With one more axis, which varies faster than those that are there.
  constexpr void add(mesh_axis const& one) {
    constexpr char const* where = "commfold::wire::mesh_axes";
    if (one.name.empty() || one.size == 0)
      commfold::detail::fail<invalid_argument>(where, "an axis has a name and at least one rank, not '{}' and {}", one.name, one.size);
    if (size_ == group_place::most_axes)
      commfold::detail::fail<invalid_argument>(where, "a mesh has at most {} axes", group_place::most_axes);
    for (std::size_t i = 0; i != size_; ++i)
      if (axes_[i].name == one.name) commfold::detail::fail<invalid_argument>(where, "two axes are called '{}'", one.name);
    ranks_ = commfold::detail::checked_multiply(ranks_, one.size, where);
    axes_[size_++] = one;
  }

  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  [[nodiscard]] constexpr mesh_axis const& operator[](std::size_t i) const noexcept { return axes_[i]; }
  /// The product of the sizes; 1 without axes.
  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return ranks_; }

 private:
  mesh_axis axes_[group_place::most_axes]{};
  std::size_t size_ = 0;
  std::size_t ranks_ = 1;
};

/// How all groups of one name lie on the innermost domains: each on so many nodes, with so many of its ranks on each of these. Both are 0
/// where the groups, or their nodes, do not have equally many.
struct group_shape {
  std::size_t nodes = 0;
  std::size_t ranks_per_node = 0;

  friend constexpr bool operator==(group_shape const&, group_shape const&) = default;
};

/// The ranks of a program: a mesh whose axes are its groups, and the domains that ranks share.
/// ```cpp
/// constexpr cf::device_mesh mesh{dp, tp};
/// constexpr cf::wire::cluster where(mesh, {{"node", 8}});
/// constexpr auto with_world = where.with_all("world");
/// ```
/// Names of groups are views. Refused with `invalid_argument`: a mesh of more than 8 axes, an axis that is not there or twice, two groups
/// of one name, more than `most_groups` groups, a rank outside the program or twice in a list, a group whose size is not that of the call,
/// a domain that ends within the program.
class cluster {
 public:
  static constexpr std::size_t most_groups = 24;

  /// The ranks of a mesh, the last axis varying fastest.
  template <any_group... Axes>
  constexpr explicit cluster(device_mesh<Axes...> const& of, placement const& in = {}) : ranks_(std::size_t{of.size}), placement_(in) {
    static_assert(sizeof...(Axes) <= group_place::most_axes, "commfold::wire::cluster: a mesh has at most 8 axes");
    auto const names = of.names();
    auto const shape = of.shape();
    std::size_t stride = ranks_;
    for (std::size_t axis = 0; axis != sizeof...(Axes); ++axis) enter_axis(names[axis], shape[axis], stride);
    expect_whole_domains();
  }

  /// The ranks of a mesh that is known at run time.
  constexpr explicit cluster(mesh_axes const& of, placement const& in = {}) : ranks_(of.ranks()), placement_(in) {
    std::size_t stride = ranks_;
    for (std::size_t axis = 0; axis != of.size(); ++axis) enter_axis(of[axis].name, of[axis].size, stride);
    expect_whole_domains();
  }

  /// A program whose ranks are one group.
  template <any_group Group>
  constexpr explicit cluster(Group const& all, placement const& in = {}) : ranks_(std::size_t{all.size}), placement_(in) {
    std::size_t stride = ranks_;
    enter_axis(all.name(), ranks_, stride);
    expect_whole_domains();
  }

  /// With the group of all ranks under this name.
  [[nodiscard]] constexpr cluster with_all(std::string_view name) const {
    cluster more = *this;
    group_place one(name);
    one.add_axis(ranks_, 1);
    more.enter(one);
    return more;
  }

  /// With the groups of the ranks that differ along these axes, as `mesh["dp", "cp"]._flatten()` makes them; the last one varies fastest.
  [[nodiscard]] constexpr cluster with(std::string_view name, std::initializer_list<std::string_view> axes) const {
    return with(name, axes.begin(), axes.size());
  }
  [[nodiscard]] constexpr cluster with(std::string_view name, std::string_view const* axes, std::size_t count) const {
    if (count > group_place::most_axes)
      commfold::detail::fail<invalid_argument>(verb, "a group runs along at most {} axes", group_place::most_axes);
    cluster more = *this;
    group_place one(name);
    for (std::size_t i = 0; i != count; ++i) {
      std::string_view const axis = axes[i];
      for (std::size_t j = 0; j != i; ++j)
        if (axes[j] == axis) commfold::detail::fail<invalid_argument>(verb, "group '{}' has axis '{}' twice", name, axis);
      std::size_t at = 0;
      while (at != axes_ && groups_[at].name() != axis) ++at;
      if (at == axes_) commfold::detail::fail<invalid_argument>(verb, "the mesh has no axis '{}'", axis);
      one.add_axis(sizes_[at], strides_[at]);
    }
    more.enter(one);
    return more;
  }

  /// With one group of these ranks, in this order. Other ranks have no part in its calls.
  [[nodiscard]] constexpr cluster with(std::string_view name, rank_list of) const {
    if (of.empty()) commfold::detail::fail<invalid_argument>(verb, "group '{}' has at least one rank", name);
    for (std::size_t i = 0; i != of.size(); ++i) {
      expect_rank(of[i]);
      for (std::size_t j = 0; j != i; ++j)
        if (of[i] == of[j]) commfold::detail::fail<invalid_argument>(verb, "rank {} is twice in group '{}'", of[i], name);
    }
    cluster more = *this;
    more.enter(group_place(name, of));
    return more;
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return ranks_; }
  [[nodiscard]] constexpr wire::placement const& domains() const noexcept { return placement_; }

  /// The groups that a call runs over.
  [[nodiscard]] constexpr group_place const& group_of(call_record const& call) const {
    for (std::size_t i = 0; i != count_; ++i)
      if (groups_[i].name() == call.group()) {
        if (groups_[i].size() != call.group_size())
          commfold::detail::fail<invalid_argument>(verb, "group '{}' has {} ranks, and {} in a call of {}", call.group(), groups_[i].size(),
                                                   call.group_size(), call.op());
        return groups_[i];
      }
    commfold::detail::fail<invalid_argument>(verb, "the cluster has no group '{}', which {} runs over; add it by with()", call.group(),
                                             call.op());
  }

  /// How the groups lie on the innermost domains. Without domains all ranks are on one node.
  [[nodiscard]] constexpr group_shape shape_of(group_place const& group) const {
    if (placement_.size() == 0) return {1, group.size()};
    group_shape all;
    for (std::size_t rank = 0; rank != ranks_; ++rank) {
      if (!group.has(rank) || group.rank_in_group(rank) != 0) continue;
      group_shape const one = shape_of_group(group, rank);
      if (one.nodes == 0 || (all.nodes != 0 && !(all == one))) return {};
      all = one;
    }
    return all;
  }

  constexpr void expect_rank(std::size_t rank) const {
    if (rank >= ranks_) commfold::detail::fail<invalid_argument>(verb, "rank {} is outside a program of {} ranks", rank, ranks_);
  }

 private:
  static constexpr char const* verb = "commfold::wire::cluster";

  /// Of the group whose first member is `first`.
  [[nodiscard]] constexpr group_shape shape_of_group(group_place const& group, std::size_t first) const {
    std::size_t const node = placement_[0].ranks;
    group_shape shape;
    for (std::size_t i = 0; i != group.size(); ++i) {
      std::size_t const at = group.member(first, i) / node;
      std::size_t here = 0;
      bool is_first = true;
      for (std::size_t j = 0; j != group.size(); ++j)
        if (group.member(first, j) / node == at) {
          if (j < i) is_first = false;
          ++here;
        }
      if (!is_first) continue;
      if (shape.nodes != 0 && here != shape.ranks_per_node) return {};
      shape = {shape.nodes + 1, here};
    }
    return shape;
  }

  constexpr void enter_axis(std::string_view name, std::size_t size, std::size_t& stride) {
    stride /= size;
    group_place one(name);
    one.add_axis(size, stride);
    enter(one);
    sizes_[axes_] = size;
    strides_[axes_++] = stride;
  }

  constexpr void enter(group_place const& one) {
    if (count_ == most_groups) commfold::detail::fail<invalid_argument>(verb, "there are at most {} groups", most_groups);
    for (std::size_t i = 0; i != count_; ++i)
      if (groups_[i].name() == one.name()) commfold::detail::fail<invalid_argument>(verb, "two groups are called '{}'", one.name());
    groups_[count_++] = one;
  }

  /// A program smaller than a node is all on one node; a larger one fills whole nodes, since half a node is mostly a mistyped number.
  constexpr void expect_whole_domains() const {
    for (std::size_t i = 0; i != placement_.size(); ++i)
      if (placement_[i].ranks < ranks_ && ranks_ % placement_[i].ranks != 0)
        commfold::detail::fail<invalid_argument>(verb, "a program of {} ranks does not fill a whole number of '{}' of {} ranks", ranks_,
                                                 placement_[i].name, placement_[i].ranks);
  }

  std::size_t ranks_;
  wire::placement placement_;
  std::size_t axes_ = 0;
  std::size_t sizes_[group_place::most_axes]{};
  std::size_t strides_[group_place::most_axes]{};
  std::size_t count_ = 0;
  group_place groups_[most_groups]{};
};

}  // namespace commfold::wire
