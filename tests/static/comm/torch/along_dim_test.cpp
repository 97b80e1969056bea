// SPDX-License-Identifier: BSL-1.0
#include <commfold/comm/torch/along_dim.hpp>

#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <type_traits>

namespace {
namespace cf = commfold;
using cf::dyn;
using cf::size_c;

constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"g"> any_g{4};

struct call {
  COMMFOLD_OPERATOR("test");
  static constexpr char const* argument = "dim";
};
constexpr auto recut(auto const& t, auto const& cut, auto const& joined, auto const& group) {
  return cf::detail::recut<call>(t, cut, joined, group);
}

// Cut along one dimension, joined along another: as many elements, in a tensor of its own.
using cube = cf::tensor<cf::f32, 8, 4, 3>;
static_assert(std::is_same_v<decltype(recut(cube{}, size_c<0>, size_c<2>, g)), cf::tensor<cf::f32, 2, 4, 12>>);
static_assert(std::is_same_v<decltype(recut(cube{}, size_c<1>, size_c<0>, g)), cf::tensor<cf::f32, 32, 1, 3>>);
constexpr auto view = cf::narrow(cf::tensor<cf::f32, 8, 16>{}, size_c<1>, size_c<0>, size_c<4>);
static_assert(std::is_same_v<decltype(recut(view, size_c<1>, size_c<0>, g)), cf::tensor<cf::f32, 32, 1>>);

// The tensor itself where the two are one: a view stays a view.
static_assert(std::is_same_v<decltype(recut(view, size_c<0>, size_c<0>, g)), std::remove_const_t<decltype(view)>>);

// The type says what is known: of dimensions that a dynamic group cuts nothing, of the others all.
static_assert(std::is_same_v<decltype(recut(cube{}, size_c<1>, size_c<0>, any_g)), cf::tensor<cf::f32, dyn, dyn, 3>>);
static_assert(recut(cube{}, size_c<1>, size_c<0>, any_g) == cf::tensor<cf::f32, 32, 1, 3>{});
static_assert(std::is_same_v<decltype(recut(cf::tensor<cf::f32, dyn, 4, 3>{8}, size_c<1>, size_c<0>, g)), cf::tensor<cf::f32, dyn, 1, 3>>);

// A dimension that only the value tells.
static_assert(recut(cube{}, 1, size_c<0>, g) == cf::dynamic_tensor(cf::f32, {32, 1, 3}));
static_assert(recut(view, 0, size_c<0>, g) == cf::dynamic_tensor(view));

// Nothing cut into nothing.
static_assert(std::is_same_v<decltype(recut(cf::tensor<cf::f32, 2, 0>{}, size_c<1>, size_c<0>, g)), cf::tensor<cf::f32, 8, 0>>);

}  // namespace
