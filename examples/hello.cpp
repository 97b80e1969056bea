#include <commfold/commfold.hpp>

#include <array>
#include <cstdio>

namespace cf = commfold;
using namespace cf::literals;

struct layer {
  cf::tensor<cf::bf16, 4096, 4096> w;  // a dtype and a shape: no data, no storage, an empty type
  cf::tensor<cf::bf16, 4096> b;
};
using model = std::array<layer, 32>;
static_assert(cf::sum_tensors_v<model> == 32 * (4096 * 4096 + 4096) * 2);

constexpr auto step = [](auto& comm, auto const& gradients, auto const& group) {
  comm.phase("backward", [&] { comm.for_each(gradients, [&](auto const& l) { comm.all_reduce(l, cf::avg, group); }); });
};

constexpr auto traffic = cf::trace(step, model{}, cf::process_group<"dp", 8>{});
static_assert(traffic.calls() == 64);
COMMFOLD_ASSERT_BUDGET(traffic, cf::budget{.of = {.phase = "backward"}, .message_bytes = {.at_least = 1_GB, .at_most = 1100_MB}});

int main() { std::fputs(cf::text_report(traffic).c_str(), stdout); }
