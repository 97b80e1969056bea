// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/sum.hpp
/// The bytes of a tensor and of a tree of tensors: `sum_bytes`, `sum_tensors`, `sum_tensors_v`. The question that the library exists for.

#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/storage_bytes.hpp>
#include <commfold/tensor/tensor_traits.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/nodes/standard.hpp>
#include <commfold/tree/packs.hpp>
#include <commfold/tree/static_tree_bytes.hpp>

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <initializer_list>
#include <utility>

namespace commfold {

namespace detail {

/// Which children the sum looks at: of a product those that are not static, of a choice those that may hold a tensor.
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

[[noreturn, gnu::cold]] constexpr void fail_sum() {
  fail<overflow_error>("commfold::sum_tensors", "the bytes of this tree do not fit std::size_t");
}

/// A sum in a loop. It counts overflows, which are reported behind the loop, and does not throw: a loop with an early exit is neither
/// restructured nor inlined by compilers.
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

/// A sum outside of any loop. It throws at the first overflow: one branch for each leaf, never taken, as one would write by hand.
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

// Everything but loops and wide nodes is always inlined, so that a tree costs what its dynamic leaves cost, however often it is summed:
// left alone, g++ stops inlining at the second call. Recursion ends, since a type that holds itself does so in a sequence, whose loop is a
// call.

/// total plus `times` the static part of a T.
template <class T, class Sum>
[[gnu::always_inline]] constexpr Sum plus_static(Sum total, std::size_t times) {
  static_assert(static_part<T> != too_many_bytes, "commfold::sum_tensors: the bytes of this tree do not fit std::size_t");
  if constexpr (static_part<T> == 0)
    return total;
  else
    return total.plus(try_multiply(static_part<T>, times));
}

/// total plus the dynamic part of the tree.
template <class Sum, class T>
[[gnu::always_inline]] constexpr Sum plus_dynamic(Sum total, T const& tree);

/// total plus all of the tree.
template <class Sum, class T>
[[gnu::always_inline]] constexpr Sum plus_tree(Sum total, T const& tree) {
  return plus_dynamic(plus_static<T>(total, 1), tree);
}

// The total is handed from child to child by value: where a lambda that captures it is not inlined, it is kept in memory.
template <class Sum, class T, std::size_t... I>
[[gnu::always_inline]] constexpr Sum plus_children(Sum total, T const& node, std::index_sequence<I...>) {
  constexpr auto const& dynamic = dynamic_children<typename node_traits<T>::children>;
  in_order{(total = plus_dynamic(total, node_traits<T>::template child<dynamic.at[I]>(node)), true)...};
  return total;
}

/// plus_children, as a call: to inline hundreds of children takes compilers more time than it saves.
template <class Sum, class T, class Indices>
constexpr Sum plus_many_children(Sum total, T const& node, Indices all) {
  return plus_children(total, node, all);
}

template <class Sum, class T>
constexpr Sum plus_elements(Sum total, T const& node) {
  using element = typename node_traits<T>::element;
  std::size_t const count = node_traits<T>::count(node);
  if constexpr (!fixed_sequence<T>) total = plus_static<element>(total, count);  // of a fixed one it is in the static part of T
  if constexpr (static_tree_bytes<element> == dyn) {
    counting_sum inside = total.in_a_loop();
    auto entry = node_traits<T>::begin(node);
    for (std::size_t n = count; n != 0; --n, ++entry) {
      auto&& item = *entry;  // a value where there is nothing to refer to
      inside = plus_dynamic(inside, child_of_entry<T>(item));
    }
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

/// sum_bytes(t): the bytes of the storage behind one tensor, as PyTorch's `sum_bytes` counts them: a view counts all of its storage.
inline constexpr detail::sum_bytes_fn sum_bytes{};

/// sum_tensors(tree) = sum of sum_bytes over the tensors of the tree, each occurrence counted. A `size_constant` where every leaf is
/// static, else a `std::size_t`: then the static leaves are one constant, and only the dynamic ones are visited. Other leaves weigh
/// nothing. A sum that does not fit is a compile error where it is static, else an `overflow_error`.
inline constexpr detail::sum_tensors_fn sum_tensors{};

namespace detail {
template <class T>
consteval std::size_t bytes_of_static_tree() {
  static_assert(
      static_tree<T>,
      "commfold::sum_tensors_v: the type does not tell all bytes: an extent, a count, a choice or whether a pointer is null is known "
      "at run time only; ask sum_tensors(value), or static_tree<T> first");
  if constexpr (static_tree<T>)
    return decltype(sum_tensors(std::declval<T const&>()))::value;
  else
    return 0;
}
}  // namespace detail

/// sum_tensors_v<T>: the bytes of a tree type all of whose leaves are static. Of any other a compile error: `static_tree<T>` asks.
template <class T>
inline constexpr std::size_t sum_tensors_v = detail::bytes_of_static_tree<T>();

}  // namespace commfold
