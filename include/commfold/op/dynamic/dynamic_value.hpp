// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/dynamic/dynamic_value.hpp
/// An argument or a result of an operator where its type, too, is known only at run time: what PyTorch calls a pytree of anything.

#include <commfold/error.hpp>
#include <commfold/group/dynamic_group.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/op/work.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor_traits.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/nodes/map.hpp>
#include <commfold/tree/nodes/sequence.hpp>

#include <boost/mp11/list.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace commfold {

/// What a `dynamic_value` holds. `truth` is a bool, for which `boolean` is the name of a dtype.
enum class value_kind : unsigned char { none, truth, integer, real, string, tensor, group, reduce_op, work, list, tuple, dict };

/// The kind in a word, as messages spell it.
[[nodiscard]] constexpr std::string_view name(value_kind kind) noexcept {
  constexpr std::string_view names[] = {"none",  "bool",      "integer", "double", "string", "tensor",
                                        "group", "reduce_op", "work",    "list",   "tuple",  "dict"};
  return names[static_cast<unsigned char>(kind)];
}

namespace detail {

/// An integer that is meant as a number: a bool is not, and neither is a character.
template <class T>
concept whole_number = integer<T> && sizeof(T) <= sizeof(std::int64_t) && !std::same_as<T, char> && !std::same_as<T, wchar_t> &&
                       !std::same_as<T, char8_t> && !std::same_as<T, char16_t> && !std::same_as<T, char32_t>;

template <class T>
concept text_like = std::convertible_to<T const&, std::string_view> && !std::same_as<T, std::nullptr_t>;

template <whole_number T>
std::int64_t to_int64(T n) {
  if (!std::in_range<std::int64_t>(n))
    fail<overflow_error>("commfold::dynamic_value: " + std::to_string(n) +
                         " does not fit std::int64_t, which is what an integer is held in");
  return static_cast<std::int64_t>(n);
}

}  // namespace detail

class dynamic_value;

/// A key of a `dictionary`: a string or an integer.
class dict_key {
 public:
  template <detail::text_like T>
  dict_key(T const& text) : held_(std::string(std::string_view(text))) {}
  /// `overflow_error` where it does not fit `std::int64_t`.
  template <detail::whole_number T>
  dict_key(T n) : held_(detail::to_int64(n)) {}

  /// Null where the key is an integer.
  [[nodiscard]] std::string const* text() const noexcept { return std::get_if<std::string>(&held_); }
  /// Null where the key is a string.
  [[nodiscard]] std::int64_t const* integer() const noexcept { return std::get_if<std::int64_t>(&held_); }

  [[nodiscard]] friend bool operator==(dict_key const&, dict_key const&) = default;

  /// As in a path: `"weight"` with its quotes, or `3`.
  [[nodiscard]] friend std::string to_string(dict_key const& key) {
    return key.integer() != nullptr ? std::to_string(*key.integer()) : '"' + *key.text() + '"';
  }

 private:
  std::variant<std::int64_t, std::string> held_;
};

/// What a `dynamic_value` of kind `dict` holds: values under their keys, in the order in which they were given.
class dictionary {
 public:
  using entry = std::pair<dict_key, dynamic_value>;

  dictionary() = default;
  /// `invalid_argument` where a key comes twice.
  explicit dictionary(std::vector<entry> entries);
  /// `dictionary{{"group_size", 8}, {"tag", 0}}`; likewise.
  dictionary(std::initializer_list<entry> entries);

  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] std::vector<entry>::const_iterator begin() const noexcept;
  [[nodiscard]] std::vector<entry>::const_iterator end() const noexcept;
  /// The entry of a key, or `end()`.
  [[nodiscard]] std::vector<entry>::const_iterator find(dict_key const& key) const;

  /// Equal where they hold equal entries in one order.
  friend bool operator==(dictionary const& a, dictionary const& b);

 private:
  std::vector<entry> entries_;
};

/// How deep lists, tuples and dicts may stand in one another: as deep as Python's recursion goes, and far above any call. Every algorithm
/// goes down by recursion, and a value that is deeper than the stack would end the program without a word.
inline constexpr std::size_t max_value_depth = 1000;

/// Anything that an operator takes or returns. It is a tree like any other: every `tree_…` algorithm and `sum_tensors` take it, and it maps
/// to a `dynamic_value`. Which kind of leaf it holds is no part of its structure, and no step of a path: `[0]["weight"]`.
/// ```cpp
/// dynamic_value const call = dynamic_value::list(dynamic_value::list(tensor<f32, 4>{}), group, "sum");
/// sum_tensors(call);                       // 16
/// tree_map_only(is_tensor, name_of, call)  // a dynamic_value: the list of a list of a name, a group and a string
/// call.as_list()[2].as_string();           // "sum"
/// ```
class dynamic_value {
 public:
  /// The leaf of kind `none`.
  struct none {
    [[nodiscard]] friend constexpr bool operator==(none, none) noexcept { return true; }
  };

