// SPDX-License-Identifier: BSL-1.0
// Checkpoints of safetensors: heads and indices, the plan of any model from them, and what is refused.
#include <src/model_config.hpp>
#include <src/model_file.hpp>
#include <src/plan/plan.hpp>
#include <src/safetensors.hpp>

#include <tests/support/shell.hpp>

#include <commfold/tensor/dtype.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cf = commfold;
namespace io = commfold::io;
using json = nlohmann::ordered_json;

namespace {

/// A file as safetensors writes it: the length of the head in 8 bytes, little endian, the head, and so many bytes of data.
std::string file_of(std::string const& head, std::size_t data) {
  std::string length;
  for (std::size_t i = 0, n = head.size(); i != 8; ++i, n >>= 8) length += static_cast<char>(n & 0xFFu);
  return length + head + std::string(data, '\0');
}

/// Lays tensors of bfloat16 behind each other.
struct head_writer {
  json head = json::object();
  std::size_t end = 0;

  void add(std::string const& name, std::vector<std::size_t> const& shape, char const* dtype = "BF16", std::size_t width = 2) {
    std::size_t bytes = width;
    for (std::size_t const n : shape) bytes *= n;
    head[name] = {{"dtype", dtype}, {"shape", shape}, {"data_offsets", {end, end + bytes}}};
    end += bytes;
  }
};

/// The head of a model's checkpoint, every tensor by its whole name.
head_writer written(io::model_tree const& tree) {
  head_writer to;
  to.head["__metadata__"] = {{"format", "pt"}};
  for (io::module const& part : tree.outside)
    for (io::parameter const& p : part.parameters) to.add(p.name, p.shape);
  for (io::layer_stack const& stack : tree.stacks) {
    std::size_t index = 0;
    for (io::layer_run const& run : stack.runs)
      for (std::size_t i = 0; i != run.count; ++i, ++index)
        for (io::parameter const& p : stack.kinds[run.kind].parameters)
          for (std::size_t copy = 0; copy != p.copies; ++copy) {
            std::string name = p.name;
            if (std::size_t const star = name.find('*'); star != std::string::npos) name.replace(star, 1, std::to_string(copy));
            to.add(stack.path + "." + std::to_string(index) + "." + name, p.shape);
          }
  }
  return to;
}

io::model config(std::string const& name) { return io::read_model_config(std::string(COMMFOLD_TEST_DATA) + "/models/" + name + ".json"); }

template <class Read>
std::string refusal(Read const& read) {
  try {
    (void)read();
  } catch (io::input_error const& error) {
    return error.what();
  }
  return "nothing was refused";
}

std::string refusal_of_head(std::string const& head) {
  return refusal([&] { return io::read_safetensors("m.safetensors", file_of(head, 0)); });
}

constexpr std::string_view two =
    R"({"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b":{"dtype":"I64","shape":[],"data_offsets":[24,32]}})";

std::string with(std::string_view part, std::string_view instead) {
  std::string text(two);
  return text.replace(text.find(part), part.size(), instead);
}

}  // namespace

TEST_CASE("safetensors: names, shapes and dtypes are those of the head", "[safetensors]") {
  for (std::size_t const data : {0u, 32u}) {
    std::vector<io::saved_tensor> const tensors = io::read_safetensors("m.safetensors", file_of(std::string(two), data));
    REQUIRE(tensors.size() == 2);
    CHECK(tensors[0].name == "a");
    CHECK(tensors[0].dtype == cf::f32);
    CHECK(tensors[0].shape == std::vector<std::size_t>{2, 3});
    CHECK(tensors[0].bytes == 24);
    CHECK(tensors[1].dtype == cf::i64);
    CHECK(tensors[1].shape.empty());
  }
  // Spaces behind the head, tensors of no bytes, notes, the dtypes that share a byte.
  CHECK(io::read_safetensors("m", file_of(std::string(two) + "   ", 32)).size() == 2);
  CHECK(io::read_safetensors(
            "m", file_of(R"({"__metadata__":{"format":"pt"},"e":{"dtype":"F16","shape":[0,4],"data_offsets":[0,0]},)"
                         R"("f":{"dtype":"F4","shape":[2,8],"data_offsets":[0,8]},"g":{"dtype":"BOOL","shape":[3],"data_offsets":[8,11]}})",
                         11))
            .size() == 3);
}

