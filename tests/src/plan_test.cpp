// SPDX-License-Identifier: BSL-1.0
// The plan of a model: the same at compile time and at run time, and call by call what PyTorch's FSDP2 does.
#include <src/model_config.hpp>
#include <src/plan/plan.hpp>

#include <examples/fsdp2.hpp>
#include <examples/transformer.hpp>

#include <tests/support/oracle.hpp>
#include <tests/support/shell.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace cf = commfold;
namespace io = commfold::io;

namespace {

io::model model(std::string const& name) { return io::read_model_config(std::string(COMMFOLD_MODELS) + "/" + name + ".json"); }

/// A model of examples/models with other values of some keys.
io::model changed(std::string const& name, nlohmann::json const& keys) {
  nlohmann::json config = nlohmann::json::parse(shell::contents(std::string(COMMFOLD_MODELS) + "/" + name + ".json"));
  config.update(keys);
  return io::read_model_config("changed.json", config.dump(), {});
}

io::plan plan(std::string const& name, std::size_t ranks = 8, fsdp2::options const& with = {}) {
  return io::make_plan(model(name), {.mesh = {{io::axis::dp, ranks}},
                                     .param_dtype = with.param_dtype,
                                     .reduce_dtype = with.reduce_dtype,
                                     .reshard_after_forward = with.reshard_after_forward});
}

using tiny = transformer::llama<cf::bf16, 2, 32000, 512, 1408, 512, 128>;
using llama_3_8b = transformer::llama<cf::bf16, 32, 128256, 4096, 14336, 4096, 1024>;
using llama_3_70b = transformer::llama<cf::bf16, 80, 128256, 8192, 28672, 8192, 1024>;
using mixtral_8x22b = transformer::mixtral<cf::bf16, 56, 32000, 6144, 16384, 6144, 1024, 8>;

constexpr cf::process_group<"dp", 8> dp;
constexpr fsdp2::options kept{.reshard_after_forward = false};
constexpr fsdp2::options mixed{.reduce_dtype = cf::f32};

std::size_t message_bytes(cf::call_record const& call) {
  auto const [input, output, message] = call.bytes();
  return message;
}

template <class Model>
constexpr auto traced(fsdp2::options const& with) {
  return cf::trace(fsdp2::step, Model{}, dp, with);
}

}  // namespace

