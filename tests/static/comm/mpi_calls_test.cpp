// SPDX-License-Identifier: BSL-1.0
#include <commfold/comm/mpi_calls.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/trace/trace.hpp>

#include <tests/support/emits.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace {
namespace cf = commfold;
using cf::dyn;
using cf::sum;

constexpr cf::process_group<"dp", 4> dp;
constexpr cf::process_group<"dp"> dp_of_4{4};
constexpr cf::process_group<"tp"> tp{2};
constexpr cf::process_group<"tp"> tp_of_3{3};

using vec = cf::tensor<cf::f32, 8>;        // 32 B
using small = cf::tensor<cf::bf16, 4, 4>;  // 32 B too, of another dtype
using wide = cf::tensor<cf::f32, 16>;      // 64 B
using part = cf::tensor<cf::f32, 2>;       // 8 B
using wide_of_4 = cf::tensor<cf::f32, 32>;

// --- every method, over one tensor ----------------------------------------------------------------------------------------------------

static_assert(emits([](auto& c) { c.all_reduce(vec{}, sum, dp); }, {{"_c10d_functional::all_reduce", {32, 32, 32}}}));
static_assert(emits([](auto& c) { c.all_gather(vec{}, dp); }, {{"_c10d_functional::all_gather_into_tensor", {32, 128, 128}}}));
static_assert(emits([](auto& c) { c.reduce_scatter(vec{}, sum, dp); }, {{"_c10d_functional::reduce_scatter_tensor", {32, 8, 32}}}));
static_assert(emits([](auto& c) { c.broadcast(vec{}, 3, dp); }, {{"_c10d_functional::broadcast", {32, 32, 32}}}));
static_assert(emits([](auto& c) { c.all_to_all(vec{}, dp); }, {{"_c10d_functional::all_to_all_single", {32, 32, 32}}}));
static_assert(emits([](auto& c) { c.all_to_all(vec{}, std::array{1, 2, 3, 4}, std::array{2, 2, 2, 2}, dp); },
                    {{"_c10d_functional::all_to_all_single", {32, 40, 40}}}));
static_assert(emits([](auto& c) { c.send(vec{}, 1, dp); }, {{"c10d::send", {32, 0, 32}}}));
static_assert(emits([](auto& c) { c.recv(vec{}, 1, dp); }, {{"c10d::recv_", {0, 32, 32}}}));
static_assert(emits([](auto& c) { c.barrier(dp); }, {{"c10d::barrier", {0, 0, 0}}}));
// The dtype is that of the message, whichever side has it.
static_assert(cf::trace([](auto& c) { c.send(small{}, 1, dp); }).rows()[0].call().dtype() == cf::bf16);
static_assert(cf::trace([](auto& c) { c.recv(small{}, 1, dp); }).rows()[0].call().dtype() == cf::bf16);
static_assert(emits([](auto& c) { c.all_gather_into_tensor(cf::tensor<cf::f32, 4, 8>{}, vec{}, dp); },
                    {{"c10d::_allgather_base_", {32, 128, 128}}}));
static_assert(emits([](auto& c) { c.reduce_scatter_tensor(vec{}, cf::tensor<cf::f32, 4, 8>{}, sum, dp); },
                    {{"c10d::_reduce_scatter_base_", {128, 32, 128}}}));
// --- the calls of MPI that have no functional operator: held against their operators, by `call` and by torch.distributed's own names
// ------

constexpr bool alike(auto const& one, auto const& other) {
  auto const a = cf::log(one);
  auto const b = cf::log(other);
  if (a.calls().size() != b.calls().size() || a.calls().empty()) return false;
  for (std::size_t i = 0; i != a.calls().size(); ++i)
    if (a.calls()[i] != b.calls()[i]) return false;
  return true;
}

using any_vec = cf::tensor<cf::f32, dyn>;
using matrix = cf::tensor<cf::bf16, dyn, 3>;
template <class T>
constexpr std::tuple<T> one(T const& t) {
  return std::tuple<T>(t);
}
constexpr std::array counts{3, 1, 0, 4};
constexpr std::array parts{any_vec{3}, any_vec{1}, any_vec{0}, any_vec{4}};

