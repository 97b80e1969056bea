// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/budget/assert_budget.hpp
/// A budget that is held while compiling, and says what broke it: `COMMFOLD_ASSERT_BUDGET`.

#include <commfold/budget/budget.hpp>
#include <commfold/budget/check.hpp>
#include <commfold/budget/within.hpp>
#include <commfold/size/format.hpp>
#include <commfold/trace/ledger.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

namespace commfold {

/// What a compiler prints of a broken budget. Nobody uses these names; they are here to be short in its messages.
namespace diagnostics {

/// The two ends of a budget's range.
enum class bound { at_least, at_most };

/// A text that is a template argument, as long as it is.
template <std::size_t N>
struct words {
  char text[N + 1] = {};

  constexpr explicit words(std::string_view from) noexcept {
    for (std::size_t i = 0; i < N; ++i) text[i] = from[i];
    text[N] = '\0';  // written, or clang prints a text of 8, 16 or 32 characters as numbers
  }
};

/// Calls of one operator, group and phase, and their part of the number that is broken.
template <words Op, words Group, words Phase, std::size_t Amount>
struct contribution;

/// The broken budget. Texts and numbers are arguments of their own, since clang cuts a text after some 30 characters. `Rule` is the
/// position of the budget in an array of them, from 0. A function, because an assertion in a class would make its use a second error.
template <std::size_t Rule, words Number, words Of, std::size_t Found, bound Bound, std::size_t Limit, class... Largest>
consteval bool broken_budget() {
  static_assert(Bound != bound::at_most,
                "commfold::budget: more than the budget allows; broken_budget<rule, number, of, found, at most, limit, largest...>");
  static_assert(Bound != bound::at_least,
                "commfold::budget: less than the budget asks for; broken_budget<rule, number, of, found, at least, limit, largest...>");
  return true;
}

}  // namespace diagnostics

namespace detail {

/// Long enough for what is said of a violation with names as long as any in use: an operator's of 70 characters, a group's of 64 and a
/// phase's of 192, once in the filter and once in each of three contributions. A longer text is an error, but not a sentence.
inline constexpr std::size_t longest_sentence = 2048;

/// The first number outside its range, and how many there are. Its names are views of the ledger's.
template <class Violation>
struct verdict {
  std::size_t broken = 0;
  Violation first{};
};

struct verdict_on_fn {
  template <std::size_t Rows, class Budgets, class Violation = basic_budget_violation<std::string_view>>
  [[nodiscard]] constexpr verdict<Violation> operator()(ledger<Rows> const& traffic, Budgets const& limits) const {
    verdict<Violation> found;
    for_each_violation<Violation>(traffic.rows(), limits, [&](Violation const& violation) {
      if (found.broken++ == 0) found.first = violation;
    });
    if (found.broken != 0) find_largest(found.first, traffic.rows());
    return found;
  }
};
inline constexpr verdict_on_fn verdict_on{};

#if defined(__cpp_static_assert) && __cpp_static_assert >= 202306L

/// The sentence of `check`, with what a computed message must have.
class budget_message {
 public:
  template <class Violation>
  constexpr explicit budget_message(verdict<Violation> const& v) {
    append_violation(text_, v.first);
    if (v.broken > 1) {
      text_.append("; and ");
      append_number(text_, v.broken - 1);
      text_.append(" more broken");
    }
  }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return text_.size; }
  [[nodiscard]] constexpr char const* data() const noexcept { return text_.data; }

 private:
  fixed_text<longest_sentence> text_;
};

#else

/// A verdict as a template argument: its texts one after the other, and their ends.
struct verdict_argument {
  static constexpr std::size_t texts = 11;  // the number, of what, and operator, group and phase of three contributions

  char text[longest_sentence] = {};
  std::size_t ends[texts] = {};
  std::size_t broken = 0, rule = 0, found = 0, limit = 0, contributions = 0, amounts[3] = {};
  diagnostics::bound which = diagnostics::bound::at_least;

  template <class Violation>
  constexpr explicit verdict_argument(verdict<Violation> const& v) : broken(v.broken) {
    if (broken == 0) return;
    rule = v.first.rule;
    found = v.first.found;
    limit = v.first.limit;
    which = v.first.too_much ? diagnostics::bound::at_most : diagnostics::bound::at_least;
    std::size_t parts = 0;
    std::size_t end = 0;
    auto const add = [&](std::string_view part) {
      for (char const c : part) text[end++] = c;
      ends[parts++] = end;
    };
    add(words_for(v.first.what));
    fixed_text<longest_sentence> of;
    append_filter(of, v.first.of);
    add(of.view().substr(of.size == 0 ? 0 : 1));  // it opens with a space
    for (; contributions != v.first.contributions; ++contributions) {
      auto const& one = v.first.largest[contributions];
      add(one.op);
      add(one.group);
      add(one.phase);
      amounts[contributions] = one.amount;
    }
  }

  [[nodiscard]] constexpr std::string_view part(std::size_t i) const noexcept {
    std::size_t const begin = i == 0 ? 0 : ends[i - 1];
    return {text + begin, ends[i] - begin};
  }
};

template <verdict_argument V, std::size_t I>
inline constexpr diagnostics::words<V.part(I).size()> part_of{V.part(I)};

template <verdict_argument V, std::size_t I>
using contribution_of = diagnostics::contribution<part_of<V, 3 * I + 2>, part_of<V, 3 * I + 3>, part_of<V, 3 * I + 4>, V.amounts[I]>;

template <verdict_argument V, std::size_t... I>
consteval bool refuse(std::index_sequence<I...>) {
  return diagnostics::broken_budget<V.rule, part_of<V, 0>, part_of<V, 1>, V.found, V.which, V.limit, contribution_of<V, I>...>();
}

template <verdict_argument V>
consteval bool budget_is_kept() {
  if constexpr (V.broken == 0)
    return true;
  else
    return refuse<V>(std::make_index_sequence<V.contributions>{});
}

#endif

}  // namespace detail
}  // namespace commfold

/// COMMFOLD_ASSERT_BUDGET(ledger, budget): a declaration that does not compile where `within(ledger, budget)` does not hold of the two
/// constants. The one error holds the broken rule, the number, the limit and the three largest contributions: as a sentence where the
/// compiler takes a computed message (C++26), else as the arguments of `diagnostics::broken_budget`. A budget, or an array of them.
#if defined(__cpp_static_assert) && __cpp_static_assert >= 202306L
#define COMMFOLD_ASSERT_BUDGET(traffic, ...)              \
  static_assert(::commfold::within(traffic, __VA_ARGS__), \
                ::commfold::detail::budget_message(::commfold::detail::verdict_on(traffic, __VA_ARGS__)))
#else
#define COMMFOLD_ASSERT_BUDGET(traffic, ...) \
  static_assert(                             \
      ::commfold::detail::budget_is_kept<::commfold::detail::verdict_argument(::commfold::detail::verdict_on(traffic, __VA_ARGS__))>())
#endif
