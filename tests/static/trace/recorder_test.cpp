// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/recorder.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/view_functions.hpp>
#include <commfold/trace/log.hpp>
#include <commfold/trace/trace.hpp>
#include <commfold/tree/structs/fields.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace {
namespace cf = commfold;
using cf::dyn;
using cf::size_c;
using cf::sum;
using cf::trace;

constexpr cf::process_group<"dp", 4> dp;
constexpr cf::process_group<"tp"> tp{2};

template <class Expected>
constexpr bool is(auto const& t, Expected const& expected) {
  return std::is_same_v<std::remove_cvref_t<decltype(t)>, Expected> && t == expected;
}

/// One row as a test writes it.
struct row {
  std::string_view op;
  std::size_t calls;
  cf::call_bytes bytes;
  std::string_view phase = "";
};

template <std::size_t Rows>
constexpr bool holds(cf::ledger<Rows> const& traffic, std::initializer_list<row> expected) {
  if (traffic.rows().size() != expected.size()) return false;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    row const& e = expected.begin()[i];
    cf::ledger_row const& r = traffic.rows()[i];
    if (r.call().op() != e.op || r.calls() != e.calls || r.call().bytes() != e.bytes || r.call().phase() != e.phase) return false;
  }
  return true;
}

using vec = cf::tensor<cf::f32, 8>;        // 32 B
using small = cf::tensor<cf::bf16, 4, 4>;  // 32 B too, of another dtype
using wide = cf::tensor<cf::f32, 16>;      // 64 B

// --- a record -------------------------------------------------------------------------------------------------------------------------

// Any row of the table, by its own name and with the arguments of its schema.
static_assert(holds(trace([](auto& c) { c.call(cf::c10d_functional::all_gather_into_tensor, vec{}, 4, dp); }),
                    {{"_c10d_functional::all_gather_into_tensor", 1, {32, 128, 128}}}));

// The record names the group, its size and the dtype of what is counted.
constexpr auto one_call = trace([](auto& c) { c.all_gather(small{}, tp); });
constexpr cf::call_record gathered = one_call.rows()[0].call();
static_assert(gathered.group() == "tp" && gathered.group_size() == 2 && gathered.dtype() == cf::bf16 && gathered.phase().empty());
static_assert(!trace([](auto& c) { c.barrier(dp); }).rows()[0].call().dtype());

// ... the kind of the collective, and the root or the peer.
constexpr auto each_kind = trace([](auto& c) {
  c.broadcast(vec{}, 3, dp);
  c.send(vec{}, 2, dp);
  c.recv(vec{}, 0, dp);
  c.barrier(dp);
});
static_assert(each_kind.rows()[0].call().kind() == cf::collective_kind::broadcast && each_kind.rows()[0].call().root() == 3);
static_assert(each_kind.rows()[1].call().kind() == cf::collective_kind::send && each_kind.rows()[1].call().peer() == 2);
static_assert(each_kind.rows()[2].call().kind() == cf::collective_kind::recv && each_kind.rows()[2].call().peer() == 0);
static_assert(each_kind.rows()[3].call().kind() == cf::collective_kind::barrier && !each_kind.rows()[3].call().root());
static_assert(!each_kind.rows()[0].call().peer() && !each_kind.rows()[1].call().root() && !each_kind.rows()[3].call().peer());
// Two peers are two rows.
static_assert(trace([](auto& c) { c.send(vec{}, 1, dp), c.send(vec{}, 2, dp), c.send(vec{}, 1, dp); }).rows().size() == 2);

// ... and the parts by rank, where the call has some that differ: rows of 4 B.
constexpr auto divided = trace([](auto& c) {
  c.all_to_all(vec{}, std::array{1, 2, 3, 4}, std::array{2, 2, 2, 2}, dp);
  c.all_to_all(vec{}, std::array{4, 3, 2, 1}, std::array{2, 2, 2, 2}, dp);
  c.all_to_all(vec{}, std::array{2, 2, 2, 2}, std::array{2, 2, 2, 2}, dp);
  c.all_to_all(vec{}, dp);
});
constexpr std::size_t rising[] = {4, 8, 12, 16}, falling[] = {16, 12, 8, 4};
static_assert(divided.rows().size() == 3 && divided.rows()[2].calls() == 2);
static_assert(divided.rows()[0].call().output_parts() == cf::bytes_by_rank(rising, 4) && divided.rows()[0].call().input_parts().empty());
static_assert(divided.rows()[1].call().output_parts() == cf::bytes_by_rank(falling, 4));
static_assert(divided.rows()[2].call().parts() == cf::parts_state::even);

// --- phases ---------------------------------------------------------------------------------------------------------------------------

constexpr auto phases = trace([](auto& c) {
  c.barrier(dp);
  c.phase("backward", [&] {
    c.barrier(dp);
    c.phase("layer", [&] { c.barrier(dp); });
    c.phase("head", [&] { c.barrier(dp); });
    c.barrier(dp);
  });
  c.barrier(dp);
  c.phase("backward/layer", [&] { c.barrier(dp); });
});
static_assert(holds(phases, {{"c10d::barrier", 2, {}},
                             {"c10d::barrier", 2, {}, "backward"},
                             {"c10d::barrier", 2, {}, "backward/layer"},
                             {"c10d::barrier", 1, {}, "backward/head"}}));