// The same tensors, whether a family's rules made them or a checkpoint has them.
TEST_CASE("safetensors: a checkpoint is planned as its configuration is", "[safetensors]") {
  auto const name = GENERATE("llama-3.1-8b", "qwen2.5-0.5b", "qwen1.5-moe-a2.7b", "gpt-oss-20b", "gpt2", "pythia-410m", "falcon-7b",
                             "gemma-2-2b", "deepseek-v2-lite", "olmo-2-7b", "command-r7b", "stablelm-2-1.6b", "phi-4-mini", "mixtral-8x7b");
  io::model of = config(name);
  of.dtype = cf::bf16;
  head_writer const head = written(of.tree);
  std::string const file = shell::saved("model.safetensors", file_of(head.head.dump(), 0));
  io::model const saved = io::read_model(file);
  CHECK(saved.dtype == cf::bf16);
  CHECK(saved.as_saved);
  REQUIRE(saved.tree.stacks.size() == 1);
  CHECK(saved.tree.stacks[0].kinds.size() == of.tree.stacks[0].kinds.size());
  CHECK(saved.tree.experts == of.tree.experts);
  io::plan const expected = io::make_plan(of, {.mesh = {{io::axis::dp, 16}}, .pad = true}),
                 planned = io::make_plan(saved, {.mesh = {{io::axis::dp, 16}}, .pad = true});
  CHECK(planned.parameters == expected.parameters);
  CHECK(planned.padding == expected.padding);
  CHECK(planned.traffic == expected.traffic);
  CHECK(planned.active.has_value() == (of.tree.experts == 0));
  // The head alone, without its length, is JSON.
  CHECK(io::make_plan(io::read_model(shell::saved("head.json", head.head.dump())), {.mesh = {{io::axis::dp, 16}}, .pad = true}).traffic ==
        expected.traffic);
}

TEST_CASE("safetensors: layers of several stacks, and what is in none", "[safetensors]") {
  head_writer head;
  head.add("vision_tower.encoder.layers.0.q.weight", {8, 4});
  head.add("vision_tower.encoder.layers.1.q.weight", {8, 4});
  head.add("model.layers.0.mlp.weight", {16, 4});
  head.add("model.layers.10.mlp.weight", {16, 4});
  head.add("model.layers.9.mlp.weight", {32, 4});
  head.add("model.embed_tokens.weight", {64, 4});
  head.add("projector.0.weight", {8, 8});
  head.add("lm_head.weight", {64, 4});
  io::model const m = io::read_model(shell::saved("several.safetensors", file_of(head.head.dump(), 0)));
  REQUIRE(m.tree.stacks.size() == 2);
  CHECK(m.tree.stacks[0].path == "model.layers");
  REQUIRE(m.tree.stacks[0].runs.size() == 3);  // 0, 9 and 10, by number
  CHECK(m.tree.stacks[0].kinds.size() == 2);
  CHECK(m.tree.stacks[1].path == "vision_tower.encoder.layers");
  CHECK(m.tree.stacks[1].layers() == 2);
  REQUIRE(m.tree.outside.size() == 3);
  CHECK(m.tree.outside[1].label == "rest");
  CHECK(io::make_plan(m, {.mesh = {{io::axis::dp, 8}}}).traffic.calls() == 3 * 5 + 2);
}

TEST_CASE("safetensors: what FSDP2 cannot shard is refused by its name", "[safetensors]") {
  head_writer head;
  head.add("layers.0.scale", {});
  io::model const scalar = io::read_model(shell::saved("scalar.safetensors", file_of(head.head.dump(), 0)));
  CHECK(refusal([&] { return io::make_plan(scalar, {}); }) == "'scale' is a scalar, which FSDP2 does not shard");
  head_writer mixed;
  mixed.add("a.weight", {8, 8});
  mixed.add("a.weight_scale_inv", {8}, "F32", 4);
  io::model const two_dtypes = io::read_model(shell::saved("mixed.safetensors", file_of(mixed.head.dump(), 0)));
  CHECK_FALSE(two_dtypes.dtype);
  CHECK(two_dtypes.without_dtype.ends_with("mixed.safetensors: holds tensors of 2 dtypes, which FSDP2 casts to one"));
  CHECK(io::make_plan(two_dtypes, {.param_dtype = cf::bf16}).parameters == 72);
  mixed.add("mask", {8}, "U8", 1);
  io::model const bytes = io::read_model(shell::saved("bytes.safetensors", file_of(mixed.head.dump(), 0)));
  CHECK(refusal([&] { return io::make_plan(bytes, {.param_dtype = cf::bf16}); }) ==
        "'mask' is of uint8: parameters are planned in float32, float16 and bfloat16");
}

