// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/bytes.hpp
/// Questions to any tensor: its dtype, shape, elements and bytes. Those that the type answers never touch the value.

#include <commfold/tensor/tensor_traits.hpp>

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <type_traits>
#include <utility>

namespace commfold {
namespace detail {

/// Bytes of a contiguous tensor. Rows of a packed quantised type each start on a byte.
constexpr size_result try_contiguous_bytes(dtype d, std::size_t const* extents, std::size_t rank) {
  std::size_t const width = bits(d);
  if (packs_rows(d) && rank > 0) {
    size_result const row = try_bytes(width, extents[rank - 1]);
    size_result const all = try_product(row.value, extents, extents + rank - 1);
    return {all.value, all.fits && row.fits};
  }
  if (width % 8 == 0) return try_product(width / 8, extents, extents + rank);
  size_result const n = try_product(1, extents, extents + rank);
  size_result const all = try_bytes(width, n.value);
  return {all.value, all.fits && n.fits};
}

constexpr bool has_dyn(std::initializer_list<std::size_t> extents) noexcept {
  for (std::size_t const e : extents)
    if (e == dyn) return true;
  return false;
}

constexpr size_result try_static_bytes(dtype d, std::initializer_list<std::size_t> extents) {
  // Whole bytes in one pass, since this is evaluated for every type of tensor. An overflow is looked at again: an extent of 0 undoes it.
  if (std::size_t bytes = bits(d); bytes % 8 == 0 && !packs_rows(d)) {
    bytes /= 8;
    bool fits = true;
    for (std::size_t const e : extents) {
      if (e == dyn) return {dyn, true};
      if (__builtin_mul_overflow(bytes, e, &bytes)) fits = false;
    }
    if (fits) return {bytes, true};
  }
  return has_dyn(extents) ? size_result{dyn, true} : try_contiguous_bytes(d, extents.begin(), extents.size());
}

template <bool Fits>
constexpr std::size_t bytes_that_fit(std::size_t bytes) {
  static_assert(Fits, "commfold::payload_bytes: the size of this tensor does not fit std::size_t");
  return bytes;
}

/// Asked twice, since a second evaluation costs less than a function for each tensor type that holds the answer to the first.
template <dtype D, std::size_t... E>
inline constexpr std::size_t static_bytes = bytes_that_fit<try_static_bytes(D, {E...}).fits>(try_static_bytes(D, {E...}).value);

template <dtype D, std::size_t... E>
consteval std::size_t static_bytes_of_extents(extents<E...> const*) {
  return static_bytes<D, E...>;
}

template <class T>
consteval std::size_t static_payload() {
  static_assert(tensor_like<T>, "commfold::tensor_traits: this type is no tensor; specialise tensor_traits<T>, or speak mdspan's words");
  if constexpr (static_tensor<T>)
    return static_bytes_of_extents<traits_of<T>::dtype>(static_cast<tensor_extents<T> const*>(nullptr));
  else
    return dyn;
}

}  // namespace detail

/// The payload of a tensor type, numel x bits rounded up to bytes, asked of the type alone: `dyn` where the type does not say. A static
/// size that does not fit `std::size_t` is a compile error.
template <class T>
inline constexpr std::size_t static_payload_bytes = detail::static_payload<std::remove_cvref_t<T>>();

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

/// The bytes of the storage behind a tensor type, asked of the type alone: `dyn` where the type does not say.
template <class T>
inline constexpr std::size_t static_storage_bytes = detail::static_storage<std::remove_cvref_t<T>>();

namespace detail {

struct extents_of_fn {
  template <tensor_like T>
  [[nodiscard]] constexpr tensor_extents<T> operator()(T const& t) const {
    using own = tensor_extents<T>;
    decltype(auto) e = traits_of<T>::extents(t);
    if constexpr (std::same_as<std::remove_cvref_t<decltype(e)>, own> || !static_rank<own>) {
      return own(e);
    } else if constexpr (own::rank_dynamic() == 0) {
      return own();
    } else {
      std::size_t values[own::rank()] = {};
      for (std::size_t r = 0; r < own::rank(); ++r)
        values[r] = to_size(e.extent(static_cast<decltype(e.rank())>(r)), "commfold::extents_of");
      return own(from_values{}, values);
    }
  }
};

struct dtype_of_tensor_fn {
  template <tensor_like T>
  [[nodiscard]] constexpr commfold::dtype operator()([[maybe_unused]] T const& t) const {
    if constexpr (fixes_dtype<traits_of<T>>)
      return traits_of<T>::dtype;
    else
      return traits_of<T>::dtype(t);
  }
};

struct rank_of_fn {
  template <tensor_like T>
  [[nodiscard]] constexpr auto operator()(T const& t) const {
    if constexpr (static_rank_tensor<T>)
      return size_constant<tensor_extents<T>::rank()>{};
    else
      return extents_of_fn{}(t).rank();
  }
};

struct numel_fn {
  template <tensor_like T>
  [[nodiscard]] constexpr auto operator()(T const& t) const {
    return extents_of_fn{}(t).numel();
  }
};

template <class Extents>
[[gnu::always_inline]] constexpr size_result try_bytes_of_extents(dtype d, Extents const& e) {
  std::size_t const width = bits(d);
  if (width % 8 == 0) return e.product(width / 8);
  dynamic_extents const all(e);
  return try_contiguous_bytes(d, all.data(), all.rank());
}

/// The payload, and whether it fits; for sums, which say once whether they are right.
template <tensor_like T>
[[gnu::always_inline]] constexpr size_result try_payload_bytes([[maybe_unused]] T const& t) {
  if constexpr (static_payload_bytes<T> != dyn)
    return {static_payload_bytes<T>, true};
  else
    return try_bytes_of_extents(dtype_of_tensor_fn{}(t), extents_of_fn{}(t));
}

/// The same of the storage.
template <tensor_like T>
[[gnu::always_inline]] constexpr size_result try_storage_bytes([[maybe_unused]] T const& t) {
  if constexpr (gives_storage<traits_of<T>, T>)
    return {to_size(traits_of<T>::storage_bytes(t), "commfold::storage_bytes"), true};
  else
    return try_payload_bytes(t);
}

struct payload_bytes_fn {
  template <tensor_like T>
  [[nodiscard]] constexpr auto operator()([[maybe_unused]] T const& t) const {
    if constexpr (constexpr std::size_t known = static_payload_bytes<T>; known != dyn) {
      return size_constant<known>{};
    } else {
      size_result const bytes = try_payload_bytes(t);
      if (!bytes.fits) fail_overflow("commfold::payload_bytes", "the size of this tensor");
      return bytes.value;
    }
  }
};

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

/// extents_of(t): the shape, as `tensor_extents<T>`, whoever's tensor it is.
inline constexpr detail::extents_of_fn extents_of{};

/// dtype_of_tensor(t): the dtype. For the dtype of a C++ element type, `dtype_of<T>`.
inline constexpr detail::dtype_of_tensor_fn dtype_of_tensor{};

/// rank_of(t): a `size_constant` where the type fixes the rank, else a `std::size_t`.
inline constexpr detail::rank_of_fn rank_of{};

/// numel(t): the number of elements, 1 for rank 0. A `size_constant` where the shape is static, else a `std::size_t`; `overflow_error`
/// where it does not fit.
inline constexpr detail::numel_fn numel{};

/// payload_bytes(t) = ⌈numel(t) * bits / 8⌉: the bytes of the elements. A `size_constant` where the type fixes it, else a `std::size_t`;
/// one that does not fit is a compile error or an `overflow_error`. `quint4x2` and `quint2x4` start every row on a byte, as in PyTorch.
inline constexpr detail::payload_bytes_fn payload_bytes{};

/// storage_bytes(t): the bytes of the storage behind t, which a view shares with its base: PyTorch's `t.untyped_storage().nbytes()`.
/// Static in, static out, as for `payload_bytes`.
inline constexpr detail::storage_bytes_fn storage_bytes{};

}  // namespace commfold
