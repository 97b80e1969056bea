// SPDX-License-Identifier: BSL-1.0
#include <commfold/size/size_constant.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>

namespace {
namespace cf = commfold;

static_assert(std::is_empty_v<cf::size_constant<3>>);
static_assert(std::is_base_of_v<std::integral_constant<std::size_t, 3>, cf::size_constant<3>>);
static_assert(std::is_same_v<decltype(cf::size_c<3>), cf::size_constant<3> const>);
static_assert(cf::dyn == std::numeric_limits<std::size_t>::max());

// It converts silently, and is usable where a constant must be.
constexpr std::size_t converted = cf::size_c<7>;
static_assert(converted == 7);
constexpr int through_parameter(cf::size_constant<4> n) { return std::integral_constant<int, n>::value; }
static_assert(through_parameter(cf::size_c<4>) == 4);

// Comparison is by value: -1 is not the largest size.
static_assert(cf::size_c<3> == 3 && 3 == cf::size_c<3> && cf::size_c<3> != 4);
static_assert(cf::size_c<3> > -1 && -1 < cf::size_c<3> && cf::size_c<3> != -1);
static_assert(cf::size_c<cf::dyn> != -1LL && cf::size_c<cf::dyn> > -1LL && cf::size_c<0xffff'ffff> != -1);
static_assert(cf::size_c<3> <= 3u && cf::size_c<3> >= 3L && cf::size_c<3> < std::uint8_t{4});
static_assert(cf::size_c<3> < cf::size_c<4> && cf::size_c<3> == cf::size_constant<3>{} && cf::size_c<3> != cf::size_c<4>);
[[maybe_unused]] constexpr bool compares_with_variables(int n, std::size_t m, long long k) {
  return cf::size_c<3> <= n && n >= cf::size_c<3> && cf::size_c<3> != m && k == cf::size_c<3>;
}
static_assert(compares_with_variables(3, 4, 3));

struct with_value {
  static constexpr int value = 3;
};
static_assert(cf::static_size<cf::size_constant<0>> && cf::static_size<cf::size_constant<3> const&>);
static_assert(cf::static_size<std::integral_constant<int, 3>> && cf::static_size<std::integral_constant<unsigned char, 0>>);
static_assert(!cf::static_size<std::integral_constant<int, -1>>);  // a negative number is no size
static_assert(!cf::static_size<std::true_type>);                   // nor is an answer
static_assert(!cf::static_size<with_value>);                       // nor is a type that does not convert
static_assert(!cf::static_size<std::size_t> && !cf::static_size<void> && !cf::static_size<std::string>);

static_assert(cf::size_like<int> && cf::size_like<std::size_t const&> && cf::size_like<cf::size_constant<3>> && cf::size_like<char>);
static_assert(!cf::size_like<bool> && !cf::size_like<bool const&> && !cf::size_like<double> && !cf::size_like<void*> &&
              !cf::size_like<void>);

// Asking about a type must not complete it.
template <class T>
struct explosive {
  static_assert(sizeof(T) == 0, "completed");
};
static_assert(!cf::size_like<explosive<int>*>);

}  // namespace
