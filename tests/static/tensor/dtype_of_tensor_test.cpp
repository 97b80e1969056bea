// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/dtype_of_tensor.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

namespace {
namespace cf = commfold;

static_assert(cf::dtype_of_tensor(cf::tensor<cf::i64, cf::dyn>{9}) == cf::i64 &&
              cf::dtype_of_tensor(cf::dynamic_tensor(cf::u8, {})) == cf::u8);

template <class T>
concept has_dtype = requires(T const& t) { cf::dtype_of_tensor(t); };
static_assert(has_dtype<cf::tensor<cf::f32>> && !has_dtype<int>);

}  // namespace
