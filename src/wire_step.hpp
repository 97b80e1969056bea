// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/wire_step.hpp
/// A report's step on the wire, under the library that a command line names.

#include <src/input_error.hpp>
#include <src/wire_setup.hpp>

#include <commfold/error.hpp>
#include <commfold/op/collective_kind.hpp>
#include <commfold/trace/call_record.hpp>
#include <commfold/trace/ledger.hpp>
#include <commfold/wire/gloo/backend.hpp>
#include <commfold/wire/nccl/backend.hpp>
#include <commfold/wire/openmpi/backend.hpp>
#include <commfold/wire/step.hpp>

#include <string>

namespace commfold::io {

/// Whether NCCL's model estimates a time for a call: not for sends and receives, nor for what NCCL runs as these, nor for uneven parts, of
/// which each is a call of its own. A wait is no call of NCCL's and takes no time of it.
[[nodiscard]] constexpr bool has_estimate(call_record const& call) noexcept {
  if (call.group_size() == 1) return true;
  switch (call.kind()) {
    case collective_kind::all_reduce:
    case collective_kind::broadcast:
    case collective_kind::reduce:
    case collective_kind::barrier:
    case collective_kind::wait:
      return true;
    case collective_kind::all_gather:
    case collective_kind::reduce_scatter:
      return call.parts() == parts_state::even;
    default:
      return false;
  }
}

/// `nccl::timing` for the calls that have an estimate; it refuses the others.
class estimated_time {
 public:
  explicit estimated_time(nccl::machine const& on) : model_(on) {}

  template <class Backend>
  [[nodiscard]] double microseconds_of_call(Backend const& on, wire::call const& c, wire::group_place const& group,
                                            wire::cluster const& where) const {
    if (c.kind() == collective_kind::wait) return 0;
    if (!has_estimate(c.record()))
      commfold::detail::fail<invalid_argument>("commfold::nccl", "NCCL estimates no time for {} over '{}'", c.record().op(),
                                               c.record().group());
    return model_.microseconds_of_call(on, c, group, where);
  }

 private:
  nccl::timing model_;
};

/// Refuses a report that does not tell what a schedule depends on, as one that was written without roots and peers.
inline void expect_roots_and_peers(ledger<dyn> const& traffic) {
  for (ledger_row const& row : traffic.rows()) {
    call_record const& call = row.call();
    if (call.group_size() == 1) continue;
    collective_kind const kind = call.kind();
    bool const needs_root = kind == collective_kind::broadcast || kind == collective_kind::reduce || kind == collective_kind::gather ||
                            kind == collective_kind::scatter;
    bool const needs_peer = kind == collective_kind::send || kind == collective_kind::recv;
    if ((needs_root && !call.root()) || (needs_peer && !call.peer()))
      throw input_error("the report does not tell the " + std::string(needs_root ? "root" : "peer") + " of " + std::string(call.op()) +
                        " over '" + shortened(call.group()) + "', without which its bytes are not known");
  }
}

/// Refuses a report over groups that the command line does not name.
inline void expect_groups(ledger<dyn> const& traffic, wire_setup const& by) {
  for (ledger_row const& row : traffic.rows())
    if (!by.has_group(row.call().group()))
      throw input_error(std::string(row.call().op()) + " runs over '" + shortened(row.call().group()) +
                        "', which is no axis of --mesh; name it there, or by --group");
}

/// Calls use(step) with the traffic on the wire; NCCL's step is timed.
template <class Use>
auto with_step(ledger<dyn> const& traffic, wire_setup const& by, Use const& use) {
  expect_groups(traffic, by);
  expect_roots_and_peers(traffic);
  switch (by.library()) {
    case wire_library::gloo:
      return use(on_wire(traffic, gloo::backend{}, by.where()));
    case wire_library::openmpi:
      return use(on_wire(traffic, openmpi::backend{}, by.where()));
    case wire_library::nccl:
      break;
  }
  return use(on_wire(traffic, nccl::backend{*by.machine()}, by.where(), estimated_time{*by.machine()}));
}

}  // namespace commfold::io
