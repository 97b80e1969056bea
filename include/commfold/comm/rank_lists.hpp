// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/comm/rank_lists.hpp
/// The lists that a call hands to an operator over lists of tensors: a list of one, and one tensor a rank. No user need name it.

#include <commfold/group/process_group.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/tensor_traits.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <vector>

namespace commfold::detail {

/// A list of one entry. `std::tuple{entry}` would copy a tuple of one instead of nesting it, and g++ 12 cannot copy an array of vectors in
/// a constant expression.
template <class T>
constexpr std::tuple<T> list_of_one(T const& entry) {
  return std::tuple<T>(entry);
}

/// One tensor like this one for each rank, each with a storage of its own: an array where the type of the group has its size.
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

}  // namespace commfold::detail