static_assert(emits([](auto& c) { c.reduce(vec{}, sum, 2, dp); }, {{"c10d::reduce_", {32, 32, 32}}}));
static_assert(alike([](auto& c) { c.reduce(vec{}, cf::avg, 2, dp); },
                    [](auto& c) { c.call(cf::c10d::reduce_, one(vec{}), dp, cf::avg, 2, 0); }));
static_assert(alike([](auto& c) { c.reduce(vec{}, sum, 2, dp); }, [](auto& c) { c.dist().reduce(vec{}, 2, sum, dp); }));

static_assert(emits([](auto& c) { c.gather(vec{}, 0, dp); }, {{"c10d::gather_", {32, 128, 128}}}));
static_assert(alike([](auto& c) { c.gather(vec{}, 1, dp); },
                    [](auto& c) { c.call(cf::c10d::gather_, one(std::array<vec, 4>{}), one(vec{}), dp, 1); }));
static_assert(alike([](auto& c) { c.gather(vec{}, 1, dp); }, [](auto& c) { c.dist().gather(vec{}, std::array<vec, 4>{}, 1, dp); }));

static_assert(emits([](auto& c) { c.scatter(vec{}, 0, dp); }, {{"c10d::scatter_", {32, 8, 32}}}));
static_assert(alike([](auto& c) { c.scatter(vec{}, 3, dp); },
                    [](auto& c) { c.call(cf::c10d::scatter_, one(part{}), one(std::array<part, 4>{}), dp, 3); }));
static_assert(alike([](auto& c) { c.scatter(vec{}, 3, dp); }, [](auto& c) { c.dist().scatter(part{}, std::array<part, 4>{}, 3, dp); }));

static_assert(emits([](auto& c) { c.sendrecv(vec{}, 1, wide{}, 3, dp); }, {{"c10d::send", {32, 0, 32}}, {"c10d::recv_", {0, 64, 64}}}));
static_assert(alike([](auto& c) { c.sendrecv(vec{}, 1, wide{}, 3, dp); },
                    [](auto& c) { c.call(cf::c10d::send, one(vec{}), dp, 1, 0), c.call(cf::c10d::recv_, one(wide{}), dp, 3, 0); }));
static_assert(alike([](auto& c) { c.sendrecv(vec{}, 1, wide{}, 3, dp); },
                    [](auto& c) { c.dist().batch_isend_irecv(cf::p2p_isend{vec{}, 1, dp}, cf::p2p_irecv{wide{}, 3, dp}); }));

static_assert(emits([](auto& c) { c.all_gather(any_vec{4}, counts, dp); }, {{"c10d::allgather_", {16, 32, 32}}}));
static_assert(alike([](auto& c) { c.all_gather(any_vec{3}, counts, dp); },
                    [](auto& c) { c.call(cf::c10d::allgather_, one(parts), one(any_vec{3}), dp); }));
static_assert(alike([](auto& c) { c.all_gather(any_vec{0}, counts, dp); }, [](auto& c) { c.dist().all_gather(parts, any_vec{0}, dp); }));

static_assert(emits([](auto& c) { c.reduce_scatter(vec{}, sum, counts, 3, dp); }, {{"c10d::reduce_scatter_", {32, 16, 32}}}));
static_assert(alike([](auto& c) { c.reduce_scatter(vec{}, sum, counts, 1, dp); },
                    [](auto& c) { c.call(cf::c10d::reduce_scatter_, one(any_vec{1}), one(parts), dp, sum); }));
static_assert(alike([](auto& c) { c.reduce_scatter(vec{}, sum, counts, 2, dp); },
                    [](auto& c) { c.dist().reduce_scatter(any_vec{0}, parts, sum, dp); }));
/// What a record does not keep: the reductions and the numbers among the arguments of a call, in the order of the schema.
class argument_keeper : public cf::communicator_base<argument_keeper> {
 public:
  std::vector<std::size_t> numbers;
  std::vector<cf::reduce_op> reductions;

  template <cf::operator_row Op, class... Args>
  constexpr auto call(Op op, Args const&... args) {
    (keep(args), ...);
    return op(args...);
  }

