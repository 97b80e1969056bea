// SPDX-License-Identifier: BSL-1.0
// error: "forwards", 8
// error: "backward", 8
// cascades: each of two names is refused
#include <commfold/text/fixed_text.hpp>

#include <string_view>

// clang shows a text of eight characters as numbers where the zero behind them was not written.
template <commfold::fixed_text Name>
consteval bool is_short() {
  static_assert(Name.size < 8, "the name is long");
  return true;
}

#ifdef SHOULD_FAIL
constexpr bool fits = is_short<"forwards">();
constexpr bool appended = is_short<commfold::fixed_text<8>(std::string_view("backward"))>();
#else
constexpr bool fits = is_short<"forward">();
constexpr bool appended = is_short<commfold::fixed_text<8>(std::string_view("back"))>();
#endif

int main() { return fits && appended ? 0 : 1; }
