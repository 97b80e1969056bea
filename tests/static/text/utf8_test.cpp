// SPDX-License-Identifier: BSL-1.0
#include <commfold/text/utf8.hpp>

#include <string_view>

namespace {
using commfold::detail::utf8_character;
using namespace std::string_view_literals;

// One to four bytes, at the ends of each range of Unicode's table 3-7, whatever follows.
static_assert(utf8_character("\0"sv) == 1 && utf8_character("\x7F"sv) == 1 && utf8_character("ab"sv) == 1);
static_assert(utf8_character("\xC2\x80"sv) == 2 && utf8_character("\xDF\xBF-"sv) == 2);
static_assert(utf8_character("\xE0\xA0\x80"sv) == 3 && utf8_character("\xED\x9F\xBF"sv) == 3 && utf8_character("\xEF\xBF\xBF"sv) == 3);
static_assert(utf8_character("\xF0\x90\x80\x80"sv) == 4 && utf8_character("\xF4\x8F\xBF\xBF"sv) == 4);

// Nothing at all is a byte of its own: the caller asks of a text that is not empty.
static_assert(utf8_character(""sv) == 1);

// A byte that continues, one that stands nowhere, and a text that ends too early.
static_assert(utf8_character("\x80"sv) == 0 && utf8_character("\xBF"sv) == 0 && utf8_character("\xFF"sv) == 0);
static_assert(utf8_character("\xC2"sv) == 0 && utf8_character("\xE2\x82"sv) == 0 && utf8_character("\xF0\x9F\x98"sv) == 0);
static_assert(utf8_character("\xC2 "sv) == 0 && utf8_character("\xE2\x82 "sv) == 0 && utf8_character("\xF0\x9F\x98\xC0"sv) == 0);

// Long spellings of short characters, surrogates, and what lies above U+10FFFF.
static_assert(utf8_character("\xC0\x80"sv) == 0 && utf8_character("\xC1\xBF"sv) == 0);
static_assert(utf8_character("\xE0\x9F\xBF"sv) == 0 && utf8_character("\xF0\x8F\xBF\xBF"sv) == 0);
static_assert(utf8_character("\xED\xA0\x80"sv) == 0 && utf8_character("\xED\xBF\xBF"sv) == 0);
static_assert(utf8_character("\xF4\x90\x80\x80"sv) == 0 && utf8_character("\xF5\x80\x80\x80"sv) == 0);

}  // namespace
