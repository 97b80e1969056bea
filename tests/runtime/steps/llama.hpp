// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/runtime/steps/llama.hpp
/// The model behind torch_steps.jsonl: two layers of 512, with 8 heads and 2 key and value heads of 64, a feed-forward of 1408 and a
/// vocabulary of 32000. Its parameters are named in the order of use. Of run-time tensors, since the dtype is a row's.

#include <commfold/tensor/dynamic_tensor.hpp>

#include <cstddef>
#include <vector>

namespace steps_test {

struct llama {
  struct attention {
    commfold::dynamic_tensor wq, wk, wv, wo;
  };
  struct mlp {
    commfold::dynamic_tensor gate, up, down;
  };
  struct layer {
    commfold::dynamic_tensor input_norm;
    attention self_attn;
    commfold::dynamic_tensor post_attention_norm;
    mlp feed_forward;
  };
  commfold::dynamic_tensor embed;
  std::vector<layer> layers;
  commfold::dynamic_tensor norm, head;

  static constexpr std::size_t key_value_heads = 2;

  explicit llama(commfold::dtype d)
      : embed(d, {32000, 512}),
        layers(2, {{d, {512}},
                   {{d, {512, 512}}, {d, {128, 512}}, {d, {128, 512}}, {d, {512, 512}}},
                   {d, {512}},
                   {{d, {1408, 512}}, {d, {1408, 512}}, {d, {512, 1408}}}}),
        norm(d, {512}),
        head(d, {32000, 512}) {}
};

}  // namespace steps_test
