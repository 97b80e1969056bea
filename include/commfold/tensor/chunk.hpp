// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/chunk.hpp
/// A tensor cut into pieces along one dimension.

#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/derived.hpp>
#include <commfold/tensor/extents_of.hpp>
#include <commfold/tensor/layout/argument.hpp>
#include <commfold/tensor/layout/layout.hpp>
#include <commfold/tensor/layout/of_tensor.hpp>
#include <commfold/tensor/layout/refusal.hpp>
#include <commfold/tensor/tensor_traits.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <utility>
#include <vector>

namespace commfold {
namespace detail {

/// How `extent` is cut into at most n pieces, by PyTorch's rule: ⌈extent / n⌉ each, and the last one what is left. An extent of 0 is cut
/// into n pieces of 0.
struct cut {
  std::size_t count = 0;
  std::size_t size = 0;
  std::size_t last = 0;
};
constexpr cut cut_of(std::size_t extent, std::size_t n) noexcept {
  if (extent == 0) return {n, 0, 0};
  std::size_t const size = detail::ceil_div(extent, n);
  std::size_t const count = detail::ceil_div(extent, size);
  return {count, size, extent - (count - 1) * size};
}

struct chunk_fn {
  template <tensor_like T, size_like N, size_like Dim>
  [[nodiscard]] constexpr auto operator()(T const& t, N const& n, Dim const& dim) const {
    if constexpr (static_size<N>) static_assert(N::value > 0, "commfold::chunk: a tensor cannot be cut into 0 chunks");
    if constexpr (statically_viewable<T> && static_size<Dim>) {
      constexpr bool has_dimension = Dim::value < tensor_extents<T>::rank();
      static_assert(has_dimension, "commfold::chunk: this tensor has no such dimension");
      if constexpr (!has_dimension)
        return std::array{t};
      else if constexpr (static_size<N> && known(static_layout<T>.sizes[Dim::value]))
        return at_compile_time<N::value, Dim::value, static_layout<T>.sizes[Dim::value]>(t);
      else
        return at_run_time(t, n, dim, Dim::value);
    } else {
      layout const l = true_layout(t);
      argument const a = true_argument(dim, "commfold::chunk");
      wrapped const d = l.rank == 0 ? wrapped{false} : wrap_dimension(a, l.rank);
      if (!d.ok) fail_view("commfold::chunk", refusal::dimension_beyond_rank, a.magnitude, l.rank);
      return at_run_time(t, n, d.at, d.at);
    }
  }

  /// Along dimension 0, as in PyTorch.
  template <tensor_like T, size_like N>
  [[nodiscard]] constexpr auto operator()(T const& t, N const& n) const {
    return (*this)(t, n, size_c<0>);
  }

 private:
  template <std::size_t N, std::size_t Dim, std::size_t Extent, class T>
  static constexpr auto at_compile_time(T const& t) {
    if constexpr (N == 0) {
      return std::array{t};
    } else {
      constexpr cut c = cut_of(Extent, N);
      return [&]<std::size_t... I>(std::index_sequence<I...>) {
        // Equal chunks have one type, and no node is cheaper than an array.
        if constexpr (c.size == c.last)
          return std::array{narrow_fn{}(t, size_c<Dim>, I * c.size, size_c<c.size>)...};
        else
          return std::tuple{narrow_fn{}(t, size_c<Dim>, size_c<I * c.size>, size_c<(I + 1 == c.count ? c.last : c.size)>)...};
      }(std::make_index_sequence<c.count>{});
    }
  }

  template <class T, class N, class Dim>
  static constexpr auto at_run_time(T const& t, N const& n, Dim const& dim, std::size_t d) {
    std::size_t const most = to_size(n, "commfold::chunk");
    if (most == 0) fail<invalid_argument>("commfold::chunk", "a tensor cannot be cut into 0 chunks");
    cut const c = cut_of(extents_of(t).extent(d), most);
    using view = decltype(narrow_fn{}(t, dim, c.size, c.size));
    expect_list_fits(c.count, sizeof(view), "commfold::chunk");
    std::vector<view> chunks;
    chunks.reserve(c.count);
    for (std::size_t i = 0; i < c.count; ++i) chunks.push_back(narrow_fn{}(t, dim, i * c.size, i + 1 == c.count ? c.last : c.size));
    return chunks;
  }
};

}  // namespace detail

/// chunk(t, n, dim = 0): at most n views of ⌈extent / n⌉ along `dim`, the last one smaller; fewer than n where that suffices, as in
/// PyTorch. A `std::array` where the pieces are of one type, a `std::tuple` where the last one's size differs and is static, and a
/// `std::vector` where `n`, `dim` or the extent is dynamic. Every one keeps the whole storage. n = 0 or an absent dimension is a compile
/// error or an `invalid_argument`.
inline constexpr detail::chunk_fn chunk{};

}  // namespace commfold
