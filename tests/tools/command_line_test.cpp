// SPDX-License-Identifier: BSL-1.0
// The tool as a shell meets it: what it prints where, and its exit status.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <nlohmann/json.hpp>

#include <sys/wait.h>

#include <unistd.h>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace {

std::filesystem::path scratch() {
  static std::filesystem::path const folder = [] {
    auto made = std::filesystem::temp_directory_path() / ("commfold-tool-test-" + std::to_string(getpid()));
    std::filesystem::create_directories(made);
    std::atexit(
        [] { std::filesystem::remove_all(std::filesystem::temp_directory_path() / ("commfold-tool-test-" + std::to_string(getpid()))); });
    return made;
  }();
  return folder;
}

std::string contents(std::filesystem::path const& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

struct outcome {
  int status;
  std::string out, err;
};

outcome run(std::string const& arguments) {
  auto const out = scratch() / "out", err = scratch() / "err";
  std::string const command = std::string(COMMFOLD_TOOL) + " " + arguments + " >'" + out.string() + "' 2>'" + err.string() + "'";
  int const status = std::system(command.c_str());
  REQUIRE(WIFEXITED(status));
  return {WEXITSTATUS(status), contents(out), contents(err)};
}

std::string const models = COMMFOLD_MODELS;

nlohmann::json tiny() { return nlohmann::json::parse(contents(models + "/tiny.json")); }

std::string saved(std::string const& text) {
  auto const file = scratch() / "config.json";
  std::ofstream(file) << text;
  return file.string();
}

/// One line on stderr that says this, no report, and a status that a shell sees as failure.
void refused(outcome const& o, std::string const& says) {
  INFO(o.err);
  CHECK(o.status != 0);
  CHECK(o.out.empty());
  CHECK(o.err.find(says) != std::string::npos);
  CHECK(o.err.find('\n') == o.err.size() - 1);
}

}  // namespace

TEST_CASE("plan prints the parameters and the report", "[tool]") {
  outcome const o = run("plan " + models + "/tiny.json");
  CHECK(o.status == 0);
  CHECK(o.err.empty());
  CHECK(o.out == models + R"(/tiny.json
parameters  38 406 656
FSDP2 over 8 ranks, gathered in bfloat16, reduced in bfloat16, resharded after the forward; per rank and step:

operator                     group   phase     calls  message bytes                 share
c10d::_allgather_base_       dp (8)  forward       3   76 813 312 B   (73.3 MiB)   46.6 %
c10d::_allgather_base_       dp (8)  backward      2   11 276 288 B   (10.8 MiB)    6.8 %
c10d::_reduce_scatter_base_  dp (8)  backward      3   76 813 312 B   (73.3 MiB)   46.6 %
total                                              8  164 902 912 B  (157.3 MiB)  100.0 %
)");
}

