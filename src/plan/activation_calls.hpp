// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/plan/activation_calls.hpp
/// What the activations of one rank communicate, layer by layer: over tp, cp and ep.

#include <src/input_error.hpp>
#include <src/plan/held_model.hpp>
#include <src/plan/plan.hpp>

#include <commfold/group/dynamic_group.hpp>
#include <commfold/parallel/context.hpp>
#include <commfold/parallel/expert.hpp>
#include <commfold/parallel/tensor.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace commfold::io {

/// The sizes of one micro-batch on one rank, as everything that sends activations needs them.
struct micro_batch_shape {
  dtype computed{};
  std::size_t sequences = 1;
  std::size_t tokens = 1;       ///< of whole sequences
  std::size_t held_tokens = 1;  ///< of the rank's part of them, over cp
  std::size_t hidden = 1;
};
[[nodiscard]] micro_batch_shape shape_of(held_model const& of, plan_options const& with);

/// The calls of a decoder whose matrices are cut, by DTensor or by Megatron-LM, whose sequences and whose experts are shared out. An axis
/// that the mesh has not, or that has one rank, makes none. `input_error`, or `invalid_argument` of the library, for what the ranks do not
/// divide, for tokens that do not go evenly to experts, and for layers that the axes cannot share out.
class activation_calls {
 public:
  activation_calls(held_model const& whole, plan_options const& with);

  template <class Comm>
  void embedding_forward(Comm& comm) const {
    if (megatron_)
      megatron_->embedding_forward(comm);
    else if (tensor_)
      parallel::tensor::embedding(*tensor_).forward(comm);
  }
  template <class Comm>
  void embedding_backward(Comm& comm) const {
    if (megatron_)
      megatron_->embedding_backward(comm);
    else if (tensor_)
      parallel::tensor::embedding(*tensor_).backward(comm);
  }

  /// All of a layer but its experts.
  template <class Comm>
  void layer_forward(Comm& comm, held_module const& layer) const {
    if (megatron_) return megatron_->layer_forward(comm);
    attention_forward(comm, layer);
    if (tensor_) tensor_->leave(comm);
    if (!tensor_) return;
    tensor_->enter(comm);
    tensor_->leave(comm);
  }
  template <class Comm>
  void layer_backward(Comm& comm, held_module const& layer) const {
    if (megatron_) return megatron_->layer_backward(comm, checkpoints_);
    if (tensor_) tensor_->leave_backward(comm);
    if (checkpoints_) recompute(comm, layer);
    if (tensor_) {
      tensor_->enter_backward(comm, layer.feed_forward_inputs.size());
      tensor_->leave_backward(comm);
    }
    if (ring_) ring_->backward(comm);
    if (tensor_) tensor_->enter_backward(comm, layer.attention_inputs.size());
  }

  template <class Comm>
  void dispatch(Comm& comm) const {
    if (experts_) experts_->dispatch(comm);
  }
  template <class Comm>
  void combine(Comm& comm) const {
    if (experts_) experts_->combine(comm);
  }
  template <class Comm>
  void combine_backward(Comm& comm) const {
    if (experts_) experts_->combine_backward(comm);
  }
  template <class Comm>
  void dispatch_backward(Comm& comm) const {
    if (experts_) experts_->dispatch_backward(comm);
  }

  template <class Comm>
  void head_forward(Comm& comm) const {
    if (megatron_) {
      megatron_->head_forward(comm);
      megatron_->loss(comm);
    } else if (tensor_) {
      head().forward(comm);
      head().loss(comm, computed_);
    }
  }
  template <class Comm>
  void head_backward(Comm& comm) const {
    if (megatron_)
      megatron_->head_backward(comm);
    else if (tensor_)
      head().backward(comm);
  }

  /// The gradients of a layer, or of what is in no layer, that are sums over tp, before data parallelism reduces them: one call each.
  template <class Comm>
  void sum_partial_gradients(Comm& comm, held_module const& of) const {
    if (!tensor_) return;
    for (std::size_t const extent : partial_gradients(of)) {
      dynamic_tensor const gradient(computed_, {extent});
      parallel::over_several(tensor_->axis(), [&](auto const& group) { comm.funcol().all_reduce(gradient, sum, group); });
    }
  }
  /// Megatron-LM's, of all modules of a rank in one call.
  template <class Comm>
  void sum_partial_gradients(Comm& comm, std::size_t elements, dtype of_gradients) const {
    if (megatron_) megatron_->sum_norm_gradients(comm, elements, of_gradients);
  }

  /// The extents of the gradients that are sums over tp: of norms of heads, since a rank has some of the heads, and under sequence
  /// parallelism of what reads a part of the sequence, norms and, in Megatron-LM, biases of row-wise layers.
  [[nodiscard]] std::vector<std::size_t> partial_gradients(held_module const& of) const;

 private:
  using axis_group = std::optional<dynamic_group>;

  [[nodiscard]] parallel::tensor::head<axis_group> head() const {
    return {*tensor_, vocabulary_, loss_parallel_ ? parallel::tensor::head_cut::sharded : parallel::tensor::head_cut::gathered};
  }

  template <class Comm>
  void attention_forward(Comm& comm, held_module const& layer) const {
    if (tensor_) {
      tensor_->enter(comm);
      if (gathers_keys_) {
        tensor_->gather_columns(comm, layer.key_value_columns);
        tensor_->gather_columns(comm, layer.key_value_columns);
      }
    }
    if (ring_) ring_->forward(comm);
  }
  /// Tensor parallelism stops before the last reduction, whose result no gradient needs.
  template <class Comm>
  void recompute(Comm& comm, held_module const& layer) const {
    attention_forward(comm, layer);
    if (experts_ && layer.has_experts()) experts_->forward(comm);
    if (!tensor_) return;
    tensor_->leave(comm);
    tensor_->enter(comm);
  }

  std::optional<parallel::tensor::activations<axis_group>> tensor_;
  std::optional<parallel::tensor::megatron_decoder<axis_group>> megatron_;
  std::optional<parallel::context::ring_attention<axis_group>> ring_;
  std::optional<parallel::expert::expert_exchange<axis_group>> experts_;
  dtype computed_;
  std::size_t vocabulary_;
  bool gathers_keys_ = false;
  bool checkpoints_;
  bool sequence_parallel_;
  bool loss_parallel_;
};

}  // namespace commfold::io
