// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/sum.hpp
/// The bytes of a tensor and of a tree of tensors: `sum_bytes`, `sum_tensors`, `sum_tensors_v`. The question the library exists for.

#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/bytes.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/standard_nodes.hpp>

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <initializer_list>
#include <type_traits>
#include <utility>

namespace commfold {

namespace detail {

// One number a type, so that a tree costs one variable per distinct type and no call: the bytes, or one of two marks at the top of the
// range. `dyn`: known only at run time. `too_many_bytes`: static, and larger than any other number.
inline constexpr std::size_t too_many_bytes = dyn - 1;

consteval std::size_t static_total(std::initializer_list<std::size_t> sizes) {
  std::size_t total = 0;
  bool fits = true;
  for (std::size_t const size : sizes) {
    if (size == dyn) return dyn;
    fits = fits && size < too_many_bytes - total;
    if (fits) total += size;
  }
  return fits ? total : too_many_bytes;
}

consteval std::size_t static_multiple(std::size_t size, std::size_t count) {
  if (size == dyn) return count == 0 ? 0 : dyn;
  if (size == 0 || count == 0) return 0;
  return size < too_many_bytes / count ? size * count : too_many_bytes;
}

template <class T>
consteval std::size_t static_bytes_of_node();

}  // namespace detail

/// The bytes of all tensors below `T`, asked of the type alone: `dyn` where a shape, a count or a choice is known only at run time.
/// Cost: one variable template per distinct type.
template <class T>
inline constexpr std::size_t static_tree_bytes = detail::static_bytes_of_node<std::remove_cv_t<T>>();
template <dtype D, std::size_t... E>
inline constexpr std::size_t static_tree_bytes<tensor<D, E...>> = static_storage_bytes<tensor<D, E...>>;

namespace detail {

template <class List>
inline constexpr std::size_t static_bytes_of_list = 0;
template <class... Children>
inline constexpr std::size_t static_bytes_of_list<boost::mp11::mp_list<Children...>> = static_total({static_tree_bytes<Children>...});

template <class T>
consteval std::size_t static_bytes_of_node() {
  constexpr node_kind kind = kind_of<T>;
  if constexpr (kind == node_kind::tensor) {
    return static_storage_bytes<T>;
  } else if constexpr (kind == node_kind::product) {
    return static_bytes_of_list<typename node_traits<T>::children>;
  } else if constexpr (fixed_sequence<T>) {
    return static_multiple(static_tree_bytes<typename node_traits<T>::element>, node_traits<T>::static_count);
  } else if constexpr (kind == node_kind::sequence) {
    // Only whether the element is a bare leaf is asked, never what is below it: a type may hold a vector of itself.
    return kind_of<typename node_traits<T>::element> == node_kind::opaque ? 0 : dyn;
  } else if constexpr (kind == node_kind::choice) {
    return static_bytes_of_list<typename node_traits<T>::alternatives> == 0 ? 0 : dyn;
  } else {
    return 0;
  }
}

template <class T>
constexpr std::size_t value_bytes(T const& tree);

/// total plus the I-th child, where that is not static.
template <std::size_t I, class Child, class T>
constexpr std::size_t plus_child(std::size_t total, T const& node) {
  if constexpr (static_tree_bytes<Child> == dyn)
    return checked_add(total, value_bytes(node_traits<T>::template child<I>(node)), "commfold::sum_tensors");
  else
    return total;
}

// By value from child to child: a lambda that captures the total keeps it in memory wherever the compiler does not inline it.
template <class T, class... Children, std::size_t... I>
constexpr std::size_t bytes_of_product(T const& node, boost::mp11::mp_list<Children...>, std::index_sequence<I...>) {
  // The static children are one constant, and their values are never read.
  constexpr std::size_t fixed = static_total({(static_tree_bytes<Children> == dyn ? 0 : static_tree_bytes<Children>)...});
  static_assert(fixed != too_many_bytes, "commfold::sum_tensors: the bytes of this tree do not fit std::size_t");
  std::size_t total = fixed;
  // Braces and not a fold expression: clang nests those at most 256 deep.
  bool const added[] = {true, (total = plus_child<I, Children>(total, node), true)...};
  static_cast<void>(added);
  return total;
}

template <class T>
constexpr std::size_t bytes_of_sequence(T const& node) {
  std::size_t total = 0;
  auto entry = node_traits<T>::begin(node);
  for (std::size_t n = node_traits<T>::count(node); n != 0; --n, ++entry)
    total = checked_add(total, value_bytes(child_of_entry<T>(*entry)), "commfold::sum_tensors");
  return total;
}

template <class T, class... Alternatives>
constexpr std::size_t bytes_of_choice(T const& node, boost::mp11::mp_list<Alternatives...>) {
  std::size_t const held = node_traits<T>::index(node);
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    std::size_t bytes = 0;
    (void)((held == I ? (bytes = value_bytes(node_traits<T>::template child<I>(node)), true) : false) || ...);
    return bytes;
  }
  (std::index_sequence_for<Alternatives...>{});
}

template <class T>
constexpr std::size_t value_bytes(T const& tree) {
  constexpr node_kind kind = kind_of<T>;
  if constexpr (static_tree_bytes<T> != dyn) {
    static_assert(static_tree_bytes<T> != too_many_bytes, "commfold::sum_tensors: the bytes of this tree do not fit std::size_t");
    return static_tree_bytes<T>;
  } else if constexpr (kind == node_kind::tensor) {
    return storage_bytes(tree);
  } else if constexpr (kind == node_kind::product) {
    using children = typename node_traits<T>::children;
    return bytes_of_product(tree, children{}, std::make_index_sequence<boost::mp11::mp_size<children>::value>{});
  } else if constexpr (kind == node_kind::sequence) {
    return bytes_of_sequence(tree);
  } else {
    return bytes_of_choice(tree, typename node_traits<T>::alternatives{});
  }
}

struct sum_tensors_fn {
  template <class T>
  [[nodiscard]] constexpr auto operator()(T const& tree) const {
    if constexpr (static_tree_bytes<T> == dyn) {
      return value_bytes(tree);
    } else {
      static_assert(static_tree_bytes<T> != too_many_bytes, "commfold::sum_tensors: the bytes of this tree do not fit std::size_t");
      return size_constant<static_tree_bytes<T>>{};
    }
  }
};

struct sum_bytes_fn {
  template <tensor_like T>
  [[nodiscard]] constexpr auto operator()(T const& tensor) const {
    return storage_bytes(tensor);
  }
};

}  // namespace detail

/// A tree whose bytes its type says.
template <class T>
concept static_tree = static_tree_bytes<std::remove_cvref_t<T>>
!= dyn;

/// sum_bytes(t): the bytes of the storage behind one tensor, as PyTorch's `sum_bytes` counts them: a view counts all of its storage.
inline constexpr detail::sum_bytes_fn sum_bytes{};

/// sum_tensors(tree) = sum of sum_bytes over the tensors of the tree, each occurrence counted. A `size_constant` when every leaf is static,
/// else a `std::size_t`: the static leaves are one constant in it, and only the dynamic ones are visited. What is no tensor weighs nothing.
/// A sum that does not fit is a compile error when static and an `overflow_error` when not.
inline constexpr detail::sum_tensors_fn sum_tensors{};

/// sum_tensors_v<T>: the same, asked of a type all of whose leaves are static.
template <static_tree T>
inline constexpr std::size_t sum_tensors_v = decltype(sum_tensors(std::declval<T const&>()))::value;

}  // namespace commfold
