// SPDX-License-Identifier: BSL-1.0
// Bytes of exchanges, worked out by hand. Which calls they make is held against PyTorch in tests/runtime/parallel/expert_rows_test.cpp.
#include <commfold/parallel/expert/exchange.hpp>

#include <commfold/group/process_group.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace expert = cf::parallel::expert;
using expert::token_counts;

namespace {

constexpr expert::token_shape shape{.dtype = cf::bf16, .hidden = 64};

constexpr auto step = [](auto& comm, auto const& ep) {
  expert::expert_exchange const experts(token_counts::of({{1, 2, 3, 4}, {5, 6, 7, 8}}), shape, ep, 0);
  experts.forward(comm);
  experts.backward(comm);
};
// Rank 0 sends 3 and 7 tokens and gets 3 and 11: 10 * 64 * 2 bytes go out to the experts and 14 * 64 * 2 come back, in both directions; and
// 4 counts of 8 bytes.
constexpr auto traffic = cf::trace(step, cf::process_group<"ep", 2>{});
static_assert(traffic.calls() == 5 && traffic.total().input_bytes == 4 * 8 + 2 * (10 + 14) * 64 * 2);

// A token once a node, and then to the ranks of the node: 4 nodes of 2 ranks.
constexpr auto hierarchical = [](auto& comm, auto const& nodes, auto const& local) {
  expert::rank_exchange const between(token_counts::even(4, 4, 8, 2), shape, nodes, 1);
  expert::rank_exchange const within(token_counts::of({{5, 6}, {7, 8}}), shape, local, 1);
  expert::hierarchical_exchange const both(between, within);
  both.dispatch(comm);
  both.combine(comm);
};
// 16 tokens to and from the nodes, 15 to and 14 from the ranks beside this one.
constexpr auto two = cf::trace(hierarchical, cf::process_group<"nodes", 4>{}, cf::process_group<"local", 2>{});
static_assert(two.calls() == 4 && two.total().input_bytes == (16 + 15 + 14 + 16) * 64 * 2);

constexpr auto alone = [](auto& comm, auto const& ep) {
  expert::expert_exchange(token_counts::even(1, 4, 8, 2), shape, ep, 0).forward(comm);
};
static_assert(cf::trace(alone, cf::process_group<"ep", 1>{}).calls() == 0);

}  // namespace
