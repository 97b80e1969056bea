// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/extents_of.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <type_traits>

namespace {
namespace cf = commfold;

static_assert(cf::extents_of(cf::tensor<cf::f32, cf::dyn, 2>{9}) == cf::extents<9, 2>{});
static_assert(std::is_same_v<decltype(cf::extents_of(cf::dynamic_tensor())), cf::dynamic_extents>);

static_assert(cf::rank_of(cf::tensor<cf::f32, 3, cf::dyn>{2}) == 2 &&
              std::is_same_v<decltype(cf::rank_of(cf::tensor<cf::f32>{})), cf::size_constant<0>>);
static_assert(std::is_same_v<decltype(cf::rank_of(cf::dynamic_tensor())), std::size_t> &&
              cf::rank_of(cf::dynamic_tensor(cf::f32, {1, 2, 3})) == 3);

static_assert(std::is_same_v<decltype(cf::numel(cf::tensor<cf::f32, 3, 4>{})), cf::size_constant<12>>);
static_assert(cf::numel(cf::tensor<cf::f32, cf::dyn>{9}) == 9 && cf::numel(cf::tensor<cf::f32>{}) == 1);

template <class T>
concept has_extents = requires(T const& t) { cf::extents_of(t); };
static_assert(has_extents<cf::tensor<cf::f32>> && !has_extents<cf::extents<3>>);

}  // namespace
