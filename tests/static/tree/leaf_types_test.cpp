// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/leaf_types.hpp>
#include <commfold/tree/structs/fields.hpp>

#include <boost/mp11/list.hpp>

#include <array>
#include <map>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace {
namespace cf = commfold;
using boost::mp11::mp_list;
using namespace commfold::detail;

using t4 = cf::tensor<cf::f32, 4>;
using vec = cf::tensor<cf::f32, cf::dyn>;
struct layer {
  t4 w, b;
};
class mlp {
 public:
  t4 w;

 private:
  [[maybe_unused]] int steps_ = 0;
};
struct node {
  vec w;
  std::vector<node> kids;
};

}  // namespace
template <>
struct commfold::node_traits<mlp> : commfold::fields<&mlp::w> {};
namespace {

// All of them, in order.
static_assert(std::is_same_v<decltype(list_leaf_types<std::tuple<layer, std::pair<vec, int>>>()), mp_list<t4, t4, vec, int>>);
static_assert(std::is_same_v<decltype(list_leaf_types<t4>()), mp_list<t4>>);

// Those that need not be read: stateless ones, in products that hold nothing else.
static_assert(leaves_are_stateless<std::tuple<layer, t4>> && leaves_are_stateless<t4> && leaves_are_stateless<std::tuple<>>);
static_assert(!leaves_are_stateless<std::tuple<layer, vec>> && !leaves_are_stateless<std::array<t4, 2>> && !leaves_are_stateless<int> &&
              !leaves_are_stateless<mlp>);

// The distinct ones, as the type of a container of leaves needs them.
static_assert(std::is_same_v<any_leaf_of<std::tuple<int, std::vector<char>, int> const&>, std::variant<int, char>>);
static_assert(std::is_same_v<any_leaf_of<std::map<std::string, std::variant<t4, layer>>>, t4>);
static_assert(std::is_same_v<any_leaf_of<node>, vec> && std::is_same_v<any_leaf_of<std::vector<std::tuple<>>>, std::monostate>);

}  // namespace
