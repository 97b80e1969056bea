// SPDX-License-Identifier: BSL-1.0
#include <src/model_config.hpp>

#include <src/json_file.hpp>

#include <commfold/tensor/dtype_name.hpp>

#include <charconv>
#include <string_view>
#include <system_error>

namespace commfold::io {

namespace {

[[noreturn]] void refuse(json_value const& value, std::string const& what) {
  value.refuse("key '" + std::string(value.key()) + "' " + what);
}

/// The value of a key, or a null pointer where it is not given. To transformers a key whose value is null is not given.
json_value const* find(json_value const& file, std::string_view key) {
  json_value const* const value = file.find(key);
  return value == nullptr || value->is_null() ? nullptr : value;
}

json_value const& required(json_value const& file, std::string_view key) {
  if (json_value const* const value = find(file, key)) return *value;
  file.refuse("the key '" + std::string(key) + "' is missing");
}

/// Also the largest product of heads and their width, which is an extent of a tensor.
constexpr std::size_t largest_extent = std::size_t{1} << 40;

/// A positive integer, at most `limit`.
std::size_t number(json_value const& value, std::size_t limit = largest_extent) {
  std::string const written = value.spelled();
  if (!value.is_integer()) refuse(value, "must be an integer, and is " + written);
  std::size_t n = 0;  // and stays 0 for what begins with a minus sign
  bool const fits = std::from_chars(written.data(), written.data() + written.size(), n).ec != std::errc::result_out_of_range;
  if (!fits || n > limit) refuse(value, "must be at most " + std::to_string(limit) + ", and is " + written);
  if (n == 0) refuse(value, "must be positive, and is " + written);
  return n;
}

bool flag(json_value const& file, std::string_view key) {
  json_value const* const value = find(file, key);
  return value != nullptr && value->boolean();
}

/// The name of the model's class or, where the file gives none, of its family.
json_value const& architecture_of(json_value const& file) {
  json_value const* const names = find(file, "architectures");
  if (names == nullptr) return required(file, "model_type");
  if (names->elements().size() != 1) refuse(*names, "must hold one name, and holds " + std::to_string(names->elements().size()));
  return names->elements().front();
}

model_family family_of(json_value const& file) {
  json_value const& architecture = architecture_of(file);
  std::string const& name = architecture.text();
  if (name == "LlamaForCausalLM" || name == "llama") return model_family::llama;
  if (name == "MixtralForCausalLM" || name == "mixtral") return model_family::mixtral;
  architecture.refuse("the architecture '" + shortened(name) + "' is not known; known are LlamaForCausalLM and MixtralForCausalLM");
}

/// Layers and experts are elements of a vector and take memory, which extents of a tensor do not. No transformer has more of them.
constexpr std::size_t most_layers = 100'000;

}  // namespace

model_config read_model_config(std::string const& path) {
  json_file const whole(path);
  json_value const& file = whole.root();
  auto const number_of = [&](std::string_view key) { return number(required(file, key)); };
  model_config c;
  c.architecture = family_of(file);
  c.hidden = number_of("hidden_size");
  c.intermediate = number_of("intermediate_size");
  c.layers = number(required(file, "num_hidden_layers"), most_layers);
  c.vocabulary = number_of("vocab_size");
  c.tied = flag(file, "tie_word_embeddings");

  json_value const& of_heads = required(file, "num_attention_heads");
  std::size_t const heads = number(of_heads);
  bool const own_heads = c.architecture == model_family::llama && find(file, "num_key_value_heads") == nullptr;
  json_value const& of_key_value_heads = own_heads ? of_heads : required(file, "num_key_value_heads");
  std::size_t const key_value_heads = number(of_key_value_heads);
  if (heads % key_value_heads != 0)
    refuse(of_key_value_heads, std::to_string(key_value_heads) + " does not divide num_attention_heads " + std::to_string(heads));
  json_value const* const of_head = find(file, "head_dim");
  if (of_head == nullptr && c.hidden % heads != 0)
    refuse(of_heads, std::to_string(heads) + " does not divide hidden_size " + std::to_string(c.hidden));
  std::size_t const head = of_head != nullptr ? number(*of_head, largest_extent / heads) : c.hidden / heads;
  c.query = heads * head;
  c.key_value = key_value_heads * head;
  if (c.architecture == model_family::mixtral) c.experts = number(required(file, "num_local_experts"), most_layers);

  for (char const* const bias : {"attention_bias", "mlp_bias"})
    if (flag(file, bias)) refuse(*find(file, bias), "is true: projections with a bias are not planned");

  for (char const* const key : {"torch_dtype", "dtype"}) {
    json_value const* const name = find(file, key);
    if (name == nullptr) continue;
    std::string const& text = name->text();
    try {
      c.dtype = dtype_from_name(text);
    } catch (invalid_argument const& error) {
      refuse(*name, std::string("is no dtype: ") + error.what());
    }
    break;
  }
  return c;
}

}  // namespace commfold::io
