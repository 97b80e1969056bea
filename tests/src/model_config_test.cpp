// SPDX-License-Identifier: BSL-1.0
// A Hugging Face configuration: its defaults, and refusals to the character. tests/tools has the refusals as the shell meets them.
#include <src/model_config.hpp>

#include <tests/support/shell.hpp>

#include <commfold/tensor/dtype.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

namespace cf = commfold;
namespace io = commfold::io;

namespace {

constexpr std::string_view llama = R"({
  "model_type": "llama",
  "hidden_size": 512,
  "intermediate_size": 1408,
  "num_hidden_layers": 2,
  "vocab_size": 32000,
  "num_attention_heads": 8
})";

std::string file() { return (shell::scratch() / "model.json").string(); }

/// The configuration above with one line in the place of another.
std::string with(std::string_view line, std::string_view instead) {
  std::string text(llama);
  return text.replace(text.find(line), line.size(), instead);
}
std::string with_last(std::string_view line) { return with("8\n}", "8,\n  " + std::string(line) + "\n}"); }

io::model_config read(std::string const& text) { return io::read_model_config(shell::saved("model.json", text)); }

std::string refusal_of(std::string const& text) {
  try {
    (void)read(text);
  } catch (io::input_error const& error) {
    return error.what();
  }
  return "nothing was refused";
}

}  // namespace

TEST_CASE("config: what a file leaves out is as in transformers", "[config]") {
  io::model_config const c = read(std::string(llama));
  CHECK(c.architecture == io::model_family::llama);
  CHECK(c.query == 512);
  CHECK(c.key_value == 512);
  CHECK_FALSE(c.tied);
  CHECK_FALSE(c.dtype);
  io::model_config const grouped =
      read(with_last(R"("num_key_value_heads": 2, "head_dim": 128, "tie_word_embeddings": true, "dtype": "float32")"));
  CHECK(grouped.query == 1024);
  CHECK(grouped.key_value == 256);
  CHECK(grouped.tied);
  CHECK(grouped.dtype == cf::f32);
}

TEST_CASE("config: a key that is null is not given", "[config]") {
  CHECK(read(with_last(R"("num_key_value_heads": null, "head_dim": null, "torch_dtype": null, "dtype": "float16")")).key_value == 512);
  CHECK(refusal_of(with("512", "null")) == file() + ":1:1: the key 'hidden_size' is missing");
}

TEST_CASE("config: what is refused is told with its place", "[config]") {
  CHECK(refusal_of(with("512", "-512")) == file() + ":3:18: key 'hidden_size' must be positive, and is -512");
  CHECK(refusal_of(with("512", "512.0")) == file() + ":3:18: key 'hidden_size' must be an integer, and is 512.0");
  CHECK(refusal_of(with("512", "1e3")) == file() + ":3:18: key 'hidden_size' must be an integer, and is 1e3");
  CHECK(refusal_of(with("512", "true")) == file() + ":3:18: key 'hidden_size' must be an integer, and is true");
  CHECK(refusal_of(with("512", "1099511627777")) ==
        file() + ":3:18: key 'hidden_size' must be at most 1099511627776, and is 1099511627777");
  CHECK(refusal_of(with("512", "18446744073709551616")) ==
        file() + ":3:18: key 'hidden_size' must be at most 1099511627776, and is 18446744073709551616");
  CHECK(refusal_of(with("512", std::string(100, '9'))) ==
        file() + ":3:18: key 'hidden_size' must be at most 1099511627776, and is " + std::string(37, '9') + "...");
  CHECK(refusal_of(with("512", "-" + std::string(100, '9'))) ==
        file() + ":3:18: key 'hidden_size' must be positive, and is -" + std::string(36, '9') + "...");
  CHECK(refusal_of(with("8\n", "7\n")) == file() + ":7:26: key 'num_attention_heads' 7 does not divide hidden_size 512");
  CHECK(refusal_of(with("8\n", "1099511627776,\n  \"head_dim\": 1099511627776\n")) ==
        file() + ":8:15: key 'head_dim' must be at most 1, and is 1099511627776");
  CHECK(refusal_of(with("\"llama\"", "\"gpt2\"")) ==
        file() + ":2:17: the architecture 'gpt2' is not known; known are LlamaForCausalLM and MixtralForCausalLM");
  CHECK(refusal_of(with("llama", std::string(1'000, 'x'))).find("'" + std::string(37, 'x') + "...' is not known") != std::string::npos);
  CHECK(refusal_of(with_last(R"("architectures": [])")) == file() + ":8:20: key 'architectures' must hold one name, and holds 0");
  CHECK(refusal_of(with_last(R"("architectures": [7])")) == file() + ":8:21: must be a string, and is 7");
  CHECK(refusal_of(with_last(R"("mlp_bias": true)")) == file() + ":8:15: key 'mlp_bias' is true: projections with a bias are not planned");
  CHECK(refusal_of(with_last(R"("dtype": 16)")) == file() + ":8:12: 'dtype' must be a string, and is 16");
  CHECK(refusal_of(with_last(R"("dtype": "bf61")")).starts_with(file() + ":8:12: key 'dtype' is no dtype: commfold::dtype_from_name: "));
}

// nlohmann's own objects keep the last of them.
TEST_CASE("config: a key that is given twice is refused", "[config]") {
  CHECK(refusal_of(with_last(R"("hidden_size": 1024)")) ==
        file() + ":8:3: the key 'hidden_size' is given twice, first in line 3, column 3");
}
