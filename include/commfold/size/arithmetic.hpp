// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/size/arithmetic.hpp
/// Checked arithmetic on sizes: a constant when every operand is one, a `std::size_t` otherwise, never a wrong number.

#include <commfold/error.hpp>
#include <commfold/size/size_constant.hpp>

#include <cstddef>
#include <initializer_list>

namespace commfold {
namespace detail {

/// A result that may not fit `std::size_t`: where `fits` is false, `value` means nothing.
struct size_result {
  std::size_t value = 0;
  bool fits = true;
};

constexpr size_result try_add(std::size_t a, std::size_t b) noexcept {
  std::size_t sum = 0;
  bool const over = __builtin_add_overflow(a, b, &sum);
  return {sum, !over};
}

constexpr size_result try_multiply(std::size_t a, std::size_t b) noexcept {
  std::size_t product = 0;
  bool const over = __builtin_mul_overflow(a, b, &product);
  return {product, !over};
}

/// The sum of the numbers in [begin, end).
constexpr size_result try_sum(std::size_t const* begin, std::size_t const* end) noexcept {
  size_result r;
  bool fits = true;
  for (; begin != end; ++begin) {
    r = try_add(r.value, *begin);
    fits = fits && r.fits;
  }
  return {r.value, fits};
}

/// start * the numbers in [begin, end). A factor of zero makes the product zero, however large the others are.
constexpr size_result try_product(std::size_t start, std::size_t const* begin, std::size_t const* end) noexcept {
  size_result r{start, true};
  bool fits = true;
  bool zero = start == 0;
  for (; begin != end; ++begin) {
    r = try_multiply(r.value, *begin);
    fits = fits && r.fits;
    zero = zero || *begin == 0;
  }
  if (zero) return {0, true};
  return {r.value, fits};
}

constexpr size_result try_sum(std::initializer_list<std::size_t> n) noexcept { return try_sum(n.begin(), n.end()); }
constexpr size_result try_product(std::initializer_list<std::size_t> n) noexcept { return try_product(1, n.begin(), n.end()); }

constexpr std::size_t greatest(std::initializer_list<std::size_t> n) noexcept {
  std::size_t most = 0;
  for (std::size_t const i : n)
    if (most < i) most = i;
  return most;
}

[[noreturn, gnu::cold]] constexpr void fail_overflow(char const* verb, std::size_t a, char const* sign, std::size_t b) {
  fail<overflow_error>(verb, "{}{}{} does not fit std::size_t", a, sign, b);
}
[[noreturn, gnu::cold]] constexpr void fail_overflow(char const* verb, char const* what) {
  fail<overflow_error>(verb, "{} does not fit std::size_t", what);
}

/// a + b. Throws `overflow_error`, naming `verb`, where that does not fit.
constexpr std::size_t checked_add(std::size_t a, std::size_t b, char const* verb = "commfold::add") {
  size_result const r = try_add(a, b);
  if (!r.fits) fail_overflow(verb, a, " + ", b);
  return r.value;
}

/// a * b. Throws `overflow_error`, naming `verb`, where that does not fit.
constexpr std::size_t checked_multiply(std::size_t a, std::size_t b, char const* verb = "commfold::multiply") {
  size_result const r = try_multiply(a, b);
  if (!r.fits) fail_overflow(verb, a, " * ", b);
  return r.value;
}

/// Refuses a list of n entries of `size` bytes that no memory has room for, before a container throws an error of its own.
constexpr void expect_list_fits(std::size_t n, std::size_t size, char const* verb) {
  if (n > dyn / 2 / size) fail_overflow(verb, "a list of as many entries");
}

/// ⌈a / b⌉, without the sum a + b - 1, which could overflow.
constexpr std::size_t ceil_div(std::size_t a, std::size_t b) noexcept { return a / b + (a % b != 0 ? 1 : 0); }

/// Any integer in decimal digits, also one that is wider than `std::to_string` takes.
template <class I, class Text = std::string>
Text decimal(I n) {
  Text text;
  bool const negative = n < 0;
  do {
    int const last = static_cast<int>(n % 10);
    text.insert(text.begin(), static_cast<char>('0' + (last < 0 ? -last : last)));
    n /= 10;
  } while (n != 0);
  return negative ? '-' + text : text;
}

[[noreturn, gnu::cold]] constexpr void fail_negative(char const* verb, long long n) {
  fail<invalid_argument>(verb, "{} is negative; a size never is", n);
}
template <class I>
[[noreturn, gnu::cold]] void fail_wide_negative(char const* verb, I n) {
  fail<invalid_argument>(std::string(verb) + ": " + decimal(n) + " is negative; a size never is");
}
template <class I>
[[noreturn, gnu::cold]] void fail_too_wide(char const* verb, I n) {
  fail<overflow_error>(std::string(verb) + ": " + decimal(n) + " does not fit std::size_t");
}

/// Any size_like as a `std::size_t`. Negative numbers throw `invalid_argument`, too large ones `overflow_error`, both naming `verb`; a
/// constant that is too large is a compile error.
template <size_like N>
constexpr std::size_t to_size(N const& n, char const* verb) {
  if constexpr (static_size<N>) {
    return size_that_fits<fits_size(N::value)>(static_cast<std::size_t>(N::value));
  } else if constexpr (sizeof(N) > sizeof(std::size_t)) {
    if constexpr (std::is_signed_v<N>)
      if (n < 0) fail_wide_negative(verb, n);
    if (!fits_size(n)) fail_too_wide(verb, n);
    return static_cast<std::size_t>(n);
  } else {
    if constexpr (std::is_signed_v<N>)
      if (n < 0) fail_negative(verb, static_cast<long long>(n));
    return static_cast<std::size_t>(n);
  }
}

struct add_fn {
  template <size_like... N>
  [[nodiscard]] constexpr auto operator()(N const&... n) const {
    if constexpr ((static_size<N> && ...)) {
      constexpr size_result sum = try_sum({size_that_fits<fits_size(N::value)>(static_cast<std::size_t>(N::value))...});
      static_assert(sum.fits, "commfold::add: the sum of these constants does not fit std::size_t");
      return size_constant<sum.value>{};
    } else {
      std::size_t sum = 0;
      ((sum = checked_add(sum, to_size(n, "commfold::add"))), ...);
      return sum;
    }
  }
};

struct multiply_fn {
  template <size_like... N>
  [[nodiscard]] constexpr auto operator()(N const&... n) const {
    if constexpr ((static_size<N> && ...)) {
      constexpr size_result product = try_product({size_that_fits<fits_size(N::value)>(static_cast<std::size_t>(N::value))...});
      static_assert(product.fits, "commfold::multiply: the product of these constants does not fit std::size_t");
      return size_constant<product.value>{};
    } else {
      size_result const product = try_product({to_size(n, "commfold::multiply")...});
      if (!product.fits) fail_overflow("commfold::multiply", "the product");
      return product.value;
    }
  }
};

struct max_of_fn {
  template <size_like... N>
  [[nodiscard]] constexpr auto operator()(N const&... n) const {
    if constexpr ((static_size<N> && ...))
      return size_constant<greatest({size_that_fits<fits_size(N::value)>(static_cast<std::size_t>(N::value))...})>{};
    else
      return greatest({to_size(n, "commfold::max_of")...});
  }
};

struct ceil_div_fn {
  template <size_like A, size_like B>
  [[nodiscard]] constexpr auto operator()(A const& a, B const& b) const {
    if constexpr (static_size<B>) static_assert(B::value != 0, "commfold::ceil_div: the divisor is zero");
    if constexpr (static_size<A> && static_size<B>) {
      if constexpr (B::value != 0)
        return size_constant<detail::ceil_div(size_that_fits<fits_size(A::value)>(static_cast<std::size_t>(A::value)),
                                              size_that_fits<fits_size(B::value)>(static_cast<std::size_t>(B::value)))>{};
      else
        return size_constant<0>{};
    } else {
      std::size_t const divisor = to_size(b, "commfold::ceil_div");
      if (divisor == 0) fail<invalid_argument>("commfold::ceil_div", "the divisor is zero");
      return detail::ceil_div(to_size(a, "commfold::ceil_div"), divisor);
    }
  }
};

}  // namespace detail

/// add(n...) = n0 + n1 + …, and 0 of nothing. A `size_constant` when every operand is static, else a `std::size_t`. A sum or an operand
/// that does not fit `std::size_t` is a compile error or an `overflow_error`; a negative integer is an `invalid_argument`.
inline constexpr detail::add_fn add{};

/// multiply(n...) = n0 * n1 * …, and 1 of nothing. A factor of zero makes the product zero, however large the others are. A `size_constant`
/// when every operand is static, and refusals, as for `add`.
inline constexpr detail::multiply_fn multiply{};

/// max_of(n...): the greatest, and 0 of nothing. A `size_constant` when every operand is static; a negative integer is an
/// `invalid_argument`.
inline constexpr detail::max_of_fn max_of{};

/// ceil_div(a, b) = ⌈a / b⌉. A `size_constant` when both operands are static; a divisor of zero is a compile error or an
/// `invalid_argument`.
inline constexpr detail::ceil_div_fn ceil_div{};

}  // namespace commfold
