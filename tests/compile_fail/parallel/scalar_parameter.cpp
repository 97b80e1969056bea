// SPDX-License-Identifier: BSL-1.0
// error: a parameter of rank 0 cannot be sharded; give it one dimension of extent 1
#include <commfold/parallel/fsdp.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace fsdp = cf::parallel::fsdp;

#ifdef SHOULD_FAIL
using scale = cf::tensor<cf::bf16>;
#else
using scale = cf::tensor<cf::bf16, 1>;
#endif

constexpr auto traffic = cf::trace([](auto& comm) {
  fsdp::sharded_model model(fsdp::fully_shard(scale{}), fsdp::policy{}, fsdp::mesh{cf::process_group<"dp", 4>{}});
  model.forward(comm);
});

int main() { static_cast<void>(traffic); }
