// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/leaf_tuple.hpp>
#include <commfold/tree/nodes/product.hpp>

#include <tuple>
#include <type_traits>
#include <utility>

namespace {
namespace cf = commfold;

using t4 = cf::tensor<cf::f32, 4>;
using t3 = cf::tensor<cf::f64, 3>;
using vec = cf::tensor<cf::f32, cf::dyn>;

// Values side by side, each with its type, read by position and bound by name.
constexpr cf::row<int, t4, vec> some{7, t4{}, vec{5}};
static_assert(some.at<0>() == 7 && get<2>(some).extent(0) == 5 && std::is_same_v<decltype(get<1>(some)), t4 const&>);
constexpr int bound() {
  auto const& [n, static_one, dynamic_one] = some;
  static_assert(std::is_same_v<decltype(static_one), t4 const>);
  return n + static_cast<int>(dynamic_one.extent(0));
}
static_assert(bound() == 12);
static_assert(std::is_same_v<decltype(cf::row{1, 'x'}), cf::row<int, char>>);

// What types say is not held.
static_assert(std::is_empty_v<cf::row<t4, t3, t4>> && std::is_empty_v<cf::row<>> && !std::is_empty_v<cf::row<t4, int>>);
static_assert(std::is_same_v<decltype(get<1>(cf::row<t4, t3>{})), t3 const&> && get<1>(cf::row<t4, t3>{}) == t3{});

// Equal when the values are.
static_assert(some == cf::row{7, t4{}, vec{5}} && !(some == cf::row{7, t4{}, vec{6}}) && !(some == cf::row{8, t4{}, vec{5}}));
static_assert(cf::row<t4>{} == cf::row<t4>{t4{}} && cf::row<>{} == cf::row<>{});

// Written through a non-const one.
constexpr int written() {
  cf::row<int, t4> r{1, t4{}};
  r.at<0>() = 5;
  return get<0>(r);
}
static_assert(written() == 5);

// A row of one row stays nested, and a copy is a copy.
constexpr cf::row<cf::row<int>> nested{cf::row<int>{3}};
static_assert(get<0>(get<0>(nested)) == 3);
constexpr int copied() {
  cf::row<int> one{4};
  cf::row<int> other(one);
  return get<0>(other);
}
static_assert(copied() == 4);

// A position that is not there is no answer.
template <class R, std::size_t I>
concept has = requires(R const& r) { get<I>(r); };
static_assert(has<cf::row<int, t4>, 1> && !has<cf::row<int, t4>, 2> && has<cf::row<t4>, 0> && !has<cf::row<t4>, 1>);

// A node that maps to a row.
static_assert(cf::kind_of<cf::row<int, t4>> == cf::node_kind::product);
static_assert(std::is_same_v<cf::node_traits<cf::row<int, t4>>::children, boost::mp11::mp_list<int, t4>>);
static_assert(std::is_same_v<decltype(cf::node_traits<cf::row<t4>>::make('x')), cf::row<char>>);

}  // namespace
