// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rules.hpp
/// The rules of the operator table: which part of a call is looked at, and what it weighs. `op.hpp` says how rows use them.

#include <commfold/op/argument_summary.hpp>
#include <commfold/op/batch.hpp>
#include <commfold/op/expectations.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/bytes.hpp>
#include <commfold/text/fixed_string.hpp>
#include <commfold/tree/for_each.hpp>
#include <commfold/tree/node_traits.hpp>

#include <boost/hana/basic_tuple.hpp>
#include <boost/mp11/list.hpp>

#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

namespace commfold {

/// The bytes of one call, on one rank. All are payload, numel x itemsize: what a view shows and not what is stored behind it.
struct call_bytes {
  std::size_t input = 0;    ///< what this rank hands in
  std::size_t output = 0;   ///< what it gets out
  std::size_t message = 0;  ///< the S of nccl-tests: N for all_reduce, broadcast, reduce, send, recv; the whole vector for the others

  friend constexpr bool operator==(call_bytes const&, call_bytes const&) = default;
};

namespace detail {

template <class T>
inline constexpr std::size_t argument_count = 0;
template <product_node T>
inline constexpr std::size_t argument_count<T> = boost::mp11::mp_size<typename node_traits_of<T>::children>::value;
template <class... T>
inline constexpr std::size_t argument_count<boost::hana::basic_tuple<T...>> = sizeof...(T);

/// The arguments of a call: a tuple or another product of them, those of a call that is known only at run time, or facts about them.
template <class Args, std::size_t I>
concept has_argument = requires(Args const& args) { args.argument(I); } || (I < argument_count<Args>);

template <std::size_t I>
struct arg {
  static constexpr std::size_t index = I;
  template <class Args, class Result>
    requires has_argument<Args, I>
  [[nodiscard]] static constexpr auto const& of(Args const& args, Result const&) {
    if constexpr (requires { args.argument(I); })
      return args.argument(I);
    else if constexpr (product_node<Args>)
      return node_traits_of<Args>::template child<I>(args);
    else
      return boost::hana::at_c<I>(args);
  }
};
struct result {
  template <class Args, class Result>
  [[nodiscard]] static constexpr Result const& of(Args const&, Result const& inferred) {
    return inferred;
  }
};
struct nothing {};
template <class A, class B>
struct larger {};
template <class A, class B>
struct both {};
template <class A, class Group>
struct times_ranks {};
template <class A, class B>
struct on_root {};
template <fixed_string Operation>
struct batched {};

/// What a rule looks at is there.
template <class Rule, class Args, class Result>
concept looks_at = requires(Args const& args, Result const& inferred) { Rule::of(args, inferred); };
template <class Rule, class Args, class Result>
using seen_by = std::remove_cvref_t<decltype(Rule::of(std::declval<Args const&>(), std::declval<Result const&>()))>;

struct tree_payload_fn {
  [[nodiscard]] constexpr std::size_t operator()(argument_summary const& facts) const noexcept { return facts.payload; }

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

/// weighed<Rule>::as(weigh, args, inferred): the weight of what the rule looks at, by storage (`sum_tensors`) or payload (`tree_payload`).
template <class Rule>
struct weighed {
  template <class Weigh, class Args, class Result>
    requires looks_at<Rule, Args, Result>
  static constexpr auto as(Weigh weigh, Args const& args, Result const& inferred) {
    return weigh(Rule::of(args, inferred));
  }
};
template <>
struct weighed<nothing> {
  template <class Weigh, class Args, class Result>
  static constexpr size_constant<0> as(Weigh, Args const&, Result const&) {
    return {};
  }
};
template <class A, class B>
struct weighed<larger<A, B>> {
  template <class Weigh, class Args, class Result>
  static constexpr auto as(Weigh weigh, Args const& args, Result const& inferred)
    requires requires {
      weighed<A>::as(weigh, args, inferred);
      weighed<B>::as(weigh, args, inferred);
    }
  {
    return max_of(weighed<A>::as(weigh, args, inferred), weighed<B>::as(weigh, args, inferred));
  }
};
template <class A, class B>
struct weighed<both<A, B>> {
  template <class Weigh, class Args, class Result>
  static constexpr auto as(Weigh weigh, Args const& args, Result const& inferred)
    requires requires {
      weighed<A>::as(weigh, args, inferred);
      weighed<B>::as(weigh, args, inferred);
    }
  {
    return add(weighed<A>::as(weigh, args, inferred), weighed<B>::as(weigh, args, inferred));
  }
};
template <class A, class Group>
struct weighed<times_ranks<A, Group>> {
  template <class Weigh, class Args, class Result>
    requires looks_at<Group, Args, Result>
  static constexpr auto as(Weigh weigh, Args const& args, Result const& inferred)
    requires requires { weighed<A>::as(weigh, args, inferred); }
  {
    return multiply(weighed<A>::as(weigh, args, inferred), Group::of(args, inferred).size);
  }
};
template <class T>
concept has_length = list_like<T> || std::is_same_v<T, argument_summary>;

/// The list that only the root has, uneven as it may be; where it is empty, B.
template <class A, class B>
struct weighed<on_root<A, B>> {
  template <class Weigh, class Args, class Result>
    requires looks_at<A, Args, Result> && has_length<seen_by<A, Args, Result>>
                                        static constexpr std::size_t as(Weigh weigh, Args const& args, Result const& inferred)
               requires requires { weighed<B>::as(weigh, args, inferred); }
  {
    if (std::size_t{length(A::of(args, inferred))} != 0) return weighed<A>::as(weigh, args, inferred);
    return weighed<B>::as(weigh, args, inferred);
  }
};

/// A batch is (op_list, peer_list, tag_list, tensors, group).
template <class Args, class Result>
concept looks_at_batch = looks_at<arg<3>, Args, Result> && looks_at<arg<4>, Args, Result> && list_like<seen_by<arg<3>, Args, Result>> &&
                         range_of_names<seen_by<arg<0>, Args, Result>> && range_of_integers<seen_by<arg<1>, Args, Result>>;

/// Of a batch, the tensors whose operation it is.
template <fixed_string Operation>
struct weighed<batched<Operation>> {
  template <class Weigh, class Args, class Result>
    requires looks_at_batch<Args, Result>
  static constexpr std::size_t as(Weigh weigh, Args const& args, Result const& inferred) {
    std::size_t bytes = 0;
    for_each_in_batch<Operation>(arg<0>::of(args, inferred), arg<1>::of(args, inferred), arg<3>::of(args, inferred),
                                 [&](auto const&, auto const& t) { bytes = checked_add(bytes, weigh(t)); });
    return bytes;
  }
};

/// Whether facts about the arguments are not enough for a rule: a batch says in a list of names which of its tensors are counted.
template <class Rule>
inline constexpr bool reads_arguments = false;
template <fixed_string Operation>
inline constexpr bool reads_arguments<batched<Operation>> = true;

/// The one dtype of the tensors under a rule; nothing where there is none or more than one.
template <class Rule>
struct dtype_under {
  template <class Args, class Result>
  static constexpr std::optional<dtype> of(Args const& args, Result const& inferred) {
    auto const& counted = Rule::of(args, inferred);
    if constexpr (tensor_like<decltype(counted)>) {
      return dtype_of_tensor(counted);
    } else {
      dtype_seen const seen = dtypes_in(counted);
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
template <class A, class B>
struct dtype_under<both<A, B>> : dtype_under<A> {};
template <class A, class Group>
struct dtype_under<times_ranks<A, Group>> : dtype_under<A> {};
template <class A, class B>
struct dtype_under<on_root<A, B>> : dtype_under<B> {};

}  // namespace detail
}  // namespace commfold