  /// None.
  dynamic_value() = default;
  dynamic_value(none) {}
  /// A bool, and nothing that merely converts to one, as a pointer does.
  template <std::same_as<bool> T>
  dynamic_value(T b) : held_(b) {}
  /// Any integer; `overflow_error` where it does not fit `std::int64_t`.
  template <detail::whole_number T>
  dynamic_value(T n) : held_(detail::to_int64(n)) {}
  template <static_size T>
  dynamic_value(T const&) : dynamic_value(std::size_t{T::value}) {}
  template <std::floating_point T>
    requires(sizeof(T) <= sizeof(double))
  dynamic_value(T x) : held_(double{x}) {}
  template <detail::text_like T>
  dynamic_value(T const& text) : held_(std::string(std::string_view(text))) {}
  /// Any tensor, ours or a foreign one.
  template <tensor_like T>
  dynamic_value(T const& tensor) : held_(std::in_place_type<dynamic_tensor>, tensor) {}
  template <any_group T>
  dynamic_value(T const& group) : held_(std::in_place_type<dynamic_group>, group) {}
  dynamic_value(commfold::reduce_op op) : held_(op) {}
  /// Any work; the result of a work that has one stays behind.
  dynamic_value(fake_work<> const& work) : held_(work) {}
  dynamic_value(dictionary entries);

  /// list(a, b, …), tuple(a, b, …): one that holds these. A list of one list is that: not a copy, which braces would make of it.
  template <std::convertible_to<dynamic_value>... T>
  [[nodiscard]] static dynamic_value list(T&&... elements) {
    return list_of(in_a_row(std::forward<T>(elements)...));
  }
  template <std::convertible_to<dynamic_value>... T>
  [[nodiscard]] static dynamic_value tuple(T&&... elements) {
    return tuple_of(in_a_row(std::forward<T>(elements)...));
  }
  /// dict({{key, a}, {key, b}, …}): `invalid_argument` where a key comes twice.
  [[nodiscard]] static dynamic_value dict(std::vector<dictionary::entry> entries = {}) { return dictionary(std::move(entries)); }
  /// The list and the tuple of elements whose number is known only at run time. `invalid_argument` where one is nested deeper than
  /// `max_value_depth`, as for every list, tuple and dict.
  [[nodiscard]] static dynamic_value list_of(std::vector<dynamic_value> elements) {
    return sequence<value_kind::list>(std::move(elements));
  }
  [[nodiscard]] static dynamic_value tuple_of(std::vector<dynamic_value> elements) {
    return sequence<value_kind::tuple>(std::move(elements));
  }

  [[nodiscard]] value_kind kind() const noexcept { return static_cast<value_kind>(held_.index()); }
  [[nodiscard]] bool is(value_kind kind) const noexcept { return this->kind() == kind; }

  /// What is held. `invalid_argument` where that is of another kind, with both in its words; nothing is converted.
  [[nodiscard]] bool as_bool() const { return as<value_kind::truth>(); }
  [[nodiscard]] std::int64_t as_integer() const { return as<value_kind::integer>(); }
  [[nodiscard]] double as_double() const { return as<value_kind::real>(); }
  [[nodiscard]] std::string const& as_string() const { return as<value_kind::string>(); }
  [[nodiscard]] dynamic_tensor const& as_tensor() const { return as<value_kind::tensor>(); }
  [[nodiscard]] dynamic_group const& as_group() const { return as<value_kind::group>(); }
  [[nodiscard]] commfold::reduce_op as_reduce_op() const { return as<value_kind::reduce_op>(); }
  [[nodiscard]] fake_work<> const& as_work() const { return as<value_kind::work>(); }
  [[nodiscard]] std::vector<dynamic_value> const& as_list() const { return as<value_kind::list>(); }
  [[nodiscard]] std::vector<dynamic_value> const& as_tuple() const { return as<value_kind::tuple>(); }
  [[nodiscard]] dictionary const& as_dict() const { return as<value_kind::dict>(); }
  /// The elements of a list or a tuple, for an operator that takes either.
  [[nodiscard]] std::vector<dynamic_value> const& elements() const { return is(value_kind::tuple) ? as_tuple() : as_list(); }
  /// An integer that is a size: `invalid_argument` below zero, too.
  [[nodiscard]] std::size_t as_size() const { return detail::to_size(as_integer(), "commfold::dynamic_value"); }

  /// Equal where both hold one kind, and equal values of it: tensors with dtype, sizes, strides and bytes, works by their id, dicts in
  /// their order.
  [[nodiscard]] friend bool operator==(dynamic_value const& a, dynamic_value const& b) { return a.held_ == b.held_; }

 private:
  friend struct node_traits<dynamic_value>;

