// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/dynamic/dynamic_op.hpp
/// Operators by their name, over run-time values: the same rows of the same table, asked at run time.

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // g++ 12 warns of a lambda's parameter that has the name of any global of the program
#endif

#include <commfold/error.hpp>
#include <commfold/group/dynamic_group.hpp>
#include <commfold/op/argument_summary.hpp>
#include <commfold/op/call_rules.hpp>
#include <commfold/op/collective_kind.hpp>
#include <commfold/op/collective_op.hpp>
#include <commfold/op/dynamic/call_arguments.hpp>
#include <commfold/op/dynamic/dynamic_value.hpp>
#include <commfold/op/dynamic/op_entry.hpp>
#include <commfold/op/dynamic/typed_arguments.hpp>
#include <commfold/op/interpreter.hpp>
#include <commfold/op/schema.hpp>
#include <commfold/op/table.hpp>
#include <commfold/op/work.hpp>
#include <commfold/text/nearest_names.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace commfold {

/// An operator of the table, found by its name: a handle, to be copied. Calling it runs its fake over run-time values. `collective_op`
/// takes one in the place of a row.
///
/// What an operator does not have, an argument that is missing, and one of another kind than the schema says are an `invalid_argument` that
/// names the operator, the argument and the place in it.
class dynamic_op {
 public:
  using arguments_type = call_arguments;
  using result_type = dynamic_value;

  /// In PyTorch's spelling: "c10d::allreduce_".
  [[nodiscard]] std::string_view name() const noexcept { return entry_->name; }
  [[nodiscard]] collective_kind kind() const noexcept { return entry_->kind; }
  [[nodiscard]] std::string_view schema() const noexcept { return entry_->schema; }
  [[nodiscard]] std::span<parameter const> parameters() const noexcept { return entry_->parameters; }
  [[nodiscard]] commfold::returns returns() const noexcept { return entry_->gives; }
  [[nodiscard]] call_rules const& rules() const noexcept { return entry_->rules; }
  /// The index of the argument that is the group, and of the one that the returned tensors are: they are written into, and no others made.
  [[nodiscard]] std::optional<std::size_t> group() const noexcept { return index(rules().group); }
  [[nodiscard]] std::optional<std::size_t> aliases() const noexcept { return index(rules().aliases); }

  /// What the operator returns: tensors, a tuple of them and a work, a work, or none.
  [[nodiscard]] dynamic_value operator()(call_arguments const& call) const { return entry_->run(bind(call)); }

  /// The bytes of storage behind the tensors that PyTorch's `get_comm_tensor_size` looks at. As PyTorch's, it looks at nothing else: the
  /// call need not be one that runs.
  [[nodiscard]] std::size_t get_comm_tensor_size(dynamic_value const& result, call_arguments const& args) const {
    detail::bound_arguments const call = bind(args);
    if (rules().counts.is_nothing()) call.refuse("it communicates no tensors, and has no comm_tensor_size");
    return bytes(rules().counts, result, call, [](auto const& part) { return detail::storage_weight(part); });
  }

  [[nodiscard]] dynamic_group get_process_group(call_arguments const& args) const { return group_of(bind(args)); }

  /// The work in what the operator returned.
  [[nodiscard]] fake_work<> get_work(dynamic_value const& result) const {
    dynamic_value const* work = &result;
    if (returns() == returns::tensors_and_work) {
      if ((!result.is(value_kind::tuple) && !result.is(value_kind::list)) || result.elements().size() != 2)
        refuse("it returns tensors and a work, and " + std::string(commfold::name(result.kind())) + " is held");
      work = &result.elements()[1];
    } else if (returns() != returns::work) {
      refuse("it returns no work");
    }
    if (!work->is(value_kind::work)) refuse("a work was wanted, and " + std::string(commfold::name(work->kind())) + " is held");
    return work->as_work();
  }

