// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/call_record.hpp
/// One recorded call: what was called, over which group, in which phase, its bytes, and how they divide among the ranks.

#include <commfold/op/call_bytes.hpp>
#include <commfold/op/call_summary.hpp>
#include <commfold/op/collective_kind.hpp>
#include <commfold/op/op.hpp>
#include <commfold/tensor/dtype.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>

namespace commfold {

class dynamic_op;  // commfold/op/dynamic/dynamic_op.hpp

/// Whether a record holds how its call divides the payload among the ranks of the group.
enum class parts_state : unsigned char {
  even,      ///< there is nothing to hold: the call divides nothing, or all ranks have equal parts
  kept,      ///< the parts differ, and the record holds them
  not_kept,  ///< the parts differ, and there was no room for them: they are not known, and not even
};

/// A number of bytes for each rank of a group, in the order of the ranks: a view, as a `std::span` is one, for which every program would
/// instantiate a hundred templates.
class bytes_by_rank {
 public:
  constexpr bytes_by_rank() noexcept = default;
  constexpr bytes_by_rank(std::size_t const* of_first_rank, std::size_t ranks) noexcept : data_(of_first_rank), size_(ranks) {}

  [[nodiscard]] constexpr std::size_t const* data() const noexcept { return data_; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] constexpr std::size_t operator[](std::size_t rank) const noexcept { return data_[rank]; }
  [[nodiscard]] constexpr std::size_t const* begin() const noexcept { return data_; }
  [[nodiscard]] constexpr std::size_t const* end() const noexcept { return data_ + size_; }

  friend constexpr bool operator==(bytes_by_rank a, bytes_by_rank b) noexcept {
    if (a.size_ != b.size_) return false;
    for (std::size_t rank = 0; rank != a.size_; ++rank)
      if (a[rank] != b[rank]) return false;
    return true;
  }

 private:
  std::size_t const* data_ = nullptr;
  std::size_t size_ = 0;
};

/// How one call divides its payload among the ranks of its group, or among its tensors.
struct parts_view {
  bytes_by_rank input{};    ///< what this rank hands to each; empty where all get the same
  bytes_by_rank output{};   ///< what it gets from each; empty where all give the same
  bool were_kept = true;    ///< false where the parts differ, but are not here
  bytes_by_rank tensors{};  ///< not by rank, but of each tensor that may be communicated by itself; empty where it is one

  [[nodiscard]] constexpr bool are_empty() const noexcept { return input.empty() && output.empty() && tensors.empty(); }
};

namespace detail {

/// The bytes by rank; none where they are equal.
constexpr bytes_by_rank if_uneven(bytes_by_rank all) noexcept {
  for (std::size_t const one : all)
    if (one != all[0]) return all;
  return {};
}
/// The bytes of tensors; none where there is one: these are the call's.
constexpr bytes_by_rank if_several(bytes_by_rank tensors) noexcept { return tensors.size() == 1 ? bytes_by_rank{} : tensors; }

}  // namespace detail

/// One call. A value of views: its names and parts are those of the ledger that it is of, or of the arguments that it was made with, and
/// live as long as these; those of a log, until the next call is written to it.
class call_record {
 public:
  constexpr call_record() = default;

  constexpr explicit call_record(call_summary const& call, std::string_view phase, parts_view const& parts = {})
      : call_(call), phase_(phase), parts_(parts) {}

  template <operator_row Op>
  constexpr call_record(Op, std::string_view group, std::size_t group_size, std::string_view phase, std::optional<commfold::dtype> type,
                        call_bytes const& bytes)
      : call_{Op::name, Op::kind, group, group_size, type, bytes, {}, {}, false}, phase_(phase) {}

  /// Of an operator that was found by its name: `find_op("c10d::allreduce_")`.
  template <std::same_as<dynamic_op> Op>
  call_record(Op const& op, std::string_view group, std::size_t group_size, std::string_view phase, std::optional<commfold::dtype> type,
              call_bytes const& bytes)
      : call_{op.name(), op.kind(), group, group_size, type, bytes, {}, {}, false}, phase_(phase) {}

  /// The operator's qualified name, in PyTorch's spelling. It lives as long as the program.
  [[nodiscard]] constexpr std::string_view op() const noexcept { return call_.op; }
  [[nodiscard]] constexpr collective_kind kind() const noexcept { return call_.kind; }
  [[nodiscard]] constexpr std::string_view group() const noexcept { return call_.group; }
  [[nodiscard]] constexpr std::size_t group_size() const noexcept { return call_.group_size; }
  /// The phases around the call, outermost first, joined by '/'; empty outside any.
  [[nodiscard]] constexpr std::string_view phase() const noexcept { return phase_; }
  /// Nothing where the call has no tensor, or tensors of several dtypes.
  [[nodiscard]] constexpr std::optional<commfold::dtype> dtype() const noexcept { return call_.dtype; }
  [[nodiscard]] constexpr call_bytes bytes() const noexcept { return call_.bytes; }
  /// The rank of the group that a broadcast or scatter starts from, or a reduce or gather ends at.
  [[nodiscard]] constexpr std::optional<std::size_t> root() const noexcept { return call_.root; }
  /// The rank of the group that a send goes to, or a recv waits for.
  [[nodiscard]] constexpr std::optional<std::size_t> peer() const noexcept { return call_.peer; }

  /// Whether the message is a list of more than one entry, as the tensors of a coalesced call, or the blocks of all ranks.
  [[nodiscard]] constexpr bool several() const noexcept { return call_.several; }

  /// Look here before the parts: where they are `not_kept`, both sides are empty, and the call is not even.
  [[nodiscard]] constexpr parts_state parts() const noexcept {
    if (!parts_.were_kept) return parts_state::not_kept;
    return parts_.input.empty() && parts_.output.empty() ? parts_state::even : parts_state::kept;
  }
  /// The bytes that this rank hands to each rank of the group; empty where these are equal, or not kept.
  [[nodiscard]] constexpr bytes_by_rank input_parts() const noexcept { return parts_.input; }
  /// The bytes that it gets from each.
  [[nodiscard]] constexpr bytes_by_rank output_parts() const noexcept { return parts_.output; }

  /// The bytes of each tensor that the call hands in, of an operator whose tensors some libraries communicate one by one, as the coalesced
  /// reduce_scatter; empty where it is one tensor, where the operator is another one, and where they were not kept.
  [[nodiscard]] constexpr bytes_by_rank tensor_parts() const noexcept { return parts_.tensors; }

  /// All that is known of the call, as a communicator gets it; the phase and the parts are not in it.
  [[nodiscard]] constexpr call_summary summary() const noexcept { return call_; }
  /// Both sides and the tensors, and whether they were kept.
  [[nodiscard]] constexpr parts_view all_parts() const noexcept { return parts_; }

  /// Of what they hold, not of where it is. Numbers first: most calls that differ do so in their bytes, and in a constant every character
  /// that is compared is a step.
  friend constexpr bool operator==(call_record const& a, call_record const& b) noexcept {
    return a.bytes() == b.bytes() && a.group_size() == b.group_size() && a.kind() == b.kind() && a.dtype() == b.dtype() &&
           a.root() == b.root() && a.peer() == b.peer() && a.several() == b.several() && a.parts() == b.parts() &&
           a.input_parts() == b.input_parts() && a.output_parts() == b.output_parts() && a.tensor_parts() == b.tensor_parts() &&
           a.op() == b.op() && a.group() == b.group() && a.phase() == b.phase();
  }

 private:
  call_summary call_{};
  std::string_view phase_{};
  parts_view parts_{};
};

}  // namespace commfold
