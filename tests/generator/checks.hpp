// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/generator/checks.hpp
/// The functions that generated sources assert with. They include this header and no other.

#include <commfold/op.hpp>
#include <commfold/tensor.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace generated {

using namespace commfold;

/// The operator with the arguments of a tuple.
template <class Op, class Args>
constexpr auto run(Op op, Args const& args) {
  return std::apply(op, args);
}

template <class Op, class Returned, class Args>
constexpr auto size_of(Op op, Returned const& returned, Args const& args) {
  return collective_op::get_comm_tensor_size(op, returned, args);
}
template <class Op, class Args>
constexpr auto group_of(Op op, Args const& args) {
  return collective_op::get_process_group(op, args);
}
template <class Op, class Returned>
constexpr auto work_of(Op op, Returned const& returned) {
  return collective_op::get_work(op, returned);
}

/// Whether the constraints of the library allow the call, and each question about it.
template <class Op, class... Args>
consteval bool runs(Op, std::tuple<Args...> const&) {
  return std::is_invocable_v<Op, Args const&...>;
}
template <class Op, class Returned, class Args>
consteval bool has_size(Op op, Returned const& returned, Args const& args) {
  return requires { collective_op::get_comm_tensor_size(op, returned, args); };
}
template <class Op, class Args>
consteval bool has_group(Op op, Args const& args) {
  return requires { collective_op::get_process_group(op, args); };
}
template <class Op, class Returned>
consteval bool has_work(Op op, Returned const& returned) {
  return requires { collective_op::get_work(op, returned); };
}

/// Whether a call without arguments is a constant expression: it ends, and does not throw.
template <auto Call>
concept ends = requires { typename std::bool_constant<(Call(), true)>; };

template <tensor_like Got, tensor_like Wanted>
constexpr bool same_tensor(Got const& got, Wanted const& wanted) {
  if constexpr (std::is_same_v<Got, Wanted> && static_storage_bytes<Got> != dyn)
    return true;
  else
    return dynamic_tensor(got) == dynamic_tensor(wanted);
}

template <class Got, class Wanted>
constexpr bool same(Got const& got, Wanted const& wanted);

template <class Got, class Wanted, std::size_t... I>
constexpr bool same_each(Got const& got, Wanted const& wanted, std::index_sequence<I...>) {
  return (true && ... && same(std::get<I>(got), std::get<I>(wanted)));
}

/// Whether what the operator returned equals what the row holds; a list may be an array or a tuple.
template <class Got, class Wanted>
constexpr bool same(Got const& got, Wanted const& wanted) {
  if constexpr (any_work<Wanted>)
    return any_work<Got>;
  else if constexpr (tensor_like<Got> && tensor_like<Wanted>)
    return same_tensor(got, wanted);
  else if constexpr (tensor_like<Got> || tensor_like<Wanted>)
    return false;
  else if constexpr (std::tuple_size_v<Got> != std::tuple_size_v<Wanted>)
    return false;
  else
    return same_each(got, wanted, std::make_index_sequence<std::tuple_size_v<Wanted>>{});
}

/// Whether the bytes of what the operator returned are a constant.
template <class Got>
inline constexpr bool is_static = static_size<decltype(sum_tensors(std::declval<Got const&>()))>;

}  // namespace generated
