// SPDX-License-Identifier: BSL-1.0
// Every family's tree: as many parameters as were published, the shapes of checkpoints, and what is refused.
#include <src/model_config.hpp>
#include <src/models/families.hpp>
#include <src/plan/plan.hpp>

#include <tests/support/rows_directory.hpp>
#include <tests/support/shell.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace io = commfold::io;
using json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

fs::path const own_models = fs::path(COMMFOLD_TEST_DATA) / "models";

/// A row of published.tsv.
struct published {
  std::string name;
  std::size_t total = 0;
  std::string active;  // as it is written: "3.61"; "-" where no number was published
  bool with_embedding = true;
};

std::vector<published> rows_of(fs::path const& folder) {
  std::vector<published> rows;
  std::ifstream file(folder / "published.tsv");
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream fields(line);
    published row;
    std::string total, with;
    std::getline(fields, row.name, '\t');
    std::getline(fields, total, '\t');
    if (!std::getline(fields, row.active, '\t')) row.active = "-";
    std::getline(fields, with, '\t');
    row.total = std::stoull(total);
    row.with_embedding = with != "without";
    if (row.name.ends_with(".json")) row.name.resize(row.name.size() - 5);
    rows.push_back(std::move(row));
  }
  return rows;
}

json config_in(fs::path const& folder, std::string const& name) { return json::parse(shell::contents(folder / (name + ".json"))); }

io::model model_in(fs::path const& folder, std::string const& name) { return io::read_model_config((folder / (name + ".json")).string()); }

io::model read(json const& config) { return io::read_model_config("config.json", config.dump(), {}); }

json own(std::string const& name) { return config_in(own_models, name); }

json with(std::string const& name, json const& keys) {
  json config = own(name);
  config.update(keys);
  return config;
}

std::string refusal_of(json const& config) {
  try {
    (void)read(config);
  } catch (io::input_error const& error) {
    return error.what();
  }
  return "nothing was refused";
}

/// The parameters of routed experts that a token does not meet, from the numbers of the configuration: so many layers, of each so many
/// experts, of each three matrices, and in GPT-OSS two biases.
std::size_t not_met(json const& c) {
  std::size_t const hidden = c.at("hidden_size"), layers = c.at("num_hidden_layers"), used = c.at("num_experts_per_tok");
  std::size_t experts = 0;
  for (char const* const key : {"num_local_experts", "num_experts", "n_routed_experts"})
    if (c.contains(key)) experts = c.at(key);
  std::size_t const width = c.value("moe_intermediate_size", c.at("intermediate_size").get<std::size_t>());
  std::size_t const dense = c.value("first_k_dense_replace", std::size_t{0});
  std::size_t const biases = c.at("model_type") == "gpt_oss" ? 2 * width + hidden : 0;
  return (layers - dense) * (experts - used) * (3 * hidden * width + biases);
}

std::size_t expect_published(fs::path const& folder) {
  std::size_t compared = 0;
  for (published const& row : rows_of(folder)) {
    INFO(row.name);
    io::model const m = model_in(folder, row.name);
    io::parameter_counts const counts = io::count_parameters(m.tree);
    CHECK(counts.total == row.total);
    json const config = config_in(folder, row.name);
    REQUIRE(counts.active);
    CHECK(*counts.active == row.total - (m.tree.experts == 0 ? 0 : not_met(config)));
    if (row.active != "-") {
      // Some authors round, and some cut digits off: within one of the last digit.
      std::size_t const point = row.active.find('.');
      double const last = std::pow(10.0, point == std::string::npos ? 0.0 : -static_cast<double>(row.active.size() - point - 1));
      double const ours = static_cast<double>(*counts.active - (row.with_embedding ? 0 : counts.embedding)) / 1e9;
      CHECK(std::abs(ours - std::stod(row.active)) < last);
    }
    ++compared;
  }
  return compared;
}

/// "self_attn.q_proj.weight [4096, 4096]", for all that a layer has
std::vector<std::string> layer_of(io::model const& m, std::size_t kind) {
  std::vector<std::string> lines;
  for (io::parameter const& p : m.tree.stacks.at(0).kinds.at(kind).parameters) {
    std::string line = p.name + " [";
    for (std::size_t const n : p.shape) line += (line.back() == '[' ? "" : ", ") + std::to_string(n);
    lines.push_back(line + "]" + (p.copies == 1 ? "" : " x " + std::to_string(p.copies)));
  }
  return lines;
}

