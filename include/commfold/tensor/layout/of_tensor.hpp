// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/layout/of_tensor.hpp
/// The layout of any tensor, as its type and as its value tell. No user need name it.

#include <commfold/tensor/extents_of.hpp>
#include <commfold/tensor/layout/layout.hpp>
#include <commfold/tensor/storage_bytes.hpp>
#include <commfold/tensor/tensor_traits.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace commfold::detail {

template <class Traits, class T>
concept gives_strides = requires(T const& t) { Traits::strides(t); };

template <static_rank Extents>
constexpr void copy_static(std::size_t* to) {
  for (std::size_t r = 0; r < Extents::rank(); ++r) to[r] = Extents::static_extent(r);
}

/// The layout as the type tells, of a tensor of static rank: `dyn` for what it does not tell.
template <class T>
consteval layout layout_of_type() {
  using traits = traits_of<T>;
  using shape = tensor_extents<T>;
  layout l;
  l.rank = shape::rank();
  copy_static<shape>(l.sizes);
  if constexpr (gives_strides<traits, T>) {
    using strides = typename own_extents<std::remove_cvref_t<decltype(traits::strides(std::declval<T const&>()))>>::type;
    for (std::size_t r = 0; r < l.rank; ++r) l.strides[r] = dyn;
    if constexpr (static_rank<strides>) copy_static<strides>(l.strides);
  } else {
    set_contiguous_strides(l);
  }
  l.storage = static_storage_bytes<T>;
  return l;
}

template <class T>
inline constexpr layout static_layout = layout_of_type<T>();

/// The layout as the value tells: all numbers.
template <class T>
constexpr layout true_layout(T const& t) {
  if constexpr (requires { traits_of<T>::exact_layout(t); }) {
    return traits_of<T>::exact_layout(t);
  } else {
    using traits = traits_of<T>;
    auto const& shape = extents_of(t);
    layout l;
    l.exact = true;
    l.rank = shape.rank();
    for (std::size_t r = 0; r < l.rank; ++r) l.sizes[r] = shape.extent(r);
    if constexpr (gives_strides<traits, T>) {
      auto const& strides = traits::strides(t);
      for (std::size_t r = 0; r < l.rank; ++r) l.strides[r] = to_size(strides.extent(r), "commfold::strides");
    } else {
      set_contiguous_strides(l);
    }
    l.storage = storage_bytes(t);
    return l;
  }
}

}  // namespace commfold::detail
