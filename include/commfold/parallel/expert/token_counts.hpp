// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/expert/token_counts.hpp
/// How many tokens of each rank go to each expert, or to each rank: counted, or by an assumption that is said.

#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>

#include <cstddef>
#include <vector>

namespace commfold::parallel::expert {

/// A table of tokens: a row for each rank that sends, a column for each expert or each rank that receives. A token that is sent to k
/// experts counts k times.
class token_counts {
 public:
  /// Of rows of one length. `invalid_argument` for rows of several lengths; here and below, for a table of no row or no column.
  [[nodiscard]] static constexpr token_counts of(std::vector<std::vector<std::size_t>> const& rows) {
    token_counts made(rows.size(), rows.empty() ? 0 : rows[0].size(), rows.size());
    for (std::size_t r = 0; r != rows.size(); ++r) {
      if (rows[r].size() != made.columns_)
        commfold::detail::fail<invalid_argument>(verb, "row {} has {} numbers, and row 0 has {}", r, rows[r].size(), made.columns_);
      for (std::size_t c = 0; c != made.columns_; ++c) made.table_[r * made.columns_ + c] = rows[r][c];
    }
    return made;
  }

  /// Every rank sends as many tokens to each of `experts` experts: tokens * top_k / experts. `invalid_argument` where that is no whole
  /// number: assume `capacity`, or give the counts; here and below, too, where top_k is more than there are experts.
  [[nodiscard]] static constexpr token_counts even(std::size_t ranks, std::size_t experts, std::size_t tokens, std::size_t top_k) {
    token_counts made(ranks, experts, 1);
    std::size_t const sent = rows_of(tokens, top_k, experts);
    if (sent % experts != 0) commfold::detail::fail<invalid_argument>(verb, "{} experts do not share {} tokens evenly", experts, sent);
    for (std::size_t& one : made.table_) one = sent / experts;
    return made;
  }

  /// Every expert takes C tokens of each rank, no more (others are dropped) and no less (others are padded):
  /// C = ⌈tokens * top_k * numerator / (experts * denominator)⌉ for a capacity factor of numerator / denominator. Source: GShard
  /// (arXiv 2006.16668), section 2.2; Switch Transformers (arXiv 2101.03961), section 2.2.
  [[nodiscard]] static constexpr token_counts capacity(std::size_t ranks, std::size_t experts, std::size_t tokens, std::size_t top_k,
                                                       std::size_t numerator, std::size_t denominator = 1) {
    token_counts made(ranks, experts, 1);
    if (denominator == 0) commfold::detail::fail<invalid_argument>(verb, "a capacity factor is {} / 0", numerator);
    std::size_t const rows = multiply(rows_of(tokens, top_k, experts), numerator);
    for (std::size_t& one : made.table_) one = commfold::detail::ceil_div(rows, multiply(experts, denominator));
    return made;
  }

  /// Expert e takes weights[e] / Σ weights of the tokens * top_k of each rank. `invalid_argument` where a share is no whole number, or more
  /// than the tokens, each of which goes to an expert once at most.
  [[nodiscard]] static constexpr token_counts skewed(std::size_t ranks, std::vector<std::size_t> const& weights, std::size_t tokens,
                                                     std::size_t top_k) {
    std::size_t all = 0;
    for (std::size_t const weight : weights) all = add(all, weight);
    token_counts made(ranks, weights.size(), 1);
    std::size_t const rows = rows_of(tokens, top_k, weights.size());
    for (std::size_t e = 0; e != weights.size(); ++e) {
      std::size_t const sent = multiply(rows, weights[e]);
      if (all == 0 || sent % all != 0)
        commfold::detail::fail<invalid_argument>(verb, "the share of expert {}, {} of {}, of {} tokens is no whole number", e, weights[e],
                                                 all, rows);
      made.table_[e] = sent / all;
      if (made.table_[e] > tokens)
        commfold::detail::fail<invalid_argument>(verb, "expert {} would get {} of {} tokens, each of which goes there once at most", e,
                                                 made.table_[e], tokens);
    }
    return made;
  }

  [[nodiscard]] constexpr std::size_t ranks() const { return ranks_; }
  [[nodiscard]] constexpr std::size_t columns() const { return columns_; }
  [[nodiscard]] constexpr std::size_t operator()(std::size_t rank, std::size_t column) const {
    return table_[rank % rows_ * columns_ + column];
  }

  /// Counts by rank in place of counts by expert: rank r has the experts r * columns / ranks up to those of rank r + 1, and gets the tokens
  /// of all of them. `invalid_argument` where the ranks do not divide the experts.
  [[nodiscard]] constexpr token_counts by_rank() const {
    if (columns_ % ranks_ != 0) commfold::detail::fail<invalid_argument>(verb, "{} ranks do not divide {} experts", ranks_, columns_);
    token_counts made(ranks_, ranks_, rows_);
    std::size_t const held = columns_ / ranks_;
    for (std::size_t r = 0; r != rows_; ++r)
      for (std::size_t e = 0; e != columns_; ++e) {
        std::size_t& to = made.table_[r * ranks_ + e / held];
        to = add(to, table_[r * columns_ + e]);
      }
    return made;
  }

 private:
  static constexpr char const* verb = "commfold::parallel::expert::token_counts";

  /// `rows`: those that are kept, one where all ranks have the same. A table of every rank would not fit into a constant: clang gives up at
  /// the counts of DeepSeek-V3's 256 experts on 64 ranks.
  constexpr token_counts(std::size_t ranks, std::size_t columns, std::size_t rows)
      : ranks_(ranks), columns_(columns), rows_(rows), table_(multiply(rows, columns), std::size_t{0}) {
    if (ranks == 0 || columns == 0)
      commfold::detail::fail<invalid_argument>(verb, "tokens go from ranks to experts, not from {} to {}", ranks, columns);
  }

  static constexpr std::size_t rows_of(std::size_t tokens, std::size_t top_k, std::size_t experts) {
    if (top_k > experts) commfold::detail::fail<invalid_argument>(verb, "a token goes to {} different experts of {}", top_k, experts);
    return multiply(tokens, top_k);
  }

  std::size_t ranks_;
  std::size_t columns_;
  std::size_t rows_;
  std::vector<std::size_t> table_;
};

}  // namespace commfold::parallel::expert
