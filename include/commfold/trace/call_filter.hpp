// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/call_filter.hpp
/// Which calls are meant: by operator, kind of collective, group, phase, dtype and message size.

#include <commfold/group/process_group.hpp>
#include <commfold/op/collective_kind.hpp>
#include <commfold/op/op.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/trace/call_record.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>

namespace commfold {

/// Both ends belong to the range.
struct byte_range {
  std::size_t at_least = 0;
  std::size_t at_most = dyn;

  [[nodiscard]] constexpr bool holds(std::size_t bytes) const noexcept { return at_least <= bytes && bytes <= at_most; }
};

namespace detail {
/// A name, or none. Not a `std::optional<std::string_view>`, for which all who include this would pay at every build.
class name_if_given {
 public:
  constexpr name_if_given() noexcept = default;
  constexpr explicit name_if_given(std::string_view name) noexcept : name_(name), given_(true) {}

  [[nodiscard]] constexpr bool is_given() const noexcept { return given_; }
  [[nodiscard]] constexpr std::string_view view() const noexcept { return name_; }

 private:
  std::string_view name_;
  bool given_ = false;
};
}  // namespace detail

/// The qualified name of an operator, `"c10d::allreduce_"`, or the operator itself, `cf::c10d::allreduce_`, which cannot be misspelled.
/// Any operator where none is given.
class operator_name : public detail::name_if_given {
 public:
  constexpr operator_name() noexcept = default;
  template <std::convertible_to<std::string_view> Text>
  constexpr operator_name(Text const& name) noexcept : name_if_given(name) {}
  template <operator_row Op>
  constexpr operator_name(Op) noexcept : name_if_given(Op::name) {}
};

/// The name of a group, `"tp"`, or the group itself. The axes of a `device_mesh` are groups, so this names an axis, too. Any group where
/// none is given.
class group_name : public detail::name_if_given {
 public:
  constexpr group_name() noexcept = default;
  template <std::convertible_to<std::string_view> Text>
  constexpr group_name(Text const& name) noexcept : name_if_given(name) {}
  template <any_group Group>
  constexpr group_name(Group const&) noexcept : name_if_given(Group::name()) {}
};

/// A phase, `"backward"` or `"backward/layer"`, and `""` for what lies outside any. Any phase where none is given.
class phase_name : public detail::name_if_given {
 public:
  constexpr phase_name() noexcept = default;
  template <std::convertible_to<std::string_view> Text>
  constexpr phase_name(Text const& name) noexcept : name_if_given(name) {}
};

/// A kind of collective. Any where none is given.
class kind_of_collective {
 public:
  constexpr kind_of_collective() noexcept = default;
  constexpr kind_of_collective(collective_kind kind) noexcept : kind_(kind), given_(true) {}

  [[nodiscard]] constexpr bool is_given() const noexcept { return given_; }
  [[nodiscard]] constexpr collective_kind value() const noexcept { return kind_; }

 private:
  collective_kind kind_{};
  bool given_ = false;
};

namespace detail {

/// `backward/layer` lies within `backward`, and both lie within themselves. Nothing but "" lies within "".
constexpr bool lies_within(std::string_view phase, std::string_view outer) noexcept {
  if (phase.size() == outer.size() || outer.empty()) return phase == outer;
  return phase.size() > outer.size() && phase[outer.size()] == '/' && phase.substr(0, outer.size()) == outer;
}

}  // namespace detail

/// The calls that have all that is named: `{.op = cf::c10d::allreduce_, .group = "tp", .phase = "backward"}`. What is not named may be
/// anything, so `{}` is every call. It is a predicate over a `call_record`, and keeps views of the names that it was given.
struct call_filter {
  operator_name op{};
  kind_of_collective kind{};               ///< whatever the operator: every all-gather
  group_name group{};                      ///< a group of this name, whatever its size: an axis of a mesh
  phase_name phase{};                      ///< in this phase or one nested in it; `""` is outside any phase
  std::optional<commfold::dtype> dtype{};  ///< never true of a call without tensors, or with tensors of several dtypes
  byte_range message_size{};               ///< the message bytes of one call

  [[nodiscard]] constexpr bool operator()(call_record const& call) const noexcept {
    return message_size.holds(call.bytes().message_bytes) && (!dtype || call.dtype() == dtype) &&
           (!kind.is_given() || call.kind() == kind.value()) && (!op.is_given() || call.op() == op.view()) &&
           (!group.is_given() || call.group() == group.view()) && (!phase.is_given() || detail::lies_within(call.phase(), phase.view()));
  }
};

}  // namespace commfold
