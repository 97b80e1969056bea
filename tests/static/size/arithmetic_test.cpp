// SPDX-License-Identifier: BSL-1.0
#include <commfold/size/arithmetic.hpp>

#include <cstdint>
#include <type_traits>

namespace {
namespace cf = commfold;

constexpr std::size_t most = static_cast<std::size_t>(-1);

// Static in, static out.
static_assert(std::is_same_v<decltype(cf::add(cf::size_c<3>, cf::size_c<4>)), cf::size_constant<7>>);
static_assert(std::is_same_v<decltype(cf::add(cf::size_c<3>, std::integral_constant<int, 4>{})), cf::size_constant<7>>);
static_assert(std::is_same_v<decltype(cf::multiply(cf::size_c<3>, cf::size_c<4>, cf::size_c<5>)), cf::size_constant<60>>);
static_assert(std::is_same_v<decltype(cf::max_of(cf::size_c<3>, cf::size_c<9>, cf::size_c<5>)), cf::size_constant<9>>);
static_assert(std::is_same_v<decltype(cf::ceil_div(cf::size_c<7>, cf::size_c<2>)), cf::size_constant<4>>);

// One number that is not in a type, and the answer is not either.
static_assert(std::is_same_v<decltype(cf::add(cf::size_c<3>, 4)), std::size_t> && cf::add(cf::size_c<3>, 4) == 7);
static_assert(std::is_same_v<decltype(cf::multiply(std::uint8_t{200}, cf::size_c<2>)), std::size_t>);
static_assert(cf::multiply(std::uint8_t{200}, cf::size_c<2>, 3LL) == 1200);
static_assert(std::is_same_v<decltype(cf::max_of(1, cf::size_c<2>)), std::size_t> && cf::max_of(1, cf::size_c<2>) == 2);
static_assert(cf::ceil_div(7, cf::size_c<2>) == 4 && cf::ceil_div(8, 2) == 4 && cf::ceil_div(0, 5) == 0);
static_assert(cf::ceil_div(most, 2) == most / 2 + 1);  // (a + b - 1) / b would overflow

// Through a reference parameter too.
template <class N>
constexpr auto twice(N const& n) {
  return decltype(cf::add(n, n))::value;
}
static_assert(twice(cf::size_c<21>) == 42);

// Of nothing: the neutral element.
static_assert(std::is_same_v<decltype(cf::add()), cf::size_constant<0>>);
static_assert(std::is_same_v<decltype(cf::multiply()), cf::size_constant<1>>);
static_assert(std::is_same_v<decltype(cf::max_of()), cf::size_constant<0>>);

// The largest size is one, and a zero wins over an overflow on its left or right.
static_assert(cf::add(cf::size_c<most>, cf::size_c<0>) == most && cf::add(most - 1, 1) == most);
static_assert(cf::multiply(cf::size_c<most>, cf::size_c<most>, cf::size_c<0>) == 0);
static_assert(cf::multiply(0, most, most) == 0 && cf::multiply(most, most, 0) == 0);
static_assert(cf::multiply(std::size_t{1} << 32, (std::size_t{1} << 32) - 1) == most - 0xffff'ffff);

// An overflow is not a constant: it cannot slip through a constant expression as a wrapped number.
template <auto F>
concept is_a_constant = requires { typename std::integral_constant<std::size_t, F()>; };
static_assert(is_a_constant<[] { return cf::add(most - 1, 1); }>);
static_assert(!is_a_constant<[] { return cf::add(most, 1); }>);
static_assert(!is_a_constant<[] { return cf::multiply(std::size_t{1} << 32, std::size_t{1} << 32); }>);
static_assert(!is_a_constant<[] { return cf::add(1, -1); }>);
static_assert(!is_a_constant<[] { return cf::max_of(1, -1); }>);
static_assert(!is_a_constant<[] { return cf::ceil_div(1, 0); }>);

template <class... T>
concept can_add = requires(T... t) { cf::add(t...); };
static_assert(can_add<int, long> && !can_add<int, double> && !can_add<bool> && !can_add<int, void*>);

// Constants of any integer type, by their numbers; one that is wider than a size is refused, not cut: see tests/m32.
static_assert(cf::detail::fits_size(0) && cf::detail::fits_size(most) && cf::detail::fits_size(7LL) && cf::detail::fits_size(7u));
#ifdef __SIZEOF_INT128__
__extension__ using wide = unsigned __int128;
static_assert(!cf::detail::fits_size((wide{1} << 64) + 5) && cf::detail::fits_size(wide{most}));
#endif

// The helpers that other layers use.
static_assert(cf::detail::checked_add(2, 3) == 5 && cf::detail::checked_multiply(2, 3) == 6 && cf::detail::ceil_div(9, 4) == 3);

}  // namespace
