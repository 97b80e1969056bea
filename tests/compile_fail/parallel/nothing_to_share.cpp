// SPDX-License-Identifier: BSL-1.0
// error: no parameter of the model needs a gradient: there is nothing to share
#include <commfold/group/process_group.hpp>
#include <commfold/parallel/zero.hpp>
#include <commfold/trace/trace.hpp>

#include <vector>

namespace cf = commfold;
namespace zero = cf::parallel::zero;

#ifdef SHOULD_FAIL
constexpr bool trainable = false;
#else
constexpr bool trainable = true;
#endif
constexpr auto traffic = cf::trace([](auto& comm) {
  std::vector<zero::module> const modules{{{cf::bf16, 64, 2, 8, trainable}}};
  zero::partitioned_model(zero::stage::gradients, modules, cf::process_group<"dp", 4>{}).backward(comm);
});

int main() { static_cast<void>(traffic); }
