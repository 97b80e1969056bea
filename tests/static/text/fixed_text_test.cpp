// SPDX-License-Identifier: BSL-1.0
#include <commfold/text/fixed_text.hpp>

#include <type_traits>

namespace {
namespace cf = commfold;

template <cf::fixed_text Name>
struct named {
  static constexpr std::string_view name = Name.view();
};

// The closing zero is not part of the name; a zero inside it is.
static_assert(named<"dp">::name == "dp" && named<"dp">::name.size() == 2);
static_assert(named<"">::name.empty());
static_assert(named<"a\0b">::name.size() == 3);

// Two literals of one text are one argument, and so one type. So is the same text, put together.
static_assert(std::is_same_v<named<"tp">, named<"tp">> && !std::is_same_v<named<"tp">, named<"pp">>);
static_assert(!std::is_same_v<named<"tp">, named<"tp ">>);
static_assert(std::is_same_v<named<"tp">, named<cf::fixed_text<2>(std::string_view("tp"))>>);

// A text that grows in place. Room that is left is not part of it.
constexpr cf::fixed_text<9> grown = [] {
  cf::fixed_text<9> text(std::string_view("back"));
  text.append("war");
  text.append('d');
  return text;
}();
static_assert(grown.view() == "backward" && grown.size == 8 && std::string_view(grown.data) == "backward");
static_assert(cf::fixed_text<9>().view().empty());

// Equal by the characters alone.
static_assert(grown == cf::fixed_text<8>("backward") && grown != cf::fixed_text<8>("backwarD") && grown != cf::fixed_text<7>("backwar"));

template <auto F>
concept is_a_constant = requires { typename std::bool_constant<(F(), true)>; };
constexpr auto with(std::string_view more) {
  cf::fixed_text<4> text("abcd");
  text.size = 2;
  text.append(more);
  return text;
}
static_assert(is_a_constant<[] { return with("xy"); }> && !is_a_constant<[] { return with("xyz"); }>);

static_assert(std::is_trivially_copyable_v<cf::fixed_text<9>> && !std::is_convertible_v<std::string_view, cf::fixed_text<9>>);

}  // namespace
