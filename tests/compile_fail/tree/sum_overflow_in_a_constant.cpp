// SPDX-License-Identifier: BSL-1.0
// error: commfold::sum_tensors.*the bytes of this tree do not fit std::size_t
// error[clang]: in call to .fail.*"commfold::sum_tensors".*the bytes of this tree do not fit std::size_t
#include <commfold/tensor/tensor.hpp>
#include <commfold/tree/nodes/standard.hpp>
#include <commfold/tree/sum.hpp>

#include <array>
#include <cstddef>

namespace cf = commfold;

#ifdef SHOULD_FAIL
constexpr std::size_t elements = ~std::size_t{0} / 8;
#else
constexpr std::size_t elements = 8;
#endif
using some = cf::tensor<cf::f32, cf::dyn>;
constexpr std::size_t bytes = cf::sum_tensors(std::array{some(elements), some(elements), some(elements)});

int main() { static_cast<void>(bytes); }
