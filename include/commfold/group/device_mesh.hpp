// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/group/device_mesh.hpp
/// The ranks of a program as a grid with named axes: `device_mesh`.

#include <commfold/error.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/text/fixed_text.hpp>
#include <commfold/tree/opaque_leaf.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace commfold {
namespace detail {

/// The product of the axes' sizes.
template <size_like... Size>
constexpr auto mesh_size(Size const&... size) {
  if constexpr ((... && static_size<Size>)) {
    constexpr size_result ranks = try_product({std::size_t{Size::value}...});
    static_assert(ranks.fits, "commfold::device_mesh: the number of ranks does not fit std::size_t");
    return size_constant<ranks.value>{};
  } else {
    size_result const ranks = try_product({std::size_t{size}...});
    if (!ranks.fits) fail_overflow("commfold::device_mesh", "the number of ranks");
    return ranks.value;
  }
}

}  // namespace detail

/// A grid of ranks in row-major order: the last axis varies fastest, as in `torch.distributed.DeviceMesh`. An axis is the group of the
/// ranks that differ along it alone, so a mesh is made of groups, and gives them back:
/// ```cpp
/// constexpr cf::device_mesh mesh{cf::process_group<"dp", 2>{}, cf::process_group<"tp", 4>{}};
/// mesh.size;                   // size_constant<8>
/// mesh.group<"tp">();          // process_group<"tp", 4>
/// mesh.ranks_of<"dp">(5);      // {1, 5}: the ranks of rank 5's "dp" group
/// ```
/// Two axes of one name, and an axis that the mesh does not have, are compile errors. A rank or coordinate outside the mesh is an
/// `invalid_argument`, and more ranks than fit `std::size_t` are a compile error or an `overflow_error`.
template <any_group... Axes>
class device_mesh {
 public:
  /// The number of ranks: a `size_constant` when the sizes of all axes are, else a `std::size_t`.
  [[no_unique_address]] decltype(detail::mesh_size(std::declval<Axes const&>().size...)) size;

  constexpr explicit device_mesh(Axes const&... axes) : size(detail::mesh_size(axes.size...)), axes_(axes...) {
    static_assert(sizeof...(Axes) > 0, "commfold::device_mesh: a mesh has at least one axis");
    static_assert(names_differ(), "commfold::device_mesh: two axes have one name");
  }

  /// The number of axes.
  static constexpr std::size_t rank() noexcept { return sizeof...(Axes); }

  /// The names of the axes, in order.
  [[nodiscard]] static constexpr std::array<std::string_view, sizeof...(Axes)> names() noexcept { return {Axes::name()...}; }

  /// The sizes of the axes, in order.
  [[nodiscard]] constexpr std::array<std::size_t, sizeof...(Axes)> shape() const {
    return along([](auto const&... axis) { return std::array<std::size_t, sizeof...(Axes)>{std::size_t{axis.size}...}; });
  }

  /// The group along one axis: `process_group<Name, …>`.
  template <fixed_text Name>
  [[nodiscard]] constexpr auto group() const {
    return boost::hana::at_c<axis_index<Name>()>(axes_);
  }

  /// The mesh of some of the axes, in the order given.
  template <fixed_text... Names>
  [[nodiscard]] constexpr auto slice() const {
    return device_mesh<decltype(this->group<Names>())...>(this->group<Names>()...);
  }

  /// All ranks of the mesh as one group.
  template <fixed_text Name>
  [[nodiscard]] constexpr auto flatten() const {
    if constexpr (static_size<decltype(size)>)
      return process_group<Name, decltype(size)::value>{};
    else
      return process_group<Name>(size);
  }

  /// Where a rank stands on each axis, counted from 0.
  template <size_like N>
  [[nodiscard]] constexpr std::array<std::size_t, sizeof...(Axes)> coordinates(N const& of_rank) const {
    std::size_t rank = detail::to_size(of_rank, "commfold::device_mesh");
    if (rank >= std::size_t{size}) out_of_mesh("rank", rank, size);
    auto const sizes = shape();
    std::array<std::size_t, sizeof...(Axes)> at{};
    for (std::size_t axis = sizeof...(Axes); axis-- > 0; rank /= sizes[axis]) at[axis] = rank % sizes[axis];
    return at;
  }

  /// The rank at these coordinates.
  [[nodiscard]] constexpr std::size_t rank_at(std::array<std::size_t, sizeof...(Axes)> const& at) const {
    auto const sizes = shape();
    std::size_t rank = 0;
    for (std::size_t axis = 0; axis < sizeof...(Axes); ++axis) {
      if (at[axis] >= sizes[axis]) out_of_mesh("coordinate", at[axis], sizes[axis]);
      rank = rank * sizes[axis] + at[axis];
    }
    return rank;
  }

  /// The ranks of the group along one axis that a rank belongs to, in order.
  template <fixed_text Name, size_like N>
  [[nodiscard]] constexpr std::vector<std::size_t> ranks_of(N const& rank) const {
    constexpr std::size_t axis = axis_index<Name>();
    auto at = coordinates(rank);
    std::vector<std::size_t> ranks;
    for (at[axis] = 0; at[axis] < shape()[axis]; ++at[axis]) ranks.push_back(rank_at(at));
    return ranks;
  }

 private:
  static consteval bool names_differ() {
    for (std::size_t i = 0; i < sizeof...(Axes); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (names()[i] == names()[j]) return false;
    return true;
  }

  template <fixed_text Name>
  static consteval std::size_t axis_index() {
    constexpr std::size_t index = [] {
      std::size_t i = 0;
      while (i < sizeof...(Axes) && names()[i] != Name.view()) ++i;
      return i;
    }();
    static_assert(index < sizeof...(Axes), "commfold::device_mesh: the mesh has no axis of that name");
    return index < sizeof...(Axes) ? index : 0;
  }

  [[noreturn]] static constexpr void out_of_mesh(char const* what, std::size_t given, std::size_t limit) {
    detail::fail<invalid_argument>("commfold::device_mesh", "{} {} is not below {}", what, given, limit);
  }

  template <class F>
  constexpr auto along(F f) const {
    return
        [&]<std::size_t... I>(std::index_sequence<I...>) { return f(boost::hana::at_c<I>(axes_)...); }(std::index_sequence_for<Axes...>{});
  }

  [[no_unique_address]] boost::hana::basic_tuple<Axes...> axes_;
};

template <any_group... Axes>
struct node_traits<device_mesh<Axes...>> : opaque_leaf {};

/// `device_mesh{a, b}` is the mesh of these groups.
template <class... Axes>
device_mesh(Axes const&...) -> device_mesh<Axes...>;

}  // namespace commfold
