// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/storage_bytes.hpp
/// The bytes of the storage behind a tensor, which for a view may be more than it shows, or fewer.

#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/payload_bytes.hpp>
#include <commfold/tensor/tensor_traits.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace commfold {
namespace detail {

template <class T>
consteval std::size_t static_storage() {
  using traits = traits_of<T>;
  if constexpr (tensor_like<T> && gives_storage<traits, T>) {
    using storage = std::remove_cvref_t<decltype(traits::storage_bytes(std::declval<T const&>()))>;
    if constexpr (static_size<storage>)
      return static_cast<std::size_t>(storage::value);
    else
      return dyn;
  } else {
    return static_payload_bytes<T>;
  }
}

}  // namespace detail

/// The bytes of the storage behind a tensor type, asked of the type alone: `dyn` where it does not say.
template <class T>
inline constexpr std::size_t static_storage_bytes = detail::static_storage<std::remove_cvref_t<T>>();

namespace detail {

/// The bytes, and whether they fit, for those who add up many and ask once.
template <tensor_like T>
[[gnu::always_inline]] constexpr size_result try_storage_bytes([[maybe_unused]] T const& t) {
  if constexpr (gives_storage<traits_of<T>, T>)
    return {to_size(traits_of<T>::storage_bytes(t), "commfold::storage_bytes"), true};
  else
    return try_payload_bytes(t);
}

struct storage_bytes_fn {
  template <tensor_like T>
  [[nodiscard]] constexpr auto operator()([[maybe_unused]] T const& t) const {
    if constexpr (constexpr std::size_t known = static_storage_bytes<T>; known != dyn)
      return size_constant<known>{};
    else if constexpr (gives_storage<traits_of<T>, T>)
      return to_size(traits_of<T>::storage_bytes(t), "commfold::storage_bytes");
    else
      return payload_bytes_fn{}(t);
  }
};

}  // namespace detail

/// storage_bytes(t): the bytes of the storage behind t, which a view shares with its base: PyTorch's `t.untyped_storage().nbytes()`.
/// A `size_constant` where the type fixes it, else a `std::size_t`; refusals as for `payload_bytes`.
inline constexpr detail::storage_bytes_fn storage_bytes{};

}  // namespace commfold
