// SPDX-License-Identifier: BSL-1.0
// What passes the check. What does not, is a compile error each: compile_fail/tree/undescribed.
#include <commfold/tree/described.hpp>

#include <commfold/tree/nodes/standard.hpp>

#include <list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <variant>
#include <vector>

namespace {
namespace cf = commfold;
using cf::detail::described;
using t4 = cf::tensor<cf::f32, 4>;

/// A range that is no template: it may have other members, and says nothing of them.
class shelf {
 public:
  t4 const* begin() const;
  t4 const* end() const;

 private:
  [[maybe_unused]] int size_;
};
class rows_of_numbers : std::vector<int> {
 public:
  using std::vector<int>::begin, std::vector<int>::end;
};

// Tensors, leaves, and nodes, whose children are asked by whoever walks them.
static_assert(described<t4> && described<int> && described<std::string> && described<std::tuple<shelf, int>>);
static_assert(described<std::vector<int>> && described<std::list<t4>> && described<std::variant<int, t4>> && described<t4*>);

// A container of numbers is a template of them and holds nothing else; a class that is a range of tensors is taken for one.
static_assert(!cf::detail::may_hold_more<std::vector<int>> && !cf::detail::may_hold_more<std::set<int>>);
static_assert(cf::detail::may_hold_more<shelf> && described<shelf> && cf::detail::may_hold_more<rows_of_numbers>);
static_assert(!cf::detail::may_hold_more<t4> && !cf::detail::may_hold_more<std::string>);

// A map is asked for its keys, as a multimap is; a set has none.
static_assert(cf::detail::keyed_by_values<std::map<int, t4>> && cf::detail::keyed_by_values<std::unordered_multimap<int, t4>>);
static_assert(!cf::detail::keyed_by_values<std::set<int>> && described<std::map<std::string, int>> && described<std::map<int, t4>>);

}  // namespace
