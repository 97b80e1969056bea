// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/sum.hpp
/// The bytes of a tensor and of a tree of tensors: `sum_bytes`, `sum_tensors`, `sum_tensors_v`. The question the library exists for.

#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/contiguous_bytes.hpp>
#include <commfold/tensor/storage_bytes.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/nodes/standard.hpp>
#include <commfold/tree/packs.hpp>

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

/// Of our own tensors, with no template between: leaves are what there are most of.
constexpr std::size_t bytes_of_tensor(dtype d, std::initializer_list<std::size_t> extents) {
  size_result const bytes = try_static_bytes(d, extents);
  return bytes.fits ? bytes.value : too_many_bytes;
}

template <class T>
consteval std::size_t static_bytes_of_node();

}  // namespace detail

/// The bytes of all tensors below `T`, asked of the type alone: `dyn` where a shape, a count or a choice is known only at run time.
/// Cost: one variable template per distinct type.
template <class T>
inline constexpr std::size_t static_tree_bytes = detail::static_bytes_of_node<std::remove_cv_t<T>>();
template <dtype D, std::size_t... E>
inline constexpr std::size_t static_tree_bytes<tensor<D, E...>> = detail::bytes_of_tensor(D, {E...});

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

// What a walk is left with where the type does not say all: the static leaves are one constant, and only the others are visited.

template <class T>
consteval std::size_t fixed_bytes_of_node();

/// The bytes that the type says of a tree, though it does not say all; below a count or a choice that is not known, nothing.
template <class T, bool Dynamic = static_tree_bytes<T> == dyn>
inline constexpr std::size_t fixed_bytes = static_tree_bytes<T>;
template <class T>
inline constexpr std::size_t fixed_bytes<T, true> = fixed_bytes_of_node<T>();

template <class List>
inline constexpr std::size_t fixed_bytes_of_list = 0;
template <class... Children>
inline constexpr std::size_t fixed_bytes_of_list<boost::mp11::mp_list<Children...>> = static_total({fixed_bytes<Children>...});

template <class T>
consteval std::size_t fixed_bytes_of_node() {
  if constexpr (kind_of<T> == node_kind::product)
    return fixed_bytes_of_list<typename node_traits<T>::children>;
  else if constexpr (fixed_sequence<T>)
    return static_multiple(fixed_bytes<typename node_traits<T>::element>, node_traits<T>::static_count);
  else
    return 0;
}

/// Which children are to be looked at: of a product those that are not static, of a choice those that weigh anything.
template <std::size_t Room>
struct positions {
  std::size_t at[Room + 1] = {};
  std::size_t count = 0;

  consteval positions(std::initializer_list<bool> chosen) {
    std::size_t position = 0;
    for (bool const it_is : chosen) {
      if (it_is) at[count++] = position;
      ++position;
    }
  }
};
template <class List>
inline constexpr positions<0> dynamic_children{{}};
template <class... Children>
inline constexpr positions<sizeof...(Children)> dynamic_children<boost::mp11::mp_list<Children...>>{
    {(static_tree_bytes<Children> == dyn)...}};
template <class List>
inline constexpr positions<0> weighing_alternatives{{}};
template <class... Alternatives>
inline constexpr positions<sizeof...(Alternatives)> weighing_alternatives<boost::mp11::mp_list<Alternatives...>>{
    {(static_tree_bytes<Alternatives> != 0)...}};

[[noreturn, gnu::cold]] inline void fail_sum() {
  fail<overflow_error>("commfold::sum_tensors: the bytes of this tree do not fit std::size_t");
}

/// A sum in a loop. Overflows are counted beside it and said at its end: a loop that can be left in its middle is kept as it is by
/// compilers, and made a call where it is small.
struct counting_sum {
  std::size_t bytes = 0;
  std::size_t overflows = 0;

  [[nodiscard, gnu::always_inline]] constexpr counting_sum plus(size_result more) const noexcept {
    if (!more.fits) [[unlikely]]
      return {bytes, overflows + 1};
    size_result const sum = try_add(more.value, bytes);
    return {sum.value, overflows + (sum.fits ? 0u : 1u)};
  }
  [[nodiscard]] constexpr counting_sum in_a_loop() const noexcept { return *this; }
  [[nodiscard]] constexpr counting_sum after(counting_sum loop) const noexcept { return loop; }
};

/// A sum outside of any loop stops at the first overflow: one branch each that is never taken, as one would write it by hand.
struct stopping_sum {
  std::size_t bytes = 0;

