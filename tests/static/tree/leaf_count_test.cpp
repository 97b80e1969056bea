// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/leaf_count.hpp>

#include <boost/mp11/list.hpp>

#include <array>
#include <optional>
#include <tuple>
#include <variant>
#include <vector>

namespace {
namespace cf = commfold;

using t4 = cf::tensor<cf::f32, 4>;
using vec = cf::tensor<cf::f32, cf::dyn>;

struct layer {
  t4 w;
  std::array<int, 3> steps;
};
struct node {
  vec w;
  std::vector<node> kids;
};

// A constant, or dyn where a count or a choice is known only at run time.
static_assert(cf::leaf_count<int> == 1 && cf::leaf_count<t4 const&> == 1 && cf::leaf_count<std::tuple<>> == 0);
static_assert(cf::leaf_count<std::tuple<int, std::tuple<char, t4>>> == 3 && cf::leaf_count<layer> == 4);
static_assert(cf::leaf_count<std::array<layer, 1000>> == 4000 && cf::leaf_count<std::array<std::tuple<>, 5>> == 0);
static_assert(cf::leaf_count<int[2][3]> == 6 && cf::leaf_count<std::array<int, 0>> == 0);
static_assert(cf::leaf_count<std::vector<int>> == cf::dyn && cf::leaf_count<std::tuple<int, std::optional<int>>> == cf::dyn);
static_assert(cf::leaf_count<std::variant<int, char>> == cf::dyn && cf::leaf_count<node> == cf::dyn && cf::leaf_count<t4*> == cf::dyn);
static_assert(cf::leaf_count<std::array<std::vector<int>, 2>> == cf::dyn);
static_assert(cf::leaf_count<std::array<std::vector<int>, 0>> == 0);

// Where the leaves of each child start: here there are 1, 0, 4 and 1 of them.
using offsets = cf::detail::leaf_offsets<boost::mp11::mp_list<int, std::tuple<>, layer, t4>>;
static_assert(offsets::of(0) == 0 && offsets::of(1) == 1 && offsets::of(2) == 1 && offsets::of(3) == 5);
static_assert(offsets::child_with(0) == 0 && offsets::child_with(1) == 2 && offsets::child_with(4) == 2 && offsets::child_with(5) == 3);

}  // namespace
