// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/dynamic/op_entry.hpp
/// A row of the operator table with its types forgotten, and the index by which its name is found.

#include <commfold/op/by_rank.hpp>
#include <commfold/op/call_rules.hpp>
#include <commfold/op/collective_kind.hpp>
#include <commfold/op/dynamic/call_arguments.hpp>
#include <commfold/op/dynamic/dynamic_value.hpp>
#include <commfold/op/dynamic/typed_arguments.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/schema.hpp>
#include <commfold/op/work.hpp>

#include <boost/mp11/list.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace commfold::detail {

/// What a run-time operator knows of its row. Only running it and dividing its payload need the row's types.
struct op_entry {
  char const* verb;
  std::string_view name;
  std::string_view schema;
  std::span<parameter const> parameters;
  returns gives;
  bool gives_one_tensor;
  collective_kind kind;
  call_rules rules;
  dynamic_value (*run)(bound_arguments const&);
  std::vector<std::size_t> (*input_by_rank)(dynamic_value const&, bound_arguments const&);
  std::vector<std::size_t> (*output_by_rank)(dynamic_value const&, bound_arguments const&);
};

template <class Row>
dynamic_value run(bound_arguments const& call) {
  auto const tensors = [](auto const&... arguments) { return to_value(Row::infer(arguments...)); };
  dynamic_value made = std::apply(tensors, typed_arguments<Row>(call));
  if constexpr (returns_of<Row> == returns::tensors)
    return made;
  else if constexpr (returns_of<Row> == returns::tensors_and_work)
    return dynamic_value::tuple(std::move(made), fake_work<>{});
  else if constexpr (returns_of<Row> == returns::work)
    return fake_work<>{};
  else
    return {};
}

/// One tensor where the schema promises one, else whatever tree the operator returned.
template <class Row>
auto const& typed_result(dynamic_value const& result, bound_arguments const& call) {
  if constexpr (returns_one_tensor<Row>)
    return call.one_tensor(result);
  else
    return result;
}

template <class Row, part_rule Rule>
std::vector<std::size_t> divide(dynamic_value const& result, bound_arguments const& call) {
  if constexpr (Rule.is_nothing()) {
    call.refuse("its payload is not divided among the ranks");
  } else {
    auto const arguments = typed_arguments<Row>(call);
    return parts_by_rank<Row, Rule>(std::get<Row::rules.group.index>(arguments).size, arguments, typed_result<Row>(result, call));
  }
}

template <class Row>
inline constexpr op_entry entry_of = {Row::verb,
                                      Row::name,
                                      Row::schema,
                                      parameters_of<Row>,
                                      returns_of<Row>,
                                      returns_one_tensor<Row>,
                                      Row::kind,
                                      Row::rules,
                                      run<Row>,
                                      divide<Row, Row::rules.input_by_rank>,
                                      divide<Row, Row::rules.output_by_rank>};

template <class Rows>
inline constexpr std::array<op_entry const*, 0> entries_of{};
template <class... Row>
inline constexpr std::array<op_entry const*, sizeof...(Row)> entries_of<boost::mp11::mp_list<Row...>> = {&entry_of<Row>...};

constexpr std::size_t longest_name(std::span<op_entry const* const> entries) {
  std::size_t longest = 0;
  for (op_entry const* const entry : entries)
    if (longest < entry->name.size()) longest = entry->name.size();
  return longest;
}

/// Entries by the length of their names, which few of them share. The length is known without a look at the characters, so a processor goes
/// on before they arrive from memory; a hash would make it wait for them.
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

  /// Null where no entry has that name.
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

}  // namespace commfold::detail