 private:
  constexpr void keep(auto const& argument) {
    if constexpr (std::is_same_v<decltype(argument), cf::reduce_op const&>)
      reductions.push_back(argument);
    else if constexpr (cf::size_like<std::remove_cvref_t<decltype(argument)>>)
      numbers.push_back(static_cast<std::size_t>(argument));
  }
};
constexpr bool hands_over(auto a_step, std::vector<std::size_t> const& numbers, std::vector<cf::reduce_op> const& reductions = {}) {
  argument_keeper comm;
  a_step(comm);
  return comm.numbers == numbers && comm.reductions == reductions;
}
static_assert(hands_over([](auto& c) { c.all_reduce(vec{}, cf::avg, dp); }, {}, {cf::avg}));
static_assert(hands_over([](auto& c) { c.reduce_scatter(vec{}, cf::avg, dp); }, {4}, {cf::avg}));
static_assert(hands_over([](auto& c) { c.broadcast(vec{}, 3, dp); }, {3}));
static_assert(hands_over([](auto& c) { c.send(vec{}, 2, dp); }, {2}) && hands_over([](auto& c) { c.recv(vec{}, 3, dp); }, {3}));
static_assert(hands_over([](auto& c) { c.reduce(vec{}, cf::avg, 2, dp); }, {2, 0}, {cf::avg}));
static_assert(hands_over([](auto& c) { c.gather(vec{}, 3, dp); }, {3}) && hands_over([](auto& c) { c.scatter(vec{}, 3, dp); }, {3}));
static_assert(hands_over([](auto& c) { c.sendrecv(std::array<vec, 2>{}, 2, vec{}, 3, dp); }, {2, 2, 3}));
static_assert(hands_over([](auto& c) { c.reduce_scatter(vec{}, cf::avg, counts, 1, dp); }, {}, {cf::avg}));

// A record keeps the root, the peer, and the parts of uneven blocks.
constexpr bool recorded(auto a_step, auto const& of_first_call) {
  auto const log = cf::log(a_step);
  return of_first_call(log.calls()[0]);
}
static_assert(recorded([](auto& c) { c.reduce(vec{}, sum, 2, dp); }, [](auto const& call) { return call.root() == 2; }));
static_assert(recorded([](auto& c) { c.gather(vec{}, 3, dp); }, [](auto const& call) { return call.root() == 3; }));
static_assert(recorded([](auto& c) { c.scatter(vec{}, 1, dp); }, [](auto const& call) { return call.root() == 1; }));
static_assert(recorded([](auto& c) { c.sendrecv(vec{}, 2, vec{}, 3, dp); }, [](auto const& call) { return call.peer() == 2; }));
constexpr std::size_t bytes_of_counts[] = {12, 4, 0, 16};
static_assert(recorded([](auto& c) { c.all_gather(any_vec{3}, counts, dp); },
                       [](auto const& call) { return call.output_parts() == cf::bytes_by_rank(bytes_of_counts, 4); }));
static_assert(recorded([](auto& c) { c.reduce_scatter(vec{}, sum, counts, 0, dp); },
                       [](auto const& call) { return call.input_parts() == cf::bytes_by_rank(bytes_of_counts, 4); }));

// Even counts weigh what the even call weighs.
constexpr std::array twos{2, 2, 2, 2};
static_assert(cf::trace([](auto& c) { c.reduce_scatter(vec{}, sum, twos, 0, dp); }).rows()[0].call().bytes() ==
              cf::trace([](auto& c) { c.reduce_scatter(vec{}, sum, dp); }).rows()[0].call().bytes());
static_assert(cf::trace([](auto& c) { c.all_gather(part{}, twos, dp); }).rows()[0].call().bytes() ==
              cf::trace([](auto& c) { c.all_gather(part{}, dp); }).rows()[0].call().bytes());

