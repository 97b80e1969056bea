// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/cluster.hpp>

#include <commfold/op/collective_kind.hpp>

#include "is_a_constant.hpp"

#include <cstddef>
#include <string_view>

namespace {
namespace cf = commfold;
using cf::wire::cluster;

constexpr cf::call_record over(std::string_view group, std::size_t ranks) {
  return cf::call_record({"op", cf::collective_kind::all_reduce, group, ranks, {}, {}, {}, {}}, "");
}

constexpr cf::process_group<"dp", 4> dp;
constexpr cf::process_group<"cp", 2> cp;
constexpr cf::process_group<"tp", 4> tp;
constexpr cf::device_mesh mesh{dp, cp, tp};
constexpr std::size_t some[] = {7, 3, 20};
constexpr cluster where =
    cluster(mesh, {{"node", 8}}).with_all("world").with("dp_cp", {"dp", "cp"}).with("dp_tp", {"dp", "tp"}).with("some", {some, 3});

static_assert(where.ranks() == 32 && where.domains().link_classes() == 2);

// Rank 13 is (1, 1, 1).
constexpr auto place = [](std::string_view group, std::size_t ranks) { return where.group_of(over(group, ranks)); };
static_assert(place("tp", 4).rank_in_group(13) == 1 && place("tp", 4).member(13, 3) == 15);
static_assert(place("cp", 2).rank_in_group(13) == 1 && place("cp", 2).member(13, 0) == 9);
static_assert(place("dp", 4).rank_in_group(13) == 1 && place("dp", 4).member(13, 3) == 29);
static_assert(place("world", 32).rank_in_group(13) == 13 && place("world", 32).member(13, 31) == 31);

// Flattened axes: the last one varies fastest, whichever axes lie between.
static_assert(place("dp_cp", 8).rank_in_group(13) == 3 && place("dp_cp", 8).member(13, 4) == 17);
static_assert(place("dp_tp", 16).rank_in_group(13) == 5 && place("dp_tp", 16).member(13, 14) == 30);

// The groups of axes are the mesh's own.
static_assert([] {
  for (std::size_t rank = 0; rank != 32; ++rank) {
    auto const ranks = mesh.ranks_of<"dp">(rank);
    for (std::size_t i = 0; i != 4; ++i)
      if (place("dp", 4).member(rank, i) != ranks[i]) return false;
  }
  return true;
}());

// On nodes of 8: a "tp" group is on one, a "dp" group on four, one rank on each.
static_assert(where.shape_of(place("tp", 4)) == cf::wire::group_shape{1, 4} &&
              where.shape_of(place("dp", 4)) == cf::wire::group_shape{4, 1});
static_assert(where.shape_of(place("dp_cp", 8)) == cf::wire::group_shape{4, 2} &&
              where.shape_of(place("world", 32)) == cf::wire::group_shape{4, 8});
// Two of the three ranks of "some" are on node 0.
static_assert(where.shape_of(place("some", 3)) == cf::wire::group_shape{});
// Groups that do not lie alike: of three groups of four ranks on nodes of six the second one is on two nodes.
constexpr cluster straddling(cf::device_mesh{cf::process_group<"a", 3>{}, tp}, {{"node", 6}});
static_assert(straddling.shape_of(straddling.group_of(over("tp", 4))) == cf::wire::group_shape{});
static_assert(cluster(mesh).shape_of(place("dp", 4)) == cf::wire::group_shape{1, 4});

// Axes that are known at run time are those of a mesh.
constexpr cf::wire::mesh_axes axes{{"dp", 4}, {"cp", 2}, {"tp", 4}};
constexpr std::string_view outer_two[] = {"dp", "cp"};
constexpr cluster at_run_time = cluster(axes, {{"node", 8}}).with("dp_cp", outer_two, 2);
static_assert(axes.ranks() == 32 && at_run_time.ranks() == 32 && cf::wire::mesh_axes().ranks() == 1);
static_assert([] {
  for (std::size_t rank = 0; rank != 32; ++rank)
    for (auto const& [name, size] : {cf::wire::mesh_axis{"dp", 4}, {"cp", 2}, {"tp", 4}, {"dp_cp", 8}})
      for (std::size_t i = 0; i != size; ++i)
        if (at_run_time.group_of(over(name, size)).member(rank, i) != place(name, size).member(rank, i)) return false;
  return true;
}());
static_assert(!is_a_constant<[] { return cf::wire::mesh_axes{{"dp", 0}}.ranks(); }>);
static_assert(!is_a_constant<[] { return cf::wire::mesh_axes{{"", 2}}.ranks(); }>);
static_assert(!is_a_constant<[] { return cf::wire::mesh_axes{{"dp", 2}, {"dp", 2}}.ranks(); }>);
static_assert(!is_a_constant<[] { return cf::wire::mesh_axes{{"dp", ~std::size_t{0}}, {"tp", 2}}.ranks(); }>);
static_assert(!is_a_constant<[] {
  return cf::wire::mesh_axes{{"a", 1}, {"b", 1}, {"c", 1}, {"d", 1}, {"e", 1}, {"f", 1}, {"g", 1}, {"h", 1}, {"i", 1}}.ranks();
}>);
static_assert(!is_a_constant<[] { return cluster(axes, {{"node", 5}}).ranks(); }>);
static_assert(!is_a_constant<[] { return where.with("x", {"dp", "dp"}).ranks(); }>);

// A list: its own order, and no other rank.
static_assert(place("some", 3).has(20) && !place("some", 3).has(0) && place("some", 3).first_member() == 7);
static_assert(place("some", 3).rank_in_group(3) == 1 && place("some", 3).member(3, 2) == 20);

// A program of one group.
static_assert(cluster(dp, {{"node", 2}}).group_of(over("dp", 4)).member(1, 3) == 3);

static_assert(is_a_constant<[] { return where.group_of(over("tp", 4)).size(); }>);
static_assert(!is_a_constant<[] { return where.group_of(over("tq", 4)).size(); }>);
static_assert(!is_a_constant<[] { return where.group_of(over("tp", 8)).size(); }>);
static_assert(!is_a_constant<[] { return where.with("x", {"pp"}).ranks(); }>);
static_assert(!is_a_constant<[] { return where.with_all("tp").ranks(); }>);
static_assert(!is_a_constant<[] { return where.with("x", cf::wire::rank_list()).ranks(); }>);
constexpr std::size_t twice[] = {1, 1};
static_assert(!is_a_constant<[] { return where.with("x", {twice, 2}).ranks(); }>);
constexpr std::size_t outside[] = {1, 32};
static_assert(!is_a_constant<[] { return where.with("x", {outside, 2}).ranks(); }>);
static_assert(!is_a_constant<[] { return cluster(mesh, {{"node", 5}}).ranks(); }>);
static_assert(is_a_constant<[] { return cluster(mesh, {{"node", 64}}).ranks(); }>);
}  // namespace
