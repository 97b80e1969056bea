// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/tensor.hpp>

#include <type_traits>

namespace {
namespace cf = commfold;
using cf::dyn;

using weight = cf::tensor<cf::bf16, 8192, 8192>;
using tokens = cf::tensor<cf::bf16, dyn, 8192>;

// It stores its dynamic extents and nothing else.
static_assert(std::is_empty_v<weight> && sizeof(tokens) == sizeof(std::size_t) && std::is_empty_v<cf::tensor<cf::f32>>);
static_assert(std::is_trivially_copyable_v<weight> && std::is_trivially_copyable_v<tokens>);
static_assert(std::is_default_constructible_v<weight> && !std::is_aggregate_v<weight>);

static_assert(weight::dtype == cf::bf16 && weight::rank() == 2 && tokens::rank_dynamic() == 1);
static_assert(tokens::static_extent(0) == dyn && tokens::static_extent(1) == 8192);
static_assert(tokens{7}.extent(0) == 7 && tokens{7}.extent(1) == 8192 && tokens{7, 8192}.extent(0) == 7 && tokens{}.extent(0) == 0);
static_assert(tokens{7}.extents() == cf::extents<7, 8192>{});
static_assert(std::is_same_v<decltype(weight{}.numel()), cf::size_constant<67'108'864>> && tokens{7}.numel() == 57'344);
static_assert(cf::tensor<cf::f32>{}.numel() == 1);  // rank 0 is one element

static_assert(!std::is_convertible_v<int, tokens> && std::is_constructible_v<tokens, int>);
static_assert(!std::is_constructible_v<tokens, int, int, int> && !std::is_constructible_v<weight, int>);
static_assert(!std::is_constructible_v<tokens, double> && !std::is_constructible_v<tokens, bool>);

// As with extents: silently towards less knowledge, explicitly back, and never across dtypes.
static_assert(std::is_convertible_v<weight, tokens> && !std::is_convertible_v<tokens, weight> && std::is_constructible_v<weight, tokens>);
static_assert(!std::is_constructible_v<tokens, cf::tensor<cf::f16, 4, 8192>> &&
              !std::is_constructible_v<tokens, cf::tensor<cf::bf16, 4, 4096>>);
static_assert(tokens(weight{}) == weight{} && weight(tokens{8192}) == weight{} && tokens{7} != weight{});
static_assert(cf::tensor<cf::f32, 4>{} != cf::tensor<cf::i32, 4>{} && cf::tensor<cf::f32, 4>{} != cf::tensor<cf::f32, 4, 1>{});
// From a shape: one that converts silently, and no other.
static_assert(std::is_constructible_v<tokens, cf::extents<7, 8192>> && std::is_constructible_v<weight, cf::extents<8192, 8192>>);
static_assert(!std::is_convertible_v<cf::extents<7, 8192>, tokens> && !std::is_constructible_v<tokens, cf::extents<7, 8191>> &&
              !std::is_constructible_v<weight, cf::extents<dyn, 8192>>);
static_assert(tokens(cf::extents<7, 8192>{}) == tokens{7});
static_assert(std::is_trivially_copy_constructible_v<weight> && std::is_trivially_copy_constructible_v<cf::tensor<cf::f32, 4>>);

template <auto F>
concept is_a_constant = requires { typename std::bool_constant<(F(), true)>; };
static_assert(is_a_constant<[] { return weight(tokens{8192}).rank(); }>);
static_assert(!is_a_constant<[] { return weight(tokens{8191}).rank(); }>);
static_assert(is_a_constant<[] { return weight{8192, 8192}.rank(); }>);
static_assert(!is_a_constant<[] { return weight{8192, 8191}.rank(); }>);

static_assert(cf::static_storage_bytes<weight> == 134'217'728 && cf::static_payload_bytes<weight> == 134'217'728);
static_assert(cf::static_storage_bytes<tokens> == dyn);
static_assert(cf::static_storage_bytes<cf::tensor<cf::f32>> == 4 && cf::static_storage_bytes<cf::tensor<cf::f32, 5, 0>> == 0);

}  // namespace