// The same calls over shapes and groups of run time leave the same records.
static_assert(alike([](auto& c) { c.reduce(vec{}, sum, 1, dp); }, [](auto& c) { c.reduce(cf::dynamic_tensor(vec{}), sum, 1, dp_of_4); }));
static_assert(alike([](auto& c) { c.gather(vec{}, 1, dp); }, [](auto& c) { c.gather(cf::dynamic_tensor(vec{}), 1, dp_of_4); }));
static_assert(alike([](auto& c) { c.scatter(vec{}, 1, dp); }, [](auto& c) { c.scatter(cf::dynamic_tensor(vec{}), 1, dp_of_4); }));
static_assert(alike([](auto& c) { c.sendrecv(vec{}, 1, vec{}, 3, dp); },
                    [](auto& c) { c.sendrecv(any_vec{8}, 1, cf::dynamic_tensor(vec{}), 3, dp_of_4); }));
static_assert(alike([](auto& c) { c.all_gather(any_vec{4}, counts, dp); },
                    [](auto& c) { c.all_gather(cf::dynamic_tensor(any_vec{4}), std::vector{3, 1, 0, 4}, dp_of_4); }));
static_assert(alike([](auto& c) { c.reduce_scatter(vec{}, sum, counts, 3, dp); },
                    [](auto& c) { c.reduce_scatter(cf::dynamic_tensor(vec{}), sum, std::vector{3, 1, 0, 4}, 3, dp_of_4); }));

// --- what comes back ------------------------------------------------------------------------------------------------------------------

constexpr std::array two_dtypes{cf::dynamic_tensor(cf::f32, {8}), cf::dynamic_tensor(cf::bf16, {8})};
struct layer {
  vec w;
  int heads;
  small b;
};

static_assert(run([](auto& c) {
  static_assert(std::is_same_v<decltype(c.all_gather(vec{}, dp)), cf::tensor<cf::f32, 32>>);
  static_assert(std::is_same_v<decltype(c.all_gather(vec{}, tp)), cf::tensor<cf::f32, dyn>>);
  static_assert(std::is_same_v<decltype(c.reduce_scatter(vec{}, sum, dp)), cf::tensor<cf::f32, 2>>);
  static_assert(std::is_same_v<decltype(c.all_reduce(cf::dynamic_tensor(), sum, dp)), cf::dynamic_tensor>);
  static_assert(std::is_same_v<decltype(c.broadcast(small{}, 0, dp)), small>);
  static_assert(std::is_same_v<decltype(c.all_to_all(vec{}, dp)), vec>);
  static_assert(std::is_same_v<decltype(c.recv(vec{}, 0, dp)), vec>);
  static_assert(std::is_void_v<decltype(c.send(vec{}, 0, dp))> && std::is_void_v<decltype(c.barrier(dp))>);

  // On the root: its tensors, all ranks' blocks, its own block.
  static_assert(std::is_same_v<decltype(c.reduce(small{}, sum, 0, dp)), small>);
  static_assert(std::is_same_v<decltype(c.gather(small{}, 0, dp)), cf::tensor<cf::bf16, 16, 4>>);
  static_assert(std::is_same_v<decltype(c.gather(small{}, 0, tp)), cf::tensor<cf::bf16, dyn, 4>>);
  static_assert(std::is_same_v<decltype(c.gather(cf::tensor<cf::f32>{}, 0, dp)), cf::tensor<cf::f32, 4>>);
  static_assert(std::is_same_v<decltype(c.scatter(small{}, 0, dp)), cf::tensor<cf::bf16, 1, 4>>);
  static_assert(std::is_same_v<decltype(c.scatter(cf::dynamic_tensor(), 0, dp)), cf::dynamic_tensor>);
  static_assert(std::is_same_v<decltype(c.sendrecv(vec{}, 0, std::tuple<small, wide>{}, 0, dp)), std::tuple<small, wide>>);
  // Counts are values: dimension 0 is known at run time, the others as before.
  static_assert(std::is_same_v<decltype(c.all_gather(small{}, counts, dp)), cf::tensor<cf::bf16, dyn, 4>>);
  static_assert(std::is_same_v<decltype(c.reduce_scatter(small{}, sum, counts, 0, dp)), cf::tensor<cf::bf16, dyn, 4>>);

  // A struct keeps its type where its fields do, gets an image where not, and comes back from there: the laws of sharding.
  static_assert(std::is_same_v<decltype(c.all_reduce(layer{}, sum, dp)), layer>);
  using image = decltype(c.all_gather(layer{}, dp));
  static_assert(std::is_same_v<image, cf::mapped_struct<layer, cf::tensor<cf::f32, 32>, int, cf::tensor<cf::bf16, 16, 4>>>);
  static_assert(std::is_same_v<decltype(c.reduce_scatter(image{}, sum, dp)), layer>);
  static_assert(std::is_same_v<decltype(c.all_gather(std::tuple<vec, std::array<small, 2>>{}, dp)),
                               std::tuple<cf::tensor<cf::f32, 32>, std::array<cf::tensor<cf::bf16, 16, 4>, 2>>>);
}));

