// SPDX-License-Identifier: BSL-1.0
// A configuration of any family is refused, or planned with the parameters of its tree.
#include <src/model_config.hpp>
#include <src/plan/plan.hpp>

#include <tests/fuzz/expect.hpp>

#include <commfold/error.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace io = commfold::io;

namespace {

__extension__ using wide = unsigned __int128;

/// Modulo 2^128; no product of five extents that are read reaches it.
wide elements(io::module const& m) {
  wide n = 0;
  for (io::parameter const& p : m.parameters) {
    wide one = p.copies;
    for (std::size_t const extent : p.shape) one *= extent;
    n += one;
  }
  return n;
}

wide parameters_of(io::model_tree const& tree) {
  wide n = 0;
  for (io::module const& part : tree.outside) n += elements(part);
  for (io::layer_stack const& stack : tree.stacks)
    for (io::layer_run const& run : stack.runs) n += run.count * elements(stack.kinds[run.kind]);
  return n;
}

void expect_right(io::model const& m, io::expert_layout experts) {
  io::plan made;
  try {
    made = io::make_plan(m, {.mesh = {{io::axis::dp, 8}}, .experts = experts, .pad = true});
  } catch (commfold::overflow_error const&) {
    fuzz::expect(parameters_of(m.tree) > (wide{1} << 56), "what overflows is large");
    return;
  }
  fuzz::expect(made.parameters == parameters_of(m.tree), "the parameters are those of the tree");
  fuzz::expect(!made.active || *made.active <= made.parameters, "a token meets no more than there is");
  fuzz::expect(made.traffic.calls() == 3 * m.tree.layers() + 2, "each layer is gathered twice and reduced once");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text = fuzz::text_of(data, size);
  fuzz::read(
      text,
      [&] {
        io::model m = io::read_model_config("config.json", text, {});
        fuzz::expect(m.dtype || !m.without_dtype.empty(), "a dtype that is missing is told");
        fuzz::expect(m.tree.layers() != 0, "a model has layers");
        if (!m.dtype || m.tree.layers() > 1000) return;
        m.dtype = commfold::bf16;
        expect_right(m, io::expert_layout::separate);
        if (m.tree.experts != 0) expect_right(m, io::expert_layout::fused);
      },
      "config.json:");
  return 0;
}
