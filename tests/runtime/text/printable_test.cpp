// SPDX-License-Identifier: BSL-1.0
#include <commfold/text/printable.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

namespace {

std::string shown(std::string_view text) { return commfold::detail::printable<std::string>(text); }

}  // namespace

TEST_CASE("text stays as it is", "[text]") {
  CHECK(shown("") == "");
  CHECK(shown("a/b \\n `|<>\"'") == "a/b \\n `|<>\"'");
  CHECK(shown("gr\xC3\xB6\xC3\x9F\x65 \xE2\x82\xAC \xF0\x9F\x98\x80 \xC2\xA0") ==
        "gr\xC3\xB6\xC3\x9F\x65 \xE2\x82\xAC \xF0\x9F\x98\x80 \xC2\xA0");
}

TEST_CASE("what a terminal obeys is shown", "[text]") {
  CHECK(shown("a\nb\rc\td") == "a\\nb\\rc\\td");
  CHECK(shown(std::string_view("\0\x1b[2J\a\x7f", 7)) == "\\x00\\x1b[2J\\x07\\x7f");
  CHECK(shown("\xC2\x9B") == "\\xc2\\x9b");                                                            // a CSI of one character
  CHECK(shown("\xC2\x85 \xE2\x80\xA8 \xE2\x80\xA9") == "\\xc2\\x85 \\xe2\\x80\\xa8 \\xe2\\x80\\xa9");  // line breaks of Unicode
  CHECK(shown("\xE2\x80\xAE \xE2\x81\xA6 \xE2\x80\x8F \xD8\x9C") == "\\xe2\\x80\\xae \\xe2\\x81\\xa6 \\xe2\\x80\\x8f \\xd8\\x9c");
}

TEST_CASE("bytes that are no UTF-8 are shown, and what follows them is read", "[text]") {
  CHECK(shown("\xFF"
              "a\xC3\xC3\xB6\xE2\x82") ==
        "\\xff"
        "a\\xc3\xC3\xB6\\xe2\\x82");
}
