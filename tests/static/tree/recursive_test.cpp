// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

namespace {
namespace cf = commfold;

using t4 = cf::tensor<cf::f32, 4>;

struct layer {
  t4 w, b;
};
struct node {
  t4 w;
  std::vector<node> kids;
};

// A type that holds itself, by whatever way down.
struct list {
  t4 w;
  std::unique_ptr<list> next;
};
struct expression {
  std::variant<t4, std::vector<expression>> held;
};
struct inner;
struct outer {
  std::map<std::string, inner> m;
};
struct inner {
  std::vector<outer> o;
};
static_assert(cf::recursive_tree<node> && cf::recursive_tree<list> && cf::recursive_tree<expression> && cf::recursive_tree<outer const&>);
static_assert(cf::recursive_tree<std::tuple<int, std::vector<node>>>);
static_assert(!cf::recursive_tree<layer> && !cf::recursive_tree<t4> && !cf::recursive_tree<std::tuple<layer, std::vector<layer>, layer>>);
static_assert(!cf::recursive_tree<std::vector<std::vector<layer>>>);

}  // namespace
