// SPDX-License-Identifier: BSL-1.0
// error: is in two units; put both modules in one, as fully_shard
#include <commfold/parallel/fsdp.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace fsdp = cf::parallel::fsdp;
using cf::parallel::tied;

constexpr cf::tensor<cf::bf16, 8, 4> embedding{};

constexpr auto traffic = cf::trace([](auto& comm) {
#ifdef SHOULD_FAIL
  auto const units = fsdp::fully_shard(fsdp::fully_shard(tied("head", embedding)), fsdp::fully_shard(tied("head", embedding)));
#else
  auto const units = fsdp::fully_shard(tied("head", embedding), fsdp::fully_shard(embedding), tied("head", embedding));
#endif
  fsdp::sharded_model model(units, fsdp::policy{}, fsdp::mesh{cf::process_group<"dp", 4>{}});
  model.forward(comm);
});

int main() { static_cast<void>(traffic); }
