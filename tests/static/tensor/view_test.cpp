// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/view.hpp>

#include <type_traits>

namespace {
namespace cf = commfold;
using cf::dyn;

using rows = cf::view<cf::f32, cf::extents<4, 64>, cf::extents<64, 1>, 16384>;
using some_rows = cf::view<cf::f32, cf::extents<dyn, 64>, cf::extents<64, 1>, dyn>;

static_assert(std::is_empty_v<rows> && sizeof(some_rows) == 2 * sizeof(std::size_t) && std::is_trivially_copyable_v<some_rows>);
static_assert(cf::declared_tensor<rows> && cf::static_tensor<rows> && !cf::static_tensor<some_rows>);
static_assert(rows::rank() == 2 && rows{}.extent(0) == 4 && rows{}.stride(0) == 64 && rows::dtype == cf::f32);
static_assert(std::is_same_v<decltype(rows{}.storage_bytes()), cf::size_constant<16384>>);

// What it shows and what stands behind it are two numbers.
static_assert(cf::static_payload_bytes<rows> == 1024 && cf::static_storage_bytes<rows> == 16384);
constexpr some_rows three({3, 64}, {}, 4096);
static_assert(cf::payload_bytes(three) == 768 && cf::storage_bytes(three) == 4096 && cf::static_storage_bytes<some_rows> == dyn);
// A static storage behind a dynamic shape stays static.
static_assert(
    std::is_same_v<decltype(cf::storage_bytes(cf::view<cf::f32, cf::extents<dyn>, cf::extents<1>, 99>{})), cf::size_constant<99>>);

static_assert(rows{} == cf::view<cf::f32, cf::extents<dyn, 64>, cf::extents<dyn, 1>, dyn>({4, 64}, {64, 1}, 16384));
static_assert(rows{} != cf::view<cf::f32, cf::extents<dyn, 64>, cf::extents<dyn, 1>, dyn>({4, 64}, {64, 1}, 16380));
static_assert(rows{} != cf::view<cf::f32, cf::extents<4, 64>, cf::extents<1, 4>, 16384>{});

template <auto F>
concept is_a_constant = requires { typename std::bool_constant<(F(), true)>; };
static_assert(is_a_constant<[] { return rows({}, {}, 16384).rank(); }>);
static_assert(!is_a_constant<[] { return rows({}, {}, 16380).rank(); }>);

}  // namespace