static_assert(run([](auto& c) {
  if (c.all_gather(matrix{3}, counts, dp) != matrix{8} || c.reduce_scatter(matrix{8}, sum, counts, 3, dp) != matrix{4})
    throw "another shape";
  if (c.reduce_scatter(matrix{8}, sum, counts, 2, dp) != matrix{0}) throw "a block where there is none";
  if (c.gather(matrix{3}, 0, tp) != matrix{6} || c.scatter(matrix{6}, 0, tp) != matrix{3}) throw "another shape";
  if (c.gather(cf::dynamic_tensor(vec{}), 0, dp) != cf::dynamic_tensor(wide_of_4{})) throw "another shape";
}));

// What is no tensor comes through with its value.
static_assert([] {
  int heads = 0;
  static_cast<void>(cf::trace([&](auto& c) { heads = c.reduce_scatter(c.all_gather(layer{{}, 7, {}}, dp), sum, dp).heads; }));
  return heads;
}() == 7);
static_assert(cf::trace([](auto& c) { c.all_reduce(std::array<layer, 0>{}, sum, dp); }).rows().empty());

// --- trees: one call a tensor, coalesced: one call a tree -----------------------------------------------------------------------------

static_assert(emits([](auto& c) { c.all_gather(layer{}, dp); }, {{"_c10d_functional::all_gather_into_tensor", {32, 128, 128}},
                                                                 {"_c10d_functional::all_gather_into_tensor", {32, 128, 128}}}));
static_assert(cf::trace([](auto& c) { c.all_gather(layer{}, dp); }).rows()[0].call().dtype() == cf::f32);
static_assert(cf::trace([](auto& c) { c.all_gather(layer{}, dp); }).rows()[1].call().dtype() == cf::bf16);
static_assert(emits([](auto& c) { c.all_reduce(std::array<vec, 2>{}, sum, dp); },
                    {{"_c10d_functional::all_reduce", {32, 32, 32}}, {"_c10d_functional::all_reduce", {32, 32, 32}}}));
static_assert(cf::trace([](auto& c) { c.all_reduce(std::array<vec, 5>{}, sum, dp); }).calls() == 5);
static_assert(emits([](auto& c) { c.send(std::tuple<vec, wide>{}, 1, dp); }, {{"c10d::send", {32, 0, 32}}, {"c10d::send", {64, 0, 64}}}));
static_assert(emits([](auto& c) { c.recv(std::pair<wide, vec>{}, 1, dp); }, {{"c10d::recv_", {0, 64, 64}}, {"c10d::recv_", {0, 32, 32}}}));
static_assert(cf::trace([](auto& c) { c.broadcast(std::optional<vec>{}, 0, dp); }).calls() == 0);
static_assert(emits([](auto& c) { c.reduce(layer{}, sum, 0, dp); }, {{"c10d::reduce_", {32, 32, 32}}, {"c10d::reduce_", {32, 32, 32}}}));
static_assert(emits([](auto& c) { c.scatter(c.gather(std::tuple<vec, wide>{}, 0, dp), 0, dp); }, {{"c10d::gather_", {32, 128, 128}},
                                                                                                  {"c10d::gather_", {64, 256, 256}},
                                                                                                  {"c10d::scatter_", {128, 32, 128}},
                                                                                                  {"c10d::scatter_", {256, 64, 256}}}));