// --- repeat ---------------------------------------------------------------------------------------------------------------------------

static_assert(trace([](auto& c) { c.repeat(8000, [&] { c.barrier(dp); }); }).calls() == 8000);
static_assert(trace([](auto& c) { c.repeat(size_c<3>, [&] { c.barrier(dp); }); }).calls() == 3);
static_assert(trace([](auto& c) { c.repeat(0, [&] { c.barrier(dp); }); }).rows().empty());
// 1 + 3 x (1 + 5 x 2 + 1) + 1
static_assert(trace([](auto& c) {
                c.barrier(dp);
                c.repeat(3, [&] {
                  c.barrier(dp);
                  c.repeat(5, [&] { c.barrier(dp), c.barrier(dp); });
                  c.barrier(dp);
                });
                c.barrier(dp);
              }).calls() == 38);
// The body runs once, or not at all.
constexpr int runs(int n) {
  int ran = 0;
  static_cast<void>(trace([&](auto& c) { c.repeat(n, [&] { ++ran; }); }));
  return ran;
}
static_assert(runs(8000) == 1 && runs(1) == 1 && runs(0) == 0);
static_assert(
    trace([](auto& c) { c.phase("p", [&] { c.repeat(2, [&] { c.phase("q", [&] { c.barrier(dp); }); }); }); }).rows()[0].call().phase() ==
    "p/q");

// --- for_each -------------------------------------------------------------------------------------------------------------------------

/// How often the body ran, and how many calls that made.
struct times {
  int ran = 0;
  std::size_t calls = 0;
  friend constexpr bool operator==(times const&, times const&) = default;
};
template <class Node>
constexpr times each(Node const& node) {
  times t;
  t.calls = trace([&](auto& c) {
              c.for_each(node, [&](auto const& child) {
                ++t.ran;
                c.all_reduce(child, sum, dp);
              });
            }).calls();
  return t;
}

struct block {
  vec w;
  std::array<small, 2> experts;
};
struct block_with_a_number {
  vec w;
  int kind;
};
// What the type says about every child alike is recorded once and multiplied, whatever holds the children.
static_assert(each(std::array<vec, 80>{}) == times{1, 80} && each(std::array<block, 80>{}) == times{1, 240});
static_assert(each(std::array<std::tuple<vec, std::pair<small, vec>>, 3>{}) == times{1, 9});
static_assert(each(std::array<std::array<vec, 3>, 5>{}) == times{1, 15});
static_assert(each(std::array<std::tuple<vec, std::array<block, 2>>, 3>{}) == times{1, 21});  // 3 x (1 + 2 x 3)
static_assert(each(std::array<vec, 0>{}) == times{0, 0} && each(std::vector<block>{}) == times{0, 0});
static_assert(each(std::optional<block>{block{}}) == times{1, 3} && each(std::optional<block>{}) == times{0, 0});
// Children that may differ are asked one by one: a run-time extent, a number beside the tensors, an optional.
static_assert(each(std::array<cf::tensor<cf::f32, dyn>, 3>{}) == times{3, 3});
static_assert(each(std::array<cf::dynamic_tensor, 3>{}) == times{3, 3});
static_assert(each(std::array<std::array<cf::tensor<cf::f32, dyn>, 2>, 3>{}) == times{3, 6});
static_assert(each(std::array<block_with_a_number, 3>{}) == times{3, 3});
static_assert(each(std::array<std::optional<vec>, 3>{vec{}, {}, vec{}}) == times{3, 2});
// Children of different types too.
static_assert(each(std::tuple<vec, block, vec>{}) == times{3, 5} && each(block{}) == times{2, 3} && each(std::tuple<>{}) == times{0, 0});

// The body can tell the blocks apart by their number, and does.
constexpr auto by_kind = trace([](auto& c) {
  c.for_each(std::array<block_with_a_number, 3>{{{{}, 0}, {{}, 1}, {{}, 1}}}, [&](auto const& b) {
    if (b.kind == 0)
      c.all_gather(b.w, dp);
    else
      c.all_reduce(b.w, sum, dp);
  });
});
static_assert(holds(by_kind,
                    {{"_c10d_functional::all_gather_into_tensor", 1, {32, 128, 128}}, {"_c10d_functional::all_reduce", 2, {32, 32, 32}}}));

// In order, a tuple by its types, a vector by its values.
static_assert(holds(trace([](auto& c) { c.for_each(std::tuple<wide, vec>{}, [&](auto const& t) { c.all_reduce(t, sum, dp); }); }),
                    {{"_c10d_functional::all_reduce", 1, {64, 64, 64}}, {"_c10d_functional::all_reduce", 1, {32, 32, 32}}}));
using rows_of_four = cf::tensor<cf::u8, dyn, 4>;
static_assert(holds(trace([](auto& c) {
                      c.for_each(std::vector<rows_of_four>{rows_of_four{3}, rows_of_four{1}, rows_of_four{3}},
                                 [&](auto const& t) { c.all_reduce(t, sum, dp); });
                    }),
                    {{"_c10d_functional::all_reduce", 2, {12, 12, 12}}, {"_c10d_functional::all_reduce", 1, {4, 4, 4}}}));

