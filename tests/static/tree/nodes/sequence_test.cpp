// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <array>
#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <span>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <vector>

namespace {
namespace cf = commfold;

using t4 = cf::tensor<cf::f32, 4>;  // 16 bytes
using vec = cf::tensor<cf::f32, cf::dyn>;

// A container as a user would write one, registered in one line.
template <class T>
class stack_of {
 public:
  constexpr stack_of() = default;
  constexpr void push_back(T item) { items_[size_++] = item; }
  constexpr std::size_t size() const { return size_; }
  constexpr T const* begin() const { return items_; }
  constexpr bool operator==(stack_of const&) const = default;

 private:
  T items_[4] = {};
  std::size_t size_ = 0;
};
// A container without a class template to name maps to a vector.
struct three_ranks {
  int ranks[3] = {1, 2, 3};
  constexpr std::size_t size() const { return 3; }
  constexpr int const* begin() const { return ranks; }
};
// All traits by hand, with a static count and entries that are not the children.
struct entry {
  char name;
  vec weight;
};
struct two_entries {
  entry entries[2];
};
}  // namespace
template <class T>
struct commfold::node_traits<stack_of<T>> : commfold::range_node<T, stack_of> {};
template <>
struct commfold::node_traits<three_ranks> : commfold::range_node<int> {};
template <>
struct commfold::node_traits<two_entries> {
  using element = vec;
  static constexpr std::size_t static_count = 2;
  static constexpr std::size_t count(two_entries const&) { return 2; }
  static constexpr entry const* begin(two_entries const& node) { return node.entries; }
  static constexpr vec const& child(entry const& e) { return e.weight; }
  static constexpr char key(entry const& e) { return e.name; }
};
namespace {

template <class T>
using element = typename cf::node_traits<T>::element;

static_assert(std::is_same_v<element<std::vector<t4>>, t4> && std::is_same_v<element<std::span<t4 const>>, t4>);
static_assert(std::is_same_v<element<std::array<t4 const, 2>>, t4> && std::is_same_v<element<t4 const[2]>, t4>);
static_assert(std::is_same_v<element<std::map<int, t4, std::greater<>>>, t4> && std::is_same_v<element<std::unordered_map<int, t4>>, t4>);
static_assert(cf::detail::fixed_sequence<std::array<int, 3>> && cf::detail::fixed_sequence<std::span<int, 3>>);
static_assert(!cf::detail::fixed_sequence<std::span<int>> && !cf::detail::fixed_sequence<std::vector<int>>);
static_assert(cf::node_traits<std::array<int, 3>>::static_count == 3 && cf::node_traits<int[5]>::static_count == 5);

constexpr auto twice = [](int n) { return 2 * n; };
constexpr auto halves = [](int n) { return n / 2.0; };

constexpr stack_of<int> stack() {
  stack_of<int> s;
  s.push_back(5);
  s.push_back(7);
  return s;
}
static_assert(cf::kind_of<stack_of<int>> == cf::node_kind::sequence);
constexpr auto doubled = cf::tree_map(twice, stack());
static_assert(std::is_same_v<decltype(doubled), stack_of<int> const> && doubled.size() == 2 && doubled.begin()[1] == 14);
static_assert(std::is_same_v<decltype(cf::tree_map(halves, stack())), stack_of<double>>);
constexpr vec two_and_three[] = {vec{2}, vec{3}};
constexpr std::size_t of_a_stack() {
  stack_of<vec> s;
  for (vec const& v : two_and_three) s.push_back(v);
  return cf::sum_tensors(s);
}
static_assert(of_a_stack() == 20);

static_assert(cf::tree_map(halves, three_ranks{}) == std::vector{0.5, 1.0, 1.5});

constexpr two_entries two{{{'a', vec{1}}, {'b', vec{4}}}};
static_assert(cf::sum_tensors(two) == 20 && cf::leaf_count<two_entries> == 2);
static_assert(get<1>(cf::tree_leaves(two)).extent(0) == 4);
static_assert(cf::tree_paths(two)[1] == "['b']");

// Spans do not own their elements, so they map to containers that do.
constexpr int numbers[] = {1, 2, 3};
static_assert(cf::tree_map(twice, std::span<int const>(numbers)) == std::vector{2, 4, 6});
static_assert(cf::tree_map(twice, std::span(numbers)) == std::array{2, 4, 6});
static_assert(cf::tree_map(twice, numbers) == std::array{2, 4, 6});
static_assert(cf::tree_map(halves, std::array<int, 0>{}) == std::array<double, 0>{});
static_assert(std::is_same_v<decltype(cf::tree_map(halves, std::declval<int const (&)[2][3]>())), std::array<std::array<double, 3>, 2>>);

// Other containers map to one of their kind; keys and their order are kept.
template <class T>
using mapped = decltype(cf::tree_map(halves, std::declval<T const&>()));
static_assert(std::is_same_v<mapped<std::deque<int>>, std::deque<double>> && std::is_same_v<mapped<std::list<int>>, std::list<double>>);
static_assert(std::is_same_v<mapped<std::map<std::string, int, std::greater<>>>, std::map<std::string, double, std::greater<>>>);
static_assert(std::is_same_v<mapped<std::unordered_map<std::string, int>>, std::unordered_map<std::string, double>>);

}  // namespace
