// SPDX-License-Identifier: BSL-1.0
// What recording a call costs: into a ledger of 64 rows, visited in a mixed order, and into a log.
#include <run_time/suite.hpp>

#include <commfold/commfold.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cf = commfold;
using suite::forest, suite::mixed_order, suite::row_of, suite::wraps_times;

namespace {

constexpr cf::process_group<"dp", 8> dp;
constexpr cf::process_group<"tp", 4> tp;
using rows_of_4096 = cf::tensor<cf::bf16, cf::dyn, 4096>;

/// One of 64 kinds of call: four operators, two groups, eight sizes.
struct call {
  unsigned operation;
  bool over_tp;
  std::size_t rows;
};

auto make_calls(std::size_t n) {
  mixed_order order;
  auto const one = [&](std::size_t) {
    std::size_t const kind = order.below(64);
    return call{static_cast<unsigned>(kind % 4), kind / 4 % 2 == 1, 8 * (kind / 8 + 1)};
  };
  return forest{row_of(n, one), n};
}

// --- With the library.

constexpr auto step = [](auto& comm, std::vector<call> const& calls) {
  auto const emit = [&](call const& c, auto const& group) {
    rows_of_4096 const tensor(c.rows);
    switch (c.operation) {
      case 0:
        static_cast<void>(comm.all_reduce(tensor, cf::sum, group));
        break;
      case 1:
        static_cast<void>(comm.all_gather(tensor, group));
        break;
      case 2:
        static_cast<void>(comm.reduce_scatter(tensor, cf::sum, group));
        break;
      default:
        static_cast<void>(comm.all_to_all(tensor, group));
        break;
    }
  };
  comm.phase("forward", [&] {
    for (call const& c : calls) c.over_tp ? emit(c, tp) : emit(c, dp);
  });
};

std::size_t ledger(std::vector<call> const& calls) { return cf::trace(step, calls).message_bytes(); }

std::size_t log(std::vector<call> const& calls) {
  auto const all = cf::log(step, calls);
  return all.calls().size() + (calls.empty() ? 0 : all.calls().back().bytes().message_bytes);
}

// --- By hand: what the library keeps of a call in a struct, counted in a hash map or put into a vector. Names are kept by value, since the
// caller's may not live as long.

struct written_call {
  std::string_view operation;
  std::string group;
  std::size_t group_size = 0;
  std::string phase;
  cf::dtype dtype = cf::bf16;
  std::size_t input = 0;
  std::size_t output = 0;
  std::size_t message = 0;

  friend bool operator==(written_call const&, written_call const&) = default;
};

struct hash_of_call {
  std::size_t operator()(written_call const& c) const noexcept {
    auto const mixed = [](std::size_t a, std::size_t b) { return (a ^ b) * 0x9e3779b97f4a7c15u; };
    std::hash<std::string_view> const text;
    return mixed(mixed(mixed(text(c.operation), text(c.group)), text(c.phase)), mixed(c.input, c.message));
  }
};

written_call write(call const& c, std::string const& phase) {
  static constexpr std::string_view names[] = {"_c10d_functional::all_reduce", "_c10d_functional::all_gather_into_tensor",
                                               "_c10d_functional::reduce_scatter_tensor", "_c10d_functional::all_to_all_single"};
  std::size_t const ranks = c.over_tp ? 4 : 8;
  std::size_t bytes = 0;
  std::size_t gathered = 0;
  if (wraps_times(c.rows, 8192, bytes) || wraps_times(bytes, ranks, gathered)) throw std::overflow_error("a call does not fit");
  if (c.operation == 2 && c.rows % ranks != 0) throw std::invalid_argument("an uneven reduce_scatter");
  std::size_t const output = c.operation == 1 ? gathered : c.operation == 2 ? bytes / ranks : bytes;
  return {names[c.operation], c.over_tp ? "tp" : "dp", ranks, phase, cf::bf16, bytes, output, c.operation == 1 ? gathered : bytes};
}

std::size_t ledger_by_hand(std::vector<call> const& calls) {
  std::unordered_map<written_call, std::size_t, hash_of_call> rows;
  std::string const phase = "forward";
  for (call const& c : calls) {
    std::size_t& times = rows[write(c, phase)];
    if (suite::wraps_plus(times, 1, times)) throw std::overflow_error("too many calls");
  }
  std::size_t bytes = 0;
  bool overflow = false;
  for (auto const& [one, times] : rows) {
    std::size_t all = 0;
    overflow = wraps_times(one.message, times, all) || suite::wraps_plus(bytes, all, bytes) || overflow;
  }
  return suite::checked(bytes, overflow);
}

std::size_t log_by_hand(std::vector<call> const& calls) {
  std::vector<written_call> all;
  std::string const phase = "forward";
  for (call const& c : calls) all.push_back(write(c, phase));
  return all.size() + (all.empty() ? 0 : all.back().message);
}

bool const registered[] = {
    suite::compare("record_ledger", {1000, 1000000}, make_calls, ledger, ledger_by_hand),
    suite::compare("record_log", {1000, 1000000}, make_calls, log, log_by_hand),
};

}  // namespace
