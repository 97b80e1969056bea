// SPDX-License-Identifier: BSL-1.0
// A budget is refused, or what it says of a report is a line for each number.
#include <src/budget_file.hpp>
#include <src/check_report.hpp>
#include <src/wire_setup.hpp>

#include <tests/fuzz/expect.hpp>

#include <commfold/commfold.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cf = commfold;
namespace io = commfold::io;

namespace {

cf::ledger<cf::dyn> traffic() {
  return cf::trace<cf::dyn>([](auto& comm) {
    cf::tensor<cf::f32, 100> const tensor;
    cf::process_group<"dp", 8> const dp;
    comm.phase("forward", [&] { comm.all_gather(tensor, dp); });
    comm.phase("back\n\x1b[2J`", [&] { comm.all_reduce(tensor, cf::sum, dp); });
    comm.barrier(dp);
  });
}

io::wire_options nccl() {
  io::wire_options given;
  given.backend = "nccl";
  given.machine = "h100-8nic";
  given.mesh = "dp=8";
  given.gpus_per_node = "4";
  return given;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static cf::ledger<cf::dyn> const checked = traffic();
  std::string_view const text = fuzz::text_of(data, size);
  fuzz::read(
      text,
      [&] {
        io::budget_file const budget("budget.json", text);
        fuzz::expect(!budget.rules().empty(), "a budget has rules");
        static io::wire_setup const by(nccl());
        for (io::wording const as : {io::wording::text, io::wording::markdown}) {
          io::verdict const all = io::check_report(checked, budget, as, &by);
          fuzz::expect_printable_lines(all.words);
          fuzz::expect(all.kept == all.words.starts_with("within budget: "), "the words are the verdict", all.words);
        }
      },
      "budget.json:");
  return 0;
}
