// SPDX-License-Identifier: BSL-1.0
// error: no matching function for call to
// error: has_rule<.*input_by_rank
#include <commfold/op/collective_op.hpp>
#include <commfold/op/table.hpp>

#include <tuple>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr cf::tensor<cf::f32, 8> x;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto made = cf::collective_op::input_bytes_by_rank(cf::c10d_functional::all_reduce, x, std::tuple{x, cf::sum, g});
#else
  [[maybe_unused]] auto made =
      cf::collective_op::input_bytes_by_rank(cf::c10d_functional::all_to_all_single, x, std::tuple{x, cf::even_split, cf::even_split, g});
#endif
}
