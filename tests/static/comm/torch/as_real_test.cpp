// SPDX-License-Identifier: BSL-1.0
#include <commfold/comm/torch/as_real.hpp>

#include <commfold/tensor/payload_bytes.hpp>
#include <commfold/tensor/storage_bytes.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>
#include <commfold/tree/nodes/standard.hpp>

#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace {
namespace cf = commfold;
using cf::dyn;
using cf::size_c;
using cf::detail::as_real;
using cf::detail::may_be_complex;

template <class T>
using real = std::remove_cvref_t<decltype(as_real(std::declval<T const&>()))>;

static_assert(std::is_same_v<real<cf::tensor<cf::c32, 4>>, cf::tensor<cf::f16, 4, 2>>);
static_assert(std::is_same_v<real<cf::tensor<cf::c64, 4, dyn>>, cf::tensor<cf::f32, 4, dyn, 2>>);
static_assert(std::is_same_v<real<cf::tensor<cf::c128>>, cf::tensor<cf::f64, 2>>);
static_assert(as_real(cf::tensor<cf::c64, 4, dyn>{7}).extent(1) == 7);

// What is not complex is not even copied.
constexpr cf::tensor<cf::f32, 4> plain;
static_assert(std::is_same_v<decltype(as_real(plain)), cf::tensor<cf::f32, 4> const&> && &as_real(plain) == &plain);

// A view keeps its storage, its strides count numbers, and its bytes are what they were.
constexpr auto column = cf::narrow(cf::tensor<cf::c64, 8, 8>{}, size_c<1>, size_c<0>, size_c<2>);
constexpr auto pairs = as_real(column);
static_assert(pairs.extents() == cf::extents<8, 2, 2>{} && pairs.stride(0) == 16 && pairs.stride(1) == 2 && pairs.stride(2) == 1);
static_assert(cf::storage_bytes(pairs) == 512 && cf::payload_bytes(pairs) == 128 && cf::payload_bytes(column) == 128);

// At run time too.
static_assert(as_real(cf::dynamic_tensor(cf::c64, {2, 3})) == cf::dynamic_tensor(cf::f32, {2, 3, 2}));
static_assert(as_real(cf::dynamic_tensor(cf::c64, {2, 3}, {8, 1}, 200)) == cf::dynamic_tensor(cf::f32, {2, 3, 2}, {16, 2, 1}, 200));
static_assert(as_real(cf::dynamic_tensor(cf::bf16, {2, 3}, {8, 1}, 200)) == cf::dynamic_tensor(cf::bf16, {2, 3}, {8, 1}, 200));

// Lists: all of them, or none is touched.
static_assert(std::is_same_v<real<std::tuple<cf::tensor<cf::c64, 4>, cf::tensor<cf::f32, 4>>>,
                             std::tuple<cf::tensor<cf::f32, 4, 2>, cf::tensor<cf::f32, 4>>>);
static_assert(std::is_same_v<real<std::vector<cf::tensor<cf::c64, 4>>>, std::vector<cf::tensor<cf::f32, 4, 2>>>);
static_assert(!may_be_complex<std::vector<std::tuple<cf::tensor<cf::f32, 4>, int>>>());
static_assert(may_be_complex<std::vector<std::tuple<cf::tensor<cf::f32, 4>, cf::dynamic_tensor>>>());

}  // namespace
