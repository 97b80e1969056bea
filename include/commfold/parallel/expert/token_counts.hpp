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
  /// Of rows of one length. `invalid_argument` for no row and for rows of several lengths.
  [[nodiscard]] static constexpr token_counts of(std::vector<std::vector<std::size_t>> const& rows) {
    token_counts made(rows.size(), rows.empty() ? 0 : rows[0].size());
    if (made.columns_ == 0) commfold::detail::fail<invalid_argument>(verb, "there is no row, or a row has no number");
    for (std::size_t r = 0; r != rows.size(); ++r) {
      if (rows[r].size() != made.columns_)
        commfold::detail::fail<invalid_argument>(verb, "row {} has {} numbers, and row 0 has {}", r, rows[r].size(), made.columns_);
      for (std::size_t c = 0; c != made.columns_; ++c) made.table_[r * made.columns_ + c] = rows[r][c];
    }
    return made;
  }

  /// Every rank sends as many tokens to each of `experts` experts: tokens * top_k / experts. `invalid_argument` where that is no whole
  /// number: assume `capacity`, or give the counts.
  [[nodiscard]] static constexpr token_counts even(std::size_t ranks, std::size_t experts, std::size_t tokens, std::size_t top_k) {
    std::size_t const sent = multiply(tokens, top_k);
    if (experts == 0 || sent % experts != 0)
      commfold::detail::fail<invalid_argument>(verb, "{} experts do not share {} tokens evenly", experts, sent);
    return filled(ranks, experts, sent / experts);
  }

  /// Every expert takes C tokens of each rank, no more (others are dropped) and no less (others are padded):
  /// C = ⌈tokens * top_k * numerator / (experts * denominator)⌉ for a capacity factor of numerator / denominator. Source: GShard
  /// (arXiv 2006.16668), section 2.2; Switch Transformers (arXiv 2101.03961), section 2.2.
  [[nodiscard]] static constexpr token_counts capacity(std::size_t ranks, std::size_t experts, std::size_t tokens, std::size_t top_k,
                                                       std::size_t numerator, std::size_t denominator = 1) {
    if (experts == 0 || denominator == 0)
      commfold::detail::fail<invalid_argument>(verb, "a capacity is of experts, by a factor: {} experts, a denominator of {}", experts,
                                               denominator);
    return filled(ranks, experts, commfold::detail::ceil_div(multiply(tokens, top_k, numerator), multiply(experts, denominator)));
  }

  /// Expert e takes weights[e] / Σ weights of the tokens of each rank. `invalid_argument` where a share is no whole number of tokens.
  [[nodiscard]] static constexpr token_counts skewed(std::size_t ranks, std::vector<std::size_t> const& weights, std::size_t tokens,
                                                     std::size_t top_k) {
    std::size_t all = 0;
    for (std::size_t const weight : weights) all = add(all, weight);
    token_counts made(ranks, weights.size());
    for (std::size_t e = 0; e != weights.size(); ++e) {
      std::size_t const sent = multiply(tokens, top_k, weights[e]);
      if (all == 0 || sent % all != 0)
        commfold::detail::fail<invalid_argument>(verb, "the share of expert {}, {} of {}, of {} tokens is no whole number", e, weights[e],
                                                 all, multiply(tokens, top_k));
      for (std::size_t r = 0; r != ranks; ++r) made.table_[r * weights.size() + e] = sent / all;
    }
    return made;
  }

  [[nodiscard]] constexpr std::size_t ranks() const { return ranks_; }
  [[nodiscard]] constexpr std::size_t columns() const { return columns_; }
  [[nodiscard]] constexpr std::size_t operator()(std::size_t rank, std::size_t column) const { return table_[rank * columns_ + column]; }

  /// The same tokens by the rank that has the expert, each rank having columns / ranks of them in order. `invalid_argument` where the
  /// ranks do not divide the experts.
  [[nodiscard]] constexpr token_counts by_rank() const {
    if (columns_ % ranks_ != 0) commfold::detail::fail<invalid_argument>(verb, "{} ranks do not divide {} experts", ranks_, columns_);
    token_counts made(ranks_, ranks_);
    std::size_t const held = columns_ / ranks_;
    for (std::size_t r = 0; r != ranks_; ++r)
      for (std::size_t e = 0; e != columns_; ++e) {
        std::size_t& to = made.table_[r * ranks_ + e / held];
        to = add(to, (*this)(r, e));
      }
    return made;
  }

 private:
  static constexpr char const* verb = "commfold::parallel::expert::token_counts";

  constexpr token_counts(std::size_t ranks, std::size_t columns)
      : ranks_(ranks), columns_(columns), table_(multiply(ranks, columns), std::size_t{0}) {}

  static constexpr token_counts filled(std::size_t ranks, std::size_t columns, std::size_t with) {
    token_counts made(ranks, columns);
    for (std::size_t& one : made.table_) one = with;
    return made;
  }

  std::size_t ranks_;
  std::size_t columns_;
  std::vector<std::size_t> table_;
};

}  // namespace commfold::parallel::expert