TEST_CASE("safetensors: a file that is none is refused", "[safetensors]") {
  auto const of = [](std::string const& contents) {
    return refusal([&] { return io::read_safetensors(shell::saved("bad.safetensors", contents)); });
  };
  std::string const path = (shell::scratch() / "bad.safetensors").string();
  CHECK(of("") == path + ": is no safetensors file: it has 0 bytes");
  CHECK(of("1234567") == path + ": is no safetensors file: it has 7 bytes");
  CHECK(of(std::string("\x10\0\0\0\0\0\0\0{}", 10)) == path + ": ends within its head, which has 16 bytes; the file has 10");
  CHECK(of(std::string("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F{}", 10))
            .find("its head would have 9223372036854775807 bytes, and at most 100000000") != std::string::npos);
  CHECK(of(file_of("[]", 0)) == path + ": is no safetensors file: its head does not begin with {");
  CHECK(of(file_of("", 0)) == path + ": is no safetensors file: its head does not begin with {");
  CHECK(of(file_of("{}", 0)) == path + ":1:1: holds no tensor");
  CHECK(of(file_of(std::string(two), 31)) == path + ":1:1: the tensors have 32 bytes, and behind the head there are 31");
  CHECK(of(file_of(std::string(two), 33)) == path + ":1:1: the tensors have 32 bytes, and behind the head there are 33");
  CHECK(of(file_of(std::string(two) + std::string(1, '\0'), 32)).find("holds the byte 0") != std::string::npos);
  CHECK(refusal([] { return io::read_model("/no/such/file.safetensors"); }) == "/no/such/file.safetensors: cannot be opened");
  CHECK(refusal([] { return io::read_safetensors(shell::scratch().string()); }).ends_with("is a directory"));
}

TEST_CASE("safetensors: a head that says something wrong is refused with its place", "[safetensors]") {
  CHECK(refusal_of_head(with("[24,32]", "[16,24]")) == "m.safetensors:1:103: 'data_offsets' begin at 16, within another tensor");
  CHECK(refusal_of_head(with("[24,32]", "[25,33]")) == "m.safetensors:1:103: 'data_offsets' begin at 25: no tensor has the bytes from 24");
  CHECK(refusal_of_head(with("[0,24]", "[0,23]")) ==
        "m.safetensors:1:50: 'data_offsets' of 'a' are of 23 bytes, and shape and dtype of 24");
  CHECK(refusal_of_head(with("[0,24]", "[24,0]")) == "m.safetensors:1:50: 'data_offsets' of 'a' end before they begin");
  CHECK(refusal_of_head(with("[0,24]", "[0]")) == "m.safetensors:1:50: 'data_offsets' must hold two offsets, and holds 1");
  CHECK(refusal_of_head(with("[0,24]", "[-1,23]")).find("must be an integer from 0") != std::string::npos);
  CHECK(refusal_of_head(with("[2,3]", "[2,4]")).find("are of 24 bytes, and shape and dtype of 32") != std::string::npos);
  CHECK(refusal_of_head(with("[2,3]", "[4294967296,4294967296]")) == "m.safetensors:1:29: the bytes of this shape do not fit std::size_t");
  CHECK(refusal_of_head(with("[2,3]", "[2.0,3]")).find("must be an integer from 0") != std::string::npos);
  CHECK(refusal_of_head(with("\"F32\"", "\"F23\"")).starts_with("m.safetensors:1:15: safetensors has no dtype 'F23'; did you mean "));
  CHECK(refusal_of_head(with("\"F32\"", "\"float32\"")).find("safetensors has no dtype 'float32'") != std::string::npos);
  CHECK(refusal_of_head(with("\"b\"", "\"a\"")).find("the key 'a' is given twice, first in line 1, column 2") != std::string::npos);
  CHECK(refusal_of_head(with("\"b\"", "\"\"")).find("a tensor has no name") != std::string::npos);
  CHECK(refusal_of_head(with("\"b\"", "\"b\\u0000\"")).find("the name of a tensor holds the byte 0") != std::string::npos);
  CHECK(refusal_of_head(with("\"dtype\":\"F32\",", "")).find("the key 'dtype' is missing") != std::string::npos);
  CHECK(refusal_of_head(with("\"dtype\"", "\"kind\"")).find("the key 'kind' is not known") != std::string::npos);
  CHECK(refusal_of_head(R"({"__metadata__":{"a":1},"x":{}})").find("must be a string") != std::string::npos);
  CHECK(refusal_of_head(R"({"x":3})").find("must be an object") != std::string::npos);
  CHECK(refusal_of_head(R"({"x":)").find("is no JSON") != std::string::npos);
}

