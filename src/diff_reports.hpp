// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/diff_reports.hpp
/// What changed from one report to another.

#include <src/verdict.hpp>

#include <commfold/size/size_constant.hpp>
#include <commfold/trace/ledger.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace commfold::io {

/// By how much of what they were message bytes may grow. Compared in integers: 5 % of 100 bytes are 5 bytes and not one more, and of 0
/// bytes every byte is growth.
class growth_limit {
 public:
  /// `5%`, `2.5%` or `0%`: digits, up to six of them after a point, and the sign. `input_error` otherwise; without the sign, too, since a
  /// number of bytes could be meant.
  explicit growth_limit(std::string const& text);

  [[nodiscard]] bool allows(std::size_t before, std::size_t after) const noexcept;
  /// As it was given.
  [[nodiscard]] std::string const& text() const noexcept { return text_; }

 private:
  std::string text_;
  std::uint64_t millionths_of_a_percent_ = 0;
};

/// A line for each operator, group and its size, phase and dtype whose calls or message bytes differ, the largest change of message bytes
/// first; the totals; how many do not differ. "no difference" where nothing does. Not kept when all message bytes together grew by more
/// than the limit; then the growth is told, and what grew. `overflow_error` where a sum does not fit.
[[nodiscard]] verdict diff_reports(ledger<dyn> const& before, ledger<dyn> const& after, std::optional<growth_limit> const& limit,
                                   wording as);

}  // namespace commfold::io