TEST_CASE("the published numbers of parameters", "[plan]") {
  STATIC_REQUIRE(transformer::parameters(llama_3_8b{}) == 8'030'261'248);
  STATIC_REQUIRE(transformer::parameters(llama_3_70b{}) == 70'553'706'496);
  STATIC_REQUIRE(transformer::parameters(mixtral_8x22b{}) == 140'620'634'112);
  CHECK(plan("llama-3-8b").parameters == 8'030'261'248);
  CHECK(plan("llama-3-70b").parameters == 70'553'706'496);
  CHECK(plan("mixtral-8x22b").parameters == 140'620'634'112);
}

TEST_CASE("the report of a model is the same from its types and from its file", "[plan]") {
  constexpr auto tiny_traffic = traced<tiny>({});
  constexpr auto tiny_kept = traced<tiny>(kept);
  constexpr auto tiny_mixed = traced<tiny>(mixed);
  constexpr auto llama_8b = traced<llama_3_8b>({});
  constexpr auto llama_70b = traced<llama_3_70b>({});
  constexpr auto mixtral = traced<mixtral_8x22b>({});
  auto const same = [](auto const& known, io::plan const& read) {
    CHECK(known == read.traffic);
    CHECK(cf::text_report(known) == cf::text_report(read.traffic));
  };
  same(tiny_traffic, plan("tiny"));
  same(tiny_kept, plan("tiny", 8, kept));
  same(tiny_mixed, plan("tiny", 8, mixed));
  same(llama_8b, plan("llama-3-8b"));
  same(llama_70b, plan("llama-3-70b"));
  same(mixtral, plan("mixtral-8x22b"));
  CHECK_FALSE(tiny_traffic == tiny_kept);
  CHECK_FALSE(tiny_traffic == tiny_mixed);
}

TEST_CASE("the log and the ledger of a plan add up to the same", "[plan]") {
  io::plan const read = plan("mixtral-8x22b");
  std::size_t message = 0;
  for (auto const& call : read.calls.calls()) message += message_bytes(call);
  CHECK(read.calls.calls().size() == read.traffic.calls());
  CHECK(message == read.traffic.message_bytes());
}

namespace {

using oracle::json;

/// A call that PyTorch or this library recorded: operator, ranks, dtype, elements in, elements out, size. PyTorch's size is storage, ours
/// is message bytes; they are equal here, since FSDP2's buffers are flat and no views.
using call = std::tuple<std::string, std::size_t, std::string, std::size_t, std::size_t, std::size_t>;

std::size_t elements(json const& tensor) {
  std::size_t n = 1;
  for (json const& size : tensor.at("sizes")) n *= size.get<std::size_t>();
  return n;
}

/// The calls of one phase of one configuration, for each of PyTorch's runs of it: with real and with fake tensors, step after step.
std::map<std::string, std::vector<call>> torch_calls(std::vector<json> const& rows, std::string const& configuration,
                                                     std::string const& phase) {
  std::map<std::string, std::vector<call>> runs;
  for (json const& row : rows) {
    if (row.at("config") != configuration || row.contains("summary")) continue;
    std::string const where = row.at("phase").get<std::string>();
    if (where.substr(0, where.find('#')) != phase) continue;
    json const& args = row.at("args");
    std::string const op = row.at("op").get<std::string>();
    runs[row.at("mode").get<std::string>() + " " + where].emplace_back(
        op.substr(0, op.rfind(".default")), row.at("pg").at("size").get<std::size_t>(), args[0].at("dtype").get<std::string>(),
        elements(args[1]), elements(args[0]), row.at("comm").get<std::size_t>());
  }
  return runs;
}

std::vector<call> our_calls(io::plan const& read, std::string const& phase) {
  std::vector<call> calls;
  for (auto const& c : read.calls.calls()) {
    if (c.phase() != phase) continue;
    std::size_t const width = cf::bits(*c.dtype()) / 8;
    auto const [input, output, message] = c.bytes();
    calls.emplace_back(c.op(), c.group_size(), cf::name(*c.dtype()), input / width, output / width, message);
  }
  return calls;
}

}  // namespace

// A plan of a file. tests/runtime/steps compares every configuration and every call.
TEST_CASE("the tiny model's calls are those of PyTorch's FSDP2, in order", "[plan][oracle]") {
  using named = std::pair<std::string, fsdp2::options>;
  std::vector<json> const here = oracle::rows_in(COMMFOLD_TEST_DATA "/torch_steps.jsonl");
  std::vector<json> const there = oracle::rows("torch_steps.jsonl");
  std::size_t compared = 0;
  for (auto const& [configuration, with] :
       {named{"fsdp2_w8", {}}, named{"fsdp2_w8_no_reshard_after_forward", kept}, named{"fsdp2_w8_fp32params_mp_bf16_reduce_fp32", mixed}}) {
    io::plan const read = plan("tiny", 8, with);
    for (std::string const phase : {"forward", "backward"}) {
      INFO(configuration << ", " << phase);
      for (auto const* const rows : {&here, &there})
        for (auto const& [run, calls] : torch_calls(*rows, configuration, phase)) {
          INFO(run);
          CHECK(our_calls(read, phase) == calls);
          if (rows == &here) compared += calls.size();
        }
    }
  }
  // Our own file has these three configurations; another may have none of them.
  CHECK(compared > 0);
  WARN(compared << " rows of tests/data/torch_steps.jsonl compared");
}

TEST_CASE("the tiny model's message bytes, by hand", "[plan]") {
  std::vector<std::size_t> forward, backward;
  io::plan const read = plan("tiny");
  for (auto const& c : read.calls.calls()) (c.phase() == "forward" ? forward : backward).push_back(message_bytes(c));
  CHECK(forward == std::vector<std::size_t>{65'537'024, 5'638'144, 5'638'144});
  CHECK(backward == std::vector<std::size_t>{5'638'144, 5'638'144, 5'638'144, 5'638'144, 65'537'024});
}

TEST_CASE("a tied head is not gathered twice", "[plan]") {
  io::plan const read = io::make_plan(changed("tiny", {{"tie_word_embeddings", true}}), {});
  CHECK(read.parameters == 38'406'656 - 32000 * 512);
  CHECK(message_bytes(read.calls.calls()[0]) == 65'537'024 - 32000 * 512 * 2);
}

TEST_CASE("padding is refused, or counted when accepted", "[plan]") {
  io::model const odd = changed("tiny", {{"vocab_size", 32001}});
  CHECK_THROWS_AS(io::make_plan(odd, {}), io::input_error);
  io::plan const padded = io::make_plan(odd, {.mesh = {{io::axis::dp, 8}}, .pad = true});
  // 32001 rows are 4001 a rank: 7 rows of 512 are added, to the embedding and to the head.
  CHECK(padded.padding == 2 * 7 * 512);
  CHECK(message_bytes(padded.calls.calls()[0]) == (2 * 32008 * 512 + 512) * 2);
  CHECK(padded.parameters == 38'406'656 + 2 * 512);
}

// By hand: hidden 64, intermediate 128, 2 layers, 8 experts, 256 words, bfloat16. A layer's parameters are 2 norms of 64, 4 projections of
// 64 x 64, a router of 8 x 64, and 24 matrices of 128 x 64; the root's are 2 of 256 x 64 and a norm of 64. All but the router, and fused
// all but the experts, divide by up to 64 ranks. Each layer is gathered twice, the root once, and all are reduced.
TEST_CASE("experts are held one by one, or as two tensors of all of them", "[plan]") {
  io::model const moe = changed("mixtral-8x22b", {{"hidden_size", 64},
                                                  {"num_attention_heads", 8},
                                                  {"num_key_value_heads", 8},
                                                  {"intermediate_size", 128},
                                                  {"num_hidden_layers", 2},
                                                  {"vocab_size", 256},
                                                  {"num_local_experts", 8}});
  std::size_t const attention = 2 * 64 + 4 * 64 * 64, root = 2 * 256 * 64 + 64;
  for (std::size_t const ranks : {8u, 16u, 32u, 64u}) {
    std::size_t const padded = ranks;  // 8 rows on so many ranks
    std::size_t const separate = attention + padded * 64 + 24 * 128 * 64, fused = attention + padded * 64 + padded * 3 * 128 * 64;
    auto const bytes_of = [&](io::expert_layout layout) {
      return io::make_plan(moe, {.mesh = {{io::axis::dp, ranks}}, .experts = layout, .pad = true}).traffic.message_bytes();
    };
    CHECK(bytes_of(io::expert_layout::separate) == 2 * (3 * 2 * separate + 2 * root));
    CHECK(bytes_of(io::expert_layout::fused) == 2 * (3 * 2 * fused + 2 * root));
  }
  // As PyTorch's own FSDP2 was seen to make them.
  std::size_t const seen[] = {2'694'912, 5'060'352, 9'791'232, 19'252'992};
  for (std::size_t i = 0; i != 4; ++i)
    CHECK(io::make_plan(moe, {.mesh = {{io::axis::dp, std::size_t{8} << i}}, .experts = io::expert_layout::fused, .pad = true})
              .traffic.message_bytes() == seen[i]);
}

TEST_CASE("a hundred thousand layers of a hundred thousand experts are counted, not made", "[plan]") {
  io::model const huge = changed("mixtral-8x22b", {{"hidden_size", 8},
                                                   {"num_attention_heads", 2},
                                                   {"num_key_value_heads", 2},
                                                   {"intermediate_size", 8},
                                                   {"vocab_size", 8},
                                                   {"num_hidden_layers", 100'000},
                                                   {"num_local_experts", 100'000}});
  io::plan const read = io::make_plan(huge, {});
  CHECK(read.parameters == 100'000 * (2 * 8 + 4 * 64 + 100'000 * 8 + 100'000 * std::size_t{3 * 64}) + 2 * 64 + 8);
  CHECK(read.traffic.calls() == 3 * 100'000 + 2);
}

TEST_CASE("the parameter that would be padded is named, in the first layer or outside of them", "[plan]") {
  auto const refusal = [](nlohmann::json const& keys, io::expert_layout experts) {
    try {
      (void)io::make_plan(changed("mixtral-8x22b", keys), {.mesh = {{io::axis::dp, 16}}, .experts = experts, .pad = false});
    } catch (io::input_error const& error) {
      return std::string(error.what());
    }
    return std::string("nothing was refused");
  };
  CHECK(refusal({{"vocab_size", 32000}}, io::expert_layout::separate)
            .starts_with("layers[0].block_sparse_moe.gate.weight has 8 rows, which 16 ranks do not divide: FSDP2 pads it by 8"));
  CHECK(refusal({{"num_local_experts", 16}}, io::expert_layout::fused) == "nothing was refused");
  CHECK(refusal({{"num_local_experts", 16}, {"vocab_size", 17}}, io::expert_layout::fused).starts_with("embed has 17 rows, "));
}

TEST_CASE("more ranks than rows leave some ranks with padding alone", "[plan]") {
  io::plan const padded = io::make_plan(model("mixtral-8x22b"), {.mesh = {{io::axis::dp, 64}}, .pad = true});
  CHECK(padded.padding == 56u * 56 * 6144);
}
