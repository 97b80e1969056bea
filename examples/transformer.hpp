// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  examples/transformer.hpp
/// Decoder-only transformers as plain structs of tensors: the Llama and the Mixtral family. With numbers as widths a model is known while
/// compiling; with `cf::dyn` in their place it is read from a file.

#include <commfold/commfold.hpp>

#include <array>
#include <cstddef>
#include <vector>

namespace transformer {

namespace cf = commfold;

/// The projections of grouped-query attention; `Query` and `KeyValue` are heads times the width of a head.
template <cf::dtype D, std::size_t Hidden, std::size_t Query, std::size_t KeyValue>
struct attention {
  cf::tensor<D, Query, Hidden> wq;
  cf::tensor<D, KeyValue, Hidden> wk, wv;
  cf::tensor<D, Hidden, Query> wo;
};

template <cf::dtype D, std::size_t Hidden, std::size_t Intermediate>
struct mlp {
  cf::tensor<D, Intermediate, Hidden> gate, up;
  cf::tensor<D, Hidden, Intermediate> down;
};

/// Mixtral's feed-forward: a router and a number of experts.
template <cf::dtype D, std::size_t Hidden, std::size_t Intermediate, std::size_t Experts>
struct mixture {
  cf::tensor<D, Experts, Hidden> router;
  std::array<mlp<D, Hidden, Intermediate>, Experts> experts;
};
template <cf::dtype D, std::size_t Hidden, std::size_t Intermediate>
struct mixture<D, Hidden, Intermediate, cf::dyn> {
  cf::tensor<D, cf::dyn, Hidden> router;
  std::vector<mlp<D, Hidden, Intermediate>> experts;
};

/// The members stand in the order of use.
template <cf::dtype D, std::size_t Hidden, std::size_t Query, std::size_t KeyValue, class FeedForward>
struct layer {
  cf::tensor<D, Hidden> input_norm;
  attention<D, Hidden, Query, KeyValue> self_attn;
  cf::tensor<D, Hidden> post_attention_norm;
  FeedForward feed_forward;
};

/// `Layers` is a container of layers. `Head` is the output projection: a tensor, or an optional one, which is empty where the embedding is
/// used instead.
template <cf::dtype D, std::size_t Vocabulary, std::size_t Hidden, class Layers, class Head>
struct decoder {
  cf::tensor<D, Vocabulary, Hidden> embed;
  Layers layers;
  cf::tensor<D, Hidden> norm;
  Head head;
};

/// Models that are known while compiling, with an output projection of their own.
template <cf::dtype D, std::size_t Layers, std::size_t Vocabulary, std::size_t Hidden, std::size_t Intermediate, std::size_t Query,
          std::size_t KeyValue>
using llama = decoder<D, Vocabulary, Hidden, std::array<layer<D, Hidden, Query, KeyValue, mlp<D, Hidden, Intermediate>>, Layers>,
                      cf::tensor<D, Vocabulary, Hidden>>;

template <cf::dtype D, std::size_t Layers, std::size_t Vocabulary, std::size_t Hidden, std::size_t Intermediate, std::size_t Query,
          std::size_t KeyValue, std::size_t Experts>
using mixtral =
    decoder<D, Vocabulary, Hidden, std::array<layer<D, Hidden, Query, KeyValue, mixture<D, Hidden, Intermediate, Experts>>, Layers>,
            cf::tensor<D, Vocabulary, Hidden>>;

/// The number of elements of all tensors below a node.
template <class Tree>
constexpr std::size_t parameters(Tree const& tree) {
  auto const add = [](std::size_t n, auto const& tensor) -> std::size_t { return cf::add(n, cf::numel(tensor)); };
  return cf::tree_fold(add, std::size_t{0}, tree);
}

}  // namespace transformer