static_assert(emits([](auto& c) { c.sendrecv(layer{}, 1, std::vector<any_vec>{any_vec{3}, any_vec{2}}, 3, dp); },
                    {{"c10d::send", {32, 0, 32}}, {"c10d::send", {32, 0, 32}}, {"c10d::recv_", {0, 12, 12}}, {"c10d::recv_", {0, 8, 8}}}));
static_assert(emits([](auto& c) { c.reduce_scatter(std::array<matrix, 2>{matrix{8}, matrix{8}}, sum, counts, 0, dp); },
                    {{"c10d::reduce_scatter_", {48, 18, 48}}, {"c10d::reduce_scatter_", {48, 18, 48}}}));
static_assert(run([](auto& c) {
  if (c.scatter(c.gather(layer{{}, 7, {}}, 0, dp), 0, dp).heads != 7) throw "what is no tensor is lost";
}));

// --- refused, by a call that leaves no record -----------------------------------------------------------------------------------------

template <auto Step>
concept is_a_constant = requires { typename std::integral_constant<bool, run(Step)>; };
static_assert(is_a_constant<[](auto& c) { c.reduce(vec{}, sum, 3, dp); }> && !is_a_constant<[](auto& c) { c.reduce(vec{}, sum, 4, dp); }>);
static_assert(is_a_constant<[](auto& c) { c.gather(vec{}, 3, dp); }> && !is_a_constant<[](auto& c) { c.gather(vec{}, 4, dp); }>);
static_assert(is_a_constant<[](auto& c) { c.scatter(vec{}, 3, dp); }> && !is_a_constant<[](auto& c) { c.scatter(vec{}, -1, dp); }>);
static_assert(!is_a_constant<[](auto& c) { c.scatter(any_vec{9}, 0, dp); }> &&
              !is_a_constant<[](auto& c) { c.scatter(vec{}, 0, tp_of_3); }>);
static_assert(is_a_constant<[](auto& c) { c.sendrecv(vec{}, 3, vec{}, 3, dp); }> &&
              !is_a_constant<[](auto& c) { c.sendrecv(vec{}, 4, vec{}, 3, dp); }> &&
              !is_a_constant<[](auto& c) { c.sendrecv(vec{}, 3, vec{}, 4, dp); }>);
static_assert(!is_a_constant<[](auto& c) { c.all_gather(any_vec{2}, counts, dp); }> &&
              !is_a_constant<[](auto& c) { c.all_gather(any_vec{3}, counts, tp); }> &&
              !is_a_constant<[](auto& c) { c.all_gather(any_vec{3}, std::array{3, 1, -1, 4}, dp); }>);
static_assert(!is_a_constant<[](auto& c) { c.reduce_scatter(any_vec{9}, sum, counts, 0, dp); }> &&
              !is_a_constant<[](auto& c) { c.reduce_scatter(vec{}, sum, counts, 4, dp); }> &&
              !is_a_constant<[](auto& c) { c.reduce_scatter(vec{}, sum, counts, 0, tp); }>);

static_assert(emits([](auto& c) { c.all_reduce_coalesced(std::tuple<vec, wide, int>{}, sum, dp); },
                    {{"_c10d_functional::all_reduce_coalesced", {96, 96, 96}}}));
static_assert(emits([](auto& c) { c.all_gather_coalesced(std::array<vec, 5>{}, dp); },
                    {{"_c10d_functional::all_gather_into_tensor_coalesced", {160, 640, 640}}}));
static_assert(emits([](auto& c) { c.reduce_scatter_coalesced(std::tuple<vec, wide>{}, sum, dp); },
                    {{"_c10d_functional::reduce_scatter_tensor_coalesced", {96, 24, 96}}}));
// One call has one dtype; where only values tell of several, it is refused.
static_assert(!is_a_constant<[](auto& c) { c.all_reduce_coalesced(two_dtypes, sum, dp); }> &&
              !is_a_constant<[](auto& c) { c.all_gather_coalesced(two_dtypes, dp); }> &&
              !is_a_constant<[](auto& c) { c.reduce_scatter_coalesced(two_dtypes, sum, dp); }>);
static_assert(cf::trace([](auto& c) { c.all_reduce_coalesced(std::array<small, 2>{}, sum, dp); }).rows()[0].call().dtype() == cf::bf16);

}  // namespace
