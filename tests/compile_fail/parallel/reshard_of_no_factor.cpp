// SPDX-License-Identifier: BSL-1.0
// error: which does not divide the {} ranks of the shard axis
#include <commfold/parallel/fsdp.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace fsdp = cf::parallel::fsdp;

#ifdef SHOULD_FAIL
constexpr fsdp::policy chosen{.reshard_after_forward = 3};
#else
constexpr fsdp::policy chosen{.reshard_after_forward = 2};
#endif

constexpr auto traffic = cf::trace([](auto& comm) {
  fsdp::sharded_model model(fsdp::fully_shard(cf::tensor<cf::bf16, 8>{}), chosen,
                            fsdp::mesh{cf::process_group<"dp", 4>{}, cf::parallel::no_axis{}, cf::process_group<"pair", 2>{}});
  model.forward(comm);
});

int main() { static_cast<void>(traffic); }
