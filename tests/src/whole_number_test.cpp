// SPDX-License-Identifier: BSL-1.0
// Numbers are decimal, and are read whole or not at all.
#include <src/whole_number.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string_view>

namespace {

using commfold::io::whole_number;

bool is_refused(std::string_view text) { return !whole_number(text).is_one; }

}  // namespace

TEST_CASE("whole number: digits are decimal", "[number]") {
  CHECK(whole_number("0").value == 0);
  CHECK(whole_number("64").value == 64);
  CHECK(whole_number("010").value == 10);
  CHECK(whole_number("0100").value == 100);
  CHECK(whole_number("64.0").value == 64);
  CHECK(whole_number("64.000").value == 64);
  CHECK(whole_number("18446744073709551615").value == 18446744073709551615u);
  for (std::string_view const number : {"1", "010", "64.0", "18446744073709551615"}) {
    CHECK(whole_number(number).is_positive);
    CHECK(whole_number(number).fits);
  }
}

TEST_CASE("whole number: zero and less are whole, and not positive", "[number]") {
  for (std::string_view const number : {"0", "000", "0.0", "-0", "-1", "-99999999999999999999"}) {
    CHECK(whole_number(number).is_one);
    CHECK_FALSE(whole_number(number).is_positive);
  }
}

TEST_CASE("whole number: what does not fit is not cut", "[number]") {
  for (std::string_view const number : {"18446744073709551616", "99999999999999999999", "99999999999999999999.0"}) {
    CHECK(whole_number(number).is_positive);
    CHECK_FALSE(whole_number(number).fits);
  }
}

TEST_CASE("whole number: nothing else is one", "[number]") {
  for (std::string_view const text : {"", "-", "+1", " 1", "1 ", "1.5", "1.", ".0", "1e3", "1.0e1", "0x10", "1'000", "1_000", "1,000",
                                      "1.0.0", "NaN", "Infinity", "\xD9\xA1", "1\n"})
    CHECK(is_refused(text));
}
