// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/error.hpp
/// What the library throws: every exception is a `commfold::error` and the standard exception that fits.

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace commfold {

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

namespace detail {

/// The one place that throws. Where exceptions are switched off it prints the sentence and aborts. In a constant expression the call is the
/// compile error.
template <class Error>
[[noreturn, gnu::cold]] inline void fail(std::string const& sentence) {
#if defined(__cpp_exceptions)
  throw Error(sentence);
#else
  std::fprintf(stderr, "%s\n", sentence.c_str());
  std::abort();
#endif
}

}  // namespace detail
}  // namespace commfold
