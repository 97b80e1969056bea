// SPDX-License-Identifier: BSL-1.0
// A tree of LIMIT_SIZE tuples, each in the one above.
#include <commfold/commfold.hpp>

#include <tuple>

namespace cf = commfold;

template <int Depth>
struct nested {
  using type = std::tuple<typename nested<Depth - 1>::type>;
};
template <>
struct nested<0> {
  using type = cf::tensor<cf::f32, 4>;
};
static_assert(cf::sum_tensors_v<nested<LIMIT_SIZE>::type> == 16);
