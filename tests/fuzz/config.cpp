// SPDX-License-Identifier: BSL-1.0
// A configuration is refused, or its plan has the parameters that a formula gives.
#include <src/model_config.hpp>
#include <src/plan.hpp>

#include <tests/fuzz/expect.hpp>

#include <commfold/error.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace io = commfold::io;

namespace {

__extension__ using wide = unsigned __int128;

/// By formula, modulo 2^128; no product of five extents that are read reaches it.
wide parameters_of(io::model_config const& c) {
  wide const attention = wide{2} * c.query * c.hidden + wide{2} * c.key_value * c.hidden, mlp = wide{3} * c.intermediate * c.hidden;
  wide const feed_forward = c.experts == 0 ? mlp : c.experts * (mlp + c.hidden);
  return c.layers * (attention + feed_forward + 2 * c.hidden) + wide{c.tied ? 1u : 2u} * c.vocabulary * c.hidden + c.hidden;
}

void expect_right(io::model_config const& c, io::expert_layout experts) {
  io::plan made;
  try {
    made = io::make_plan(c, {.ranks = 8, .fsdp = {}, .experts = experts, .pad = true});
  } catch (commfold::overflow_error const&) {
    fuzz::expect(parameters_of(c) > (wide{1} << 56), "what overflows is large");
    return;
  }
  fuzz::expect(made.parameters == parameters_of(c), "the parameters are those of the formula");
  fuzz::expect(made.traffic.calls() == 3 * c.layers + 2, "each layer is gathered twice and reduced once");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text = fuzz::text_of(data, size);
  fuzz::read(
      text,
      [&] {
        io::model_config c = io::read_model_config("config.json", text, {});
        fuzz::expect(c.dtype || !c.without_dtype.empty(), "a dtype that is missing is told");
        if (!c.dtype || c.layers > 1000 || c.experts > 1000) return;
        c.dtype = commfold::bf16;
        expect_right(c, io::expert_layout::separate);
        if (c.experts != 0) expect_right(c, io::expert_layout::fused);
      },
      "config.json:");
  return 0;
}
