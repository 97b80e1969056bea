// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/holds_tensors.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

namespace {
namespace cf = commfold;
using boost::mp11::mp_list;
using t4 = cf::tensor<cf::f32, 4>;
using vec = cf::tensor<cf::f32, cf::dyn>;

// A tensor in any place, and in none.
static_assert(cf::holds_tensors<t4> && cf::holds_tensors<vec const> && cf::holds_tensors<cf::tensor<cf::f32, 0>>);
static_assert(cf::holds_tensors<std::tuple<int, std::vector<std::optional<vec>>>> && cf::holds_tensors<std::variant<int, t4>>);
static_assert(cf::holds_tensors<std::map<std::string, std::shared_ptr<t4>>> && cf::holds_tensors<t4*>);
static_assert(!cf::holds_tensors<int> && !cf::holds_tensors<std::string> && !cf::holds_tensors<std::tuple<>>);
static_assert(!cf::holds_tensors<std::vector<double>> && !cf::holds_tensors<std::vector<std::vector<std::tuple<int, char>>>>);
static_assert(!cf::holds_tensors<std::variant<int, std::string>> && !cf::holds_tensors<void*>);

// A type that holds itself, with a tensor and without one.
struct module {
  std::vector<module> parts;
  t4 w;
};
struct folder {
  std::vector<folder> parts;
  int size;
};
static_assert(cf::holds_tensors<module> && !cf::holds_tensors<folder> && cf::holds_tensors<std::tuple<folder, module>>);

// The types that are not described: each once, in the order in which they are met, through every kind of node.
class closed {
  [[maybe_unused]] t4 w_;
};
struct made {
  made(int);
  t4 w;
};
struct net {
  std::vector<closed> layers;
  std::variant<made, closed> either;
  t4 w;
};
static_assert(std::is_same_v<cf::unknown_leaves<net>, mp_list<closed, made>>);
static_assert(std::is_same_v<cf::unknown_leaves<std::map<int, made>>, mp_list<made>>);
static_assert(std::is_same_v<cf::unknown_leaves<closed const&>, mp_list<closed>>);
static_assert(std::is_same_v<cf::unknown_leaves<module>, mp_list<>> && std::is_same_v<cf::unknown_leaves<int>, mp_list<>>);
static_assert(!cf::holds_tensors<closed>);  // nobody can tell

}  // namespace
