// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/dynamic/dynamic_op.hpp
/// Operators by their name, over run-time values: the same rows of the same table, asked at run time.

#include <commfold/error.hpp>
#include <commfold/op/collective_op.hpp>
#include <commfold/op/dynamic/call_arguments.hpp>
#include <commfold/op/dynamic/dynamic_value.hpp>
#include <commfold/op/dynamic/typed_arguments.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/schema.hpp>
#include <commfold/op/table.hpp>
#include <commfold/tree/sum.hpp>

#include <boost/mp11/list.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace commfold {

namespace detail {

/// What an operator returned: one tensor where the schema says so, else whatever tree it is.
template <class Row>
auto const& typed_result(value const& result, bound_arguments const& call) {
  if constexpr (returns_one_tensor<Row>) {
    if (!result.is(value_kind::tensor)) call.refuse("its result is one tensor, and " + std::string(name(result.kind())) + " is held");
    return result.as_tensor();
  } else {
    return result;
  }
}

/// The storage under a rule. Where the schema says that it looks at one tensor, anything else is refused; where it looks at a list, it is
/// whatever tree is there.
template <class Row, class Rule>
struct counted;
template <class Row, std::size_t I>
struct counted<Row, arg<I>> {
  static std::size_t bytes(value const&, bound_arguments const& call) {
    value const& argument = call.argument(I);
    if constexpr (parameters_of<Row>[I].type == parameter_type::tensor)
      return sum_tensors(typed<parameter_type::tensor>::from(argument, place{call, I}));
    else
      return sum_tensors(argument);
  }
};
template <class Row>
struct counted<Row, result> {
  static std::size_t bytes(value const& result, bound_arguments const& call) { return sum_tensors(typed_result<Row>(result, call)); }
};
template <class Row>
struct counted<Row, nothing> {
  [[noreturn]] static std::size_t bytes(value const&, bound_arguments const& call) {
    call.refuse("it communicates no tensors, and has no comm_tensor_size");
  }
};
template <class Row, class A, class B>
struct counted<Row, larger<A, B>> {
  static std::size_t bytes(value const& result, bound_arguments const& call) {
    return max_of(counted<Row, A>::bytes(result, call), counted<Row, B>::bytes(result, call));
  }
};
template <class Row, class A, class B>
struct counted<Row, both<A, B>> {
  static std::size_t bytes(value const& result, bound_arguments const& call) {
    return add(counted<Row, A>::bytes(result, call), counted<Row, B>::bytes(result, call));
  }
};

/// A row of the table with its types erased.
struct op_entry {
  std::string_view name;
  std::string_view schema;
  std::span<parameter const> parameters;
  returns gives;
  std::size_t group;    // the index of an argument; dyn where there is none
  std::size_t aliases;  // the same
  value (*run)(bound_arguments const&);
  std::size_t (*comm_tensor_size)(value const&, bound_arguments const&);
  std::size_t (*input)(value const&, bound_arguments const&);
  std::size_t (*output)(value const&, bound_arguments const&);
  std::size_t (*message)(value const&, bound_arguments const&);
  std::vector<std::size_t> (*input_by_rank)(value const&, bound_arguments const&);
  std::vector<std::size_t> (*output_by_rank)(value const&, bound_arguments const&);
};

template <class Rule>
inline constexpr std::size_t index_of = dyn;
template <std::size_t I>
inline constexpr std::size_t index_of<arg<I>> = I;

template <class Row>
value run(bound_arguments const& call) {
  auto const tensors = [](auto const&... arguments) { return to_value(Row::infer(arguments...)); };
  value made = std::apply(tensors, typed_arguments<Row>(call));
  if constexpr (returns_of<Row> == returns::tensors)
    return made;
  else if constexpr (returns_of<Row> == returns::tensors_and_work)
    return value::tuple(std::move(made), fake_work<>{});
  else if constexpr (returns_of<Row> == returns::work)
    return fake_work<>{};
  else
    return {};
}

template <class Row, class Rule>
std::size_t payload(value const& result, bound_arguments const& call) {
  if constexpr (std::is_same_v<Rule, nothing>)
    call.refuse("it has no payload on that side");
  else
    return weighed<Rule>::as(tree_payload, typed_arguments<Row>(call), typed_result<Row>(result, call));
}

template <class Row, class Rule>
std::vector<std::size_t> payload_by_rank(value const& result, bound_arguments const& call) {
  if constexpr (std::is_same_v<Rule, nothing>) {
    call.refuse("its payload is not divided among the ranks");
  } else {
    auto const arguments = typed_arguments<Row>(call);
    return bytes_by_rank<Rule>(Row::group::of(arguments, result), typed_result<Row>(result, call), arguments);
  }
}

template <class Row>
inline constexpr op_entry entry_of = {Row::name,
                                      Row::schema,
                                      parameters_of<Row>,
                                      returns_of<Row>,
                                      index_of<typename Row::group>,
                                      index_of<typename Row::aliases>,
                                      run<Row>,
                                      counted<Row, typename Row::counts>::bytes,
                                      payload<Row, typename Row::input>,
                                      payload<Row, typename Row::output>,
                                      payload<Row, typename Row::message>,
                                      payload_by_rank<Row, typename Row::input_by_rank>,
                                      payload_by_rank<Row, typename Row::output_by_rank>};

template <class Rows>
inline constexpr std::array<op_entry const*, 0> entries_of{};
template <class... Row>
inline constexpr std::array<op_entry const*, sizeof...(Row)> entries_of<boost::mp11::mp_list<Row...>> = {&entry_of<Row>...};

constexpr std::size_t longest_name(std::span<op_entry const* const> entries) {
  std::size_t longest = 0;
  for (op_entry const* const entry : entries) longest = std::max(longest, entry->name.size());
  return longest;
}

/// Entries by the length of their names, which few of them share. A length is there without a look at the characters, so that a processor
/// goes on before they are; a hash would make it wait for them.
template <std::size_t Count, std::size_t Longest>
class entry_index {
 public:
  constexpr explicit entry_index(std::array<op_entry const*, Count> const& entries) {
    std::size_t placed = 0;
    for (std::size_t length = 0; length <= Longest; ++length) {
      for (op_entry const* const entry : entries)
        if (entry->name.size() == length) entries_[placed++] = entry;
      shorter_than_[length + 1] = placed;
    }
  }