  /// Payload, as of `collective_op`; `result` is what the operator returned.
  [[nodiscard]] std::size_t input_bytes(dynamic_value const& result, call_arguments const& args) const {
    return payload(rules().input, result, args, entry_->input_by_rank);
  }
  [[nodiscard]] std::size_t output_bytes(dynamic_value const& result, call_arguments const& args) const {
    return payload(rules().output, result, args, entry_->output_by_rank);
  }
  [[nodiscard]] std::size_t message_bytes(dynamic_value const& result, call_arguments const& args) const {
    return payload(rules().message, result, args, nullptr);
  }
  [[nodiscard]] std::vector<std::size_t> input_bytes_by_rank(dynamic_value const& result, call_arguments const& args) const {
    return entry_->input_by_rank(result, bind(args));
  }
  [[nodiscard]] std::vector<std::size_t> output_bytes_by_rank(dynamic_value const& result, call_arguments const& args) const {
    return entry_->output_by_rank(result, bind(args));
  }

  [[nodiscard]] friend bool operator==(dynamic_op, dynamic_op) = default;

  /// For the library's own use.
  explicit dynamic_op(detail::op_entry const& entry) noexcept : entry_(&entry) {}
  [[nodiscard]] detail::op_entry const& entry() const noexcept { return *entry_; }

 private:
  using parts = std::vector<std::size_t> (*)(dynamic_value const&, detail::bound_arguments const&);

  [[noreturn]] void refuse(std::string const& why) const { detail::fail<invalid_argument>(std::string(entry_->verb) + ": " + why); }

  [[nodiscard]] detail::bound_arguments bind(call_arguments const& call) const { return {entry_->verb, parameters(), call}; }

  [[nodiscard]] static std::optional<std::size_t> index(call_term term) noexcept {
    return term.is_argument() ? std::optional<std::size_t>(term.index) : std::nullopt;
  }

  [[nodiscard]] dynamic_group const& group_of(detail::bound_arguments const& call) const {
    if (!rules().group.is_argument()) call.refuse("it has no group");
    std::size_t const at = rules().group.index;
    return detail::typed<parameter_type::group>::from(call.argument(at), detail::place{call, at});
  }

  /// One tensor where the schema says so; else any tree.
  template <class Weigh>
  [[nodiscard]] detail::argument_weight weight_at(call_term term, dynamic_value const& result, detail::bound_arguments const& call,
                                                  Weigh weigh) const {
    if (term.is_nothing()) return {};
    if (term.is_result()) return entry_->gives_one_tensor ? weigh(call.one_tensor(result)) : weigh(result);
    dynamic_value const& argument = call.argument(term.index);
    if (call.of(term.index).type != parameter_type::tensor) return weigh(argument);
    return weigh(detail::typed<parameter_type::tensor>::from(argument, detail::place{call, term.index}));
  }

  template <class Weigh>
  [[nodiscard]] std::size_t bytes(size_rule rule, dynamic_value const& result, detail::bound_arguments const& call, Weigh weigh) const {
    detail::argument_weight group;
    if (detail::reads_group(rule)) group.number = group_of(call).size;
    return detail::checked_bytes_under(entry_->verb, rule.how, weight_at(rule.a, result, call, weigh),
                                       weight_at(rule.b, result, call, weigh), group);
  }

  [[nodiscard]] std::size_t payload(size_rule rule, dynamic_value const& result, call_arguments const& args, parts by_rank) const {
    detail::bound_arguments const call = bind(args);
    if (rule.is_nothing()) call.refuse("it has no payload on that side");
    detail::expect_all_arguments(call, parameters().size());
    if (!detail::reads_batch(rule)) return bytes(rule, result, call, [](auto const& part) { return detail::payload_summary(part); });
    std::size_t all = 0;
    for (std::size_t const part : by_rank(result, call)) all = detail::checked_add(all, part, entry_->verb);
    return all;
  }

  detail::op_entry const* entry_;
};

