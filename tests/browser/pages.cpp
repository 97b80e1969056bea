// SPDX-License-Identifier: BSL-1.0
// Writes the pages that the browser test opens, and beside each the JSON report that is in it:  pages DIRECTORY
#include <examples/fsdp2.hpp>
#include <examples/transformer.hpp>

#include <commfold/op/table.hpp>
#include <commfold/report/html_report.hpp>
#include <commfold/report/json_report.hpp>
#include <commfold/trace/path_log.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <string>
#include <utility>

namespace cf = commfold;

namespace {

std::string directory;

void write(std::string const& file, std::string const& text) {
  std::ofstream out;
  out.exceptions(std::ios::failbit | std::ios::badbit);
  out.open(directory + "/" + file, std::ios::binary);
  out << text;
  out.close();
}

template <class... Traced>
void write_page(std::string const& name, Traced const&... traced) {
  write(name + ".html", cf::html_report(traced...));
  write(name + ".json", cf::json_report(traced...));
}

/// A log of these calls and its ledger.
class step {
 public:
  void add(cf::call_record const& call, std::string path = {}) {
    open_.add(call, 1);
    log_.add({call, std::move(path)}, 1);
  }
  void write_page(std::string const& name) const { ::write_page(name, cf::ledger<cf::dyn>(open_), log_); }

 private:
  cf::detail::open_ledger open_;
  cf::path_log log_;
};

/// Input, output and message of a call whose whole has these bytes.
cf::call_bytes gathered(std::size_t bytes, std::size_t ranks) { return {bytes / ranks, bytes, bytes}; }
cf::call_bytes scattered(std::size_t bytes, std::size_t ranks) { return {bytes, bytes / ranks, bytes}; }

/// Names that would be markup, and sizes that JavaScript's numbers cannot hold: 2^53 + 1, and one short of 2^63.
void odd() {
  constexpr std::size_t above = (std::size_t{1} << 53) + 1;
  step made;
  made.add({cf::c10d::barrier, "dp", 4, "", {}, {0, 0, 0}});
  made.add({cf::c10d::allreduce_, "<script>alert(1)</script>", 8, "a/b", cf::u8, {above, above, above}}, "layers[0].wq");
  made.add({cf::c10d::allreduce_, "<script>alert(1)</script>", 8, "a/b", cf::u8, {1, 1, 1}}, "layers[0].wq");
  made.add({cf::c10d::allreduce_, "\"&'\\", 2, "<!--<script>", cf::f32, {4, 4, 4}}, "<b>[\"a].b\\\"c\"].d");
  made.add({cf::c10d::allreduce_, "\"&'\\", 2, "<!--<script>", cf::f32, {INT64_MAX - 2 * above, 7, INT64_MAX - 2 * above}}, "layers[1].wq");
  made.add({cf::c10d_functional::all_gather_into_tensor, "\"&'\\", 2, "#1", cf::f32, gathered(4'000'000'000'000'000, 2)}, "layers[1].wk");
  made.write_page("odd");
}

/// A unit for each tensor: gathered, and reduced in the reverse order.
void paths() {
  constexpr std::array tensors{std::pair{"attention.wq", 33'554'432},     std::pair{"attention.wk", 8'388'608},
                               std::pair{"attention.wv", 8'388'608},      std::pair{"attention.wo", 33'554'432},
                               std::pair{"feed_forward.w1", 117'440'512}, std::pair{"feed_forward.w2", 117'440'512},
                               std::pair{"feed_forward.w3", 117'440'512}, std::pair{"norm", 8'192}};
  constexpr std::size_t layers = 32, ranks = 8;
  constexpr std::size_t embedding = 1'050'673'152;
  step made;
  auto const gather = [&](std::string const& path, char const* phase, std::size_t bytes) {
    made.add({cf::c10d_functional::all_gather_into_tensor, "dp", ranks, phase, cf::bf16, gathered(bytes, ranks)}, path);
  };
  auto const in_layer = [](std::size_t layer, std::string const& tensor) { return "layers[" + std::to_string(layer) + "]." + tensor; };
  gather("embed", "forward", embedding);
  for (std::size_t layer = 0; layer != layers; ++layer) {
    for (auto const& [tensor, bytes] : tensors) gather(in_layer(layer, tensor), "forward/layer", static_cast<std::size_t>(bytes));
    made.add({cf::c10d_functional::all_reduce, "tp", 2, "forward/layer", cf::bf16, {67'108'864, 67'108'864, 67'108'864}});
  }
  gather("head", "forward", embedding);
  for (std::size_t layer = layers; layer-- != 0;)
    for (auto const& [tensor, bytes] : tensors)
      made.add({cf::c10d_functional::reduce_scatter_tensor, "dp", ranks, "backward/layer", cf::f32,
                scattered(2 * static_cast<std::size_t>(bytes), ranks)},
               in_layer(layer, tensor));
  made.add({cf::c10d_functional::all_reduce, "pp", 4, "clip", cf::f32, {4, 4, 4}});
  made.write_page("paths");
}

void many() {
  step made;
  for (std::size_t i = 0; i != 20'000; ++i) {
    bool const forward = i < 8'000;
    std::size_t const bytes = 64 + (i * 7919 % 1000) * 4096;
    std::string const path = "layers[" + std::to_string(i % 125) + "].experts[" + std::to_string(i / 125 % 16) + "]";
    if (i % 3 == 0)
      made.add({cf::c10d_functional::all_gather_into_tensor, "dp", 64, forward ? "forward" : "backward", cf::bf16, gathered(bytes, 64)},
               path);
    else
      made.add({cf::c10d_functional::all_to_all_single,
                "ep",
                8,
                forward ? "forward/experts" : "backward/experts",
                cf::bf16,
                {bytes, bytes, bytes}},
               path);
  }
  made.write_page("many");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  directory = argv[1];

  using llama_3_8b = transformer::llama<cf::bf16, 32, 128256, 4096, 14336, 4096, 1024>;
  constexpr cf::process_group<"dp", 8> dp;
  constexpr fsdp2::options in_float{.reduce_dtype = cf::f32};
  auto const traffic = cf::trace(fsdp2::step, llama_3_8b{}, dp, in_float);
  write_page("fsdp2", traffic);
  write_page("fsdp2_log", traffic, cf::log(fsdp2::step, llama_3_8b{}, dp, in_float));

  step{}.write_page("nothing");
  odd();
  paths();
  many();
}