  // In the order of value_kind. Lists and tuples are of one type, so that whoever takes both can; the position tells them apart.
  using any = std::variant<none, bool, std::int64_t, double, std::string, dynamic_tensor, dynamic_group, commfold::reduce_op, fake_work<>,
                           std::vector<dynamic_value>, std::vector<dynamic_value>, dictionary>;

  template <value_kind Kind>
  [[nodiscard]] std::variant_alternative_t<static_cast<std::size_t>(Kind), any> const& as() const {
    if (!is(Kind))
      detail::fail<invalid_argument>("commfold::dynamic_value: " + std::string(name(Kind)) + " was wanted, and " +
                                     std::string(name(kind())) + " is held");
    return *std::get_if<static_cast<std::size_t>(Kind)>(&held_);
  }

  template <value_kind Kind>
  [[nodiscard]] static dynamic_value sequence(std::vector<dynamic_value> elements) {
    dynamic_value made;
    for (dynamic_value const& element : elements) made.stand_above(element);
    made.held_.template emplace<static_cast<std::size_t>(Kind)>(std::move(elements));
    return made;
  }

  /// `invalid_argument` where what is held is nested deeper than `max_value_depth`.
  void stand_above(dynamic_value const& held) {
    if (depth_ > held.depth_) return;
    depth_ = held.depth_ + 1;
    if (depth_ > max_value_depth)
      detail::fail<invalid_argument>("commfold::dynamic_value: lists, tuples and dicts are nested more than " +
                                     std::to_string(max_value_depth) + " deep");
  }

  template <class... T>
  [[nodiscard]] static std::vector<dynamic_value> in_a_row(T&&... elements) {
    std::vector<dynamic_value> row;
    row.reserve(sizeof...(T));
    (row.emplace_back(std::forward<T>(elements)), ...);
    return row;
  }

  any held_;
  std::size_t depth_ = 0;  // of the lists, tuples and dicts in it
};

inline std::size_t dictionary::size() const noexcept { return entries_.size(); }
inline auto dictionary::begin() const noexcept -> std::vector<entry>::const_iterator { return entries_.begin(); }
inline auto dictionary::end() const noexcept -> std::vector<entry>::const_iterator { return entries_.end(); }
inline auto dictionary::find(dict_key const& key) const -> std::vector<entry>::const_iterator {
  auto at = begin();
  while (at != end() && !(at->first == key)) ++at;
  return at;
}
inline bool operator==(dictionary const& a, dictionary const& b) { return a.entries_ == b.entries_; }

inline dynamic_value::dynamic_value(dictionary entries) {
  for (dictionary::entry const& entry : entries) stand_above(entry.second);
  held_ = std::move(entries);
}

/// Of the entries in the order of iteration; the keys are no leaves.
template <>
struct node_traits<dictionary> : detail::map_node<dynamic_value> {
  template <class U, class Next>
  [[nodiscard]] static dictionary make(dictionary const& node, Next&& next) {
    std::vector<dictionary::entry> entries;
    entries.reserve(node.size());
    for (dictionary::entry const& entry : node) entries.emplace_back(entry.first, next());
    return dictionary(std::move(entries));
  }
};

template <>
struct node_traits<dynamic_value> {
  using alternatives = boost::mp11::mp_rename<dynamic_value::any, boost::mp11::mp_list>;
  using mapped = dynamic_value;

  [[nodiscard]] static std::size_t index(dynamic_value const& node) { return node.held_.index(); }
  template <std::size_t I>
  [[nodiscard]] static auto const& child(dynamic_value const& node) {
    return std::get<I>(node.held_);
  }
  template <std::size_t I, class... U, class Child>
  [[nodiscard]] static dynamic_value make(Child&& child) {
    constexpr bool can_be_held = std::is_convertible_v<Child, dynamic_value>;
    if constexpr (I == static_cast<std::size_t>(value_kind::list)) {
      return dynamic_value::list_of(std::forward<Child>(child));
    } else if constexpr (I == static_cast<std::size_t>(value_kind::tuple)) {
      return dynamic_value::tuple_of(std::forward<Child>(child));
    } else {
      static_assert(can_be_held,
                    "commfold::dynamic_value: a leaf of a dynamic_value maps to what one can hold: a tensor, a string, a number, ...");
      if constexpr (can_be_held)
        return std::forward<Child>(child);
      else
        return {};
    }
  }
};

inline dictionary::dictionary(std::vector<entry> entries) : entries_(std::move(entries)) {
  for (auto at = begin(); at != end(); ++at)
    if (find(at->first) != at) detail::fail<invalid_argument>("commfold::dictionary: the key " + to_string(at->first) + " is given twice");
}
inline dictionary::dictionary(std::initializer_list<entry> entries) : dictionary(std::vector<entry>(entries)) {}

}  // namespace commfold
