// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/terms.hpp
/// The part of a call that a term of a rule names: an argument of a tuple of them, or the result.

#include <commfold/op/batch.hpp>
#include <commfold/op/call_rules.hpp>
#include <commfold/op/schema.hpp>
#include <commfold/tensor/tensor_traits.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/type_at.hpp>

#include <boost/hana/basic_tuple.hpp>
#include <boost/mp11/list.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>

namespace commfold::detail {

/// A call's arguments, side by side by reference.
template <class... Args>
using arguments = boost::hana::basic_tuple<Args const&...>;

/// The types of the arguments in a tuple or another product.
template <class Args>
struct types_of_arguments {
  using type = boost::mp11::mp_list<>;
};
template <product_node Args>
struct types_of_arguments<Args> {
  using type = typename node_traits_of<Args>::children;
};
// A tuple is not asked whether it is a node: a class a call less for the compiler.
template <class... T>
struct types_of_arguments<std::tuple<T...>> {
  using type = boost::mp11::mp_list<T...>;
};
template <class... T>
struct types_of_arguments<boost::hana::basic_tuple<T...>> {
  using type = boost::mp11::mp_list<std::remove_cvref_t<T>...>;
};

template <class List>
inline constexpr std::size_t count_of_types = 0;
template <class... T>
inline constexpr std::size_t count_of_types<boost::mp11::mp_list<T...>> = sizeof...(T);

template <class Args, std::size_t I>
concept has_argument = I < count_of_types<typename types_of_arguments<Args>::type>;

/// argument_at<I>(args): the I-th argument.
template <std::size_t I, class Args>
constexpr auto const& argument_at(Args const& args) {
  if constexpr (product_node<Args>)
    return node_traits_of<Args>::template child<I>(args);
  else
    return boost::hana::at_c<I>(args);
}

/// What stands for a term that is nothing.
struct no_part {};

template <call_term Term, class Args, class Result>
constexpr auto const& part_at(Args const& args, Result const& result) {
  if constexpr (Term.is_result())
    return result;
  else
    return argument_at<Term.index>(args);
}

// The type of a part is picked by an alias in a class a term, and not by a class a call, which compilers would have to instantiate.
template <call_term Term>
struct pick_part {
  template <class Args, class>
  using type = type_at<Term.index, typename types_of_arguments<Args>::type>;
};
template <>
struct pick_part<call_term{call_term::of_result}> {
  template <class, class Result>
  using type = Result;
};
template <>
struct pick_part<call_term{}> {
  template <class, class>
  using type = no_part;
};
template <call_term Term, class Args, class Result>
using type_of_part = typename pick_part<Term>::template type<Args, Result>;

/// Whether the schema says that a term is one tensor, and not a list.
template <class Op, call_term Term>
inline constexpr bool one_tensor_in_schema = parameters_of<Op>[Term.index].type == parameter_type::tensor;
template <class Op>
inline constexpr bool one_tensor_in_schema<Op, call_term{call_term::of_result}> = returns_one_tensor<Op>;
template <class Op>
inline constexpr bool one_tensor_in_schema<Op, call_term{}> = false;

/// A term is there, and is one tensor where the schema says that: a tree without any tensor would weigh a silent 0.
template <class Op, call_term Term, class Args, class Result>
concept part_fits_schema = (!Term.is_argument() || has_argument<Args, Term.index>) &&
                           (!one_tensor_in_schema<Op, Term> || tensor_like<type_of_part<Term, Args, Result>>);

/// Whether the arguments are those of a batch: (op_list, peer_list, tag_list, tensors, group).
template <class Args>
consteval bool is_batch() {
  if constexpr (!has_argument<Args, 4>)
    return false;
  else
    return range_of_names<type_of_part<call_term{0}, Args, void>> && range_of_integers<type_of_part<call_term{1}, Args, void>> &&
           list_like<type_of_part<call_term{3}, Args, void>> && any_group<type_of_part<call_term{4}, Args, void>>;
}

constexpr bool reads_batch(size_rule rule) noexcept { return rule.how == size_rule::sends || rule.how == size_rule::receives; }
constexpr bool reads_group(size_rule rule) noexcept { return rule.how == size_rule::times_ranks || rule.how == size_rule::on_root; }

}  // namespace commfold::detail
