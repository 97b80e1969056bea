// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/dtype_scan.hpp
/// Which dtypes the tensors of some trees have: one, none, or several.

#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/dtype_of_tensor.hpp>
#include <commfold/tree/for_each.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/packs.hpp>

#include <boost/mp11/list.hpp>

#include <optional>

namespace commfold::detail {

/// The dtypes met so far: `last` is the dtype of the last tensor.
struct dtype_scan {
  std::optional<dtype> last;
  bool several = false;

  constexpr void see(dtype d) noexcept {
    several = several || (last && *last != d);
    last = d;
  }

  /// The one dtype of all tensors; nothing where there is no tensor, or tensors of several dtypes.
  [[nodiscard]] constexpr std::optional<dtype> only() const noexcept { return several ? std::nullopt : last; }
};

/// The dtypes in some trees.
template <class... Trees>
constexpr dtype_scan dtypes_in(Trees const&... trees) {
  dtype_scan scan;
  [[maybe_unused]] auto const see = [&scan](auto const& leaf) {
    if constexpr (tensor_like<decltype(leaf)>) scan.see(dtype_of_tensor(leaf));
  };
  (tree_for_each(see, trees), ...);
  return scan;
}

template <class T>
constexpr void see_static_dtypes(dtype_scan& scan);

template <class... Children>
constexpr void see_each(dtype_scan& scan, boost::mp11::mp_list<Children...>) {
  in_order{(see_static_dtypes<Children>(scan), true)...};
}

/// The dtypes that the type alone tells. A range whose length is not static may hold itself, and is not asked.
template <class T>
constexpr void see_static_dtypes(dtype_scan& scan) {
  if constexpr (static_dtype_tensor<T>)
    scan.see(traits_of<T>::dtype);
  else if constexpr (product_node<T>)
    see_each(scan, typename node_traits_of<T>::children{});
  else if constexpr (fixed_sequence<T>)
    see_static_dtypes<typename node_traits_of<T>::element>(scan);
}

/// Whether the types of these trees alone tell that their tensors have several dtypes.
template <class... Trees>
inline constexpr bool known_to_mix_dtypes = [] {
  dtype_scan scan;
  (see_static_dtypes<Trees>(scan), ...);
  return scan.several;
}();

}  // namespace commfold::detail
