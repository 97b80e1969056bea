// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/shapes.hpp
/// The shape of what a collective returns: fresh, contiguous tensors, as PyTorch's meta kernels make them.

#include <commfold/error.hpp>
#include <commfold/op/packed.hpp>
#include <commfold/op/refusal.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype_of_tensor.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/extents.hpp>
#include <commfold/tensor/extents_of.hpp>
#include <commfold/tensor/tensor.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace commfold::detail {

/// A tensor whose dtype and rank are in its type.
template <class T>
concept typed_tensor = static_rank_tensor<T> && static_dtype_tensor<T>;

template <dtype D, std::size_t... E>
constexpr tensor<D, E...> tensor_of_shape(extents<E...> const& shape) {
  return tensor<D, E...>(shape);
}

/// Replaces the first extent of a shape; `First` is `dyn` where only the value `first` is known.
template <std::size_t First, std::size_t E0, std::size_t... E>
constexpr extents<First, E...> with_first(extents<E0, E...> const& shape, std::size_t first) {
  if constexpr (extents<First, E...>::rank_dynamic() == 0) {
    return {};
  } else {
    std::size_t values[1 + sizeof...(E)] = {first};
    for (std::size_t r = 1; r <= sizeof...(E); ++r) values[r] = shape.extent(r);
    return extents<First, E...>(from_values{}, values);
  }
}

constexpr dynamic_extents with_first(dynamic_extents const& shape, std::size_t first) {
  std::size_t values[max_rank] = {first};
  for (std::size_t r = 1; r < shape.rank(); ++r) values[r] = shape.extent(r);
  return dynamic_extents(values, shape.rank() == 0 ? 1 : shape.rank());
}

/// The value of a size that its type holds; else `dyn`.
template <size_like N>
inline constexpr std::size_t static_value = dyn;
template <static_size N>
inline constexpr std::size_t static_value<N> = size_that_fits<fits_size(N::value)>(static_cast<std::size_t>(N::value));

/// A tensor of its own with the dtype and shape of another.
struct same_shape {
  template <dtype D, std::size_t... E>
  static constexpr tensor<D, E...> of(tensor<D, E...> const& t) {
    return t;
  }
  template <class T>
  static constexpr auto of(T const& t) {
    if constexpr (typed_tensor<T>)
      return tensor_of_shape<traits_of<T>::dtype>(extents_of(t));
    else
      return dynamic_tensor(dtype_of_tensor(t), extents_of(t));
  }
};

/// Dimension 0 times the number of ranks; a tensor without dimensions is gathered into [ranks].
template <class Row, tensor_like T, size_like Ranks>
constexpr auto gathered(T const& t, Ranks const& ranks) {
  std::size_t const p = to_size(ranks, Row::verb);
  if constexpr (!typed_tensor<T>) {
    auto const shape = extents_of(t);
    expect_whole_bytes(Row::verb, dtype_of_tensor(t), shape.rank(), shape.rank() == 0 ? 1 : shape.extent(0), p);
    return dynamic_tensor(dtype_of_tensor(t),
                          with_first(dynamic_extents(shape), shape.rank() == 0 ? p : checked_multiply(shape.extent(0), p, Row::verb)));
  } else if constexpr (tensor_extents<T>::rank() == 0) {
    expect_whole_bytes(Row::verb, traits_of<T>::dtype, 0, 1, p);
    if constexpr (static_value<Ranks> != dyn)
      return tensor<traits_of<T>::dtype, static_value<Ranks>>();
    else
      return tensor<traits_of<T>::dtype, dyn>(p);
  } else {
    constexpr std::size_t dim0 = tensor_extents<T>::static_extent(0);
    if constexpr (known_to_cut_a_byte(traits_of<T>::dtype, tensor_extents<T>::rank(), dim0, static_value<Ranks>))
      Row::template refuse<call_refusal::byte_is_cut, dim0>();
    else if constexpr (packs_rows(traits_of<T>::dtype))
      expect_whole_bytes(Row::verb, traits_of<T>::dtype, tensor_extents<T>::rank(), extents_of(t).extent(0), p);
    if constexpr (dim0 != dyn && static_value<Ranks> != dyn) {
      constexpr size_result product = try_multiply(dim0, static_value<Ranks>);
      if constexpr (!product.fits) Row::template refuse<call_refusal::result_too_large, dim0, static_value<Ranks>>();
      return tensor_of_shape<traits_of<T>::dtype>(with_first<product.value>(extents_of(t), product.value));
    } else {
      auto const shape = extents_of(t);
      return tensor_of_shape<traits_of<T>::dtype>(with_first<dyn>(shape, checked_multiply(shape.extent(0), p, Row::verb)));
    }
  }
}

[[noreturn]] constexpr void fail_uneven(char const* verb, std::size_t dim0, std::size_t ranks) {
  fail<invalid_argument>(verb, "dimension 0 of the input ({}) is not divisible by the group's size ({}); pad it", dim0, ranks);
}
[[noreturn]] constexpr void fail_scalar(char const* verb) {
  fail<invalid_argument>(verb, "a tensor without dimensions has no dimension 0 to divide");
}

