// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/text/fixed_text.hpp
/// A text that holds its characters in place: `fixed_text`.

#include <commfold/error.hpp>

#include <cstddef>
#include <string_view>

namespace commfold {
namespace detail {

[[noreturn, gnu::cold]] constexpr void fail_too_long(char const* what, std::string_view begin, std::string_view end, std::size_t capacity) {
  fail<invalid_argument>("", "{} '{}{}' is longer than {} characters", what, begin, end, capacity);
}

}  // namespace detail

/// At most `Capacity` characters, without an allocation and without a pointer. It can therefore be a template argument, such as the name in
/// `process_group<"dp", 64>`; a constant, even where `std::string` cannot; and part of what outlives the text that it was made from.
/// A text that does not fit is refused, never cut.
template <std::size_t Capacity>
struct fixed_text {
  // Public, because a template argument has no private members.
  char data[Capacity + 1] = {};  ///< the characters, and a zero
  std::size_t size = 0;          ///< the number of characters; a zero among them counts

  /// An empty text.
  constexpr fixed_text() = default;

  /// A literal, which fills the text: of `template <fixed_text Name> struct named;`, `named<"dp">` has the name "dp".
  consteval fixed_text(char const (&literal)[Capacity + 1]) {
    for (; size != Capacity; ++size) data[size] = literal[size];
    data[size] = '\0';  // written, or clang prints a text of 8, 16 or 32 characters as numbers
  }

  /// `invalid_argument` where `text` has more than `Capacity` characters. The message opens with `what`, which says what is too long:
  /// "commfold::trace: the phase".
  constexpr explicit fixed_text(std::string_view text, char const* what = "commfold::fixed_text: the text") { append(text, what); }

  /// Puts `text` behind what is there. Refuses what the constructor refuses.
  constexpr void append(std::string_view text, char const* what = "commfold::fixed_text: the text") {
    if (text.size() > Capacity - size) detail::fail_too_long(what, view(), text, Capacity);
    // By pointer: in a constant every character costs steps, of which clang allows a million, and this takes the fewest.
    char const* from = text.data();
    for (std::size_t n = text.size(); n != 0; --n) data[size++] = *from++;
    data[size] = '\0';
  }
  constexpr void append(char const& c) { append(std::string_view(&c, std::size_t{1})); }

  [[nodiscard]] constexpr std::string_view view() const noexcept { return {data, size}; }

  /// Equal where the characters are equal, whatever the capacities.
  template <std::size_t Other>
  [[nodiscard]] constexpr bool operator==(fixed_text<Other> const& other) const noexcept {
    return view() == other.view();
  }
};

template <std::size_t N>
fixed_text(char const (&)[N]) -> fixed_text<N - 1>;

}  // namespace commfold
