// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/op.hpp
/// What a row of the operator table is made of: a name, a kind, a schema, rules and an inference.

#include <commfold/op/call_rules.hpp>
#include <commfold/op/collective_kind.hpp>
#include <commfold/op/expectations.hpp>
#include <commfold/op/refusal.hpp>
#include <commfold/op/schema.hpp>
#include <commfold/op/work.hpp>

#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace commfold {

namespace detail {
/// The row's inference takes these arguments, and returns what it infers.
template <class Row, class... Args>
concept takes_arguments = requires(Args const&... args) { Row::infer(args...); };
/// Whether a row takes lists of tensors. A single tensor needs no question: nothing else is taken for it.
template <class Row>
inline constexpr bool takes_lists = Row::schema.find("Tensor[]") < Row::schema.find(" -> ");

/// Whether an argument of these types may hold a tensor where a rule of sizes looks for one. The list that only a root hands over may be
/// empty, and so may a list without an entry in its type.
template <class Row, class... Args>
consteval bool lists_hold_tensors() {
  constexpr call_rules const& rules = Row::rules;
  constexpr bool counted[] = {may_be_communicated<Args>...};
  for (size_rule const& rule : {rules.input, rules.output})
    if (rule.a.is_argument() && !counted[rule.a.index] && !(rules.message.how == size_rule::on_root && rules.message.a == rule.a))
      return false;
  return true;
}

/// Refuses arguments in which no tensor can be where a rule of sizes looks for one.
template <class Row, class... Args>
constexpr void expect_lists_of_tensors(Args const&...) {
  if constexpr (!lists_hold_tensors<Row, Args...>()) Row::template refuse<call_refusal::no_tensor>();
}

}  // namespace detail

/// A row of the operator table:
/// ```cpp
/// struct broadcast_t : op<broadcast_t> {
///   COMMFOLD_OPERATOR("c10d::broadcast_");  // its qualified name, in PyTorch's words, and the errors that open with it
///   static constexpr std::string_view schema = "(Tensor[] tensors, ProcessGroup process_group, …) -> (Tensor[], Work)"sv;
///   static constexpr auto kind = collective_kind::broadcast;
///   static constexpr call_rules rules = in_place(arg(0), arg(1), arg(2));
///   static constexpr auto infer(tensor_or_list auto const& tensors, any_group auto const& ranks, …);
/// };
/// ```
///   - `schema`  the signature as PyTorch prints it, without the `__torch__.torch.classes.c10d.` before a class
///   - `kind`    which collective it is
///   - `rules`   the group, and which parts of a call are counted as what (`call_rules`), in the words of `detail::rule_words`
///   - `infer`   the tensors that it returns or leaves changed, as PyTorch's meta kernels infer them, or a refusal
/// Everything else follows from these. A row is an object: calling it runs its fake, which infers the result and moves nothing.
template <class Row>
struct op : detail::rule_words {
  template <class... Args>
    requires detail::takes_arguments<Row, Args...>
  constexpr auto operator()(Args const&... args) const {
    if constexpr (detail::takes_lists<Row>) detail::expect_lists_of_tensors<Row>(args...);
    if constexpr (returns_of<Row> == returns::nothing)
      static_cast<void>(Row::infer(args...));
    else
      return give(Row::infer(args...));
  }

  /// What the operator returns, of the tensors that it inferred; `id` is the number of its work, where the caller numbers them.
  template <class Tensors, class... Id>
  static constexpr auto give(Tensors tensors, [[maybe_unused]] Id... id) {
    if constexpr (returns_of<Row> == returns::tensors) {
      return tensors;
    } else if constexpr (returns_of<Row> == returns::tensors_and_work) {
      fake_work<Tensors> work(tensors, id...);
      return std::tuple{std::move(tensors), std::move(work)};
    } else if constexpr (returns_of<Row> == returns::work) {
      return fake_work<Tensors>(std::move(tensors), id...);
    }
  }
};

template <class Op>
concept operator_row = std::is_base_of_v<op<std::remove_cvref_t<Op>>, std::remove_cvref_t<Op>>;

}  // namespace commfold
