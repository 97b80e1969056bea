// SPDX-License-Identifier: BSL-1.0
#include <src/model_config.hpp>

#include <commfold/tensor/dtype_name.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string_view>

namespace commfold::io {

namespace {

using nlohmann::json;

/// One file's object, asked key by key. Every complaint opens with the file and names the key.
class document {
 public:
  explicit document(std::string path) : path_(std::move(path)) {
    if (std::filesystem::is_directory(path_)) refuse("is a directory");
    std::ifstream file(path_);
    if (!file) refuse("cannot be opened");
    try {
      object_ = json::parse(file);
    } catch (json::parse_error const& error) {
      std::string what = error.what();
      // The library opens its sentence with an identifier of its own in brackets.
      what.erase(0, what.find("] ") == std::string::npos ? 0 : what.find("] ") + 2);
      refuse("is no JSON: " + what);
    }
    if (!object_.is_object()) refuse("holds no JSON object");
  }

  [[noreturn]] void refuse(std::string what) const {
    std::replace(what.begin(), what.end(), '\n', ' ');
    throw input_error(path_ + ": " + what);
  }
  [[noreturn]] void refuse(std::string_view key, std::string const& what) const { refuse("key '" + std::string(key) + "' " + what); }

  [[nodiscard]] bool has(char const* key) const { return object_.contains(key) && !object_[key].is_null(); }

  /// A positive integer, at most `limit`.
  [[nodiscard]] std::size_t number(char const* key, std::size_t limit = std::size_t{1} << 40) const {
    json const& value = present(key);
    if (!value.is_number_integer()) refuse(key, "must be an integer, and is " + spelled(value));
    if (!value.is_number_unsigned() || value.get<std::size_t>() == 0) refuse(key, "must be positive, and is " + spelled(value));
    if (value.get<std::size_t>() > limit) refuse(key, "must be at most " + std::to_string(limit) + ", and is " + spelled(value));
    return value.get<std::size_t>();
  }

  [[nodiscard]] bool flag(char const* key, bool otherwise) const {
    if (!has(key)) return otherwise;
    if (!object_[key].is_boolean()) refuse(key, "must be true or false, and is " + spelled(object_[key]));
    return object_[key].get<bool>();
  }

  [[nodiscard]] std::string text(char const* key) const {
    json const& value = present(key);
    if (!value.is_string()) refuse(key, "must be a string, and is " + spelled(value));
    return value.get<std::string>();
  }

  /// The one model class that the file names.
  [[nodiscard]] std::string architecture() const {
    if (!has("architectures")) return text("model_type");
    json const& names = object_["architectures"];
    if (!names.is_array() || names.size() != 1 || !names[0].is_string())
      refuse("architectures", "must hold one name, and is " + spelled(names));
    return names[0].get<std::string>();
  }

 private:
  [[nodiscard]] json const& present(char const* key) const {
    if (!has(key)) refuse(key, "is missing");
    return object_[key];
  }

  static std::string spelled(json const& value) {
    std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
    if (text.size() > 40) text = text.substr(0, 37) + "...";
    return text;
  }

  std::string path_;
  json object_;
};

model_family family_of(document const& file) {
  std::string const name = file.architecture();
  if (name == "LlamaForCausalLM" || name == "llama") return model_family::llama;
  if (name == "MixtralForCausalLM" || name == "mixtral") return model_family::mixtral;
  file.refuse("the architecture '" + name + "' is not known; known are LlamaForCausalLM and MixtralForCausalLM");
}

/// A shape is as large as the product of its extents, and a container as its count: more of these is no transformer.
constexpr std::size_t most_layers = 100'000;

}  // namespace

model_config read_model_config(std::string const& path) {
  document const file(path);
  model_config c;
  c.architecture = family_of(file);
  c.hidden = file.number("hidden_size");
  c.intermediate = file.number("intermediate_size");
  c.layers = file.number("num_hidden_layers", most_layers);
  c.vocabulary = file.number("vocab_size");
  c.tied = file.flag("tie_word_embeddings", false);

  std::size_t const heads = file.number("num_attention_heads");
  bool const own_heads = c.architecture == model_family::llama && !file.has("num_key_value_heads");
  std::size_t const key_value_heads = own_heads ? heads : file.number("num_key_value_heads");
  if (heads % key_value_heads != 0)
    file.refuse("num_key_value_heads", std::to_string(key_value_heads) + " does not divide num_attention_heads " + std::to_string(heads));
  if (!file.has("head_dim") && c.hidden % heads != 0)
    file.refuse("num_attention_heads", std::to_string(heads) + " does not divide hidden_size " + std::to_string(c.hidden));
  std::size_t const head = file.has("head_dim") ? file.number("head_dim") : c.hidden / heads;
  c.query = heads * head;
  c.key_value = key_value_heads * head;
  if (c.architecture == model_family::mixtral) c.experts = file.number("num_local_experts", most_layers);

  for (char const* const bias : {"attention_bias", "mlp_bias"})
    if (file.flag(bias, false)) file.refuse(bias, "is true: projections with a bias are not planned");

  for (char const* const key : {"torch_dtype", "dtype"}) {
    if (!file.has(key)) continue;
    try {
      c.dtype = dtype_from_name(file.text(key));
    } catch (invalid_argument const& error) {
      file.refuse(key, std::string("is no dtype: ") + error.what());
    }
    break;
  }
  return c;
}

}  // namespace commfold::io
