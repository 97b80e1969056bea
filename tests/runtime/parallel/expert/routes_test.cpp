// SPDX-License-Identifier: BSL-1.0
// Counts of tokens that go once to a rank or a node, against sets: random choices of 16 experts on 8 ranks, 4 ranks to a node.
#include <commfold/parallel/expert.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <random>
#include <set>
#include <vector>

namespace expert = commfold::parallel::expert;
using expert::token_counts;

namespace {

constexpr std::size_t experts = 16, ranks = 8, ranks_per_node = 4, held = experts / ranks, nodes = ranks / ranks_per_node;
using table = std::vector<std::vector<std::size_t>>;
using chosen_experts = std::vector<std::vector<std::vector<std::size_t>>>;

chosen_experts random_choices(std::mt19937& random) {
  chosen_experts made(ranks);
  for (auto& tokens : made) {
    tokens.resize(random() % 20);
    for (auto& token : tokens) {
      std::size_t const chooses = 1 + random() % 6;
      std::set<std::size_t> different;
      while (different.size() != chooses) different.insert(random() % experts);
      token.assign(different.begin(), different.end());
    }
  }
  return made;
}

/// A table in which `add_to(table, rank, ranks that a token of it goes to)` counts every token.
template <class Add>
table counted(chosen_experts const& chosen, std::size_t rows, std::size_t columns, Add const& add_to) {
  table made(rows, std::vector<std::size_t>(columns, 0));
  for (std::size_t r = 0; r != ranks; ++r)
    for (auto const& token : chosen[r]) {
      std::set<std::size_t> to;
      for (std::size_t const e : token) to.insert(e / held);
      add_to(made, r, to);
    }
  return made;
}

void check(token_counts const& ours, table const& theirs) {
  REQUIRE(ours.ranks() == theirs.size());
  for (std::size_t r = 0; r != theirs.size(); ++r) {
    REQUIRE(ours.columns() == theirs[r].size());
    for (std::size_t c = 0; c != theirs[r].size(); ++c) CHECK(ours(r, c) == theirs[r][c]);
  }
}

}  // namespace

TEST_CASE("tokens go once to a rank, and once to a node", "[parallel][expert]") {
  std::mt19937 random(1);
  for (int program = 0; program != 50; ++program) {
    INFO("program " << program);
    chosen_experts const chosen = random_choices(random);
    expert::routes const routes(experts, chosen);

    check(routes.once_per_rank(), counted(chosen, ranks, ranks, [](table& to, std::size_t r, std::set<std::size_t> const& goes) {
            for (std::size_t const p : goes) ++to[r][p];
          }));
    for (std::size_t place = 0; place != ranks_per_node; ++place)
      check(routes.once_per_node(ranks_per_node, place),
            counted(chosen, nodes, nodes, [place](table& to, std::size_t r, std::set<std::size_t> const& goes) {
              if (r % ranks_per_node != place) return;
              std::set<std::size_t> to_nodes;
              for (std::size_t const p : goes) to_nodes.insert(p / ranks_per_node);
              for (std::size_t const n : to_nodes) ++to[r / ranks_per_node][n];
            }));
    for (std::size_t node = 0; node != nodes; ++node)
      check(routes.once_within_node(ranks_per_node, node),
            counted(chosen, ranks_per_node, ranks_per_node, [node](table& to, std::size_t r, std::set<std::size_t> const& goes) {
              for (std::size_t const p : goes)
                if (p / ranks_per_node == node) ++to[r % ranks_per_node][p % ranks_per_node];
            }));

    // torchtitan's rows, one for each choice, are at least as many.
    std::size_t once = 0, each = 0, choices = 0;
    token_counts const by_rank = routes.once_per_rank(), by_choice = routes.once_per_expert().by_rank();
    for (std::size_t i = 0; i != ranks; ++i) {
      for (std::size_t j = 0; j != ranks; ++j) {
        CHECK(by_rank(i, j) <= by_choice(i, j));
        once += by_rank(i, j);
        each += by_choice(i, j);
      }
      for (auto const& token : chosen[i]) choices += token.size();
    }
    CHECK(each == choices);
    CHECK(once <= each);
  }
}

TEST_CASE("a token meets as many ranks on the average as random ones do", "[parallel][expert]") {
  std::mt19937 random(2);
  constexpr std::size_t k = 4, tokens = 20000;
  std::size_t met = 0;
  for (std::size_t t = 0; t != tokens; ++t) {
    std::set<std::size_t> chosen, on;
    while (chosen.size() != k) chosen.insert(random() % experts);
    for (std::size_t const e : chosen) on.insert(e / held);
    met += on.size();
  }
  double const mean = static_cast<double>(met) / static_cast<double>(tokens);
  // 20,000 tokens know the mean to about 0.005.
  CHECK(expert::mean_ranks_of_token(experts, k, ranks) > mean - 0.02);
  CHECK(expert::mean_ranks_of_token(experts, k, ranks) < mean + 0.02);
}
