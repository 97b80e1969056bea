// SPDX-License-Identifier: BSL-1.0
#include <commfold/report/json_text.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <string>
#include <string_view>

namespace {
std::string spelled(std::string_view text) {
  std::string to;
  commfold::detail::append_json_string(to, text, "json_report");
  return to;
}
}  // namespace

TEST_CASE("a name as JSON spells it", "[report]") {
  CHECK(spelled("") == "\"\"");
  CHECK(spelled("a\"b\\c/d") == R"("a\"b\\c/d")");
  CHECK(spelled(std::string_view("\0\n\x1f\x7f", 4)) == "\"\\u0000\\u000a\\u001f\\u007f\"");
  CHECK(spelled("\xC2\x9B[2J\xC2\xA0\xE2\x80\xAE\xE2\x80\xA8") == "\"\\u009b[2J\xC2\xA0\\u202e\\u2028\"");
  CHECK(spelled("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80") == "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"");
}

TEST_CASE("a name that is not UTF-8 is refused", "[report]") {
  CHECK_THROWS_WITH(spelled("a\xFF"), "commfold::json_report: the name 'a\\xff' is not UTF-8, which JSON is written in; spell it in UTF-8");
  // A continuation alone, a long spelling, a surrogate, one above U+10FFFF, one cut short.
  for (std::string_view const wrong : {"\x80", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82"})
    CHECK_THROWS_AS(spelled(wrong), commfold::invalid_argument);
}

TEST_CASE("objects and lists are written a line an element", "[report]") {
  commfold::detail::json_lines<std::string> lines;
  CHECK(lines.closed() == "[]");
  commfold::detail::json_object<std::string> object("json_report");
  CHECK(object.closed() == "{}");
  CHECK(object.number("n", 18446744073709551615u).text("t", "x").json("j", "null").closed() ==
        R"({"n": 18446744073709551615, "t": "x", "j": null})");
  lines.add("1");
  lines.add("2");
  CHECK(lines.closed() == "[\n    1,\n    2\n  ]");
}
