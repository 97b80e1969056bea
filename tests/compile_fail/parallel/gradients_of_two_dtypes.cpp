// SPDX-License-Identifier: BSL-1.0
// error: FSDP2 reduces one dtype; set reduce_dtype or param_dtype, or freeze the others
#include <commfold/parallel/fsdp.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace fsdp = cf::parallel::fsdp;

#ifdef SHOULD_FAIL
constexpr fsdp::policy chosen{};
#else
constexpr fsdp::policy chosen{.reduce_dtype = cf::f32};
#endif

constexpr auto traffic = cf::trace([](auto& comm) {
  fsdp::sharded_model model(fsdp::fully_shard(cf::tensor<cf::bf16, 8>{}, cf::tensor<cf::f32, 8>{}), chosen,
                            fsdp::mesh{cf::process_group<"dp", 4>{}});
  model.forward(comm);
});

int main() { static_cast<void>(traffic); }
