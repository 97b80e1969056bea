// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/support/call.hpp
/// One call of an operator, and what can be asked about it; for static and run-time tests.

#include <commfold/op/call_bytes.hpp>
#include <commfold/op/call_summary.hpp>
#include <commfold/op/collective_op.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/work.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>

namespace call {
namespace cf = commfold;

/// Whether the value is of the type of what is expected, and equal to it.
template <class Expected>
constexpr bool is(auto const& value, Expected const& expected) {
  return std::is_same_v<std::remove_cvref_t<decltype(value)>, Expected> && value == expected;
}

/// Whether a size is a constant, and this one.
template <std::size_t Bytes, class Size>
constexpr bool is_constant(Size const&) {
  return std::is_same_v<Size, cf::size_constant<Bytes>>;
}

/// What PyTorch counts of a call with these arguments: its `get_comm_tensor_size`.
template <class Op, class... Args>
constexpr auto comm(Op op, Args const&... args) {
  return cf::collective_op::get_comm_tensor_size(op, op(args...), std::tuple<Args...>(args...));
}

/// Input, output and message bytes of a call with these arguments; 0 where `collective_op` refuses to answer for this operator.
template <class Op, class... Args>
constexpr cf::call_bytes payload(Op, Args const&... args) {
  return cf::detail::summarize<Op>(Op::infer(args...), args...).bytes;
}

/// The bytes that a call hands in for each rank, and those that it gets from each.
template <class Op, class... Args>
constexpr auto sent_to(Op op, Args const&... args) {
  return cf::collective_op::input_bytes_by_rank(op, Op::infer(args...), std::tuple<Args...>(args...));
}
template <class Op, class... Args>
constexpr auto received_from(Op op, Args const&... args) {
  return cf::collective_op::output_bytes_by_rank(op, Op::infer(args...), std::tuple<Args...>(args...));
}

/// What an operator returns that returns its tensors and a work.
template <class Tensors>
using with_work = std::tuple<Tensors, cf::fake_work<Tensors>>;

/// The tensors that an operator returned, with a work or in one.
template <class Tensors>
constexpr Tensors const& tensors(with_work<Tensors> const& returned) {
  return std::get<0>(returned);
}
template <class Tensors>
constexpr Tensors const& tensors(cf::fake_work<Tensors> const& returned) {
  return returned.result();
}

/// Whether a call is a constant expression. A call that is refused is none.
template <auto Call>
concept is_a_constant = requires { typename std::integral_constant<bool, (static_cast<void>(Call()), true)>; };

}  // namespace call