TEST_CASE("safetensors: an index is planned with the files beside it, and refused without", "[safetensors]") {
  head_writer one, other;
  one.add("model.embed_tokens.weight", {64, 8});
  one.add("model.layers.0.mlp.weight", {16, 8});
  other.add("model.layers.1.mlp.weight", {16, 8});
  json index{{"metadata", {{"total_size", 64 * 8 * 2 + 2 * 16 * 8 * 2}}},
             {"weight_map",
              {{"model.embed_tokens.weight", "model-00001-of-00002.safetensors"},
               {"model.layers.0.mlp.weight", "model-00001-of-00002.safetensors"},
               {"model.layers.1.mlp.weight", "model-00002-of-00002.safetensors"}}}};
  std::string const first = shell::saved("model-00001-of-00002.safetensors", file_of(one.head.dump(), one.end));
  auto const saved = [&] { return shell::saved("model.safetensors.index.json", index.dump()); };
  std::filesystem::remove(shell::scratch() / "model-00002-of-00002.safetensors");
  CHECK(refusal([&] { return io::read_model(saved()); }) ==
        saved() + ":1:1: names 3 tensors without shapes; 'model-00002-of-00002.safetensors', whose head has them, is not beside it");
  shell::saved("model-00002-of-00002.safetensors", file_of(other.head.dump(), 0));
  io::model const m = io::read_model(saved());
  CHECK(io::make_plan(m, {.mesh = {{io::axis::dp, 8}}}).parameters == 64 * 8 + 2 * 16 * 8);
  CHECK(m.tree.stacks.at(0).layers() == 2);
  // What the index alone tells.
  io::safetensors_index const read = io::read_safetensors_index(io::json_file(saved()));
  CHECK(read.files.size() == 2);
  CHECK(read.tensors.size() == 3);
  CHECK(read.bytes == std::size_t{1536});
  CHECK(refusal([&] { return io::read_model(first); }) == first + ": is one of 2 files of a model; give the index that names them all");

  auto const refused = [&](std::string const& says) {
    std::string const told = refusal([&] { return io::read_model(saved()); });
    INFO(told);
    CHECK(told.find(says) != std::string::npos);
    CHECK(told.size() <= 180);
  };
  json const right = index;
  index["metadata"]["total_size"] = 1537;
  refused("'total_size' is 1537, and the tensors of the files have 1536 bytes");
  index = right;
  index["weight_map"]["model.layers.2.mlp.weight"] = "model-00002-of-00002.safetensors";
  refused("'model-00002-of-00002.safetensors' does not hold 'model.layers.2.mlp.weight', which the index names");
  index = right;
  index["weight_map"].erase("model.layers.0.mlp.weight");
  refused("holds 'model.layers.0.mlp.weight', which the index does not name there");
  index = right;
  index["weight_map"]["x"] = "../x.safetensors";
  refused("'../x.safetensors' is no name of a file beside the index");
  index["weight_map"] = json::object();
  refused("'weight_map' names no tensor");
  index = right;
  index["more"] = 1;
  refused("the key 'more' is not known");
}

TEST_CASE("safetensors: twenty thousand layers are read once and planned as runs", "[safetensors]") {
  std::string head = R"({"embed":{"dtype":"BF16","shape":[8],"data_offsets":[0,16]})";
  for (std::size_t i = 0, begin = 16; i != 20'000; ++i) {
    std::size_t const rows = i % 2 == 0 ? 8 : 16;
    head += ",\"h." + std::to_string(i) + ".w\":{\"dtype\":\"BF16\",\"shape\":[" + std::to_string(rows) + "],\"data_offsets\":[" +
            std::to_string(begin) + "," + std::to_string(begin + 2 * rows) + "]}";
    begin += 2 * rows;
  }
  io::model const m = io::read_model(shell::saved("deep.safetensors", file_of(head + "}", 0)));
  CHECK(m.tree.stacks.at(0).kinds.size() == 2);
  CHECK(io::make_plan(m, {.mesh = {{io::axis::dp, 8}}}).traffic.calls() == 3 * 20'000 + 2);
}
