// SPDX-License-Identifier: BSL-1.0
// error: commfold::size_constant: this constant does not fit std::size_t
#include <commfold/group.hpp>
#include <commfold/op.hpp>
#include <commfold/tensor.hpp>

#include <type_traits>

#ifdef SHOULD_FAIL
constexpr unsigned long long root = (1ULL << 33) + 5;
#else
constexpr unsigned long long root = 5;
#endif

int main() {
  (void)commfold::c10d_functional::broadcast(commfold::tensor<commfold::f32, 4>{}, std::integral_constant<unsigned long long, root>{},
                                             commfold::process_group<"dp", 8>{});
}
