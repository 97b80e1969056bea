// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/group/device_mesh.hpp
/// The ranks of a program as a grid with named axes: `device_mesh`.

#include <commfold/error.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/size/arithmetic.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace commfold {

/// A grid of ranks in row-major order: the last axis varies fastest, as in `torch.distributed.DeviceMesh`. An axis is the group of the
/// ranks that differ along it alone, so a mesh is made of groups and slices into them:
/// ```cpp
/// constexpr cf::device_mesh mesh{cf::process_group<"dp", 2>{}, cf::process_group<"tp", 4>{}};
/// mesh.size();                 // size_constant<8>
/// mesh.group<"tp">();          // process_group<"tp", 4>
/// mesh.ranks_of<"dp">(5);      // {1, 5}: the ranks of rank 5's "dp" group
/// ```
/// Two axes of one name, and an axis that the mesh does not have, are compile errors; a rank or coordinate outside it an
/// `invalid_argument`.
template <any_group... Axes>
class device_mesh {
 public:
  static constexpr std::size_t rank() noexcept { return sizeof...(Axes); }

  constexpr explicit device_mesh(Axes const&... axes) : axes_(axes...) {
    static_assert(sizeof...(Axes) > 0, "commfold::device_mesh: a mesh has at least one axis");
    static_assert(names_differ(), "commfold::device_mesh: two axes have one name");
  }

  /// The number of ranks: the product of the axes' sizes, a `size_constant` when all are.
  [[nodiscard]] constexpr auto size() const {
    return along([](auto const&... axis) { return multiply(axis.size...); });
  }

  [[nodiscard]] static constexpr std::array<std::string_view, sizeof...(Axes)> names() noexcept { return {Axes::name()...}; }

  /// The sizes of the axes, in order.
  [[nodiscard]] constexpr std::array<std::size_t, sizeof...(Axes)> shape() const {
    return along([](auto const&... axis) { return std::array<std::size_t, sizeof...(Axes)>{std::size_t{axis.size}...}; });
  }

  /// The group along one axis.
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
    auto const ranks = size();
    if constexpr (static_size<decltype(ranks)>)
      return process_group<Name, decltype(ranks)::value>{};
    else
      return process_group<Name>(ranks);
  }

  /// Where a rank stands on each axis.
  [[nodiscard]] constexpr std::array<std::size_t, sizeof...(Axes)> coordinates(std::size_t rank) const {
    if (rank >= std::size_t{size()}) out_of_mesh("rank", rank, size());
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
  template <fixed_text Name>
  [[nodiscard]] constexpr std::vector<std::size_t> ranks_of(std::size_t rank) const {
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

  [[noreturn]] static void out_of_mesh(char const* what, std::size_t given, std::size_t limit) {
    detail::fail<invalid_argument>("commfold::device_mesh: " + std::string(what) + " " + std::to_string(given) + " is not below " +
                                   std::to_string(limit));
  }

  template <class F>
  constexpr auto along(F f) const {
    return
        [&]<std::size_t... I>(std::index_sequence<I...>) { return f(boost::hana::at_c<I>(axes_)...); }(std::index_sequence_for<Axes...>{});
  }

  [[no_unique_address]] boost::hana::basic_tuple<Axes...> axes_;
};

}  // namespace commfold