std::vector<std::string> outside_of(io::model const& m) {
  std::vector<std::string> names;
  for (io::module const& part : m.tree.outside)
    for (io::parameter const& p : part.parameters) names.push_back(part.label + " " + p.name);
  return names;
}

using lines = std::vector<std::string>;

}  // namespace

TEST_CASE("families: parameters are as many as were published, in all and for one token", "[families]") {
  std::size_t const compared = expect_published(own_models);
  CHECK(compared >= 40);
  WARN(compared << " models compared");
}

// Configurations that nobody saw: published.tsv has a name and a number a line.
TEST_CASE("families: models beside other rows are compared, too", "[families][oracle]") {
  std::optional<fs::path> const rows = oracle::named_directory();
  std::size_t compared = 0;
  if (rows)
    for (fs::path const& folder : {*rows / "models", *rows / ".." / "models"})
      if (fs::exists(folder / "published.tsv")) compared += expect_published(folder);
  WARN(compared << " models beside other rows compared");
}

TEST_CASE("families: each that is known is in the tests", "[families]") {
  std::set<std::string> seen;
  for (published const& row : rows_of(own_models)) {
    json const c = own(row.name);
    seen.insert(c.value("text_config", c).at("model_type").get<std::string>());
  }
  // Of these no configuration is in the table; the next test has them.
  seen.insert({"ministral", "ministral3", "olmo3"});
  for (io::family const& f : io::known_families()) {
    INFO(f.model_type);
    CHECK(seen.count(std::string(f.model_type)) == 1);
  }
}

TEST_CASE("families: some have the shapes of another", "[families]") {
  auto const [name, type, architecture] = GENERATE(
      std::tuple{"ministral-8b", "ministral", "MinistralForCausalLM"}, std::tuple{"ministral-8b", "ministral3", "Ministral3ForCausalLM"},
      std::tuple{"olmo-2-7b", "olmo3", "Olmo3ForCausalLM"}, std::tuple{"deepseek-v3", "kimi_k2", "DeepseekV3ForCausalLM"});
  io::model const m = read(with(name, {{"model_type", type}, {"architectures", {architecture}}}));
  CHECK(io::count_parameters(m.tree).total == io::count_parameters(model_in(own_models, name).tree).total);
}

