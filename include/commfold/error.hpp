// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/error.hpp
/// What the library throws: every exception is a `commfold::error` and the standard exception that fits.

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

namespace commfold {

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wweak-vtables"  // a library of headers has no file for them
#endif

/// The common base of all run-time errors. It does not derive from `std::exception`: each concrete error does, through the standard
/// exception that fits, and a second path to that base would make `catch (std::exception const&)` ambiguous.
class error {
 public:
  virtual ~error() = default;
  /// One sentence. It opens with what was called, `commfold::narrow:`, and says what is wrong, where, and what to do.
  [[nodiscard]] virtual char const* what() const noexcept = 0;

 protected:
  error() = default;
  error(error const&) = default;
  error& operator=(error const&) = default;
};

namespace detail {

/// An `error` that is also the exception `Standard`.
template <class Standard>
class error_as : public Standard, public error {
 public:
  using Standard::Standard;
  [[nodiscard]] char const* what() const noexcept override { return Standard::what(); }
};

}  // namespace detail

/// A size does not fit `std::size_t`. Also a `std::overflow_error`.
struct overflow_error : detail::error_as<std::overflow_error> {
  using error_as::error_as;
};

/// An argument cannot be right, whatever else happens: a dimension out of range, an unknown name. Also a `std::invalid_argument`.
struct invalid_argument : detail::error_as<std::invalid_argument> {
  using error_as::error_as;
};

/// Trees that should have one structure do not; the message names the path. Also a `std::invalid_argument`.
struct structure_error : invalid_argument {
  using invalid_argument::invalid_argument;
};

#if defined(__clang__)
#pragma clang diagnostic pop
#endif

namespace detail {

/// The one place that throws. Where exceptions are switched off it prints the sentence and aborts.
template <class Error>
[[noreturn, gnu::cold]] inline void fail(std::string const& sentence) {
#if defined(__cpp_exceptions)
  throw Error(sentence);
#else
  std::fprintf(stderr, "%s\n", sentence.c_str());
  std::abort();
#endif
}

/// A text or a number that stands in a sentence.
struct sentence_value {
  std::string_view text{};
  unsigned long long number = 0;  // of a negative number -n it is n
  enum : unsigned char { words, positive, negative } is = words;

  constexpr sentence_value(std::string_view t) noexcept : text(t) {}
  constexpr sentence_value(char const* t) noexcept : text(t) {}
  constexpr sentence_value(std::size_t n) noexcept : number(n), is(positive) {}
  constexpr sentence_value(long long n) noexcept
      : number(n < 0 ? 0ULL - static_cast<unsigned long long>(n) : static_cast<unsigned long long>(n)), is(n < 0 ? negative : positive) {}
};

/// "verb: " and the sentence, in which each `{}` is the next of the values. Of an empty verb the sentence alone, for one that opens with a
/// value.
inline std::string sentence_of(char const* verb, char const* sentence, sentence_value const* values) {
  std::string text(verb);
  if (!text.empty()) text += ": ";
  for (char const* c = sentence; *c != '\0'; ++c) {
    if (c[0] != '{' || c[1] != '}') {
      text += *c;
      continue;
    }
    if (values->is == sentence_value::words)
      text += values->text;
    else
      text += (values->is == sentence_value::negative ? "-" : "") + std::to_string(values->number);
    ++values;
    ++c;
  }
  return text;
}

template <class Error>
[[noreturn, gnu::cold]] inline void throw_sentence(char const* verb, char const* sentence, sentence_value const* values) {
  fail<Error>(sentence_of(verb, sentence, values));
}

inline constexpr bool the_number_that_is_refused[1] = {};

/// Reads an array out of its bounds on purpose: g++ prints of a call in a constant the texts that are literals, and no number, but it
/// prints an index. It cannot print 0, which is in bounds, nor what is too large for an index.
constexpr bool show_first_number(sentence_value const* values, std::size_t count) {
  for (; count != 0 && values->is == sentence_value::words; --count) ++values;
  if (count == 0 || values->number > ~std::size_t{0} >> 1) return false;
  auto const index = static_cast<std::ptrdiff_t>(values->number);
  return the_number_that_is_refused[values->is == sentence_value::negative ? -index : index];
}

/// fail<Error>("commfold::narrow", "index {} in a dimension of extent {}", index, extent): throws the sentence with the values in their
/// places. In a constant expression it is the compile error, and there compilers print calls and not texts that are put together: clang
/// prints the verb, the sentence and every value; g++ the sentence and the first number. So a sentence is one literal, and its first number
/// is the one that is wrong.
template <class Error, class... Values>
[[noreturn, gnu::cold]] constexpr void fail(char const* verb, char const* sentence, Values... values) {
  sentence_value const all[] = {values..., std::string_view()};  // an array has an element
  if (std::is_constant_evaluated()) static_cast<void>(show_first_number(all, sizeof...(values)));
  if (verb != nullptr) throw_sentence<Error>(verb, sentence, all);  // a condition: g++ takes no constexpr function that always throws
  __builtin_unreachable();
}

}  // namespace detail
}  // namespace commfold
