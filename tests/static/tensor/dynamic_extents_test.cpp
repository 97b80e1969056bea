// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/dynamic_extents.hpp>

#include <type_traits>

namespace {
namespace cf = commfold;

constexpr cf::dynamic_extents three{2, 3, 4};
static_assert(three.rank() == 3 && three.extent(2) == 4 && three.numel() == 24);
static_assert(cf::dynamic_extents().rank() == 0 && cf::dynamic_extents().numel() == 1);
static_assert(three == cf::dynamic_extents(cf::extents<2, cf::dyn, 4>{3}) && three == cf::extents<2, 3, 4>{});
static_assert(three != cf::dynamic_extents{2, 3} && three != cf::dynamic_extents{2, 3, 5});
static_assert(cf::dynamic_extents{5, 0, 7}.numel() == 0);
static_assert(std::is_trivially_copyable_v<cf::dynamic_extents>);

template <auto F>
concept is_a_constant = requires { typename std::integral_constant<std::size_t, F()>; };
static_assert(is_a_constant<[] { return cf::dynamic_extents{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}.rank(); }>);
static_assert(!is_a_constant<[] { return cf::dynamic_extents{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}.rank(); }>);
static_assert(!is_a_constant<[] { return cf::dynamic_extents{2, 3}.extent(2); }>);
static_assert(!is_a_constant<[] { return cf::dynamic_extents{std::size_t{1} << 40, std::size_t{1} << 40}.numel(); }>);

}  // namespace