// As in the heads of the files on huggingface.co.
TEST_CASE("families: a layer has the tensors of the checkpoint", "[families]") {
  CHECK(layer_of(model_in(own_models, "llama-3.1-8b"), 0) ==
        lines{"input_layernorm.weight [4096]", "self_attn.q_proj.weight [4096, 4096]", "self_attn.k_proj.weight [1024, 4096]",
              "self_attn.v_proj.weight [1024, 4096]", "self_attn.o_proj.weight [4096, 4096]", "post_attention_layernorm.weight [4096]",
              "mlp.gate_proj.weight [14336, 4096]", "mlp.up_proj.weight [14336, 4096]", "mlp.down_proj.weight [4096, 14336]"});
  CHECK(layer_of(model_in(own_models, "qwen1.5-moe-a2.7b"), 0) ==
        lines{"input_layernorm.weight [2048]", "self_attn.q_proj.weight [2048, 2048]", "self_attn.q_proj.bias [2048]",
              "self_attn.k_proj.weight [2048, 2048]", "self_attn.k_proj.bias [2048]", "self_attn.v_proj.weight [2048, 2048]",
              "self_attn.v_proj.bias [2048]", "self_attn.o_proj.weight [2048, 2048]", "post_attention_layernorm.weight [2048]",
              "mlp.gate.weight [60, 2048]", "mlp.experts.*.gate_proj.weight [1408, 2048] x 60",
              "mlp.experts.*.up_proj.weight [1408, 2048] x 60", "mlp.experts.*.down_proj.weight [2048, 1408] x 60",
              "mlp.shared_expert.gate_proj.weight [5632, 2048]", "mlp.shared_expert.up_proj.weight [5632, 2048]",
              "mlp.shared_expert.down_proj.weight [2048, 5632]", "mlp.shared_expert_gate.weight [1, 2048]"});
  CHECK(layer_of(model_in(own_models, "deepseek-v3"), 1) ==
        lines{"input_layernorm.weight [7168]", "self_attn.q_a_proj.weight [1536, 7168]", "self_attn.q_a_layernorm.weight [1536]",
              "self_attn.q_b_proj.weight [24576, 1536]", "self_attn.kv_a_proj_with_mqa.weight [576, 7168]",
              "self_attn.kv_a_layernorm.weight [512]", "self_attn.kv_b_proj.weight [32768, 512]", "self_attn.o_proj.weight [7168, 16384]",
              "post_attention_layernorm.weight [7168]", "mlp.gate.weight [256, 7168]", "mlp.gate.e_score_correction_bias [256]",
              "mlp.experts.*.gate_proj.weight [2048, 7168] x 256", "mlp.experts.*.up_proj.weight [2048, 7168] x 256",
              "mlp.experts.*.down_proj.weight [7168, 2048] x 256", "mlp.shared_experts.gate_proj.weight [2048, 7168]",
              "mlp.shared_experts.up_proj.weight [2048, 7168]", "mlp.shared_experts.down_proj.weight [7168, 2048]"});
  CHECK(layer_of(model_in(own_models, "gpt-oss-20b"), 0) ==
        lines{"input_layernorm.weight [2880]", "self_attn.q_proj.weight [4096, 2880]", "self_attn.q_proj.bias [4096]",
              "self_attn.k_proj.weight [512, 2880]", "self_attn.k_proj.bias [512]", "self_attn.v_proj.weight [512, 2880]",
              "self_attn.v_proj.bias [512]", "self_attn.o_proj.weight [2880, 4096]", "self_attn.o_proj.bias [2880]", "self_attn.sinks [64]",
              "post_attention_layernorm.weight [2880]", "mlp.router.weight [32, 2880]", "mlp.router.bias [32]",
              "mlp.experts.gate_up_proj [32, 2880, 5760]", "mlp.experts.gate_up_proj_bias [32, 5760]",
              "mlp.experts.down_proj [32, 2880, 2880]", "mlp.experts.down_proj_bias [32, 2880]"});
  CHECK(layer_of(model_in(own_models, "gpt2"), 0) ==
        lines{"ln_1.weight [768]", "ln_1.bias [768]", "attn.c_attn.weight [768, 2304]", "attn.c_attn.bias [2304]",
              "attn.c_proj.weight [768, 768]", "attn.c_proj.bias [768]", "ln_2.weight [768]", "ln_2.bias [768]",
              "mlp.c_fc.weight [768, 3072]", "mlp.c_fc.bias [3072]", "mlp.c_proj.weight [3072, 768]", "mlp.c_proj.bias [768]"});
  CHECK(layer_of(model_in(own_models, "falcon-40b"), 0) ==
        lines{"self_attention.query_key_value.weight [9216, 8192]", "self_attention.dense.weight [8192, 8192]",
              "mlp.dense_h_to_4h.weight [32768, 8192]", "mlp.dense_4h_to_h.weight [8192, 32768]", "ln_attn.weight [8192]",
              "ln_attn.bias [8192]", "ln_mlp.weight [8192]", "ln_mlp.bias [8192]"});
  CHECK(layer_of(model_in(own_models, "phi-4"), 0) ==
        lines{"input_layernorm.weight [5120]", "self_attn.qkv_proj.weight [7680, 5120]", "self_attn.o_proj.weight [5120, 5120]",
              "post_attention_layernorm.weight [5120]", "mlp.gate_up_proj.weight [35840, 5120]", "mlp.down_proj.weight [5120, 17920]"});
  CHECK(outside_of(model_in(own_models, "gpt2")) == lines{"embed transformer.wte.weight", "embed transformer.wpe.weight",
                                                          "norm transformer.ln_f.weight", "norm transformer.ln_f.bias"});
  CHECK(outside_of(model_in(own_models, "pythia-70m")) == lines{"embed gpt_neox.embed_in.weight", "norm gpt_neox.final_layer_norm.weight",
                                                                "norm gpt_neox.final_layer_norm.bias", "head embed_out.weight"});
}

