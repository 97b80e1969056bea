// SPDX-License-Identifier: BSL-1.0
#include <commfold/text/fixed_string.hpp>

#include <type_traits>

namespace {
namespace cf = commfold;

template <cf::fixed_string Name>
struct named {
  static constexpr std::string_view name = Name.view();
};

// The closing zero is not part of the name; a zero inside it is.
static_assert(named<"dp">::name == "dp" && named<"dp">::name.size() == 2);
static_assert(named<"">::name.empty());
static_assert(named<"a\0b">::name.size() == 3);

// Two literals of one text are one argument, and so one type.
static_assert(std::is_same_v<named<"tp">, named<"tp">> && !std::is_same_v<named<"tp">, named<"pp">>);
static_assert(!std::is_same_v<named<"tp">, named<"tp ">>);

}  // namespace
