// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/report/reported_rows.hpp
/// The rows of a ledger as tables list them: without roots, peers and parts by rank.

#include <commfold/size/size_constant.hpp>
#include <commfold/trace/call_record.hpp>
#include <commfold/trace/ledger.hpp>
#include <commfold/trace/open_ledger.hpp>

#include <cstddef>
#include <utility>

namespace commfold::detail {

/// A table has no column for these: rows that differ in nothing else are one row there.
template <std::size_t Rows, class Open = open_ledger>
ledger<dyn> reported_rows(ledger<Rows> const& traffic) {
  Open open;
  for (ledger_row const& row : traffic.rows()) {
    auto call = row.call().summary();
    call.root.reset();
    call.peer.reset();
    open.add(call_record(call, row.call().phase()), row.calls());
  }
  return ledger<dyn>(std::move(open));
}

}  // namespace commfold::detail
