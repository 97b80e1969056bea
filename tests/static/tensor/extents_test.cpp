// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/extents.hpp>

#include <type_traits>

namespace {
namespace cf = commfold;
using cf::dyn;
using cf::extents;

using mixed = extents<2, dyn, 4, dyn>;

static_assert(extents<>::rank() == 0 && mixed::rank() == 4 && mixed::rank_dynamic() == 2 && extents<2, 3>::rank_dynamic() == 0);
static_assert(mixed::static_extent(0) == 2 && mixed::static_extent(1) == dyn && mixed::static_extent(3) == dyn);

// Only what is dynamic is stored.
static_assert(std::is_empty_v<extents<>> && std::is_empty_v<extents<2, 3>>);
static_assert(sizeof(mixed) == 2 * sizeof(std::size_t) && sizeof(extents<dyn, 7>) == sizeof(std::size_t));
static_assert(std::is_trivially_copyable_v<mixed> && std::is_trivially_copyable_v<extents<2>>);

// From the dynamic values, or from all.
constexpr mixed few{3, 5};
constexpr mixed all{2, 3, 4, 5};
static_assert(few.extent(0) == 2 && few.extent(1) == 3 && few.extent(2) == 4 && few.extent(3) == 5 && few == all);
static_assert(mixed{}.extent(1) == 0 && mixed{}.extent(2) == 4);
static_assert(mixed{cf::size_c<3>, 5u} == few);
static_assert(!std::is_convertible_v<int, extents<dyn>> && std::is_constructible_v<extents<dyn>, int>);
static_assert(!std::is_constructible_v<mixed, int> && !std::is_constructible_v<mixed, int, int, int>);
static_assert(!std::is_constructible_v<extents<dyn>, double> && !std::is_constructible_v<extents<dyn>, bool>);

// Towards knowing less: silently. Towards knowing more: explicitly. Between shapes that cannot be equal: not at all.
static_assert(std::is_convertible_v<extents<2, 3>, extents<dyn, 3>> && std::is_convertible_v<extents<2, 3>, extents<dyn, dyn>>);
static_assert(!std::is_convertible_v<extents<dyn, 3>, extents<2, 3>> && std::is_constructible_v<extents<2, 3>, extents<dyn, 3>>);
static_assert(!std::is_constructible_v<extents<2, 3>, extents<2, 4>> && !std::is_constructible_v<extents<2>, extents<2, dyn>>);
static_assert(extents<dyn, 3>(extents<2, 3>{}).extent(0) == 2 && extents<2, 3>(extents<dyn, dyn>{2, 3}) == extents<2, 3>{});

// Equality is of the numbers, and of the rank.
static_assert(extents<2, 3>{} == extents<dyn, 3>{2} && extents<2, 3>{} != extents<dyn, 3>{3} && extents<2, 3>{} != extents<2, 4>{});
static_assert(extents<2>{} != extents<2, 1>{} && extents<>{} == extents<>{});

// Static in, static out.
static_assert(std::is_same_v<decltype(extents<2, 3, 4>{}.numel()), cf::size_constant<24>>);
static_assert(std::is_same_v<decltype(extents<>{}.numel()), cf::size_constant<1>>);
static_assert(std::is_same_v<decltype(few.numel()), std::size_t> && few.numel() == 120);
static_assert(extents<0, 5>{}.numel() == 0 && extents<dyn, 5>{0}.numel() == 0);
// A zero is a zero, whatever stands beside it.
static_assert(extents<(std::size_t{1} << 40), (std::size_t{1} << 40), 0>{}.numel() == 0);
static_assert(extents<(std::size_t{1} << 40), (std::size_t{1} << 40), dyn>{0}.numel() == 0);
static_assert(extents<dyn, dyn, dyn>{std::size_t{1} << 40, std::size_t{1} << 40, 0}.numel() == 0);

static_assert(extents<1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, dyn>{16}.extent(15) == 16);

template <auto F>
concept is_a_constant = requires { typename std::bool_constant<(F(), true)>; };
static_assert(is_a_constant<[] { return mixed{3, 5}.extent(3); }>);
static_assert(!is_a_constant<[] { return mixed{3, 5}.extent(4); }>);
static_assert(!is_a_constant<[] { return mixed::static_extent(4); }>);
static_assert(!is_a_constant<[] { return mixed{2, 3, 5, 5}.extent(0); }>);               // 5 where the type says 4
static_assert(!is_a_constant<[] { return extents<2, 3>(extents<dyn, 3>{7}).rank(); }>);  // 7 where the type says 2
static_assert(!is_a_constant<[] { return extents<dyn>{-1}.rank(); }>);
static_assert(!is_a_constant<[] { return extents<dyn, dyn>{std::size_t{1} << 40, std::size_t{1} << 40}.numel(); }>);

}  // namespace
