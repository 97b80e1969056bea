// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/comm/rank_lists.hpp
/// The lists of tensors that `torch.distributed` makes around what its callers give. No user need name it.

#include <commfold/group/process_group.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/op/splits.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/storage_bytes.hpp>
#include <commfold/tensor/tensor.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <vector>

namespace commfold::detail {

/// Not by deduction, which would make a copy of a list of a list of one; and no array, of which g++ 12 copies no vectors in a constant.
template <class T>
constexpr std::tuple<T> list_of_one(T const& entry) {
  return std::tuple<T>(entry);
}

/// A tensor like this one for each rank, each with a storage of its own.
template <tensor_like T, any_group Group>
constexpr auto one_a_rank(T const& t, Group const& group) {
  using ranks = std::remove_cvref_t<decltype(group.size)>;
  using own = decltype(same_shape::of(t));
  if constexpr (static_size<ranks>) {
    std::array<own, ranks::value> list{};
    list.fill(same_shape::of(t));
    return list;
  } else {
    return std::vector<own>(group.size, same_shape::of(t));
  }
}

/// The same as parts of one buffer, as PyTorch receives objects.
template <tensor_like T, any_group Group>
constexpr std::vector<dynamic_tensor> parts_of_a_buffer(T const& part, Group const& group) {
  dynamic_tensor const own(part);
  std::size_t const buffer = checked_multiply(own.storage_bytes(), group.size, "commfold::dist: a buffer of objects");
  return std::vector<dynamic_tensor>(group.size, dynamic_tensor(own.dtype(), own.extents(), own.strides(), buffer));
}

/// An object, or a list of them, as bytes: of the size or sizes that they are serialized to.
template <size_like N>
constexpr tensor<u8, dyn> serialized(N const& size) {
  return tensor<u8, dyn>(to_size(size, "commfold::dist: the size of an object"));
}
template <split_sizes Sizes>
constexpr tensor<u8, dyn> serialized(Sizes const& sizes) {
  std::size_t all = 0;
  for (auto const& size : sizes) all = checked_add(all, to_size(size, "commfold::dist: the size of an object"));
  return tensor<u8, dyn>(all);
}

}  // namespace commfold::detail
