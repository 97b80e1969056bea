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
#include <type_traits>
#include <utility>

namespace commfold {

/// What a compiler prints of a broken budget. Nobody uses these names; they are here to be short in its messages.
namespace diagnostics {

/// The two ends of a budget's range.
enum class bound { at_least, at_most };

/// A text that is a template argument, in pieces of so many characters: clang prints some 30 characters of an array, and no more.
template <std::size_t N, std::size_t... More>
struct words {
  char text[N + 1] = {};
  words<More...> more;

  constexpr explicit words(std::string_view from) noexcept : more(from.substr(N)) {
    for (std::size_t i = 0; i < N; ++i) text[i] = from[i];
    text[N] = '\0';
  }
};
template <std::size_t N>
struct words<N> {
  char text[N + 1] = {};

  constexpr explicit words(std::string_view from) noexcept {
    for (std::size_t i = 0; i < N; ++i) text[i] = from[i];
    text[N] = '\0';  // written, or clang prints a text of 8, 16 or 32 characters as numbers
  }
};

/// Calls of one operator, group and phase, and their part of the number that is broken.
template <auto Op, auto Group, auto Phase, std::size_t Amount>
struct contribution;

/// The broken budget. Texts and numbers are arguments of their own, so that each is printed whole. `Rule` is the position of the budget in
/// an array of them, from 0.
template <std::size_t Rule, auto Number, auto Of, std::size_t Found, bound Bound, std::size_t Limit, class... Largest>
struct broken_budget;
struct kept_budget;

/// What the assertions of a budget ask. Of a concept that fails compilers print the argument, and where it was asked.
template <class Verdict, bound Bound>
inline constexpr bool is_broken = false;
template <std::size_t Rule, auto Number, auto Of, std::size_t Found, bound Bound, std::size_t Limit, class... Largest>
inline constexpr bool is_broken<broken_budget<Rule, Number, Of, Found, Bound, Limit, Largest...>, Bound> = true;
template <class Verdict>
concept at_most_as_allowed = !is_broken<Verdict, bound::at_most>;
template <class Verdict>
concept at_least_as_asked = !is_broken<Verdict, bound::at_least>;

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
  template <class Traffic, class Budgets, class Violation = basic_budget_violation<std::string_view>>
  [[nodiscard]] constexpr verdict<Violation> operator()(Traffic const& traffic, Budgets const& limits) const {
    verdict<Violation> found;
    for_each_violation<Violation>(traffic, limits, [&](Violation const& violation) {
      if (found.broken++ == 0) found.first = violation;
    });
    if (found.broken != 0) find_largest(found.first, traffic);
    return found;
  }
  /// For braces, of which no type is deduced.
  template <class Traffic>
  [[nodiscard]] constexpr auto operator()(Traffic const& traffic, budget const& limits) const {
    return operator()<Traffic, budget>(traffic, limits);
  }
  template <class Traffic, std::size_t Budgets>
  [[nodiscard]] constexpr auto operator()(Traffic const& traffic, budget const (&limits)[Budgets]) const {
    return operator()<Traffic, budget[Budgets]>(traffic, limits);
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

template <class Traffic>
constexpr std::size_t number_of_rows(Traffic const& traffic) {
  return traffic.rows().size();
}

/// A verdict as a template argument: its texts one after the other, and their ends.
struct verdict_argument {
  static constexpr std::size_t texts = 11;  // the number, of what, and operator, group and phase of three contributions

  char text[longest_sentence] = {};
  std::size_t ends[texts] = {};
  std::size_t broken = 0, rule = 0, found = 0, limit = 0, contributions = 0, amounts[3] = {};
  diagnostics::bound which = diagnostics::bound::at_least;

  /// Nothing is broken.
  constexpr verdict_argument() = default;
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
    fixed_text<longest_sentence> measure;
    append_measure(measure, v.first);
    add(measure.view());
    fixed_text<longest_sentence> of;
    append_filter(of, v.first.of);
    add(of.size == 0 ? std::string_view("of every call") : of.view().substr(1));  // it opens with a space
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

/// The size of the first piece of a text that is printed in pieces: it ends behind a word, else a namespace, else an outer phase.
constexpr std::size_t first_piece(std::string_view text) noexcept {
  constexpr std::size_t most = 32;
  if (text.size() <= most) return text.size();
  for (char const last : {' ', ':', '/'})
    for (std::size_t end = most; end != 0; --end)
      if (text[end - 1] == last) return end;
  return most;
}

constexpr std::size_t number_of_pieces(std::string_view text) noexcept {
  std::size_t count = 1;
  for (std::size_t size = first_piece(text); size != text.size(); size = first_piece(text)) {
    text = text.substr(size);
    ++count;
  }
  return count;
}
constexpr std::size_t size_of_piece(std::string_view text, std::size_t i) noexcept {
  for (; i != 0; --i) text = text.substr(first_piece(text));
  return first_piece(text);
}

template <std::size_t... Sizes>
consteval auto words_in_pieces(std::string_view text) {
  return diagnostics::words<Sizes...>(text);
}
template <verdict_argument V, std::size_t I, std::size_t... Piece>
consteval auto words_of(std::index_sequence<Piece...>) {
  return words_in_pieces<size_of_piece(V.part(I), Piece)...>(V.part(I));
}
// A function and no variable, of which g++ would not deduce the type, and clang would print how it is computed.
template <verdict_argument V, std::size_t I>
consteval auto part_of() {
  return words_of<V, I>(std::make_index_sequence<number_of_pieces(V.part(I))>{});
}

template <verdict_argument V, std::size_t I>
using contribution_of = diagnostics::contribution<part_of<V, 3 * I + 2>(), part_of<V, 3 * I + 3>(), part_of<V, 3 * I + 4>(), V.amounts[I]>;

template <verdict_argument V, std::size_t... I>
auto broken_budget_of(std::index_sequence<I...>)
    -> diagnostics::broken_budget<V.rule, part_of<V, 0>(), part_of<V, 1>(), V.found, V.which, V.limit, contribution_of<V, I>...>*;

template <verdict_argument V>
consteval auto type_of_verdict() {
  if constexpr (V.broken == 0)
    return static_cast<diagnostics::kept_budget*>(nullptr);
  else
    return decltype(broken_budget_of<V>(std::make_index_sequence<V.contributions>{}))(nullptr);
}

template <verdict_argument V>
concept keeps_ceiling = diagnostics::at_most_as_allowed<std::remove_pointer_t<decltype(type_of_verdict<V>())>>;
template <verdict_argument V>
concept keeps_floor = diagnostics::at_least_as_asked<std::remove_pointer_t<decltype(type_of_verdict<V>())>>;

#endif

}  // namespace detail
}  // namespace commfold

/// COMMFOLD_ASSERT_BUDGET(ledger, budget): a declaration that does not compile where `within(ledger, budget)` does not hold of the two
/// constants. The one error holds the broken rule, the number, the limit and the three largest contributions: as a sentence where the
/// compiler takes a computed message (C++26), else as the arguments of `diagnostics::broken_budget`. A budget, with its type or as bare
/// braces, or an array of them.
#if defined(__cpp_static_assert) && __cpp_static_assert >= 202306L
#define COMMFOLD_ASSERT_BUDGET(traffic, ...)              \
  static_assert(::commfold::within(traffic, __VA_ARGS__), \
                ::commfold::detail::budget_message(::commfold::detail::verdict_on(traffic, __VA_ARGS__)))
#else
#define COMMFOLD_ASSERT_BUDGET(traffic, ...)                                                                                          \
  static_assert(__builtin_constant_p(::commfold::detail::number_of_rows(traffic)),                                                    \
                "commfold::budget: the ledger is no constant; declare it constexpr, or ask check(ledger, budget) at run time");       \
  static_assert(::commfold::detail::keeps_ceiling<COMMFOLD_VERDICT(traffic, __VA_ARGS__)>,                                            \
                "commfold::budget: more than the budget allows; broken_budget<rule, number, of, found, at most, limit, largest...>"); \
  static_assert(::commfold::detail::keeps_floor<COMMFOLD_VERDICT(traffic, __VA_ARGS__)>,                                              \
                "commfold::budget: less than the budget asks for; broken_budget<rule, number, of, found, at least, limit, largest...>")
// Nothing is said of a ledger that is no constant, of which that was said.
#define COMMFOLD_VERDICT(traffic, ...)                                                              \
  (__builtin_constant_p(::commfold::detail::number_of_rows(traffic))                                \
       ? ::commfold::detail::verdict_argument(::commfold::detail::verdict_on(traffic, __VA_ARGS__)) \
       : ::commfold::detail::verdict_argument())
#endif
