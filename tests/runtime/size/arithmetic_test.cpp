// SPDX-License-Identifier: BSL-1.0
#include <commfold/size/arithmetic.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <cstdint>
#include <stdexcept>

namespace cf = commfold;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::StartsWith;

namespace {

constexpr std::size_t most = static_cast<std::size_t>(-1);

/// What it says when it throws an `Error`, empty when it does not.
template <class Error, class F>
std::string said(F f) {
  try {
    f();
  } catch (Error const& e) {
    return e.what();
  }
  return {};
}

}  // namespace

TEST_CASE("a sum that does not fit throws and says which", "[size]") {
  CHECK(cf::add(most - 5, 5) == most);
  CHECK(said<cf::overflow_error>([] { (void)cf::add(most, 1); }) == "commfold::add: 18446744073709551615 + 1 does not fit std::size_t");
  CHECK(said<std::overflow_error>([] { (void)cf::add(cf::size_c<most>, std::uint8_t{1}); }) != "");
  CHECK(said<cf::error>([] { (void)cf::add(1, 2, most - 2); }) != "");
}

TEST_CASE("a product that does not fit throws, a product of zero never", "[size]") {
  std::size_t volatile big = std::size_t{1} << 63;
  CHECK_THAT(said<cf::overflow_error>([&] { (void)cf::multiply(std::size_t{big}, 2); }), StartsWith("commfold::multiply: "));
  CHECK(cf::multiply(std::size_t{big}, 2, 0) == 0);
  CHECK(cf::multiply(0, std::size_t{big}, 2) == 0);
  CHECK_THAT(said<cf::overflow_error>([&] { (void)cf::detail::checked_multiply(big, 4, "commfold::other"); }),
             StartsWith("commfold::other: 9223372036854775808 * 4"));
}

TEST_CASE("a number is written in all its digits, however wide it is", "[size]") {
  CHECK(cf::detail::decimal(0) == "0");
  CHECK(cf::detail::decimal(-128) == "-128");
  CHECK(cf::detail::decimal(most) == "18446744073709551615");
#ifdef __SIZEOF_INT128__
  __extension__ using wide = __int128;
  CHECK(cf::detail::decimal((wide{1} << 64) + 5) == "18446744073709551621");
  CHECK(cf::detail::decimal(-(wide{1} << 64)) == "-18446744073709551616");
#endif
}

TEST_CASE("negative numbers are refused, with the number", "[size]") {
  int volatile minus = -3;
  CHECK_THAT(said<cf::invalid_argument>([&] { (void)cf::add(1, int{minus}); }), StartsWith("commfold::add: -3"));
  CHECK_THAT(said<std::invalid_argument>([&] { (void)cf::multiply(1, int{minus}); }), StartsWith("commfold::multiply: -3"));
  CHECK_THAT(said<cf::invalid_argument>([&] { (void)cf::max_of(1, int{minus}); }), StartsWith("commfold::max_of: -3"));
  CHECK_THAT(said<cf::invalid_argument>([&] { (void)cf::ceil_div(int{minus}, 2); }), ContainsSubstring("-3"));
  CHECK_THAT(said<cf::invalid_argument>([] { (void)cf::ceil_div(1, 0); }), ContainsSubstring("zero"));
}
