// SPDX-License-Identifier: BSL-1.0
// A plan from end to end: a configured model of so many layers becomes the traffic of one step of FSDP2, as rows and as a log.
#include <run_time/suite.hpp>

#include <src/model_config.hpp>
#include <src/plan/plan.hpp>

#include <commfold/tensor/dtype.hpp>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace cf = commfold;
namespace io = commfold::io;
using suite::forest, suite::wraps_plus, suite::wraps_times;

namespace {

/// A model of Llama's family, as its numbers, and as the tree that the tool makes of its configuration.
struct sized_model {
  std::size_t layers;
  std::size_t hidden = 8192;
  std::size_t intermediate = 28672;
  std::size_t query = 8192;
  std::size_t key_value = 1024;
  std::size_t vocabulary = 128256;
  bool tied = false;
  io::model read{};
};

auto make_model(std::size_t layers) {
  sized_model m{layers};
  m.read = io::read_model_config("config.json",
                                 R"({"model_type": "llama", "hidden_size": 8192, "intermediate_size": 28672, "num_attention_heads": 64,
                                     "num_key_value_heads": 8, "vocab_size": 128256, "torch_dtype": "bfloat16", "num_hidden_layers": )" +
                                     std::to_string(layers) + "}",
                                 {});
  return forest{m, 3 * layers + 2};  // a layer is gathered twice and reduced once, the root once each
}

/// All that is asked of a plan, so that both sides must have it.
std::size_t sum_of(std::size_t parameters, std::size_t padding, std::size_t calls, std::size_t message_bytes) {
  return parameters + padding + calls + message_bytes;
}

std::size_t with_the_tool(sized_model const& m) {
  io::plan const plan = io::make_plan(m.read, {});
  return sum_of(plan.parameters, plan.padding, plan.calls.calls().size(), plan.traffic.message_bytes());
}

// --- By hand: every fact of the tool's plan, worked out for this one family and this one step, in which all layers are alike; no model is
// built. Names are kept by value, as the tool's are.

struct written_call {
  std::string_view operation;
  std::string group;
  std::size_t group_size = 0;
  std::string phase;
  cf::dtype dtype = cf::bf16;
  std::size_t input = 0;
  std::size_t output = 0;
  std::size_t message = 0;
};

struct row {
  written_call one;
  std::size_t times = 0;
};

struct written_plan {
  std::size_t parameters = 0;
  std::size_t padding = 0;
  std::vector<row> traffic;
  std::vector<written_call> calls;
};

written_plan plan_by_hand(sized_model const& c, std::size_t ranks) {
  bool overflow = false;
  auto const times = [&](std::size_t a, std::size_t b) {
    overflow = wraps_times(a, b, a) || overflow;
    return a;
  };
  auto const plus = [&](std::size_t a, std::size_t b) {
    overflow = wraps_plus(a, b, a) || overflow;
    return a;
  };
  /// The elements of a unit, and of one rank's shard of it.
  struct unit {
    std::size_t elements = 0;
    std::size_t shard = 0;
  };
  auto const add = [&](unit& u, std::size_t rows, std::size_t columns) {
    u = {plus(u.elements, times(rows, columns)), plus(u.shard, times(rows / ranks + (rows % ranks != 0 ? 1 : 0), columns))};
  };
  unit layer;
  add(layer, c.query, c.hidden);
  add(layer, c.key_value, c.hidden);
  add(layer, c.key_value, c.hidden);
  add(layer, c.hidden, c.query);
  add(layer, c.intermediate, c.hidden);
  add(layer, c.intermediate, c.hidden);
  add(layer, c.hidden, c.intermediate);
  add(layer, c.hidden, 1);
  add(layer, c.hidden, 1);
  unit root;
  add(root, c.vocabulary, c.hidden);
  add(root, c.hidden, 1);
  if (!c.tied) add(root, c.vocabulary, c.hidden);

  written_plan plan;
  plan.parameters = plus(root.elements, times(layer.elements, c.layers));
  plan.padding = times(plus(root.shard, times(layer.shard, c.layers)), ranks) - plan.parameters;
  if (plan.padding != 0) throw std::invalid_argument("a parameter has rows that the ranks do not divide");

  auto const gather = [&](char const* phase, unit const& u) {
    std::size_t const shard = times(u.shard, 2);
    std::size_t const whole = times(shard, ranks);
    return written_call{"c10d::_allgather_base_", "dp", ranks, phase, cf::bf16, shard, whole, whole};
  };
  auto const reduce = [&](unit const& u) {
    std::size_t const shard = times(u.shard, 2);
    std::size_t const whole = times(shard, ranks);
    return written_call{"c10d::_reduce_scatter_base_", "dp", ranks, "backward", cf::bf16, whole, shard, whole};
  };
  plan.traffic = {{gather("forward", root), 1},
                  {gather("forward", layer), c.layers},
                  {gather("backward", layer), c.layers},
                  {reduce(layer), c.layers},
                  {reduce(root), 1}};
  plan.calls.reserve(3 * c.layers + 2);
  plan.calls.push_back(gather("forward", root));
  for (std::size_t i = 0; i < c.layers; ++i) plan.calls.push_back(gather("forward", layer));
  for (std::size_t i = 0; i < c.layers; ++i) {
    plan.calls.push_back(gather("backward", layer));
    plan.calls.push_back(reduce(layer));
  }
  plan.calls.push_back(reduce(root));
  static_cast<void>(suite::checked(0, overflow));
  return plan;
}

std::size_t by_hand(sized_model const& c) {
  written_plan const plan = plan_by_hand(c, 8);
  std::size_t bytes = 0;
  bool overflow = false;
  for (row const& r : plan.traffic) {
    std::size_t all = 0;
    overflow = wraps_times(r.one.message, r.times, all) || wraps_plus(bytes, all, bytes) || overflow;
  }
  return sum_of(plan.parameters, plan.padding, plan.calls.size(), suite::checked(bytes, overflow));
}

bool const registered = suite::compare("plan", {8, 80, 800}, make_model, with_the_tool, by_hand);

}  // namespace
