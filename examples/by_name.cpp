// SPDX-License-Identifier: BSL-1.0
// The sizes of a program that was recorded elsewhere, at run time: operators are found by name, arguments are values.
#include <commfold/op/dynamic/dynamic_op.hpp>

#include <cstddef>
#include <iostream>
#include <string>
#include <vector>

namespace cf = commfold;
using cf::collective_op;

struct recorded_call {
  std::string op;
  cf::call_arguments arguments;
};

int main() {
  cf::dynamic_group const dp("dp", 8);
  cf::dynamic_tensor const shard(cf::bf16, {1024, 64});  // 131072 B
  cf::dynamic_tensor const whole(cf::bf16, {8192, 64});  // 1048576 B
  cf::dynamic_tensor const bias(cf::f32, {64});          // 256 B

  std::vector<recorded_call> const program = {
      {"_c10d_functional::all_gather_into_tensor", {.args = {shard, 8, "dp"}, .groups = {dp}}},
      {"_c10d_functional::reduce_scatter_tensor", {.args = {whole, "avg", 8, "dp"}, .groups = {dp}}},
      {"c10d::allreduce_.default", {.args = {cf::dynamic_value::list(bias), dp, cf::sum, cf::dynamic_value()}}},
  };

  std::size_t total = 0;
  for (auto const& [name, arguments] : program) {
    cf::dynamic_op const op = cf::find_op(name);
    cf::dynamic_value const result = op(arguments);
    std::size_t const message = collective_op::message_bytes(op, result, arguments);
    std::cout << op.name() << " over " << collective_op::get_process_group(op, arguments).name() << ": " << message << " B\n";
    total += message;
  }
  std::cout << total << " B\n";

  // A wrong call is an error that names the operator, the argument and what is wrong with it.
  try {
    (void)cf::find_op("c10d::allreduce_")({.args = {cf::dynamic_value::list(bias, "weight"), dp, cf::sum, cf::dynamic_value()}});
    return 1;
  } catch (cf::error const& e) {
    std::cout << e.what() << '\n';
  }
  return total == 1'048'576 + 1'048'576 + 256 ? 0 : 1;
}
