// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/pipeline/action.hpp
/// What a rank of a pipeline does next: compute a part of a micro-batch, or send, or receive.

#include <commfold/error.hpp>

#include <cstddef>
#include <string>

namespace commfold::parallel::pipeline {

/// The kinds of action of torch.distributed.pipelining, and their letters.
enum class what : unsigned char {
  forward,          ///< F
  full_backward,    ///< B: gradients of inputs and of weights
  backward_input,   ///< I: of inputs alone
  backward_weight,  ///< W: of weights, later
  unshard,          ///< UNSHARD: FSDP gathers the stage
  reshard,          ///< RESHARD
  reduce_grad,      ///< REDUCE_GRAD: FSDP reduces the stage's gradients
  send_f,           ///< SEND_F: activations to the next stage
  recv_f,           ///< RECV_F: from the stage before
  send_b,           ///< SEND_B: gradients to the stage before
  recv_b,           ///< RECV_B: from the next stage
  overlap_f_b       ///< OVERLAP_F_B: a forward and a full backward at once
};

/// One action on one stage. Of UNSHARD, RESHARD and REDUCE_GRAD there is no micro-batch; an overlap has a second stage and micro-batch,
/// whose backward it is.
struct action {
  pipeline::what what = pipeline::what::forward;
  std::size_t stage = 0;
  std::size_t micro_batch = 0;
  std::size_t backward_stage = 0;
  std::size_t backward_micro_batch = 0;

  [[nodiscard]] constexpr bool has_micro_batch() const {
    return what != pipeline::what::unshard && what != pipeline::what::reshard && what != pipeline::what::reduce_grad;
  }
  [[nodiscard]] constexpr bool is_backward() const {
    return what == pipeline::what::full_backward || what == pipeline::what::backward_input || what == pipeline::what::backward_weight;
  }
  /// The parts of an overlap, one after the other.
  [[nodiscard]] constexpr action forward_part() const { return {pipeline::what::forward, stage, micro_batch}; }
  [[nodiscard]] constexpr action backward_part() const { return {pipeline::what::full_backward, backward_stage, backward_micro_batch}; }

  [[nodiscard]] friend constexpr bool operator==(action const&, action const&) = default;
};

/// The action as PyTorch prints it: "2SEND_F1", "0REDUCE_GRAD", "(0F3;3B1)OVERLAP_F_B".
[[nodiscard]] inline std::string text_of(action const& one) {
  constexpr char const* letters[] = {"F", "B", "I", "W", "UNSHARD", "RESHARD", "REDUCE_GRAD", "SEND_F", "RECV_F", "SEND_B", "RECV_B"};
  if (one.what == what::overlap_f_b) return "(" + text_of(one.forward_part()) + ";" + text_of(one.backward_part()) + ")OVERLAP_F_B";
  return std::to_string(one.stage) + letters[static_cast<std::size_t>(one.what)] +
         (one.has_micro_batch() ? std::to_string(one.micro_batch) : "");
}

/// Calls use(action) with the action, or with both parts of an overlap.
template <class Use>
constexpr void for_each_part(action const& one, Use&& use) {
  if (one.what != what::overlap_f_b) {
    use(one);
    return;
  }
  use(one.forward_part());
  use(one.backward_part());
}

}  // namespace commfold::parallel::pipeline
