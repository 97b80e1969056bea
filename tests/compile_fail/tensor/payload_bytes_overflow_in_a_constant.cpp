// SPDX-License-Identifier: BSL-1.0
// error: {} does not fit std::size_t
// error[clang]: in call to .fail.*"commfold::payload_bytes".*does not fit std::size_t".*the size of this tensor
#include <commfold/tensor/payload_bytes.hpp>
#include <commfold/tensor/tensor.hpp>

#include <cstddef>

namespace cf = commfold;

#ifdef SHOULD_FAIL
constexpr std::size_t elements = ~std::size_t{0};
#else
constexpr std::size_t elements = 8;
#endif
constexpr std::size_t bytes = cf::payload_bytes(cf::tensor<cf::f32, cf::dyn>(elements));

int main() { static_cast<void>(bytes); }