// Inside a repeat, a phase and another for_each. 2 x 3 x (2 + 4) calls
static_assert(trace([](auto& c) {
                c.repeat(2, [&] {
                  c.for_each(std::array<std::tuple<std::array<vec, 2>, std::array<wide, 4>>, 3>{}, [&](auto const& part) {
                    c.for_each(part, [&](auto const& tensors) { c.for_each(tensors, [&](auto const& t) { c.all_reduce(t, sum, dp); }); });
                  });
                });
              }).calls() == 36);

// --- tensors of all kinds, in a constant ----------------------------------------------------------------------------------------------

static_assert(trace([](auto& c) { c.all_gather(cf::tensor<cf::f32>{}, dp); }).message_bytes() == 16);
static_assert(trace([](auto& c) {
                c.all_reduce(cf::narrow(cf::tensor<cf::f32, 64, 64>{}, size_c<1>, size_c<0>, size_c<4>), sum, dp);
              }).message_bytes() == 1024);
static_assert(trace([](auto& c) { c.all_reduce(cf::expand(cf::tensor<cf::f32, 1>{}, size_c<64>), sum, dp); }).message_bytes() == 256);
static_assert(trace([](auto& c) { c.all_gather(cf::dynamic_tensor(cf::bf16, {3, 5}), tp); }).message_bytes() == 60);
static_assert(trace([](auto& c) { c.all_reduce(cf::tensor<cf::f32, 0>{}, sum, dp); }).calls() == 1);

// The same step over static and run-time shapes and groups leaves the same ledger: only the types differ.
constexpr auto step = [](auto& c, auto const& t, auto const& group) {
  c.phase("forward", [&] { c.reduce_scatter(c.all_gather(t, group), sum, group); });
};
static_assert(trace(step, vec{}, dp) == trace(step, cf::tensor<cf::f32, dyn>{8}, cf::process_group<"dp">{4}));
static_assert(trace(step, vec{}, dp) == trace(step, cf::dynamic_tensor(cf::f32, {8}), dp));
static_assert(trace(step, vec{}, dp) != trace(step, cf::tensor<cf::f32, 12>{}, dp) && trace(step, vec{}, dp) != trace(step, vec{}, tp));

// A recorder is passed by reference: a copy would record elsewhere.
static_assert(!std::is_copy_constructible_v<cf::recorder<cf::call_log>> && !std::is_copy_assignable_v<cf::recorder<cf::call_log>>);

template <auto F>
concept is_a_constant = requires { typename std::integral_constant<std::size_t, F()>; };
static_assert(is_a_constant<[] { return trace([](auto& c) { c.broadcast(vec{}, 3, dp); }).calls(); }>);
static_assert(!is_a_constant<[] { return trace([](auto& c) { c.broadcast(vec{}, 4, dp); }).calls(); }>);
static_assert(!is_a_constant<[] { return trace([](auto& c) { c.repeat(-1, [] {}); }).calls(); }>);

}  // namespace

// A class that shows only its tensors to the tree holds more than the tree sees: a body may look at it, so every one is asked.
namespace {
struct shows_its_weights {
  vec w;
  int kind = 0;
};
}  // namespace
template <>
struct commfold::node_traits<shows_its_weights> : commfold::fields<&shows_its_weights::w> {};
// So does a container of a fixed length with something beside its elements.
namespace {
struct tagged_pair {
  std::array<vec, 2> both;
  int kind = 0;
};
}  // namespace
template <>
struct commfold::node_traits<tagged_pair> {
  using element = vec;
  static constexpr std::size_t static_count = 2;
  static constexpr std::size_t count(tagged_pair const&) { return 2; }
  static constexpr auto begin(tagged_pair const& p) { return p.both.begin(); }
  template <class U>
  static constexpr std::array<U, 2> make(tagged_pair const&, auto&& next) {
    return {{next(), next()}};
  }
};
namespace {
static_assert(!cf::stateless<tagged_pair> && cf::stateless<std::array<vec, 2>>);
static_assert(each(std::array<tagged_pair, 3>{}) == times{3, 6});
static_assert(each(std::array<shows_its_weights, 3>{}) == times{3, 3});
static_assert(!cf::stateless<std::tuple<shows_its_weights>> && cf::stateless<std::tuple<block>>);
// The works of a trace are numbered from 1, each trace its own.
static_assert([] {
  std::uint64_t first = 0, second = 0;
  for (int round = 0; round != 2; ++round)
    static_cast<void>(cf::trace([&](auto& comm) {
      cf::tensor<cf::u8, 1> const byte;
      cf::process_group<"pair", 2> const pair;
      first = comm.call(cf::c10d::send, byte, pair, 1, 0).seq_id();
      comm.all_reduce(byte, cf::sum, pair);  // makes none
      second = comm.call(cf::c10d::recv_, byte, pair, 1, 0).seq_id();
    }));
  return first == 1 && second == 2;
}());

}  // namespace
