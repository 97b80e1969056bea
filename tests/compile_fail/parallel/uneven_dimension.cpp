// SPDX-License-Identifier: BSL-1.0
// error: only dimension 0 is padded
#include <commfold/parallel/fsdp.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace fsdp = cf::parallel::fsdp;

#ifdef SHOULD_FAIL
using weight = cf::tensor<cf::bf16, 8, 6>;
#else
using weight = cf::tensor<cf::bf16, 8, 12>;
#endif

constexpr auto traffic = cf::trace([](auto& comm) {
  fsdp::sharded_model model(fsdp::fully_shard(fsdp::cut_along(1, weight{})), fsdp::policy{}, fsdp::mesh{cf::process_group<"dp", 4>{}});
  model.forward(comm);
});

int main() { static_cast<void>(traffic); }
