// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/node_groups.hpp>

#include <cstddef>

namespace {
namespace wire = commfold::wire;
using wire::detail::node_groups;

constexpr node_groups two_by_four("here", 8, 4);
static_assert(two_by_four.nodes() == 2 && two_by_four.node(5) == 1 && two_by_four.place(5) == 1 && two_by_four.rank(1, 3) == 7);

constexpr std::size_t sizes[] = {1, 2, 3, 4, 10, 20, 30, 40};
constexpr wire::blocks eight = wire::blocks::of({sizes, 8});
static_assert(two_by_four.sum_of_place(eight, 2) == 33 && two_by_four.sum_of_node(eight, 1) == 100);

// Rank 5 of place 1 sends around its node: to place 2, its own block first, then those before it.
constexpr std::size_t sent(std::size_t back) {
  std::size_t all = 0;
  two_by_four.around_node(
      5, [](std::size_t place) { return sizes[place]; }, back, 0,
      [&](wire::message const& m) { all = m.to == 6 ? all * 10 + m.bytes : 999; });
  return all;
}
static_assert(sent(0) == 214 && sent(1) == 143);

}  // namespace
