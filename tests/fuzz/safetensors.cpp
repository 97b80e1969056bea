// SPDX-License-Identifier: BSL-1.0
// A checkpoint's head, with its length before it or alone, and an index are refused, or have tensors that lie behind each other and are all
// in the plan.
#include <src/json_file.hpp>
#include <src/plan/plan.hpp>
#include <src/safetensors.hpp>

#include <tests/fuzz/expect.hpp>

#include <commfold/error.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace io = commfold::io;

namespace {

void expect_planned(std::vector<io::saved_tensor> const& tensors) {
  io::model m = io::model_of_tensors("model.safetensors", tensors);
  std::size_t held = 0;
  for (io::module const& part : m.tree.outside) held += part.parameters.size();
  for (io::layer_stack const& stack : m.tree.stacks)
    for (io::layer_run const& run : stack.runs) held += run.count * stack.kinds[run.kind].parameters.size();
  fuzz::expect(held == tensors.size(), "every tensor is in the tree");
  std::size_t bytes = 0, planned = 0;
  for (io::saved_tensor const& t : tensors) bytes += t.bytes;
  try {
    planned = io::make_plan(m, {.mesh = {{io::axis::dp, 3}}, .pad = true}).parameters;
  } catch (commfold::overflow_error const&) {
    return;
  } catch (io::input_error const& error) {
    fuzz::expect_printable(error.what());
    return;
  }
  fuzz::expect(planned <= bytes / 2, "what is planned has two bytes or more each");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text = fuzz::text_of(data, size);
  // A file of safetensors has bytes 0 by right, so that only what is refused is held against the rules of a text.
  try {
    expect_planned(io::read_safetensors("model.safetensors", text));
  } catch (io::input_error const& error) {
    std::string_view const told = error.what();
    fuzz::expect(told.size() <= io::longest_message && told.starts_with("model.safetensors:"), "an error is short and names the file",
                 told);
    fuzz::expect_printable(told);
  }
  fuzz::read(
      text,
      [&] {
        io::json_file const file("model.json", text);
        if (io::kind_of(file.root()) == io::model_file_kind::safetensors_index)
          fuzz::expect(!io::read_safetensors_index(file).tensors.empty(), "an index names tensors");
        else
          expect_planned(io::read_safetensors_head(file));
      },
      "model.json:");
  return 0;
}
