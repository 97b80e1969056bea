// SPDX-License-Identifier: BSL-1.0
#include <src/model_config.hpp>

#include <src/config_keys.hpp>
#include <src/json_file.hpp>
#include <src/whole_number.hpp>

#include <commfold/tensor/dtype_name.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace commfold::io {

namespace {

using namespace std::string_view_literals;

/// What a plan reads, or refuses for its value.
constexpr std::string_view read_of_all[] = {
    "architectures"sv,
    "attention_bias"sv,
    "dtype"sv,
    "head_dim"sv,
    "hidden_size"sv,
    "mlp_bias"sv,
    "intermediate_size"sv,
    "model_type"sv,
    "num_attention_heads"sv,
    "num_hidden_layers"sv,
    "torch_dtype"sv,
    "num_key_value_heads"sv,
    "tie_word_embeddings"sv,
    "vocab_size"sv,
};
constexpr std::string_view read_of_mixtral[] = {"num_experts_per_tok"sv, "num_local_experts"sv};

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
  whole_number const n(value.number());
  if (!n.is_one) refuse(value, "must be an integer, and is " + value.spelled());
  if (!n.is_positive) refuse(value, "must be positive, and is " + value.spelled());
  if (!n.fits || n.value > limit) refuse(value, "must be at most " + std::to_string(limit) + ", and is " + value.spelled());
  return n.value;
}

bool flag(json_value const& file, std::string_view key) {
  json_value const* const value = find(file, key);
  return value != nullptr && value->boolean();
}

struct family_names {
  model_family family;
  std::string_view architecture, model_type;
};
constexpr family_names families[] = {
    {model_family::llama, "LlamaForCausalLM"sv, "llama"sv},
    {model_family::mixtral, "MixtralForCausalLM"sv, "mixtral"sv},
};

/// Early files have `LLaMAForCausalLM`.
bool is_same_name(std::string_view a, std::string_view b) {
  auto const small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return small(x) == small(y); });
}

model_family family_under(json_value const& value, std::string_view family_names::* name) {
  for (family_names const& known : families)
    if (is_same_name(value.text(), known.*name)) return known.family;
  value.refuse("the architecture '" + shortened(value.text()) + "' is not known; known are LlamaForCausalLM and MixtralForCausalLM");
}

/// By the name of the model's class and by that of its family, of which one may be left out.
model_family family_of(json_value const& file) {
  json_value const* const names = find(file, "architectures");
  json_value const* const type = names != nullptr ? find(file, "model_type") : &required(file, "model_type");
  if (names == nullptr) return family_under(*type, &family_names::model_type);
  if (names->elements().size() != 1) refuse(*names, "must hold one name, and holds " + std::to_string(names->elements().size()));
  json_value const& architecture = names->elements().front();
  model_family const family = family_under(architecture, &family_names::architecture);
  auto const& known = *std::find_if(std::begin(families), std::end(families), [&](auto const& f) { return f.family == family; });
  if (type != nullptr && !is_same_name(type->text(), known.model_type))
    refuse(*type,
           "is '" + shortened(type->text()) + "', but 'architectures' holds " + shortened(architecture.text()) + ": the two disagree");
  return family;
}

/// Experts are elements of a vector and take memory, and the calls of each layer are listed. No transformer has more of them.
constexpr std::size_t most_layers = 100'000;

void read_widths(model_config& c, json_value const& file) {
  auto const number_of = [&](std::string_view key) { return number(required(file, key)); };
  c.hidden = number_of("hidden_size");
  c.intermediate = number_of("intermediate_size");
  c.layers = number(required(file, "num_hidden_layers"), most_layers);
  c.vocabulary = number_of("vocab_size");

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
  std::size_t const head = of_head != nullptr ? number(*of_head) : c.hidden / heads;
  if (head > largest_extent / heads)
    refuse(*of_head, std::to_string(head) + " times num_attention_heads " + std::to_string(heads) + " overflows the largest extent, " +
                         std::to_string(largest_extent));
  c.query = heads * head;
  c.key_value = key_value_heads * head;
}

void read_experts(model_config& c, json_value const& file) {
  c.experts = number(required(file, "num_local_experts"), most_layers);
  if (json_value const* const used = find(file, "num_experts_per_tok"); used != nullptr && number(*used) > c.experts)
    refuse(*used, "is " + used->spelled() + ", but 'num_local_experts' is " + std::to_string(c.experts));
}

void read_dtype(model_config& c, json_value const& file) {
  json_value const* named = nullptr;
  for (char const* const key : {"torch_dtype", "dtype"}) {
    json_value const* const value = find(file, key);
    if (value == nullptr) continue;
    if (value->text() == "auto") {
      c.without_dtype = value->told("key '" + std::string(key) + "' is \"auto\"");
      continue;
    }
    dtype read;
    try {
      read = dtype_from_name(value->text());
    } catch (invalid_argument const& error) {
      refuse(*value, "is no dtype: " + reason_of(error));
    }
    if (named != nullptr && read != *c.dtype)
      refuse(*value, "is " + value->spelled() + ", but '" + std::string(named->key()) + "' is " + named->spelled() + ": the two disagree");
    named = value;
    c.dtype = read;
  }
  if (c.without_dtype.empty()) c.without_dtype = file.told("key 'torch_dtype' is missing");
}

model_config config_of(json_file const& whole, config_options const& with) {
  json_value const& file = whole.root();
  model_config c;
  c.architecture = family_of(file);
  bool const is_mixtral = c.architecture == model_family::mixtral;
  std::vector<std::string_view> read(std::begin(read_of_all), std::end(read_of_all));
  if (is_mixtral) read.insert(read.end(), std::begin(read_of_mixtral), std::end(read_of_mixtral));
  refuse_keys_not_planned(file, read, with.ignored_keys);
  read_widths(c, file);
  if (is_mixtral) read_experts(c, file);
  c.tied = flag(file, "tie_word_embeddings");
  for (char const* const bias : {"attention_bias", "mlp_bias"})
    if (flag(file, bias)) refuse(*find(file, bias), "is true: projections with a bias are not planned");
  read_dtype(c, file);
  return c;
}

}  // namespace

model_config read_model_config(std::string const& path, config_options const& with) { return config_of(json_file(path), with); }

model_config read_model_config(std::string path, std::string_view text, config_options const& with) {
  return config_of(json_file(std::move(path), text), with);
}

}  // namespace commfold::io