TEST_CASE("families: alike layers are held once", "[families]") {
  io::model const v3 = model_in(own_models, "deepseek-v3");
  auto const& stack = v3.tree.stacks.at(0);
  REQUIRE(stack.kinds.size() == 2);
  REQUIRE(stack.runs.size() == 2);
  CHECK(stack.runs[0].count == 3);
  CHECK(stack.runs[1].count == 58);
  // Every second layer is sparse, and layer 3 is not.
  json const keys{{"num_hidden_layers", 6}, {"decoder_sparse_step", 2}, {"mlp_only_layers", {3}}};
  io::model const mixed = read(with("qwen3-30b-a3b", keys));
  std::vector<std::pair<std::size_t, std::size_t>> runs;
  for (io::layer_run const& run : mixed.tree.stacks.at(0).runs) runs.emplace_back(run.kind, run.count);
  CHECK(runs == std::vector<std::pair<std::size_t, std::size_t>>{{0, 1}, {1, 1}, {0, 3}, {1, 1}});
  // A hundred thousand of them alternate, and only two are made.
  io::model const long_one = read(with("qwen3-30b-a3b", {{"num_hidden_layers", 100'000}, {"decoder_sparse_step", 2}}));
  CHECK(long_one.tree.stacks.at(0).kinds.size() == 2);
  CHECK(long_one.tree.layers() == 100'000);
}

TEST_CASE("families: the plan of layers of two shapes is the sum of its units", "[families]") {
  json const keys{{"num_hidden_layers", 3}, {"mlp_only_layers", {1}}, {"vocab_size", 1024}};
  io::model const m = read(with("qwen3-30b-a3b", keys));
  io::plan const plan = io::make_plan(m, {.mesh = {{io::axis::dp, 8}}});
  std::size_t const attention = 2 * 2048 + 2 * 128 + 2 * 4096 * 2048 + 2 * 512 * 2048;
  std::size_t const sparse = attention + 128 * 2048 + 128 * std::size_t{3} * 768 * 2048, dense = attention + 3 * 6144 * 2048;
  std::size_t const root = 2 * 1024 * 2048 + 2048;
  std::vector<std::size_t> seen;
  for (auto const& call : plan.calls.calls()) {
    auto const [input, output, message] = call.bytes();
    seen.push_back(message / 2);
  }
  CHECK(seen == std::vector<std::size_t>{root, sparse, dense, sparse,                           // forward
                                         sparse, dense, sparse, sparse, dense, sparse, root});  // gathered one ahead, reduced behind
  CHECK(plan.parameters == 2 * sparse + dense + root);
}

TEST_CASE("families: what is no parameter is counted and not sent", "[families]") {
  json const keys{{"num_hidden_layers", 4}};
  io::plan const with_bias = io::make_plan(read(with("deepseek-v3", keys)), {.mesh = {{io::axis::dp, 8}}});
  json greedy = with("deepseek-v3", keys);
  greedy["topk_method"] = "greedy";
  io::plan const without = io::make_plan(read(greedy), {.mesh = {{io::axis::dp, 8}}});
  CHECK(with_bias.parameters == without.parameters + 256);
  CHECK(with_bias.traffic == without.traffic);
}

TEST_CASE("families: experts that are held one by one can be fused", "[families]") {
  io::model const m = model_in(own_models, "deepseek-v2-lite");
  io::model_tree const fused = io::with_fused_experts(m.tree);
  io::model const held{fused, m.dtype, "", false, {}};
  lines const layer = layer_of(held, 1);
  CHECK(std::count(layer.begin(), layer.end(), "mlp.experts.gate_up_proj [64, 2816, 2048]") == 1);
  CHECK(std::count(layer.begin(), layer.end(), "mlp.experts.down_proj [64, 2048, 1408]") == 1);
  CHECK(std::count(layer.begin(), layer.end(), "mlp.shared_experts.up_proj.weight [2816, 2048]") == 1);
  CHECK(io::count_parameters(fused).total == io::count_parameters(m.tree).total);
  CHECK(io::count_parameters(fused).active == io::count_parameters(m.tree).active);
  CHECK(io::has_separate_experts(m.tree));
  CHECK_FALSE(io::has_separate_experts(fused));
  CHECK_FALSE(io::has_separate_experts(model_in(own_models, "gpt-oss-20b").tree));
  CHECK_FALSE(io::has_separate_experts(model_in(own_models, "llama-2-7b").tree));
}

TEST_CASE("families: without the number of used experts nothing is said of one token", "[families]") {
  json c = own("mixtral-8x7b");
  c.erase("num_experts_per_tok");
  CHECK_FALSE(io::count_parameters(read(c).tree).active);
  CHECK_FALSE(io::make_plan(read(c), {}).active);
}

TEST_CASE("families: what is not known is refused with the nearest that is", "[families]") {
  auto const [name, nearest] =
      GENERATE(std::pair{"Llama4ForCausalLM", "LlamaForCausalLM"}, std::pair{"Qwen3NextForCausalLM", "Qwen3ForCausalLM"},
               std::pair{"GPT2Model", "GPT2LMHeadModel"}, std::pair{"MistralModel", "MistralForCausalLM"},
               std::pair{"DeepseekV32ForCausalLM", "DeepseekV2ForCausalLM"}, std::pair{"GPTNeoForCausalLM", "GPTNeoXForCausalLM"},
               std::pair{"Phi3SmallForCausalLM", "Phi3ForCausalLM"}, std::pair{"StableLMEpochForCausalLM", "StableLmForCausalLM"});
  json c = own("llama-2-7b");
  c["architectures"] = {name};
  CHECK(refusal_of(c) ==
        "config.json:1:19: the architecture '" + std::string(name) + "' is not known; the nearest that is known is " + nearest);
}

TEST_CASE("families: a key that changes shapes and is not modelled is refused by its name", "[families]") {
  auto const [name, key, value] = GENERATE(
      std::tuple{"llama-2-7b", "num_experts", json(8)}, std::tuple{"mistral-7b-v0.1", "attention_bias", json(true)},
      std::tuple{"qwen2.5-7b", "attention_bias", json(true)}, std::tuple{"phi-3-mini-4k", "mlp_bias", json(true)},
      std::tuple{"gemma-3-1b", "hidden_size_per_layer_input", json(256)}, std::tuple{"gemma-2-2b", "num_kv_shared_layers", json(2)},
      std::tuple{"gpt2", "hidden_size", json(768)}, std::tuple{"gpt2", "n_embed", json(768)},
      std::tuple{"gpt-neox-20b", "num_key_value_heads", json(8)}, std::tuple{"falcon-7b", "n_layer", json(32)},
      std::tuple{"falcon-7b", "head_dim", json(64)}, std::tuple{"stablelm-2-1.6b", "head_dim", json(64)},
      std::tuple{"deepseek-v2-lite", "index_n_heads", json(64)}, std::tuple{"deepseek-v2-lite", "num_experts", json(64)},
      std::tuple{"qwen3-30b-a3b", "shared_expert_intermediate_size", json(768)}, std::tuple{"gpt-oss-20b", "mlp_bias", json(true)},
      std::tuple{"olmo-2-7b", "mlp_bias", json(true)}, std::tuple{"gpt-oss-20b", "quantization_config", json{{"quant_method", "mxfp4"}}},
      std::tuple{"smollm3-3b", "num_local_experts", json(4)}, std::tuple{"aya-23-8b", "num_experts", json(4)},
      std::tuple{"granite-3.0-2b", "shared_intermediate_size", json(4)}, std::tuple{"mixtral-8x7b", "num_shared_experts", json(1)});
  std::string const told = refusal_of(with(name, {{key, value}}));
  CHECK(told.find("the key '" + std::string(key) + "' is not planned and may change shapes or dtypes") != std::string::npos);
  CHECK(told.size() <= 180);
}

TEST_CASE("families: what cannot be is refused", "[families]") {
  auto const refused = [](std::string const& name, json const& keys, std::string const& says) {
    std::string const told = refusal_of(with(name, keys));
    INFO(told);
    CHECK(told.find(says) != std::string::npos);
    CHECK(told.starts_with("config.json:1:"));
    CHECK(told.size() <= 180);
  };
  refused("gpt2", {{"n_head", 7}}, "key 'n_head' 7 does not divide n_embd 768");
  refused("gpt2", {{"add_cross_attention", true}}, "key 'add_cross_attention' is true: cross attention is not planned");
  refused("gpt-neox-20b", {{"num_attention_heads", 7}}, "key 'num_attention_heads' 7 does not divide hidden_size 6144");
  refused("falcon-7b", {{"num_attention_heads", 70}}, "key 'num_attention_heads' 70 does not divide hidden_size 4544");
  refused("falcon-40b", {{"num_kv_heads", 7}}, "key 'num_kv_heads' 7 does not divide num_attention_heads 128");
  refused("falcon-40b", {{"num_ln_in_parallel_attn", 3}}, "key 'num_ln_in_parallel_attn' is 3, and may be 1 or 2");
  refused("stablelm-2-1.6b", {{"num_attention_heads", 7}, {"num_key_value_heads", 7}}, "does not divide hidden_size 2048");
  refused("qwen3-30b-a3b", {{"num_experts_per_tok", 129}}, "key 'num_experts_per_tok' is 129, but 'num_experts' is 128");
  refused("qwen3-30b-a3b", {{"mlp_only_layers", {48}}}, "'mlp_only_layers' names layer 48 of 48");
  refused("qwen3-30b-a3b", {{"decoder_sparse_step", 0}}, "key 'decoder_sparse_step' must be positive, and is 0");
  refused("deepseek-v3", {{"topk_method", "random"}}, "key 'topk_method' is \"random\", which is not planned");
  refused("deepseek-v3", {{"num_attention_heads", std::size_t{1} << 40}}, "overflows the largest extent");
  refused("gemma-3-1b", {{"num_key_value_heads", nullptr}}, "the key 'num_key_value_heads' is missing");
  refused("qwen3-4b", {{"num_hidden_layers", 35}}, "key 'layer_types' holds 36 types, but there are 35 layers");
  refused("qwen3-4b", {{"layer_types", {"linear_attention"}}}, "the layer type 'linear_attention' is not planned");
}

TEST_CASE("families: of a multi-modal model the text is read, and no more is said of it", "[families]") {
  io::model const m = model_in(own_models, "gemma-3-4b");
  CHECK(m.dtype == commfold::bf16);
  CHECK(m.tree.tied);
  CHECK(m.notes == lines{"the text model alone: what stands beside text_config is not planned"});
  json c = own("llava-1.5-7b");
  auto const told = [&] { return refusal_of(c); };
  c["vocab_size"] = 32000;
  CHECK(told().ends_with("key 'vocab_size' is 32000, but 'text_config' has 32064: the two disagree"));
  c = own("llava-1.5-7b");
  c["torch_dtype"] = "bfloat16";
  CHECK(told().ends_with("key 'torch_dtype' is \"bfloat16\", but 'text_config' has \"float16\": the two disagree"));
  c = own("llava-1.5-7b");
  c["quantization_config"] = {{"bits", 4}};
  CHECK(told().find("the key 'quantization_config' is not planned") != std::string::npos);
  c = own("llava-1.5-7b");
  c["text_config"]["num_experts"] = 4;
  CHECK(told().find("the key 'num_experts' is not planned") != std::string::npos);
  c = own("llava-1.5-7b");
  c["text_config"]["model_type"] = "mllama_text_model";
  CHECK(told().find("the architecture 'mllama_text_model' is not known") != std::string::npos);
  c = own("llava-1.5-7b");
  c["tie_word_embeddings"] = true;
  CHECK(told().ends_with("key 'tie_word_embeddings' is true, and 'text_config' leaves it out: to its class it is false"));
  c["text_config"]["tie_word_embeddings"] = true;
  CHECK(read(c).tree.tied);
  c = own("llava-1.5-7b");
  c["text_config"].erase("model_type");
  CHECK(told().find("'LlavaForConditionalGeneration' is not known") != std::string::npos);
}

TEST_CASE("families: what a class leaves to transformers is as there", "[families]") {
  json c = own("phi-4-mini");
  c["tie_word_embeddings"] = false;
  CHECK(io::count_parameters(read(c).tree).total == 3836021760 + std::size_t{200064} * 3072);
  c = own("qwen3-8b");
  c.erase("head_dim");
  CHECK(io::count_parameters(read(c).tree).total == 8190735360);
  c = own("gpt2");
  c["n_inner"] = 1024;
  CHECK(io::count_parameters(read(c).tree).total == 124439808 - 12 * (2 * 768 * 2048 + 2048));
  c = own("deepseek-v2-lite");
  c["n_routed_experts"] = nullptr;
  c["num_experts_per_tok"] = nullptr;
  io::model const dense = read(c);
  CHECK(dense.tree.experts == 0);
  CHECK(dense.tree.stacks.at(0).kinds.size() == 1);
  c = own("llama-2-7b");
  c["attention_bias"] = c["mlp_bias"] = true;
  CHECK(io::count_parameters(read(c).tree).total == 6738415616 + std::size_t{32} * (4 * 4096 + 2 * 11008 + 4096));
  CHECK(model_in(own_models, "deepseek-v3").notes == lines{"without the layer that predicts the token after the next"});
}
