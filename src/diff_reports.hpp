// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/diff_reports.hpp
/// What changed from one report to another: `commfold diff`.

#include <src/verdict.hpp>

#include <commfold/size/size_constant.hpp>
#include <commfold/trace/ledger.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace commfold::io {

/// How much message bytes may grow, in percent of what they were. Compared exactly, in integers: 5 % of 100 bytes allow 5 more bytes and
/// not 6; 0 bytes may not grow at all.
class growth_limit {
 public:
  /// `5%`, `2.5%` or `0%`: digits, at most six of them after a point, and the sign. `input_error` otherwise: without the sign it could mean
  /// a number of bytes.
  explicit growth_limit(std::string const& text);

  [[nodiscard]] bool allows(std::size_t before, std::size_t after) const noexcept;
  /// As it was given.
  [[nodiscard]] std::string const& text() const noexcept { return text_; }

 private:
  std::string text_;
  std::uint64_t millionths_of_a_percent_ = 0;
};

/// Its words are a table with a line for each operator, group, group size, phase and dtype whose calls or message bytes differ, the largest
/// change of message bytes first, and the totals; then how many do not differ. A group that has another size in the second report is one
/// line, "dp (8 to 16 ranks)", unless one of the reports has it in several sizes. "no difference" where nothing does. The limit is not kept
/// where the total of message bytes grew by more; then the text also lists what grew. `overflow_error` where a sum does not fit.
[[nodiscard]] verdict diff_reports(ledger<dyn> const& before, ledger<dyn> const& after, std::optional<growth_limit> const& limit,
                                   wording as);

}  // namespace commfold::io
