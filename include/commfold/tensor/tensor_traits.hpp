// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/tensor_traits.hpp
/// What makes a type a tensor: the customization point, and the concepts over it.

#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/dtype_of.hpp>
#include <commfold/tensor/dynamic_extents.hpp>
#include <commfold/tensor/extents.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace commfold {

/// Customization point: how your tensor becomes a leaf. Specialise it with
///
///     using extents_type = …;                           // rank(), extent(r); and static_extent(r), static, where the rank is in the type
///     static constexpr auto extents(T const&);          // that shape
///     static constexpr commfold::dtype dtype = bf16;    // where the type fixes it, or
///     static constexpr commfold::dtype dtype(T const&); // where only the value does
///     static constexpr auto storage_bytes(T const&);    // (optional) bytes of the storage behind it: an integer, or a size_constant
///                                                       // where the type fixes it. Without it the storage is the payload.
///     static constexpr auto strides(T const&);          // (optional) a shape of strides, in elements. Without it: contiguous.
///
/// Left alone, `T` is not declared a tensor; asking never completes `T`. A type that already speaks mdspan's words needs none of this:
/// see `mdspan_shaped`.
template <class T>
struct tensor_traits {
  using not_specialised = void;
};

namespace detail {

/// Whether `tensor_traits<T>` was specialised. A variable, so that `tensor` answers by a specialisation, without its traits being
/// completed.
template <class T>
inline constexpr bool declares_tensor = !requires { typename tensor_traits<T>::not_specialised; };

}  // namespace detail

/// A type for which `tensor_traits` was specialised: the library's tensors and views, and yours. `T` is not completed.
template <class T>
concept declared_tensor = detail::declares_tensor<std::remove_cvref_t<T>>;

/// A type that speaks mdspan's vocabulary: `element_type`, and an `extents_type` with a static rank that `extents()` returns. The check
/// completes `T`. The dtype is `dtype_of<element_type>`.
template <class T>
concept mdspan_shaped = requires(std::remove_cvref_t<T> const& t) {
  typename std::remove_cvref_t<T>::element_type;
  typename std::remove_cvref_t<T>::extents_type;
  typename std::integral_constant<std::size_t, static_cast<std::size_t>(std::remove_cvref_t<T>::extents_type::rank())>;
  { std::remove_cvref_t<T>::extents_type::static_extent(0) } -> std::convertible_to<std::size_t>;
  { t.extents() } -> std::convertible_to<typename std::remove_cvref_t<T>::extents_type>;
};

/// A tensor: a declared one, or one shaped like mdspan. `T` is completed where it is not declared.
template <class T>
concept tensor_like = declared_tensor<T> || mdspan_shaped<T>;

namespace detail {

/// A layout that leaves no element of its span out.
template <class T>
concept always_exhaustive = requires { requires T::mapping_type::is_always_exhaustive(); };

template <class T>
concept may_have_holes = !always_exhaustive<T> && requires(T const& t) { t.mapping().required_span_size(); };

/// A type with strides; at rank 0 an mdspan has none.
template <class T>
concept tells_strides = (T::extents_type::rank() > 0) && requires(T const& t) { t.stride(0); };

/// The traits of a type that is shaped like mdspan and not declared.
template <class T>
struct mdspan_traits {
  using extents_type = typename T::extents_type;
  static constexpr commfold::dtype dtype = dtype_of<std::remove_cv_t<typename T::element_type>>;

  static constexpr decltype(auto) extents(T const& t) { return t.extents(); }

  /// The bytes from the first to the last element. Without this, for a layout that is always exhaustive, the storage is the payload.
  static constexpr std::size_t storage_bytes(T const& t)
    requires may_have_holes<T>
  {
    return bytes_of(dtype, t.mapping().required_span_size());
  }

  static constexpr auto strides(T const& t)
    requires tells_strides<T>
  {
    std::size_t values[extents_type::rank()] = {};
    for (std::size_t r = 0; r < extents_type::rank(); ++r)
      values[r] = to_size(t.stride(static_cast<typename extents_type::rank_type>(r)), "commfold::strides");
    return dynamic_extents(values, extents_type::rank());
  }
};

template <class T>
struct traits_choice {
  using type = tensor_traits<T>;
};
template <class T>
  requires(!declared_tensor<T> && mdspan_shaped<T>)
struct traits_choice<T> {
  using type = mdspan_traits<T>;
};

/// The traits that answer for T, references and cv removed.
template <class T>
using traits_of = typename traits_choice<std::remove_cvref_t<T>>::type;

template <class Extents>
concept static_rank = requires {
  typename std::integral_constant<std::size_t, static_cast<std::size_t>(Extents::rank())>;
  { Extents::static_extent(0) } -> std::convertible_to<std::size_t>;
};

/// A shape of any library as one of our own.
template <class Extents>
struct own_extents {
  using type = dynamic_extents;
};
template <static_rank Extents>
struct own_extents<Extents> {
  template <std::size_t... R>
  static extents<static_cast<std::size_t>(Extents::static_extent(R))...> list(std::index_sequence<R...>);
  using type = decltype(list(std::make_index_sequence<static_cast<std::size_t>(Extents::rank())>{}));
};
template <std::size_t... E>
  requires static_rank<extents<E...>>
struct own_extents<extents<E...>> {
  using type = extents<E...>;
};

template <class Traits>
concept fixes_dtype = requires { typename std::integral_constant<commfold::dtype, Traits::dtype>; };

template <class Traits, class T>
concept gives_storage = requires(T const& t) {
  { Traits::storage_bytes(t) } -> size_like;
};

}  // namespace detail

/// The shape of a tensor type as one of our own: `extents<…>` where the type fixes the rank, else `dynamic_extents`.
template <tensor_like T>
using tensor_extents = typename detail::own_extents<std::remove_cvref_t<typename detail::traits_of<T>::extents_type>>::type;

/// A tensor whose type fixes the rank.
template <class T>
concept static_rank_tensor = tensor_like<T> && detail::static_rank<tensor_extents<T>>;

/// A tensor whose type fixes the dtype.
template <class T>
concept static_dtype_tensor = tensor_like<T> && detail::fixes_dtype<detail::traits_of<T>>;

/// A tensor whose type fixes dtype and shape, and so every size.
template <class T>
concept static_tensor = static_rank_tensor<T> && static_dtype_tensor<T> && tensor_extents<T>::rank_dynamic() == 0;

}  // namespace commfold
