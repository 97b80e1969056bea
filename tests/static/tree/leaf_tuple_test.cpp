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
constexpr cf::leaf_tuple<int, t4, vec> some{7, t4{}, vec{5}};
static_assert(some.at<0>() == 7 && get<2>(some).extent(0) == 5 && std::is_same_v<decltype(get<1>(some)), t4 const&>);
constexpr int bound() {
  auto const& [n, static_one, dynamic_one] = some;
  static_assert(std::is_same_v<decltype(static_one), t4 const>);
  return n + static_cast<int>(dynamic_one.extent(0));
}
static_assert(bound() == 12);
static_assert(std::is_same_v<decltype(cf::leaf_tuple{1, 'x'}), cf::leaf_tuple<int, char>>);

// Stateless values are not held.
static_assert(std::is_empty_v<cf::leaf_tuple<t4, t3, t4>> && std::is_empty_v<cf::leaf_tuple<>> &&
              !std::is_empty_v<cf::leaf_tuple<t4, int>>);
static_assert(std::is_same_v<decltype(get<1>(cf::leaf_tuple<t4, t3>{})), t3 const&> && get<1>(cf::leaf_tuple<t4, t3>{}) == t3{});

// Equal when the values are.
static_assert(some == cf::leaf_tuple{7, t4{}, vec{5}} && !(some == cf::leaf_tuple{7, t4{}, vec{6}}) &&
              !(some == cf::leaf_tuple{8, t4{}, vec{5}}));
static_assert(cf::leaf_tuple<t4>{} == cf::leaf_tuple<t4>{t4{}} && cf::leaf_tuple<>{} == cf::leaf_tuple<>{});

// Values of a non-const leaf_tuple can be written to.
constexpr int written() {
  cf::leaf_tuple<int, t4> r{1, t4{}};
  r.at<0>() = 5;
  return get<0>(r);
}
static_assert(written() == 5);

// A leaf_tuple of one leaf_tuple stays nested, and a copy is a copy.
constexpr cf::leaf_tuple<cf::leaf_tuple<int>> nested{cf::leaf_tuple<int>{3}};
static_assert(get<0>(get<0>(nested)) == 3);
constexpr int copied() {
  cf::leaf_tuple<int> one{4};
  cf::leaf_tuple<int> other(one);
  return get<0>(other);
}
static_assert(copied() == 4);

// A position behind the last is refused.
template <class R, std::size_t I>
concept has = requires(R const& r) { get<I>(r); };
static_assert(has<cf::leaf_tuple<int, t4>, 1> && !has<cf::leaf_tuple<int, t4>, 2> && has<cf::leaf_tuple<t4>, 0> &&
              !has<cf::leaf_tuple<t4>, 1>);

// A node that maps to a leaf_tuple.
static_assert(cf::kind_of<cf::leaf_tuple<int, t4>> == cf::node_kind::product);
static_assert(std::is_same_v<cf::node_traits<cf::leaf_tuple<int, t4>>::children, boost::mp11::mp_list<int, t4>>);
static_assert(std::is_same_v<decltype(cf::node_traits<cf::leaf_tuple<t4>>::make('x')), cf::leaf_tuple<char>>);

}  // namespace
