// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/ddp/hooks.hpp
/// What PyTorch's communication hooks make of a bucket of gradients: other dtypes, low-rank factors, or nothing.

#include <commfold/comm/communicator.hpp>
#include <commfold/error.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/parallel/axis.hpp>
#include <commfold/parallel/ddp/buckets.hpp>
#include <commfold/parallel/flat_buffer.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype.hpp>

#include <cstddef>
#include <vector>

namespace commfold::parallel::ddp {

/// Which hook `register_comm_hook` was given.
enum class hook_kind : unsigned char {
  all_reduce,      ///< none, or `allreduce_hook`: the bucket as it is
  fp16_compress,   ///< `fp16_compress_hook`: the bucket in float16
  bf16_compress,   ///< `bf16_compress_hook`: the bucket in bfloat16
  post_local_sgd,  ///< `post_localSGD_hook`: from an iteration on, over a local group alone, or not at all
  power_sgd        ///< `powerSGD_hook`: from an iteration on, two factors of low rank of each matrix
};

/// A hook and its state's arguments. Buckets are filled by the bytes of the gradients, whatever the hook sends.
struct hook {
  hook_kind kind = hook_kind::all_reduce;
  /// Of the last two: the first iteration of its own, `start_localSGD_iter` and `start_powerSGD_iter`. PyTorch's defaults differ and are to
  /// be said here.
  std::size_t start_iteration = 0;
  std::size_t matrix_approximation_rank = 1;  ///< of PowerSGD
  std::size_t min_compression_rate = 2;       ///< of PowerSGD: a matrix is factored only if that makes it smaller by more than this
};

/// What PowerSGD (Vogels, Karimireddy, Jaggi: NeurIPS 2019) sends of a bucket: of each gradient of n rows and m columns (all dimensions but
/// the first) the factors P of n * r and Q of m * r elements, r = min(n, m, rank), if (n + m) * r * rate < n * m, else the gradient.
/// Source: `powerSGD_hook` and `_should_compress` in torch/distributed/algorithms/ddp_comm_hooks/powerSGD_hook.py.
struct power_sgd_elements {
  std::size_t uncompressed = 0, p = 0, q = 0;
};
[[nodiscard]] constexpr power_sgd_elements power_sgd_of(hook const& by, std::vector<piece> const& pieces, bucket const& of) {
  power_sgd_elements sent;
  for (std::size_t const at : of.members) {
    std::size_t const n = pieces[at].rows, m = n == 0 ? 0 : pieces[at].elements / n;
    std::size_t const smaller = n < m ? n : m;
    std::size_t const r = smaller < by.matrix_approximation_rank ? smaller : by.matrix_approximation_rank;
    if (multiply(add(n, m), r, by.min_compression_rate) < multiply(n, m)) {
      sent.p = add(sent.p, multiply(n, r));
      sent.q = add(sent.q, multiply(m, r));
    } else {
      sent.uncompressed = add(sent.uncompressed, pieces[at].elements);
    }
  }
  return sent;
}

/// The calls of a hook for one bucket, in the iteration that the model is in (0 is the first backward that synchronises):
///
///     all_reduce                   `allreduce_`(sum) of the bucket, which DDP has divided by the number of ranks
///     fp16_compress, bf16_compress the same, of 2 bytes an element
///     post_local_sgd               before `start_iteration` the same; then over `local` if there is one, else nothing
///     power_sgd                    before `start_iteration` the same; then `allreduce_` of all uncompressed gradients side by side, of all
///     P,
///                                  and of all Q, also where one of these is empty
template <communicator Comm, class Group, class Local>
constexpr void reduce_by(Comm& comm, hook const& by, std::size_t iteration, std::vector<piece> const& pieces, bucket const& of,
                         Group const& world, Local const& local) {
  auto const all_reduce = [&comm, &world](flat_buffer const& buffer) { comm.dist().all_reduce(buffer, sum, world); };
  bool const started = iteration >= by.start_iteration;
  switch (by.kind) {
    case hook_kind::all_reduce:
      return all_reduce(of.flat());
    case hook_kind::fp16_compress:
      return all_reduce({f16, of.elements});
    case hook_kind::bf16_compress:
      return all_reduce({bf16, of.elements});
    case hook_kind::post_local_sgd:
      if (!started) return all_reduce(of.flat());
      return over(local, [&comm, &of](auto const& group) { comm.dist().all_reduce(of.flat(), sum, group); });
    case hook_kind::power_sgd: {
      if (!started) return all_reduce(of.flat());
      power_sgd_elements const sent = ddp::power_sgd_of(by, pieces, of);
      all_reduce({of.dtype, sent.uncompressed});
      all_reduce({of.dtype, sent.p});
      return all_reduce({of.dtype, sent.q});
    }
  }
}

namespace detail {

/// `invalid_argument` where PowerSGD starts before iteration 2: until then DDP rebuilds its buckets, and PyTorch refuses it.
constexpr void expect_start(hook const& by) {
  if (by.kind == hook_kind::power_sgd && by.start_iteration < 2)
    commfold::detail::fail<invalid_argument>(
        "commfold::parallel::ddp", "PowerSGD starts in iteration {}; DDP has its final buckets from iteration 2 on", by.start_iteration);
}

}  // namespace detail

}  // namespace commfold::parallel::ddp
