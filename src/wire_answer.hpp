// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/wire_answer.hpp
/// All that is said of a step on the wire, as numbers: of all ranks, or of one of them.

#include <src/wire_setup.hpp>

#include <commfold/trace/call_record.hpp>
#include <commfold/trace/ledger.hpp>
#include <commfold/wire/step.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace commfold::io {

/// A number of bytes over ranks.
struct over_ranks {
  std::size_t most = 0;
  std::size_t rank_of_most = 0;  ///< the first of several
  std::size_t least = 0;
  std::size_t total = 0;
};

/// The calls of one operator, group and phase.
struct wire_row {
  std::string op, group, phase;
  std::size_t group_size = 0;
  std::size_t calls = 0;
  over_ranks sent{}, received{};
  std::vector<std::size_t> sent_by_link;  ///< of all ranks together
  std::optional<double> microseconds;     ///< empty where nothing is known of time, or not of all of these calls
};

/// A kind of call that NCCL estimates no time for.
struct call_without_time {
  std::string op, group;
  std::size_t calls = 0;
};

struct wire_answer {
  std::size_t first_rank = 0;            ///< of `ranks`: 0, or the one that is asked about
  std::vector<wire::rank_answer> ranks;  ///< of all ranks, or of one
  over_ranks sent{}, received{}, sent_payload{}, received_payload{};
  std::vector<std::string> links;               ///< what the link classes are called
  std::vector<over_ranks> sent_by_link;         ///< for each of them
  std::vector<wire_row> rows;                   ///< in the order of the first call of each
  bool is_timed = false;                        ///< of NCCL
  double microseconds = 0;                      ///< of the calls that are estimated, one after the other
  std::vector<call_without_time> without_time;  ///< the others
  /// Where they are asked for. (from, to): all bytes from one rank to another one, without zeros; `dyn` is a switch.
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> pairs;
};

/// `input_error` for a call whose record tells of its own rank alone where no rank is asked about, and for what a report does not tell;
/// `invalid_argument` for a group that is not of the cluster and a call that the library cannot run; `overflow_error` for sums that do not
/// fit.
[[nodiscard]] wire_answer answer_on_wire(ledger<dyn> const& traffic, wire_setup const& by, bool with_pairs);

}  // namespace commfold::io