  [[nodiscard, gnu::always_inline]] constexpr stopping_sum plus(size_result more) const {
    std::size_t sum = 0;
    if (!more.fits || __builtin_add_overflow(bytes, more.value, &sum)) fail_sum();
    return {sum};
  }
  [[nodiscard]] constexpr counting_sum in_a_loop() const noexcept { return {bytes, 0}; }
  [[nodiscard]] constexpr stopping_sum after(counting_sum loop) const {
    if (loop.overflows != 0) fail_sum();
    return {loop.bytes};
  }
};

// Whatever is no loop is always inlined, so that a tree costs what its dynamic leaves cost, wherever and however often it is summed: g++
// gives up on the second use. Loops and wide nodes are calls, and what holds itself does so in a sequence.

/// total plus `times` of what the type says of a T.
template <class T, class Sum>
[[gnu::always_inline]] constexpr Sum plus_fixed(Sum total, std::size_t times) {
  static_assert(fixed_bytes<T> != too_many_bytes, "commfold::sum_tensors: the bytes of this tree do not fit std::size_t");
  if constexpr (fixed_bytes<T> == 0)
    return total;
  else
    return total.plus(try_multiply(fixed_bytes<T>, times));
}

/// total plus what the type does not say of the tree.
template <class Sum, class T>
[[gnu::always_inline]] constexpr Sum plus_dynamic(Sum total, T const& tree);

/// total plus all of the tree.
template <class Sum, class T>
[[gnu::always_inline]] constexpr Sum plus_tree(Sum total, T const& tree) {
  return plus_dynamic(plus_fixed<T>(total, 1), tree);
}

// By value from child to child: a lambda that captures the total keeps it in memory wherever the compiler does not inline it.
template <class Sum, class T, std::size_t... I>
[[gnu::always_inline]] constexpr Sum plus_children(Sum total, T const& node, std::index_sequence<I...>) {
  constexpr auto const& dynamic = dynamic_children<typename node_traits<T>::children>;
  in_order{(total = plus_dynamic(total, node_traits<T>::template child<dynamic.at[I]>(node)), true)...};
  return total;
}

/// The same as a call: hundreds of children in line take a compiler longer than they save.
template <class Sum, class T, class Indices>
constexpr Sum plus_many_children(Sum total, T const& node, Indices all) {
  return plus_children(total, node, all);
}

template <class Sum, class T>
constexpr Sum plus_elements(Sum total, T const& node) {
  using element = typename node_traits<T>::element;
  std::size_t const count = node_traits<T>::count(node);
  if constexpr (!fixed_sequence<T>) total = plus_fixed<element>(total, count);  // a fixed one is in what the type says of it
  if constexpr (static_tree_bytes<element> == dyn) {
    counting_sum inside = total.in_a_loop();
    auto entry = node_traits<T>::begin(node);
    for (std::size_t n = count; n != 0; --n, ++entry) inside = plus_dynamic(inside, child_of_entry<T>(*entry));
    total = total.after(inside);
  }
  return total;
}

template <class Sum, class T, std::size_t... I>
[[gnu::always_inline]] constexpr Sum plus_held(Sum total, T const& node, std::index_sequence<I...>) {
  constexpr auto const& weighing = weighing_alternatives<typename node_traits<T>::alternatives>;
  std::size_t const held = node_traits<T>::index(node);
  (void)((held == weighing.at[I] && (total = plus_tree(total, node_traits<T>::template child<weighing.at[I]>(node)), true)) || ...);
  return total;
}

template <class Sum, class T>
constexpr Sum plus_dynamic(Sum total, [[maybe_unused]] T const& tree) {
  constexpr node_kind kind = kind_of<T>;
  if constexpr (static_tree_bytes<T> != dyn) {
    return total;
  } else if constexpr (kind == node_kind::tensor) {
    return total.plus(try_storage_bytes(tree));
  } else if constexpr (kind == node_kind::product) {
    constexpr std::size_t count = dynamic_children<typename node_traits<T>::children>.count;
    if constexpr (count <= 8)
      return plus_children(total, tree, std::make_index_sequence<count>{});
    else
      return plus_many_children(total, tree, std::make_index_sequence<count>{});
  } else if constexpr (kind == node_kind::sequence) {
    return plus_elements(total, tree);
  } else {
    return plus_held(total, tree, std::make_index_sequence<weighing_alternatives<typename node_traits<T>::alternatives>.count>{});
  }
}

struct sum_tensors_fn {
  template <class T>
  [[nodiscard, gnu::always_inline]] constexpr auto operator()([[maybe_unused]] T const& tree) const {
    if constexpr (static_tree_bytes<T> == dyn) {
      return plus_tree(stopping_sum{}, tree).bytes;
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
concept static_tree = static_tree_bytes<std::remove_cvref_t<T>> != dyn;

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
