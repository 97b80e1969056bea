// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/dynamic_tensor.hpp
/// A tensor about which all is known only at run time: dtype, rank, sizes, strides, storage.

#include <commfold/error.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/dtype_of_tensor.hpp>
#include <commfold/tensor/dynamic_extents.hpp>
#include <commfold/tensor/layout/layout.hpp>
#include <commfold/tensor/layout/of_tensor.hpp>
#include <commfold/tensor/tensor_traits.hpp>

#include <concepts>
#include <cstddef>
#include <initializer_list>

namespace commfold {

/// The tensor for shapes that come from a file or a trace. Up to 16 dimensions in place: no allocation, usable in constant expressions.
/// Every other tensor converts to it, a view with its strides and its storage.
class dynamic_tensor {
 public:
  /// A contiguous tensor with a storage of its own. `invalid_argument` above rank 16 and for a negative size, `overflow_error` where its
  /// bytes do not fit.
  constexpr dynamic_tensor(commfold::dtype element, dynamic_extents const& sizes)
      : dtype_(element), layout_(detail::fresh(element, with_sizes(sizes), "commfold::dynamic_tensor")) {}
  constexpr dynamic_tensor(commfold::dtype element, std::initializer_list<detail::braced_extent> sizes)
      : dynamic_tensor(element, dynamic_extents(sizes)) {}

  /// A view, with strides in elements and the bytes of the whole storage that it shares. `invalid_argument` where sizes and strides differ
  /// in rank, and for a negative number of bytes.
  template <size_like N>
  constexpr dynamic_tensor(commfold::dtype element, dynamic_extents const& sizes, dynamic_extents const& strides, N const& storage)
      : dtype_(element), layout_(with_sizes(sizes)) {
    if (sizes.rank() != strides.rank())
      detail::fail<invalid_argument>("commfold::dynamic_tensor", "{} sizes and {} strides", sizes.rank(), strides.rank());
    (void)bits(element);
    for (std::size_t r = 0; r < layout_.rank; ++r) layout_.strides[r] = strides.extent(r);
    layout_.storage = detail::to_size(storage, "commfold::dynamic_tensor");
  }

  /// float32 of rank 0: a place to assign to.
  constexpr dynamic_tensor() : dynamic_tensor(f32, dynamic_extents()) {}

  /// From any tensor. `overflow_error` where its bytes do not fit `std::size_t`.
  template <tensor_like T>
    requires(!std::same_as<T, dynamic_tensor>)
  constexpr dynamic_tensor(T const& any_tensor) : dtype_(dtype_of_tensor(any_tensor)), layout_(detail::true_layout(any_tensor)) {}

  [[nodiscard]] constexpr commfold::dtype dtype() const noexcept { return dtype_; }
  [[nodiscard]] constexpr std::size_t rank() const noexcept { return layout_.rank; }
  [[nodiscard]] constexpr std::size_t extent(std::size_t r) const { return extents().extent(r); }
  [[nodiscard]] constexpr dynamic_extents extents() const { return {layout_.sizes, layout_.rank}; }
  /// One for each dimension, in elements. `overflow_error` where one does not fit, which without elements can be.
  [[nodiscard]] constexpr dynamic_extents strides() const {
    detail::expect_strides_fit(layout_, "commfold::dynamic_tensor::strides");
    return {layout_.strides, layout_.rank};
  }
  [[nodiscard]] constexpr std::size_t numel() const { return extents().numel(); }
  [[nodiscard]] constexpr std::size_t storage_bytes() const noexcept { return layout_.storage; }

  /// Equal dtype, sizes, strides and size of the storage.
  [[nodiscard]] friend constexpr bool operator==(dynamic_tensor const& a, dynamic_tensor const& b) noexcept {
    return a.dtype_ == b.dtype_ && a.layout_.storage == b.layout_.storage && detail::same_sizes(a.layout_, b.layout_) &&
           detail::same_strides(a.layout_, b.layout_);
  }

  /// For the library's own use.
  constexpr dynamic_tensor(commfold::dtype element, detail::layout const& l) noexcept : dtype_(element), layout_(l) {
    layout_.exact = true;
  }
  [[nodiscard]] constexpr detail::layout const& exact_layout() const noexcept { return layout_; }

 private:
  static constexpr detail::layout with_sizes(dynamic_extents const& sizes) {
    detail::layout l;
    l.exact = true;
    l.rank = sizes.rank();
    for (std::size_t r = 0; r < l.rank; ++r) l.sizes[r] = sizes.extent(r);
    return l;
  }

  commfold::dtype dtype_;
  detail::layout layout_;
};

template <>
struct tensor_traits<dynamic_tensor> {
  using extents_type = dynamic_extents;
  static constexpr dynamic_extents extents(dynamic_tensor const& t) { return t.extents(); }
  static constexpr commfold::dtype dtype(dynamic_tensor const& t) noexcept { return t.dtype(); }
  static constexpr std::size_t storage_bytes(dynamic_tensor const& t) noexcept { return t.storage_bytes(); }
  static constexpr dynamic_extents strides(dynamic_tensor const& t) { return t.strides(); }
  static constexpr detail::layout const& exact_layout(dynamic_tensor const& t) noexcept { return t.exact_layout(); }
};

}  // namespace commfold
