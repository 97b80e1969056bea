// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/nodes/product.hpp>

#include <tuple>
#include <type_traits>
#include <utility>

namespace {
namespace cf = commfold;
using boost::hana::basic_tuple;
using boost::mp11::mp_list;

template <class T>
using traits = cf::node_traits<T>;

// The children are the types, read through references and const.
static_assert(std::is_same_v<traits<std::tuple<int, char const, double&>>::children, mp_list<int, char, double>>);
static_assert(std::is_same_v<traits<std::pair<int const, char>>::children, mp_list<int, char>>);
static_assert(std::is_same_v<traits<basic_tuple<int, char>>::children, mp_list<int, char>>);
static_assert(std::is_same_v<traits<std::tuple<>>::children, mp_list<>>);

// A child is reached by reference, const where the node is.
constexpr bool reached() {
  std::tuple t{1, 'a'};
  std::pair p{1, 'a'};
  basic_tuple<int, char> b{1, 'a'};
  traits<decltype(t)>::child<1>(t) = 'b';
  traits<decltype(p)>::child<0>(p) = 2;
  traits<decltype(b)>::child<1>(b) = 'c';
  static_assert(std::is_same_v<decltype(traits<decltype(t)>::child<0>(std::as_const(t))), int const&>);
  static_assert(std::is_same_v<decltype(traits<decltype(b)>::child<0>(std::as_const(b))), int const&>);
  return std::get<1>(t) == 'b' && p.first == 2 && boost::hana::at_c<1>(b) == 'c';
}
static_assert(reached());

// Products are made of values, also from references.
constexpr int seven = 7;
static_assert(std::is_same_v<decltype(traits<std::tuple<int&>>::make(seven, 'x')), std::tuple<int, char>>);
static_assert(std::is_same_v<decltype(traits<std::pair<int, int>>::make(seven, 'x')), std::pair<int, char>>);
static_assert(traits<std::pair<int, int>>::make(seven, 'x') == std::pair{7, 'x'});
static_assert(boost::hana::at_c<0>(traits<basic_tuple<int>>::make(seven)) == 7);
// A tuple of one tuple stays nested.
static_assert(std::is_same_v<decltype(traits<std::tuple<int>>::make(std::tuple{1})), std::tuple<std::tuple<int>>>);
static_assert(std::is_same_v<decltype(traits<basic_tuple<int>>::make(basic_tuple<int>{1})), basic_tuple<basic_tuple<int>>>);

}  // namespace
