// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/collective/op.hpp
/// What a row of the operator table is made of: rules that say where the group is and which tensors are counted as what.

#include <commfold/collective/process_group.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/bytes.hpp>
// Without the headers of the standard containers a tuple would be a leaf, and its tensors would count nothing.
#include <commfold/tree/for_each.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

namespace commfold {

/// The bytes of one call, on one rank. All are payload, numel x itemsize: what a view shows and not what is stored behind it.
struct call_bytes {
  std::size_t input = 0;    ///< what this rank hands in
  std::size_t output = 0;   ///< what it gets out
  std::size_t message = 0;  ///< the S of nccl-tests: N for all_reduce, broadcast, reduce, send, recv; the whole vector for the others

  friend constexpr bool operator==(call_bytes const&, call_bytes const&) = default;
};

namespace detail {

// The rules: which part of a call a row looks at.

template <std::size_t I>
struct arg {
  template <class Args, class Result>
  [[nodiscard]] static constexpr auto const& of(Args const& args, Result const&) {
    return boost::hana::at_c<I>(args);
  }
};
struct result {
  template <class Args, class Result>
  [[nodiscard]] static constexpr Result const& of(Args const&, Result const& returned) {
    return returned;
  }
};
struct nothing {};
template <class A, class B>
struct larger {};

struct tree_payload_fn {
  template <class Tree>
  [[nodiscard]] constexpr std::size_t operator()(Tree const& tree) const {
    if constexpr (tensor_like<Tree>) {
      return payload_bytes(tree);
    } else {
      auto add_leaf = [](std::size_t bytes, auto const& leaf) {
        if constexpr (tensor_like<decltype(leaf)>)
          return checked_add(bytes, payload_bytes(leaf));
        else
          return bytes;
      };
      return tree_fold(add_leaf, std::size_t{0}, tree);
    }
  }
};
inline constexpr tree_payload_fn tree_payload{};

template <class Rule>
struct payload_under {
  template <class Args, class Result>
  static constexpr std::size_t of(Args const& args, Result const& returned) {
    return tree_payload(Rule::of(args, returned));
  }
};
template <>
struct payload_under<nothing> {
  template <class Args, class Result>
  static constexpr std::size_t of(Args const&, Result const&) {
    return 0;
  }
};
template <class A, class B>
struct payload_under<larger<A, B>> {
  template <class Args, class Result>
  static constexpr std::size_t of(Args const& args, Result const& returned) {
    return greatest({payload_under<A>::of(args, returned), payload_under<B>::of(args, returned)});
  }
};

/// The one dtype of the tensors under a rule; nothing where there is none or more than one.
struct dtype_seen {
  std::optional<dtype> one;
  bool several = false;
};

template <class Rule>
struct dtype_under {
  template <class Args, class Result>
  static constexpr std::optional<dtype> of(Args const& args, Result const& returned) {
    auto const& counted = Rule::of(args, returned);
    if constexpr (tensor_like<decltype(counted)>) {
      return dtype_of_tensor(counted);
    } else {
      auto look = [](dtype_seen seen, auto const& leaf) {
        if constexpr (tensor_like<decltype(leaf)>) {
          seen.several = seen.several || (seen.one && *seen.one != dtype_of_tensor(leaf));
          seen.one = dtype_of_tensor(leaf);
        }
        return seen;
      };
      dtype_seen const seen = tree_fold(look, dtype_seen{}, counted);
      return seen.several ? std::nullopt : seen.one;
    }
  }
};
template <>
struct dtype_under<nothing> {
  template <class Args, class Result>
  static constexpr std::optional<dtype> of(Args const&, Result const&) {
    return std::nullopt;
  }
};
template <class A, class B>
struct dtype_under<larger<A, B>> : dtype_under<A> {};

}  // namespace detail

/// A row of the operator table, as `struct all_reduce_t : op<all_reduce_t>`. A row says
///   - `name`, `schema`      the operator's qualified name and signature in PyTorch's words
///   - `group`               the rule for the argument that is the group
///   - `input`, `output`, `message`   the rules for the tensors that count as each of `call_bytes`
///   - `infer(arguments...)` what the operator returns
/// and everything else follows. A row is an object: calling it runs its fake, which infers the result and moves nothing.
/// The rules: `arg<I>` is the I-th argument by the schema, `result` what the operator returns, `nothing` no tensor, `larger<A, B>`
/// whichever of two weighs more.
template <class Row>
struct op {
  template <std::size_t I>
  using arg = detail::arg<I>;
  using result = detail::result;
  using nothing = detail::nothing;
  template <class A, class B>
  using larger = detail::larger<A, B>;

  template <class... Args>
    requires requires(Args const&... args) { Row::infer(args...); }
  constexpr auto operator()(Args const&... args) const { return Row::infer(args...); }
};

template <class Op>
concept operator_row = std::is_base_of_v<op<std::remove_cvref_t<Op>>, std::remove_cvref_t<Op>>;

namespace detail {

/// A call's arguments, side by side by reference.
template <class... Args>
using arguments = boost::hana::basic_tuple<Args const&...>;

template <operator_row Op, class Args, class Result>
constexpr call_bytes bytes_of_call(Op, Args const& args, Result const& returned) {
  return {payload_under<typename Op::input>::of(args, returned), payload_under<typename Op::output>::of(args, returned),
          payload_under<typename Op::message>::of(args, returned)};
}

}  // namespace detail
}  // namespace commfold
