// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/comm/torch/objects.hpp
/// The buffers in which `torch.distributed` sends serialized objects. No user need name it.

#include <commfold/group/process_group.hpp>
#include <commfold/op/splits.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/tensor_traits.hpp>

#include <cstddef>
#include <vector>

namespace commfold::detail {

/// One tensor like this one for each rank, all of them parts of one buffer, into which PyTorch receives objects.
template <tensor_like T, any_group Group>
constexpr std::vector<dynamic_tensor> parts_of_a_buffer(char const* verb, T const& part, Group const& group) {
  dynamic_tensor const own(part);
  expect_list_fits(group.size, sizeof(dynamic_tensor), verb);
  std::size_t const buffer = checked_multiply(own.storage_bytes(), group.size, verb);
  return std::vector<dynamic_tensor>(group.size, dynamic_tensor(own.dtype(), own.extents(), own.strides(), buffer));
}

/// The bytes of an object, or of a list of objects: given are the sizes that they are serialized to.
template <size_like N>
constexpr tensor<u8, dyn> serialized(char const* verb, N const& size) {
  return tensor<u8, dyn>(to_size(size, verb));
}
template <split_sizes Sizes>
constexpr tensor<u8, dyn> serialized(char const* verb, Sizes const& sizes) {
  std::size_t all = 0;
  for (auto const& size : sizes) all = checked_add(all, to_size(size, verb), verb);
  return tensor<u8, dyn>(all);
}

}  // namespace commfold::detail
