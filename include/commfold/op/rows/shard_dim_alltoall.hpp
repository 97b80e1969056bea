// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/shard_dim_alltoall.hpp
/// The operator of DTensor (`torch.ops._dtensor`): an all_to_all that changes the dimension along which a tensor is sharded.

#include <commfold/error.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/packed.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/derived.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/layout/layout.hpp>
#include <commfold/tensor/layout/of_tensor.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace commfold {
namespace detail {

/// Why a tensor cannot be sharded anew.
enum class reshard_refusal { none, gather_dim_beyond_rank, shard_dim_beyond_rank, too_large, uneven, byte_is_cut };

struct resharding {
  layout result{};
  reshard_refusal why = reshard_refusal::none;
};

/// PyTorch's channels_last, of four or five dimensions N, C, ...: the channels are innermost, then the others from the last to the first.
/// As there, strides that leave it open, and tensors without elements, are not.
constexpr bool is_channels_last(layout const& l) {
  if ((l.rank != 4 && l.rank != 5) || l.strides[1] == 0) return false;
  size_result least;
  auto follows = [&](std::size_t r) {
    bool const in_order = l.sizes[r] != 0 && least.fits && l.strides[r] >= least.value;
    least = try_multiply(l.strides[r], l.sizes[r]);
    return in_order;
  };
  bool ordered = follows(1);
  for (std::size_t r = l.rank - 1; r > 1; --r) ordered = ordered && follows(r);
  return ordered && least.value != l.strides[1] && follows(0);
}
constexpr void set_channels_last_strides(layout& l) {
  l.contiguous = false;
  l.strides[1] = 1;
  std::size_t stride = l.sizes[1];
  for (std::size_t r = l.rank - 1; r > 1; --r) {
    l.strides[r] = stride;
    stride *= l.sizes[r];
  }
  l.strides[0] = stride;
}

/// The pieces of all ranks are joined along one dimension, and this rank keeps its piece along another. PyTorch's fake narrows what it
/// joined, which has the memory format of the pieces, and copies only where the narrowed tensor is not contiguous: else the storage is that
/// of the whole.
constexpr resharding resharded(char const* verb, dtype d, layout const& piece, std::size_t gather_dim, std::size_t shard_dim,
                               std::size_t ranks) {
  if (gather_dim >= piece.rank) return {piece, reshard_refusal::gather_dim_beyond_rank};
  if (shard_dim >= piece.rank) return {piece, reshard_refusal::shard_dim_beyond_rank};
  layout whole = piece;
  size_result const joined = try_multiply(whole.sizes[gather_dim], ranks);
  whole.sizes[gather_dim] = joined.value;
  if (!joined.fits || !try_contiguous_bytes(d, whole.sizes, whole.rank).fits) return {piece, reshard_refusal::too_large};
  if (whole.sizes[shard_dim] % ranks != 0) return {piece, reshard_refusal::uneven};
  std::size_t const mine_of_shard_dim = whole.sizes[shard_dim] / ranks;
  auto const cuts_rows = [&](std::size_t dim, std::size_t part) { return dim + 1 == piece.rank && cuts_a_byte(d, 1, part); };
  if (ranks > 1 && (cuts_rows(gather_dim, piece.sizes[gather_dim]) || cuts_rows(shard_dim, mine_of_shard_dim)))
    return {piece, reshard_refusal::byte_is_cut};
  whole = fresh(d, whole, verb);
  if (is_channels_last(piece)) set_channels_last_strides(whole);
  layout mine = whole;
  mine.contiguous = false;
  mine.sizes[shard_dim] = mine_of_shard_dim;
  layout const copy = fresh(d, mine, verb);
  return {has_contiguous_strides(mine) && copy.storage != whole.storage ? mine : copy};
}

[[noreturn]] constexpr void fail_resharding(char const* verb, reshard_refusal why, layout const& piece, std::size_t gather_dim,
                                            std::size_t shard_dim, std::size_t ranks) {
  if (why == reshard_refusal::too_large) fail_overflow(verb, "the size of the gathered tensor");
  if (why == reshard_refusal::gather_dim_beyond_rank)
    fail<invalid_argument>(verb, "gather_dim {} of a tensor of rank {}", gather_dim, piece.rank);
  if (why == reshard_refusal::shard_dim_beyond_rank)
    fail<invalid_argument>(verb, "shard_dim {} of a tensor of rank {}", shard_dim, piece.rank);
  if (why == reshard_refusal::byte_is_cut) fail<invalid_argument>(verb, "a rank's part of a row of a packed dtype would end within a byte");
  fail<invalid_argument>(verb, "dimension {} of the gathered tensor is not divisible by the group's size ({}); pad it", shard_dim, ranks);
}

/// A tensor whose sizes are in its type, and the order of its dimensions too, where it may matter.
template <class T>
concept statically_shardable =
    static_tensor<T> && ((tensor_extents<T>::rank() != 4 && tensor_extents<T>::rank() != 5) || all_known(static_layout<T>));

}  // namespace detail
}  // namespace commfold