constexpr void expect_divisible(char const* verb, std::size_t dim0, std::size_t ranks) {
  if (ranks == 0 || dim0 % ranks != 0) fail_uneven(verb, dim0, ranks);
}

/// Refuses a dimension 0 that the ranks do not divide into parts of whole bytes, and a tensor that has none.
template <class T, class Ranks>
constexpr void expect_even(char const* verb, T const& t, Ranks const& ranks) {
  auto const shape = extents_of(t);
  if (shape.rank() == 0) fail_scalar(verb);
  std::size_t const p = to_size(ranks, verb);
  expect_divisible(verb, shape.extent(0), p);
  if constexpr (!typed_tensor<T>)
    expect_whole_bytes(verb, dtype_of_tensor(t), shape.rank(), shape.extent(0) / p, p);
  else if constexpr (packs_rows(traits_of<T>::dtype))
    expect_whole_bytes(verb, traits_of<T>::dtype, shape.rank(), shape.extent(0) / p, p);
}

/// Whether the type alone tells that there is no dimension 0.
template <class T>
consteval bool known_scalar() {
  if constexpr (static_rank_tensor<T>)
    return tensor_extents<T>::rank() == 0;
  else
    return false;
}

/// Whether the types alone tell that dimension 0 is not a multiple of the number of ranks.
template <class T, class Ranks>
consteval bool known_uneven() {
  if constexpr (!static_rank_tensor<T> || known_scalar<T>() || static_value<Ranks> == dyn)
    return false;
  else if constexpr (tensor_extents<T>::static_extent(0) == dyn)
    return false;
  else
    return static_value<Ranks> == 0 || tensor_extents<T>::static_extent(0) % static_value<Ranks> != 0;
}

/// Whether the types leave it possible that dimension 0 is divided evenly.
template <class T, class Ranks>
inline constexpr bool may_divide = !known_scalar<T>() && !known_uneven<T, Ranks>();

/// What the type of a typed tensor tells of dimension 0 divided by the ranks: `dyn` for nothing.
template <class T, class Ranks>
inline constexpr std::size_t static_share =
    static_value<Ranks> == dyn || tensor_extents<T>::static_extent(0) == dyn ? dyn
                                                                             : tensor_extents<T>::static_extent(0) / static_value<Ranks>;

/// Whether the types alone tell that an even part ends within a byte.
template <class T, class Ranks>
consteval bool known_to_cut_bytes() {
  if constexpr (!typed_tensor<T>)
    return false;
  else if constexpr (!packs_rows(traits_of<T>::dtype))
    return false;
  else
    return known_to_cut_a_byte(traits_of<T>::dtype, tensor_extents<T>::rank(), static_share<T, Ranks>, static_value<Ranks>);
}

/// Dimension 0 divided by the number of ranks. What the types alone tell to be impossible is a compile error, and keeps its shape.
template <class Row, tensor_like T, size_like Ranks>
constexpr auto scattered(T const& t, Ranks const& ranks) {
  if constexpr (known_scalar<T>()) {
    Row::template refuse<call_refusal::scalar>();
    return same_shape::of(t);
  } else if constexpr (known_uneven<T, Ranks>()) {
    Row::template refuse<call_refusal::uneven, tensor_extents<T>::static_extent(0), static_value<Ranks>>();
    return same_shape::of(t);
  } else if constexpr (known_to_cut_bytes<T, Ranks>()) {
    Row::template refuse<call_refusal::byte_is_cut, static_share<T, Ranks>>();
    return same_shape::of(t);
  } else {
    expect_even(Row::verb, t, ranks);
    auto const shape = extents_of(t);
    std::size_t const shard = shape.extent(0) / to_size(ranks, Row::verb);
    if constexpr (!typed_tensor<T>) {
      return dynamic_tensor(dtype_of_tensor(t), with_first(dynamic_extents(shape), shard));
    } else {
      constexpr std::size_t dim0 = tensor_extents<T>::static_extent(0);
      constexpr std::size_t first = dim0 == dyn || static_value<Ranks> == dyn ? dyn : dim0 / static_value<Ranks>;
      return tensor_of_shape<traits_of<T>::dtype>(with_first<first>(shape, shard));
    }
  }
}

/// Another dimension 0, known only at run time; a tensor that has none stays as it is.
template <tensor_like T>
constexpr auto resized(T const& t, std::size_t first) {
  auto const shape = extents_of(t);
  if constexpr (known_scalar<T>())
    return same_shape::of(t);
  else if constexpr (typed_tensor<T>)
    return tensor_of_shape<traits_of<T>::dtype>(with_first<dyn>(shape, first));
  else
    return dynamic_tensor(dtype_of_tensor(t), with_first(dynamic_extents(shape), first));
}

}  // namespace commfold::detail
