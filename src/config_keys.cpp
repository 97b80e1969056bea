// SPDX-License-Identifier: BSL-1.0
#include <src/config_keys.hpp>

#include <src/message.hpp>

#include <algorithm>
#include <iterator>
#include <vector>

namespace commfold::io {

namespace {

using namespace std::string_view_literals;

/// Keys of transformers' `PretrainedConfig` and of its families, and of tools that write such files, whose names look as if
/// they decided shapes.
constexpr std::string_view known[] = {
    "_num_labels"sv,
    "chunk_size_feed_forward"sv,
    "clip_qkv"sv,
    "encoder_no_repeat_ngram_size"sv,
    "generation_config"sv,
    "hidden_act"sv,
    "hidden_activation"sv,
    "is_decoder"sv,
    "max_position_embeddings"sv,
    "no_repeat_ngram_size"sv,
    "num_beam_groups"sv,
    "num_beams"sv,
    "num_image_tokens"sv,
    "num_labels"sv,
    "num_return_sequences"sv,
    "output_hidden_states"sv,
    "query_pre_attn_scalar"sv,
    "original_max_position_embeddings"sv,
    "transformers.js_config"sv,
    "use_bfloat16"sv,
};

/// The last word of a key whose value is a rate, an activation's factor or an index of a token, and the words of what is made anew in
/// each step or for each run: a cache, a window of attention, a batch.
constexpr std::string_view harmless_ends[] = {
    "coef"sv, "dropout"sv, "eps"sv, "epsilon"sv, "id"sv, "ids"sv, "pdrop"sv, "prob"sv, "range"sv, "scaling"sv, "std"sv, "theta"sv,
};
constexpr std::string_view harmless_words[] = {"batch"sv, "cache"sv, "window"sv};

/// A word that says of a key that its value is an extent, a number of layers, heads or experts, a part of the model, or how numbers are
/// held.
constexpr std::string_view telling_words[] = {
    // extents
    "channel"sv,
    "channels"sv,
    "depth"sv,
    "dim"sv,
    "dimension"sv,
    "dims"sv,
    "expand"sv,
    "expansion"sv,
    "factorized"sv,
    "inner"sv,
    "intermediate"sv,
    "hidden"sv,
    "kernel"sv,
    "latent"sv,
    "multiple"sv,
    "positions"sv,
    "rank"sv,
    "ranks"sv,
    "ratio"sv,
    "size"sv,
    "sizes"sv,
    "state"sv,
    "states"sv,
    "types"sv,
    "vocab"sv,
    "vocabulary"sv,
    "width"sv,
    // parts
    "adapter"sv,
    "adapters"sv,
    "alt"sv,
    "altup"sv,
    "audio"sv,
    "bias"sv,
    "biases"sv,
    "block"sv,
    "blocks"sv,
    "codebook"sv,
    "codebooks"sv,
    "conv"sv,
    "cross"sv,
    "decoder"sv,
    "dense"sv,
    "draft"sv,
    "eagle"sv,
    "embd"sv,
    "embed"sv,
    "embedding"sv,
    "embeddings"sv,
    "encoder"sv,
    "expert"sv,
    "experts"sv,
    "feed"sv,
    "ff"sv,
    "ffn"sv,
    "gate"sv,
    "gated"sv,
    "glu"sv,
    "head"sv,
    "heads"sv,
    "image"sv,
    "kv"sv,
    "laurel"sv,
    "layer"sv,
    "layernorm"sv,
    "layers"sv,
    "ln"sv,
    "lora"sv,
    "mamba"sv,
    "medusa"sv,
    "memory"sv,
    "mla"sv,
    "mlp"sv,
    "moe"sv,
    "mtp"sv,
    "multi"sv,
    "nextn"sv,
    "nhead"sv,
    "nheads"sv,
    "nlayer"sv,
    "nlayers"sv,
    "norm"sv,
    "norms"sv,
    "peft"sv,
    "projector"sv,
    "pruned"sv,
    "q"sv,
    "qk"sv,
    "qkv"sv,
    "query"sv,
    "recurrent"sv,
    "register"sv,
    "registers"sv,
    "shared"sv,
    "sink"sv,
    "sinks"sv,
    "sparse"sv,
    "sparsity"sv,
    "speculative"sv,
    "ssm"sv,
    "tie"sv,
    "tied"sv,
    "tower"sv,
    "untie"sv,
    "vision"sv,
    // how numbers are held
    "2bit"sv,
    "3bit"sv,
    "4bit"sv,
    "8bit"sv,
    "awq"sv,
    "bit"sv,
    "bits"sv,
    "bnb"sv,
    "compress"sv,
    "compressed"sv,
    "compression"sv,
    "dtype"sv,
    "fp4"sv,
    "fp8"sv,
    "gptq"sv,
    "int4"sv,
    "int8"sv,
    "precision"sv,
};

template <class Range>
bool holds(Range const& range, std::string_view what) {
  return std::find(std::begin(range), std::end(range), what) != std::end(range);
}

/// The words of `numHiddenLayers`, `num_hidden_layers` and `num-hidden-layers`, in small letters.
std::vector<std::string> words_of(std::string_view key) {
  std::vector<std::string> words(1);
  bool was_small = false;
  for (char const c : key) {
    bool const capital = c >= 'A' && c <= 'Z', small = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
    bool const begins = !capital && !small && !digit;
    if ((begins || (capital && was_small)) && !words.back().empty()) words.emplace_back();
    if (!begins) words.back() += capital ? static_cast<char>(c - 'A' + 'a') : c;
    was_small = small;
  }
  if (words.back().empty() && words.size() > 1) words.pop_back();
  return words;
}

bool may_change_tensors(json_value const& member) {
  std::string_view const key = member.key();
  if (holds(known, key)) return false;
  auto const words = words_of(key);
  // Positions are rotated without parameters.
  if (holds(harmless_ends, words.back()) || words.front() == "rope") return false;
  for (std::string const& word : words)
    if (holds(harmless_words, word)) return false;
  for (std::string const& word : words)
    if (holds(telling_words, word) || word.starts_with("quant")) return true;
  std::string const& first = words.front();
  bool const is_count = first == "n" || first == "d" || first == "num" || first == "number";
  bool const is_part = words.back() == "config" || words.back() == "configs";
  return (is_part && member.has_parts()) || (is_count && words.size() > 1);
}

/// Words of keys of a multi-modal configuration that are about what is not text.
constexpr std::string_view other_parts[] = {
    "audio"sv,      "image"sv,     "img"sv,     "mm"sv,     "multimodal"sv, "patch"sv,  "perceiver"sv,
    "projection"sv, "projector"sv, "spatial"sv, "speech"sv, "video"sv,      "vision"sv,
};

bool is_of_another_part(std::string_view key) {
  for (std::string const& word : words_of(key))
    if (holds(other_parts, word)) return true;
  return false;
}

[[noreturn]] void refuse_key(json_value const& member) {
  member.refuse_key("the key '" + shortened(member.key()) +
                    "' is not planned and may change shapes or dtypes; if it does not, give --ignore-key");
}

}  // namespace

void refuse_keys_not_planned(json_value const& config, std::span<std::string_view const> read, std::span<std::string_view const> passed,
                             std::set<std::string> const& ignored) {
  for (json_value const& member : config.members()) {
    if (member.is_nothing() || holds(read, member.key()) || holds(passed, member.key()) || holds(ignored, member.key())) continue;
    if (may_change_tensors(member)) refuse_key(member);
  }
}

void refuse_keys_beside_text(json_value const& config, std::span<std::string_view const> read, std::set<std::string> const& ignored) {
  for (json_value const& member : config.members()) {
    if (member.is_nothing() || member.key() == "text_config" || holds(read, member.key()) || holds(ignored, member.key())) continue;
    if (!is_of_another_part(member.key()) && may_change_tensors(member)) refuse_key(member);
  }
}

void expect_ignored_keys(json_value const& config, json_value const* around, std::span<std::string_view const> read,
                         std::set<std::string> const& ignored) {
  for (std::string const& key : ignored) {
    if (config.find(key) == nullptr && (around == nullptr || around->find(key) == nullptr))
      throw input_error("--ignore-key: the configuration has no key '" + shortened(key) + "'");
    if (holds(read, key)) throw input_error("--ignore-key: '" + shortened(key) + "' is a key that a plan reads");
  }
}

}  // namespace commfold::io