  /// Null where none has that name.
  [[nodiscard]] constexpr op_entry const* find(std::string_view name) const noexcept {
    if (name.size() > Longest) return nullptr;
    for (std::size_t i = shorter_than_[name.size()]; i != shorter_than_[name.size() + 1]; ++i)
      if (entries_[i]->name == name) return entries_[i];
    return nullptr;
  }

 private:
  std::array<op_entry const*, Count> entries_{};
  std::array<std::size_t, Longest + 2> shorter_than_{};
};

template <class Rows>
inline constexpr entry_index<entries_of<Rows>.size(), longest_name(entries_of<Rows>)> entries_by_name{entries_of<Rows>};

/// Levenshtein's distance: how many characters have to be put in, taken out or changed.
inline std::size_t edits_between(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t const changed = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
    }
  }
  return row[b.size()];
}

[[noreturn]] inline void fail_unknown_op(std::string_view name, std::span<op_entry const* const> entries) {
  std::vector<std::string_view> names;
  for (op_entry const* const entry : entries) names.push_back(entry->name);
  auto const nearer = [&](std::string_view a, std::string_view b) { return edits_between(name, a) < edits_between(name, b); };
  std::partial_sort(names.begin(), names.begin() + 3, names.end(), nearer);
  fail<invalid_argument>("commfold::find_op: no operator is named '" + std::string(name) + "'; did you mean " + std::string(names[0]) +
                         ", " + std::string(names[1]) + " or " + std::string(names[2]) + "?");
}

}  // namespace detail

/// An operator of the table, found by its name: a handle, to be copied. Calling it runs its fake over run-time values.
class any_op {
 public:
  /// In PyTorch's spelling: "c10d::allreduce_".
  [[nodiscard]] std::string_view name() const noexcept { return entry_->name; }
  [[nodiscard]] std::string_view schema() const noexcept { return entry_->schema; }
  [[nodiscard]] std::span<parameter const> parameters() const noexcept { return entry_->parameters; }
  [[nodiscard]] commfold::returns returns() const noexcept { return entry_->gives; }
  /// The index of the argument that is the group, and of the one that the returned tensors are: they are written into, and no others made.
  [[nodiscard]] std::optional<std::size_t> group() const noexcept { return known(entry_->group); }
  [[nodiscard]] std::optional<std::size_t> aliases() const noexcept { return known(entry_->aliases); }