namespace commfold::dtensor {

/// shard_dim_alltoall(input, gather_dim, shard_dim, group): a tensor sharded along `gather_dim` becomes one sharded along `shard_dim`.
/// `comm_tensor_size` is PyTorch's, input and result, and the result's storage is that of its fake kernel: the whole gathered tensor where
/// every dimension before `shard_dim` has extent 1 and the input is not channels_last. Static where the input, both dimensions
/// (`size_c<0>`) and the group are.
/// Refused: a dimension that the tensor does not have, a negative one, and one that the group does not divide (PyTorch's fake rounds down).
struct shard_dim_alltoall_t : op<shard_dim_alltoall_t> {
  COMMFOLD_OPERATOR("_dtensor::shard_dim_alltoall");
  static constexpr std::string_view schema = "(Tensor input, int gather_dim, int shard_dim, Any group_name) -> Tensor"sv;
  static constexpr auto kind = collective_kind::all_to_all;
  static constexpr call_rules rules{
      .group = arg(3), .counts = both(arg(0), result), .input = arg(0), .output = result, .message = larger(arg(0), result)};

  template <tensor_like T, size_like Gather, size_like Shard, any_group Group>
  static constexpr auto infer(T const& input, Gather const& gather_dim, Shard const& shard_dim, Group const& ranks) {
    using size = std::remove_cvref_t<decltype(ranks.size)>;
    if constexpr (detail::statically_shardable<T> && static_size<Gather> && static_size<Shard> && static_size<size>) {
      constexpr dtype d = detail::traits_of<T>::dtype;
      constexpr detail::resharding known = detail::resharded(verb, d, detail::static_layout<T>, detail::static_argument<Gather>().magnitude,
                                                             detail::static_argument<Shard>().magnitude, size::value);
      if constexpr (known.why == detail::reshard_refusal::gather_dim_beyond_rank)
        refuse<detail::call_refusal::no_gather_dim, Gather::value>();
      if constexpr (known.why == detail::reshard_refusal::shard_dim_beyond_rank) refuse<detail::call_refusal::no_shard_dim, Shard::value>();
      if constexpr (known.why == detail::reshard_refusal::too_large) refuse<detail::call_refusal::gathered_too_large, size::value>();
      if constexpr (known.why == detail::reshard_refusal::uneven) refuse<detail::call_refusal::uneven_shard_dim, size::value>();
      if constexpr (known.why == detail::reshard_refusal::byte_is_cut) refuse<detail::call_refusal::byte_is_cut, size::value>();
      if constexpr (known.result.contiguous)
        return detail::make_tensor<d, known.result>(known.result);
      else
        return detail::make_view<d, known.result>(known.result);
    } else {
      std::size_t const gather = detail::to_size(gather_dim, verb);
      std::size_t const shard = detail::to_size(shard_dim, verb);
      dtype const d = dtype_of_tensor(input);
      detail::layout const piece = detail::true_layout(input);
      detail::resharding const found = detail::resharded(verb, d, piece, gather, shard, ranks.size);
      if (found.why != detail::reshard_refusal::none) detail::fail_resharding(verb, found.why, piece, gather, shard, ranks.size);
      return dynamic_tensor(d, found.result);
    }
  }
};

inline constexpr shard_dim_alltoall_t shard_dim_alltoall{};

}  // namespace commfold::dtensor
