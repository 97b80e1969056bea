// SPDX-License-Identifier: BSL-1.0
// What a question to an operator costs that is known by its name only.
#include <run_time/suite.hpp>

#include <commfold/commfold.hpp>
#include <commfold/op/dynamic/dynamic_op.hpp>
#include <commfold/op/dynamic/dynamic_value.hpp>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cf = commfold;
using suite::forest, suite::row_of, suite::wraps_plus;

namespace {

struct recorded_call {
  std::string name;
  cf::call_arguments arguments;
  cf::dynamic_value result;
};

auto make_calls(std::size_t n) {
  suite::mixed_order order;
  cf::dynamic_group const dp("dp", 8);
  auto const one = [&](std::size_t i) -> recorded_call {
    cf::dynamic_tensor const shard(cf::bf16, {8 * (i % 97 + 1), 4096});
    cf::dynamic_tensor const whole(cf::bf16, {64 * (i % 97 + 1), 4096});
    switch (order.below(3)) {
      case 0:
        return {"_c10d_functional::all_reduce", {.args = {shard, "sum", dp}}, shard};
      case 1:
        return {"_c10d_functional::all_gather_into_tensor", {.args = {shard, 8, dp}}, whole};
      default:
        return {"_c10d_functional::reduce_scatter_tensor", {.args = {whole, "sum", 8, dp}}, shard};
    }
  };
  return forest{row_of(n, one), n};
}

std::size_t by_name(std::vector<recorded_call> const& calls) {
  std::size_t bytes = 0;
  for (recorded_call const& c : calls)
    bytes = cf::add(bytes, cf::collective_op::get_comm_tensor_size(cf::find_op(c.name), c.result, c.arguments));
  return bytes;
}

/// Knows the three operators above and no more, and checks of a call what the library checks before it looks at the tensor.
std::size_t by_hand(std::vector<recorded_call> const& calls) {
  std::size_t bytes = 0;
  bool overflow = false;
  for (recorded_call const& c : calls) {
    auto const storage = [](cf::dynamic_value const& tensor) { return tensor.as_tensor().storage_bytes(); };
    auto const argument = [&](std::size_t parameters) -> cf::dynamic_value const& {
      if (c.arguments.args.empty()) throw std::invalid_argument("no tensor");
      if (c.arguments.args.size() > parameters) throw std::invalid_argument("too many arguments");
      if (c.arguments.kwargs.size() != 0) throw std::invalid_argument("an argument by name");
      return c.arguments.args[0];
    };
    std::string_view const name = c.name;
    auto const names = [&](std::string_view op) {
      return name == op || (name.ends_with(".default") && name.substr(0, name.size() - 8) == op);
    };
    std::size_t one = 0;
    if (names("_c10d_functional::all_reduce"))
      one = storage(argument(3));
    else if (names("_c10d_functional::reduce_scatter_tensor"))
      one = storage(argument(4));
    else if (names("_c10d_functional::all_gather_into_tensor"))
      one = (static_cast<void>(argument(3)), storage(c.result));
    else
      throw std::invalid_argument("no operator is named '" + c.name + "'");
    overflow = wraps_plus(bytes, one, bytes) || overflow;
  }
  return suite::checked(bytes, overflow);
}

bool const registered = suite::compare("get_comm_tensor_size_by_name", {10, 10000}, make_calls, by_name, by_hand);

}  // namespace