  /// What the operator returns: tensors, a tuple of them and a work, a work, or none. `invalid_argument` where an argument is missing, of
  /// another kind than the schema says, or refused by the operator; the message names the operator, the argument and the place in it.
  [[nodiscard]] value operator()(call_arguments const& call) const { return entry_->run(bind(call)); }

  [[nodiscard]] friend bool operator==(any_op, any_op) = default;

  /// For the library's own use.
  explicit any_op(detail::op_entry const& entry) noexcept : entry_(&entry) {}
  [[nodiscard]] detail::op_entry const& entry() const noexcept { return *entry_; }
  [[nodiscard]] detail::bound_arguments bind(call_arguments const& call) const { return {name(), parameters(), call}; }

 private:
  [[nodiscard]] static std::optional<std::size_t> known(std::size_t index) noexcept {
    return index == dyn ? std::nullopt : std::optional(index);
  }

  detail::op_entry const* entry_;
};

namespace detail {

// Templates, so that the table is instantiated where somebody asks for it.

struct all_ops_fn {
  template <class Rows = all_operators>
  [[nodiscard]] std::vector<any_op> operator()() const {
    std::vector<any_op> ops;
    ops.reserve(entries_of<Rows>.size());
    for (op_entry const* const entry : entries_of<Rows>) ops.emplace_back(*entry);
    return ops;
  }
};

struct find_op_fn {
  template <class Rows = all_operators>
  [[nodiscard]] any_op operator()(std::string_view name) const {
    constexpr std::string_view overload = ".default";
    op_entry const* entry = entries_by_name<Rows>.find(name);
    if (entry == nullptr && name.ends_with(overload)) {
      name.remove_suffix(overload.size());
      entry = entries_by_name<Rows>.find(name);
    }
    if (entry == nullptr) fail_unknown_op(name, entries_of<Rows>);
    return any_op(*entry);
  }
};

}  // namespace detail

/// find_op(name): the operator of that name, with or without ".default". `invalid_argument` for any other name, with the nearest ones.
inline constexpr detail::find_op_fn find_op{};

/// all_ops(): every operator of the table.
inline constexpr detail::all_ops_fn all_ops{};

inline std::size_t collective_op::get_comm_tensor_size(any_op const& op, value const& result, call_arguments const& args) {
  return op.entry().comm_tensor_size(result, op.bind(args));
}

inline dynamic_group collective_op::get_process_group(any_op const& op, call_arguments const& args) {
  detail::bound_arguments const call = op.bind(args);
  std::size_t const group = op.entry().group;
  if (group == dyn) call.refuse("it has no group");
  return detail::typed<parameter_type::group>::from(call.argument(group), detail::place{call, group});
}

inline fake_work<> collective_op::get_work(any_op const& op, value const& result) {
  auto const refuse = [&](std::string const& why) { detail::fail<invalid_argument>("commfold::" + std::string(op.name()) + ": " + why); };
  value const* work = &result;
  if (op.returns() == returns::tensors_and_work) {
    if ((!result.is(value_kind::tuple) && !result.is(value_kind::list)) || result.elements().size() != 2)
      refuse("it returns tensors and a work, and " + std::string(name(result.kind())) + " is held");
    work = &result.elements()[1];
  } else if (op.returns() != returns::work) {
    refuse("it returns no work");
  }
  if (!work->is(value_kind::work)) refuse("a work was wanted, and " + std::string(name(work->kind())) + " is held");
  return work->as_work();
}

inline std::size_t collective_op::input_bytes(any_op const& op, value const& result, call_arguments const& args) {
  return op.entry().input(result, op.bind(args));
}
inline std::size_t collective_op::output_bytes(any_op const& op, value const& result, call_arguments const& args) {
  return op.entry().output(result, op.bind(args));
}
inline std::size_t collective_op::message_bytes(any_op const& op, value const& result, call_arguments const& args) {
  return op.entry().message(result, op.bind(args));
}
inline std::vector<std::size_t> collective_op::input_bytes_by_rank(any_op const& op, value const& result, call_arguments const& args) {
  return op.entry().input_by_rank(result, op.bind(args));
}
inline std::vector<std::size_t> collective_op::output_bytes_by_rank(any_op const& op, value const& result, call_arguments const& args) {
  return op.entry().output_by_rank(result, op.bind(args));
}

}  // namespace commfold
