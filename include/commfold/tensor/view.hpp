// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/view.hpp
/// A tensor that looks at another one's storage: sizes, strides, and the bytes behind them.

#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/extents.hpp>
#include <commfold/tensor/payload_bytes.hpp>
#include <commfold/tensor/storage_bytes.hpp>
#include <commfold/tensor/tensor_traits.hpp>

#include <cstddef>

namespace commfold {

/// What `narrow`, `select`, `transpose`, `expand`, `reshape` and `chunk` return. `Extents` and `Strides` (in elements) are `extents<…>`;
/// `Storage` is the bytes of the whole storage, or `dyn`. Only what is dynamic is stored. `storage_bytes` of a view is its base's, as in
/// PyTorch; `payload_bytes` is that of the elements it shows.
template <commfold::dtype D, class Extents, class Strides, std::size_t Storage>
class view {
 public:
  using extents_type = Extents;
  using strides_type = Strides;
  using size_type = std::size_t;
  using rank_type = std::size_t;

  static constexpr commfold::dtype dtype = D;

  [[nodiscard]] static constexpr std::size_t rank() noexcept { return Extents::rank(); }
  [[nodiscard]] static constexpr std::size_t rank_dynamic() noexcept { return Extents::rank_dynamic(); }
  [[nodiscard]] static constexpr std::size_t static_extent(std::size_t r) { return Extents::static_extent(r); }
  [[nodiscard]] constexpr std::size_t extent(std::size_t r) const { return shape_.extent(r); }
  [[nodiscard]] constexpr extents_type const& extents() const noexcept { return shape_; }
  [[nodiscard]] constexpr strides_type const& strides() const noexcept { return strides_; }
  [[nodiscard]] constexpr std::size_t stride(std::size_t r) const { return strides_.extent(r); }
  [[nodiscard]] constexpr auto numel() const { return shape_.numel(); }

  /// The whole storage: a `size_constant` where the type fixes it.
  [[nodiscard]] constexpr auto storage_bytes() const noexcept {
    if constexpr (Storage == dyn)
      return storage_.extent(0);
    else
      return size_constant<Storage>{};
  }

  constexpr view() = default;

  /// From the parts. `invalid_argument` where they are not what the type says.
  constexpr view(Extents const& view_extents, Strides const& view_strides, std::size_t view_storage)
      : shape_(view_extents), strides_(view_strides), storage_(detail::from_values{}, &view_storage) {}

 private:
  [[no_unique_address]] Extents shape_;
  [[no_unique_address]] Strides strides_;
  [[no_unique_address]] commfold::extents<Storage> storage_;
};

/// Equal dtype, sizes, strides and size of the storage, static or not.
template <dtype D, class E, class S, std::size_t N, dtype D2, class E2, class S2, std::size_t N2>
[[nodiscard]] constexpr bool operator==(view<D, E, S, N> const& a, view<D2, E2, S2, N2> const& b) noexcept {
  return D == D2 && a.extents() == b.extents() && a.strides() == b.strides() &&
         std::size_t{a.storage_bytes()} == std::size_t{b.storage_bytes()};
}

template <dtype D, class Extents, class Strides, std::size_t Storage>
struct tensor_traits<view<D, Extents, Strides, Storage>> {
  using type = view<D, Extents, Strides, Storage>;
  using extents_type = Extents;
  static constexpr commfold::dtype dtype = D;
  static constexpr Extents const& extents(type const& v) noexcept { return v.extents(); }
  static constexpr Strides const& strides(type const& v) noexcept { return v.strides(); }
  static constexpr auto storage_bytes(type const& v) noexcept { return v.storage_bytes(); }
};

template <dtype D, std::size_t... E, class Strides, std::size_t Storage>
inline constexpr std::size_t static_payload_bytes<view<D, extents<E...>, Strides, Storage>> =
    detail::bytes_in_type<detail::is_quick((detail::element_bytes<D> * ... * static_cast<double>(E))), D, E...>;

template <dtype D, class Extents, class Strides, std::size_t Storage>
inline constexpr std::size_t static_storage_bytes<view<D, Extents, Strides, Storage>> = Storage;

}  // namespace commfold
