// SPDX-License-Identifier: BSL-1.0
#include <src/models/decoder.hpp>

namespace commfold::io {

std::size_t read_layers(config const& c, std::string_view key) {
  std::size_t const layers = c.number(key, most_layers);
  json_value const* const types = c.find("layer_types");
  if (types == nullptr) return layers;
  for (json_value const& type : types->elements()) {
    std::string const& name = type.text();
    if (name != "full_attention" && name != "sliding_attention" && name != "chunked_attention")
      type.refuse("the layer type '" + shortened(name) + "' is not planned");
  }
  if (std::size_t const n = types->elements().size(); n != layers)
    refuse_value(*types, "holds " + std::to_string(n) + " types, but there are " + std::to_string(layers) + " layers");
  return layers;
}

model_tree framed(config const& c, std::size_t hidden, layer_stack layers, decoder_rules const& rules) {
  decoder_paths const& at = rules.paths;
  std::size_t const vocabulary = c.number("vocab_size");
  model_tree tree;
  module embed{"embed", {}}, norm{"norm", {}}, head{"head", {}};
  add_embedding(embed, at.embed, vocabulary, hidden);
  if (rules.norm != last_norm::without_parameters) add_norm(norm, at.norm, hidden, rules.norm == last_norm::weight_and_bias);
  tree.tied = c.flag("tie_word_embeddings", rules.tied);
  if (!tree.tied) add_linear(head, at.head, vocabulary, hidden);
  for (module* const m : {&embed, &norm, &head})
    if (!m->parameters.empty()) tree.outside.push_back(std::move(*m));
  tree.stacks.push_back(std::move(layers));
  return tree;
}

model_tree decoder_of(config const& c, module layer, decoder_rules const& rules) {
  layer_stack stack{rules.paths.layers, {}, {}};
  stack.add(std::move(layer), read_layers(c));
  return framed(c, c.number("hidden_size"), std::move(stack), rules);
}

experts_read read_experts(config const& c, std::string_view count_key) {
  experts_read e;
  e.count = c.number(count_key, most_layers);
  if (json_value const* const used = c.find("num_experts_per_tok")) {
    e.used = c.number("num_experts_per_tok");
    if (*e.used > e.count)
      refuse_value(*used, "is " + used->spelled() + ", but '" + std::string(count_key) + "' is " + std::to_string(e.count));
  }
  return e;
}

}  // namespace commfold::io
