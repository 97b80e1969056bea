// SPDX-License-Identifier: BSL-1.0
#include <src/plan/tensor_roles.hpp>

#include <src/input_error.hpp>

#include <algorithm>
#include <iterator>
#include <string>

namespace commfold::io {

namespace {

using namespace std::string_view_literals;

/// The names of linear layers whose outputs, and whose inputs, are cut. A `Conv1D` of GPT-2 has its dimensions the other way round.
struct known_layer {
  std::string_view name;
  tensor_cut cut;
  bool conv1d = false;
};
constexpr known_layer known_layers[] = {
    {"q_proj"sv, tensor_cut::column},          {"k_proj"sv, tensor_cut::column},
    {"v_proj"sv, tensor_cut::column},          {"qkv_proj"sv, tensor_cut::column},
    {"query_key_value"sv, tensor_cut::column}, {"q_b_proj"sv, tensor_cut::column},
    {"kv_b_proj"sv, tensor_cut::column},       {"gate_proj"sv, tensor_cut::column},
    {"up_proj"sv, tensor_cut::column},         {"gate_up_proj"sv, tensor_cut::column},
    {"dense_h_to_4h"sv, tensor_cut::column},   {"c_attn"sv, tensor_cut::column, true},
    {"c_fc"sv, tensor_cut::column, true},      {"o_proj"sv, tensor_cut::row},
    {"down_proj"sv, tensor_cut::row},          {"dense"sv, tensor_cut::row},
    {"dense_4h_to_h"sv, tensor_cut::row},      {"c_proj"sv, tensor_cut::row, true},
};
/// Matrices that every rank has whole: what they make has no heads and no columns yet.
constexpr std::string_view whole_matrices[] = {"q_a_proj"sv, "kv_a_proj_with_mqa"sv, "gate"sv, "router"sv, "shared_expert_gate"sv, "wpe"sv};

/// "q_proj" of "self_attn.q_proj.weight"
std::string_view layer_name(std::string_view name) {
  std::size_t const last = name.rfind('.');
  if (last == name.npos) return name;
  name = name.substr(0, last);
  std::size_t const before = name.rfind('.');
  return before == name.npos ? name : name.substr(before + 1);
}

bool starts_with_any(std::string_view name, std::initializer_list<std::string_view> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(), [name](std::string_view p) { return name.starts_with(p); });
}

}  // namespace

layer_part part_of(std::string_view name) noexcept {
  if (starts_with_any(name, {"self_attn."sv, "self_attention."sv, "attention."sv, "attn."sv})) return layer_part::attention;
  if (starts_with_any(name, {"mlp."sv, "block_sparse_moe."sv})) return layer_part::feed_forward;
  return layer_part::other;
}

bool is_norm_of_heads(std::string_view name) noexcept { return part_of(name) == layer_part::attention && name.find("_norm.") != name.npos; }

tensor_role role_of(parameter const& p, std::string_view label) {
  std::string_view const name = p.name, layer = layer_name(name);
  bool const is_vocabulary = label == "embed" || label == "head";
  if (is_vocabulary && p.shape.size() == 2 && layer != "wpe") return {tensor_cut::vocabulary, 0};
  if (is_vocabulary && label == "head") return {tensor_cut::vocabulary, 0};  // a bias
  if (name == "self_attn.sinks") return {tensor_cut::column, 0};             // one for each head
  for (known_layer const& known : known_layers) {
    if (layer != known.name || part_of(name) == layer_part::other) continue;
    bool const is_bias = p.shape.size() == 1;
    if (is_bias) return known.cut == tensor_cut::column ? tensor_role{tensor_cut::column, 0} : tensor_role{};
    return {known.cut, (known.cut == tensor_cut::row) != known.conv1d ? std::size_t{1} : std::size_t{0}};
  }
  if (std::find(std::begin(whole_matrices), std::end(whole_matrices), layer) != std::end(whole_matrices)) return {};
  if (p.shape.size() == 1) return {};
  throw input_error("tp: nothing says how '" + shortened(name) + "' is cut over ranks");
}

}  // namespace commfold::io
