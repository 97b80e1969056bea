// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/interpreter.hpp
/// The one reader of an operator's rules: bytes and dtype from summaries of arguments, whether of their types or of their values.

#include <commfold/op/argument_summary.hpp>
#include <commfold/op/call_rules.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype.hpp>

#include <cstddef>
#include <optional>

namespace commfold::detail {

/// Bytes, whether the summaries tell them, and whether they fit `std::size_t`.
struct bytes_found {
  std::size_t bytes = 0;
  bool known = true;
  bool fits = true;
};

/// The bytes under a rule, where `a` and `b` are the weights of its terms, and `group` is that of the call's group.
constexpr bytes_found bytes_under(size_rule::form how, argument_weight const& a, argument_weight const& b,
                                  argument_weight const& group) noexcept {
  auto const of_each_rank = [&](argument_weight const& share) {
    size_result const all = try_multiply(share.bytes, group.number);
    return bytes_found{all.value, share.known && group.known, all.fits};
  };
  switch (how) {
    case size_rule::one:
      return {a.bytes, a.known, true};
    case size_rule::larger:
      return {a.bytes < b.bytes ? b.bytes : a.bytes, a.known && b.known, true};
    case size_rule::both: {
      size_result const sum = try_add(a.bytes, b.bytes);
      return {sum.value, a.known && b.known, sum.fits};
    }
    case size_rule::times_ranks:
      return of_each_rank(a);
    case size_rule::on_root:
      return a.length != 0 ? bytes_found{a.bytes, a.known, true} : of_each_rank(b);
    case size_rule::sends:
      return {a.sends, a.known, true};
    case size_rule::receives:
      return {a.receives, a.known, true};
  }
  return {};
}

/// bytes_under, of values. `overflow_error`, naming the operator, where they do not fit.
constexpr std::size_t checked_bytes_under(char const* verb, size_rule::form how, argument_weight const& a, argument_weight const& b,
                                          argument_weight const& group) {
  bytes_found const found = bytes_under(how, a, b, group);
  if (!found.fits) fail_overflow(verb, "the size of the call");
  return found.bytes;
}

/// The one dtype of the tensors under a rule; nothing where there is none or more than one. The list on the root may be empty; what every
/// rank has is not.
constexpr std::optional<dtype> dtype_of_rule(size_rule::form how, argument_summary const& a, argument_summary const& b) noexcept {
  return (how == size_rule::on_root ? b : a).dtypes.only();
}

}  // namespace commfold::detail
