// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/expert/routes.hpp
/// Counts from the experts that each token chose, where a token goes once to a rank, or once to a node, however many of its experts are
/// there.

#include <commfold/error.hpp>
#include <commfold/parallel/expert/token_counts.hpp>
#include <commfold/size/arithmetic.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace commfold::parallel::expert {

/// Which experts each token chose: `chosen[r][t]` has those of token t of rank r, all different, of E experts. Rank r has experts
/// r * E / P to below (r + 1) * E / P, and node a, of G ranks, those of ranks a * G to below (a + 1) * G.
class routes {
 public:
  using experts_of_token = std::vector<std::size_t>;

  /// `invalid_argument` for an expert that is not there or stands twice, and where the ranks do not divide the experts.
  constexpr routes(std::size_t experts, std::vector<std::vector<experts_of_token>> chosen) : experts_(experts), chosen_(std::move(chosen)) {
    if (chosen_.empty() || experts_ == 0 || experts_ % chosen_.size() != 0)
      commfold::detail::fail<invalid_argument>(verb, "{} ranks do not divide {} experts", chosen_.size(), experts_);
    for (auto const& tokens : chosen_)
      for (experts_of_token const& token : tokens)
        for (std::size_t i = 0; i != token.size(); ++i) {
          if (token[i] >= experts_) commfold::detail::fail<invalid_argument>(verb, "a token chose expert {} of {}", token[i], experts_);
          for (std::size_t before = 0; before != i; ++before)
            if (token[before] == token[i]) commfold::detail::fail<invalid_argument>(verb, "a token chose expert {} twice", token[i]);
        }
  }

  /// By expert, k rows for a token that chose k: what torchtitan sends.
  [[nodiscard]] constexpr token_counts once_per_expert() const {
    table made;
    for (std::size_t r = 0; r != ranks(); ++r) made.push_back(row(r, 0, 1, experts_));
    return token_counts::of(made);
  }

  /// By rank: n(i, j) = how many tokens of rank i chose any expert of rank j. At most min(k, P) rows for a token. Source:
  /// `is_token_in_rank` of `get_dispatch_layout` in deep_ep/buffer.py of github.com/deepseek-ai/DeepEP, version 1.
  [[nodiscard]] constexpr token_counts once_per_rank() const {
    table made;
    for (std::size_t i = 0; i != ranks(); ++i) made.push_back(row(i, 0, held(), ranks()));
    return token_counts::of(made);
  }

  /// The first half of a `hierarchical_exchange`, among the ranks at one place of their nodes: n(a, b) = how many tokens of that rank of
  /// node a chose any expert of node b. A token that chose experts of M nodes counts M times, not k times, which is why DeepSeek-V3 limits
  /// M (arXiv 2412.19437, section 2.1.2). `invalid_argument` where `ranks_per_node` does not divide the ranks, or there is no such place.
  [[nodiscard]] constexpr token_counts once_per_node(std::size_t ranks_per_node, std::size_t place) const {
    expect_nodes(ranks_per_node);
    if (place >= ranks_per_node)
      commfold::detail::fail<invalid_argument>(verb, "a node of {} ranks has no place {}", ranks_per_node, place);
    std::size_t const nodes = ranks() / ranks_per_node;
    table made;
    for (std::size_t a = 0; a != nodes; ++a) made.push_back(row(a * ranks_per_node + place, 0, held() * ranks_per_node, nodes));
    return token_counts::of(made);
  }

  /// The second half, among the ranks of one node: n(i, j) = how many tokens of all ranks at place i, of any node, chose any expert of the
  /// node's rank j. `invalid_argument` as for `once_per_node`.
  [[nodiscard]] constexpr token_counts once_within_node(std::size_t ranks_per_node, std::size_t node) const {
    expect_nodes(ranks_per_node);
    if (node >= ranks() / ranks_per_node)
      commfold::detail::fail<invalid_argument>(verb, "there is no node {} of {}", node, ranks() / ranks_per_node);
    table made;
    for (std::size_t i = 0; i != ranks_per_node; ++i) {
      made.push_back(std::vector<std::size_t>(ranks_per_node, 0));
      for (std::size_t r = i; r < ranks(); r += ranks_per_node) {
        std::vector<std::size_t> const passed_on = row(r, node * ranks_per_node * held(), held(), ranks_per_node);
        for (std::size_t j = 0; j != ranks_per_node; ++j) made[i][j] = add(made[i][j], passed_on[j]);
      }
    }
    return token_counts::of(made);
  }

  [[nodiscard]] constexpr std::size_t ranks() const { return chosen_.size(); }
  [[nodiscard]] constexpr std::size_t experts() const { return experts_; }

 private:
  using table = std::vector<std::vector<std::size_t>>;
  static constexpr char const* verb = "commfold::parallel::expert::routes";

  constexpr void expect_nodes(std::size_t ranks_per_node) const {
    if (ranks_per_node == 0 || ranks() % ranks_per_node != 0)
      commfold::detail::fail<invalid_argument>(verb, "{} ranks are not on nodes of {}", ranks(), ranks_per_node);
  }

  [[nodiscard]] constexpr std::size_t held() const { return experts_ / ranks(); }

  /// For each of `columns` runs of `width` experts, from `first` on: how many tokens of a rank chose at least one of them.
  [[nodiscard]] constexpr std::vector<std::size_t> row(std::size_t rank, std::size_t first, std::size_t width, std::size_t columns) const {
    std::vector<std::size_t> made(columns, 0);
    for (experts_of_token const& token : chosen_[rank])
      for (std::size_t c = 0; c != columns; ++c)
        for (std::size_t const expert : token)
          if (expert >= first + c * width && expert < first + (c + 1) * width) {
            ++made[c];
            break;
          }
    return made;
  }

  std::size_t experts_;
  std::vector<std::vector<experts_of_token>> chosen_;
};

/// How many of P ranks a token goes to on the average, if it chooses k of E experts and all choices are alike likely:
/// P * (1 - C(E - E / P, k) / C(E, k)). It is a mean and no number of rows; counts need an assumption, as that each token goes to m ranks,
/// evenly: `token_counts::even(P, P, tokens, m)`. `invalid_argument` where P does not divide E, and for k above E.
[[nodiscard]] constexpr double mean_ranks_of_token(std::size_t experts, std::size_t top_k, std::size_t ranks) {
  constexpr char const* verb = "commfold::parallel::expert::mean_ranks_of_token";
  if (ranks == 0 || experts % ranks != 0)
    commfold::detail::fail<invalid_argument>(verb, "{} ranks do not divide {} experts", ranks, experts);
  if (top_k > experts) commfold::detail::fail<invalid_argument>(verb, "a token goes to {} different experts of {}", top_k, experts);
  std::size_t const elsewhere = experts - experts / ranks;
  double misses_one_rank = 1;
  for (std::size_t i = 0; i != top_k; ++i)
    misses_one_rank *= i < elsewhere ? static_cast<double>(elsewhere - i) / static_cast<double>(experts - i) : 0.0;
  return static_cast<double>(ranks) * (1 - misses_one_rank);
}

}  // namespace commfold::parallel::expert
