// SPDX-License-Identifier: BSL-1.0
// error: commfold::get_comm_tensor_size: the rule `counts` is a term, the larger of two or both, and reads neither group nor batch
#include <commfold/op/collective_op.hpp>
#include <commfold/tensor/tensor.hpp>

#include <string_view>
#include <tuple>

namespace cf = commfold;

struct repeat_t : cf::op<repeat_t> {
  COMMFOLD_OPERATOR("mine::repeat");
  static constexpr std::string_view schema = "(Tensor input, ProcessGroup group) -> Tensor";
  static constexpr auto kind = cf::collective_kind::all_gather;
#ifdef SHOULD_FAIL
  static constexpr cf::call_rules rules{.group = arg(1), .counts = times_ranks(arg(0))};
#else
  static constexpr cf::call_rules rules{.group = arg(1), .counts = arg(0), .message = times_ranks(arg(0))};
#endif
};

int main() {
  constexpr cf::process_group<"g", 4> g;
  [[maybe_unused]] auto bytes = cf::collective_op::get_comm_tensor_size(repeat_t{}, 0, std::tuple{cf::tensor<cf::f32, 8>{}, g});
}
