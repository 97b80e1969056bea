// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/list_concepts.hpp>

#include <commfold/tensor/tensor.hpp>

#include <array>
#include <list>
#include <tuple>
#include <vector>

namespace {
namespace cf = commfold;

using f32x4 = cf::tensor<cf::f32, 4>;
using u8x3 = cf::tensor<cf::u8, 3>;
struct weights {
  f32x4 w;
  u8x3 b;
};
struct layer {
  f32x4 w;
  int step;
};

// A list is any product or sequence; a list of lists holds nothing but lists, a list of tensors nothing but tensors.
static_assert(cf::list_like<std::tuple<f32x4>> && cf::list_like<std::array<f32x4, 2>> && cf::list_like<std::vector<f32x4>> &&
              cf::list_like<weights> && cf::list_like<std::tuple<>>);
static_assert(!cf::list_like<f32x4> && !cf::list_like<int> && cf::tensor_or_list<f32x4> && cf::tensor_or_list<weights> &&
              !cf::tensor_or_list<int>);
static_assert(cf::list_of_lists<std::tuple<std::tuple<f32x4>, std::array<u8x3, 2>>> && cf::list_of_lists<std::vector<std::list<f32x4>>> &&
              cf::list_of_lists<std::array<weights, 2>> && cf::list_of_lists<std::tuple<>>);
static_assert(!cf::list_of_lists<std::tuple<std::tuple<f32x4>, f32x4>> && !cf::list_of_lists<std::vector<f32x4>> &&
              !cf::list_of_lists<weights> && !cf::list_of_lists<f32x4>);
static_assert(cf::tensor_list<weights> && cf::tensor_list<std::array<f32x4, 2>> && cf::tensor_list<std::tuple<>>);
static_assert(!cf::tensor_list<layer> && !cf::tensor_list<std::tuple<std::tuple<f32x4>>> && !cf::tensor_list<f32x4> &&
              !cf::tensor_list<std::vector<std::vector<f32x4>>>);

}  // namespace