namespace detail {

/// "c10d::allreduce_" of the ways in which PyTorch prints an operator: `c10d.allreduce_.default`, `torch.ops.c10d.allreduce_`,
/// `<OpOverload(op='c10d.allreduce_', overload='default')>`. Any other text as it is.
inline std::string qualified_name(std::string_view printed) {
  for (std::string_view const opening : {"<OpOverload(op='", "<OpOverloadPacket(op='"})
    for (std::string_view const closing : {"', overload='default')>", "')>"})
      if (printed.starts_with(opening) && printed.ends_with(closing) && printed.size() > opening.size() + closing.size()) {
        printed.remove_prefix(opening.size());
        printed.remove_suffix(closing.size());
      }
  if (constexpr std::string_view prefix = "torch.ops."; printed.starts_with(prefix)) printed.remove_prefix(prefix.size());
  if (constexpr std::string_view overload = ".default"; printed.ends_with(overload)) printed.remove_suffix(overload.size());
  std::string name(printed);
  if (std::size_t const dot = name.find('.'); dot != std::string::npos && name.find("::") == std::string::npos) name.replace(dot, 1, "::");
  return name;
}

/// What stands behind the namespace, or the whole where there is none.
constexpr std::string_view name_in_namespace(std::string_view name) noexcept {
  std::size_t const colons = name.rfind("::");
  return colons == std::string_view::npos ? name : name.substr(colons + 2);
}

[[noreturn]] inline void fail_ambiguous_op(std::string_view bare, std::span<op_entry const* const> entries) {
  std::string names;
  for (op_entry const* const entry : entries)
    if (name_in_namespace(entry->name) == bare) names += (names.empty() ? "" : ", ") + std::string(entry->name);
  fail<invalid_argument>("commfold::find_op", "'{}' is in several namespaces: {}", bare, std::string_view(names));
}

/// The operator of a name without a namespace, if it is in one namespace alone.
inline op_entry const* find_bare(std::string_view name, std::span<op_entry const* const> entries) {
  if (name != name_in_namespace(name)) return nullptr;
  op_entry const* found = nullptr;
  for (op_entry const* const entry : entries)
    if (name_in_namespace(entry->name) == name) {
      if (found != nullptr) fail_ambiguous_op(name, entries);
      found = entry;
    }
  return found;
}

/// The nearest names are those of the same name in other namespaces, then those of few other characters.
[[noreturn]] inline void fail_unknown_op(std::string_view given, std::string_view name, std::span<op_entry const* const> entries) {
  std::string_view const bare = name_in_namespace(name);
  nearest_names nearest(name);
  for (op_entry const* const entry : entries)
    if (name_in_namespace(entry->name) == bare)
      nearest.prefer(entry->name);
    else
      nearest.consider(entry->name, bare == name ? name_in_namespace(entry->name) : entry->name);
  auto const names = nearest.joined();
  fail<invalid_argument>("commfold::find_op", "no operator is named '{}'; did you mean {}?", given, std::string_view(names));
}

struct all_ops_fn {
  template <class Rows = all_operators>
  [[nodiscard]] std::vector<dynamic_op> operator()() const {
    std::vector<dynamic_op> ops;
    ops.reserve(entries_of<Rows>.size());
    for (op_entry const* const entry : entries_of<Rows>) ops.emplace_back(*entry);
    return ops;
  }
};

struct find_op_fn {
  template <class Rows = all_operators>
  [[nodiscard]] dynamic_op operator()(std::string_view name) const {
    op_entry const* entry = entries_by_name<Rows>.find(name);
    if (entry == nullptr) {
      std::string const qualified = qualified_name(name);
      entry = entries_by_name<Rows>.find(qualified);
      if (entry == nullptr) entry = find_bare(qualified, entries_of<Rows>);
      if (entry == nullptr) fail_unknown_op(name, qualified, entries_of<Rows>);
    }
    return dynamic_op(*entry);
  }
};

}  // namespace detail

/// find_op(name): the operator of that name, in any spelling that PyTorch prints: `c10d::allreduce_`, `c10d.allreduce_.default`,
/// `torch.ops.c10d.allreduce_`, and without its namespace where one operator alone has the name. `invalid_argument` for a name that several
/// have, with all of them, and for one that none has, with the nearest ones.
inline constexpr detail::find_op_fn find_op{};

/// all_ops(): every operator of the table.
inline constexpr detail::all_ops_fn all_ops{};

}  // namespace commfold

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
