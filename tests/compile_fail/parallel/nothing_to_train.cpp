// SPDX-License-Identifier: BSL-1.0
// error: no parameter of the model needs a gradient
#include <commfold/parallel/ddp.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace ddp = cf::parallel::ddp;

constexpr cf::tensor<cf::f32, 8> weight{};

constexpr auto traffic = cf::trace([](auto& comm) {
#ifdef SHOULD_FAIL
  auto const pieces = ddp::pieces_of(cf::parallel::frozen(weight));
#else
  auto const pieces = ddp::pieces_of(cf::parallel::frozen(weight), weight);
#endif
  ddp::replicated_model model(pieces, {}, {}, cf::process_group<"world", 4>{});
  model.backward(comm);
});

int main() { static_cast<void>(traffic); }
