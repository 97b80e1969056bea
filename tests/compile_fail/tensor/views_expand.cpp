// SPDX-License-Identifier: BSL-1.0
// error: commfold::expand: only dimensions of extent 1, and new ones in front, can grow
#include <commfold/tensor/view_functions.hpp>

namespace cf = commfold;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto v = cf::expand(cf::tensor<cf::f32, 2>{}, cf::size_c<4>);
#else
  [[maybe_unused]] auto v = cf::expand(cf::tensor<cf::f32, 1>{}, cf::size_c<4>);
#endif
}