TEST_CASE("plan --calls prints every call in order", "[tool]") {
  outcome const o = run("plan --calls --reduce-dtype F32 " + models + "/tiny.json");
  CHECK(o.status == 0);
  CHECK(o.out.find(R"(
call  operator                     group   phase     dtype     message bytes
   0  c10d::_allgather_base_       dp (8)  forward   bfloat16   65 537 024 B   (62.5 MiB)
   1  c10d::_allgather_base_       dp (8)  forward   bfloat16    5 638 144 B    (5.4 MiB)
   2  c10d::_allgather_base_       dp (8)  forward   bfloat16    5 638 144 B    (5.4 MiB)
   3  c10d::_allgather_base_       dp (8)  backward  bfloat16    5 638 144 B    (5.4 MiB)
   4  c10d::_allgather_base_       dp (8)  backward  bfloat16    5 638 144 B    (5.4 MiB)
   5  c10d::_reduce_scatter_base_  dp (8)  backward  float32    11 276 288 B   (10.8 MiB)
   6  c10d::_reduce_scatter_base_  dp (8)  backward  float32    11 276 288 B   (10.8 MiB)
   7  c10d::_reduce_scatter_base_  dp (8)  backward  float32   131 074 048 B  (125.0 MiB)
)") != std::string::npos);
}

TEST_CASE("plan --no-reshard-after-forward gathers once", "[tool]") {
  outcome const o = run("plan --no-reshard-after-forward " + models + "/tiny.json");
  CHECK(o.status == 0);
  CHECK(o.out.find("total                                              6") != std::string::npos);
}

TEST_CASE("one rank communicates calls of its own size", "[tool]") {
  outcome const o = run("plan --ranks 1 " + models + "/tiny.json");
  CHECK(o.status == 0);
  CHECK(o.out.find("over 1 rank,") != std::string::npos);
}

TEST_CASE("files that cannot be read are refused", "[tool]") {
  refused(run("plan " + (scratch() / "nowhere.json").string()), "nowhere.json: cannot be opened");
  refused(run("plan " + scratch().string()), "is a directory");
  refused(run("plan " + saved("")), "config.json: is no JSON: parse error at line 1, column 1");
  refused(run("plan " + saved("{\n \"hidden_size\": }")), "is no JSON: parse error at line 2");
  refused(run("plan " + saved("[1, 2]")), "holds no JSON object");
}

TEST_CASE("keys that are missing are refused by name", "[tool]") {
  std::string const key =
      GENERATE("hidden_size", "intermediate_size", "num_attention_heads", "num_hidden_layers", "vocab_size", "torch_dtype");
  nlohmann::json c = tiny();
  c.erase(key);
  refused(run("plan " + saved(c.dump())), "key '" + key + "' is missing");
}

TEST_CASE("numbers that are none, or too small, or too large are refused by name", "[tool]") {
  std::string const key =
      GENERATE("hidden_size", "intermediate_size", "num_attention_heads", "num_key_value_heads", "num_hidden_layers", "vocab_size");
  nlohmann::json c = tiny();
  auto const [value, says] =
      GENERATE(std::pair{"-1", "must be positive, and is -1"}, std::pair{"0", "must be positive, and is 0"},
               std::pair{"1.5", "must be an integer, and is 1.5"}, std::pair{"\"8\"", "must be an integer, and is \"8\""},
               std::pair{"[8]", "must be an integer, and is [8]"}, std::pair{"18446744073709551615", "must be at most"},
               std::pair{"1e30", "must be an integer"});
  c[key] = nlohmann::json::parse(value);
  refused(run("plan " + saved(c.dump())), "key '" + key + "' " + says);
}

TEST_CASE("models that are not known, or not whole, are refused", "[tool]") {
  auto const with = [](char const* key, nlohmann::json const& value) {
    nlohmann::json c = tiny();
    c[key] = value;
    return run("plan " + saved(c.dump()));
  };
  refused(with("architectures", {"GPT2LMHeadModel"}), "the architecture 'GPT2LMHeadModel' is not known");
  refused(with("architectures", {"LlamaForCausalLM", "MixtralForCausalLM"}), "must hold one name");
  refused(with("architectures", {"MixtralForCausalLM"}), "key 'num_local_experts' is missing");
  refused(with("num_attention_heads", 7), "does not divide");
  refused(with("num_key_value_heads", 3), "key 'num_key_value_heads' 3 does not divide num_attention_heads 8");
  refused(with("tie_word_embeddings", "no"), "must be true or false");
  refused(with("attention_bias", true), "key 'attention_bias' is true");
  refused(with("torch_dtype", "bfloat61"), "bfloat16");
  refused(with("torch_dtype", "int8"), "float32, float16 and bfloat16");

  nlohmann::json huge = tiny();
  huge["hidden_size"] = huge["vocab_size"] = std::size_t{1} << 40;
  refused(run("plan " + saved(huge.dump())), "does not fit std::size_t");
}

TEST_CASE("a shard that does not divide is refused, and says by how much it would be padded", "[tool]") {
  nlohmann::json c = tiny();
  c["vocab_size"] = 32001;
  std::string const file = saved(c.dump());
  refused(run("plan " + file), "embed has 32001 rows, which 8 ranks do not divide: FSDP2 pads it by 7 rows, 3584 elements");
  outcome const padded = run("plan --pad " + file);
  CHECK(padded.status == 0);
  CHECK(padded.out.find("padded by 7 168\n") != std::string::npos);
}

TEST_CASE("wrong words on the command line are refused", "[tool]") {
  CHECK(run("").status != 0);
  CHECK(run("plan").status != 0);
  CHECK(run("plan --ranks 0 " + models + "/tiny.json").status != 0);
  CHECK(run("plan --ranks -3 " + models + "/tiny.json").status != 0);
  CHECK(run("plot " + models + "/tiny.json").status != 0);
  refused(run("plan --param-dtype bf61 " + models + "/tiny.json"), "--param-dtype");
}

TEST_CASE("help is printed and is no failure", "[tool]") {
  outcome const o = run("plan --help");
  CHECK(o.status == 0);
  CHECK(o.out.find("--no-reshard-after-forward") != std::string::npos);
}
