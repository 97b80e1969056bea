// SPDX-License-Identifier: BSL-1.0
// A communicator as a user writes one, and what it must be able to do.
#include <commfold/comm/communicator.hpp>

#include <commfold/comm/communicator_base.hpp>
#include <commfold/trace/path_log.hpp>
#include <commfold/trace/trace.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace {
namespace cf = commfold;

constexpr cf::process_group<"dp", 4> dp;
using vec = cf::tensor<cf::f32, 8>;

// --- the ten lines of the concept's description ---------------------------------------------------------------------------------------

class call_counter : public cf::communicator_base<call_counter> {
 public:
  std::size_t calls = 0;

  template <cf::operator_row Op, class... Args>
  constexpr auto call(Op op, Args const&... args) {
    ++calls;
    return op(args...);
  }
};
static_assert(cf::communicator<call_counter> && !cf::keeps_paths<call_counter>);

struct layer {
  vec w;
  int heads;
  cf::tensor<cf::bf16, 4, 4> b;
};
struct model {
  std::array<layer, 3> layers;
  vec head;
};

/// Every kind of call, in every vocabulary, with names and repetitions around them.
constexpr auto step = [](cf::communicator auto& comm, model const& m) {
  comm.phase("forward", [&] {
    comm.named_scope("layers", [&] {
      comm.for_each(m.layers, [&](auto const& l) {
        auto const full = comm.all_gather(l, dp);
        layer const back = comm.reduce_scatter(full, cf::sum, dp);
        static_cast<void>(back);
      });
    });
    comm.for_each(m, [&](auto const& child) { comm.send(child, 1, dp); });
  });
  comm.repeat(5, [&] { comm.barrier(dp); });
  comm.recv(m.head, 3, dp);
  comm.all_reduce_coalesced(std::array{m.head, m.head}, cf::sum, dp);
  comm.all_gather_into_tensor(cf::tensor<cf::f32, 32>{}, vec{}, dp);
  auto work = comm.dist().all_reduce(m.head, cf::sum, dp);
  work.wait();
  comm.dist().nn().gather(m.head, 0, dp);
  comm.dist().coalescing(dp, [&](auto& batch) { batch.all_reduce(m.head, cf::sum); });
  comm.funcol().all_gather_single(m.layers[0].b, cf::size_c<1>, dp);
};

constexpr std::size_t calls_of_step() {
  call_counter comm;
  step(comm, model{});
  return comm.calls;
}
// Our recorder agrees on how many calls that makes: 3 x 4 of the layers, 7 sends, 5 barriers, 7 others.
static_assert(calls_of_step() == 31 && cf::trace(step, model{}).calls() == 31);

// --- no more than `call`: PyTorch's calls over a class that derives from nothing -------------------------------------------------------

struct only_call {
  std::size_t calls = 0;

  template <class Op, class... Args>
  constexpr auto call(Op op, Args const&... args) {
    ++calls;
    return op(args...);
  }
};
static_assert(cf::communicator<only_call>);

constexpr std::size_t calls_of_facades() {
  only_call comm;
  cf::dist_calls(comm).broadcast(vec{}, 0, dp);
  cf::funcol_calls(comm).all_reduce(vec{}, cf::sum, dp);
  return comm.calls;
}
static_assert(calls_of_facades() == 2);

// --- works: MPI's words are done when they return, torch.distributed's are not ----------------------------------------------------------

/// A call that is under way until somebody waits for it.
template <class Tensors>
struct pending {
  Tensors tensors;
  int* under_way;

  constexpr void wait() { --*under_way; }
  constexpr Tensors const& result() const { return tensors; }
};

class asynchronous : public cf::communicator_base<asynchronous> {
 public:
  int under_way = 0;

  template <cf::operator_row Op, class... Args>
  constexpr auto call(Op op, Args const&... args) {
    if constexpr (cf::returns_of<Op> == cf::returns::tensors) {
      return op(args...);
    } else {
      ++under_way;
      auto tensors = Op::infer(args...);
      pending<decltype(tensors)> work{tensors, &under_way};
      if constexpr (cf::returns_of<Op> == cf::returns::work)
        return work;
      else
        return std::tuple{tensors, work};
    }
  }
};
static_assert(cf::communicator<asynchronous>);

/// How many calls are under way behind a step.
constexpr int under_way_after(auto a_step) {
  asynchronous comm;
  a_step(comm);
  return comm.under_way;
}
static_assert(under_way_after([](auto& c) { c.send(std::array<vec, 3>{}, 1, dp); }) == 0);
static_assert(under_way_after([](auto& c) { c.recv(std::array<vec, 3>{}, 1, dp); }) == 0);
static_assert(under_way_after([](auto& c) { c.barrier(dp); }) == 0);
static_assert(under_way_after([](auto& c) { c.all_gather_into_tensor(cf::tensor<cf::f32, 32>{}, vec{}, dp); }) == 0);
static_assert(under_way_after([](auto& c) { c.reduce_scatter_tensor(vec{}, cf::tensor<cf::f32, 32>{}, cf::sum, dp); }) == 0);
static_assert(under_way_after([](auto& c) { c.reduce(std::array<vec, 3>{}, cf::sum, 0, dp); }) == 0);
static_assert(under_way_after([](auto& c) { c.scatter(c.gather(vec{}, 0, dp), 0, dp); }) == 0);
static_assert(under_way_after([](auto& c) { c.sendrecv(std::array<vec, 3>{}, 1, vec{}, 3, dp); }) == 0);
static_assert(under_way_after([](auto& c) { c.all_gather(vec{}, std::array{1, 8, 3, 4}, dp); }) == 0);
static_assert(under_way_after([](auto& c) { c.reduce_scatter(vec{}, cf::sum, std::array{1, 3, 0, 4}, 0, dp); }) == 0);
static_assert(under_way_after([](auto& c) { c.dist().all_reduce(vec{}, cf::sum, dp); }) == 1);
static_assert(under_way_after([](auto& c) { c.dist().isend(vec{}, 1, dp).wait(); }) == 0);
static_assert(under_way_after([](auto& c) { c.dist().coalescing(dp, [](auto& batch) { batch.all_reduce(vec{}, cf::sum); })->wait(); }) ==
              0);

// --- what is none ---------------------------------------------------------------------------------------------------------------------

struct no_call {};
struct returns_nothing {
  template <class Op, class... Args>
  void call(Op, Args const&...) {}
};
struct one_operator {
  auto call(cf::c10d::barrier_t op, vec const& t, cf::process_group<"dp", 4> group) { return op(t, group); }
};
class hidden_call {
  template <class Op, class... Args>
  auto call(Op op, Args const&... args) {
    return op(args...);
  }
};
static_assert(!cf::communicator<no_call> && !cf::communicator<returns_nothing> && !cf::communicator<one_operator> &&
              !cf::communicator<hidden_call> && !cf::communicator<int> && !cf::communicator<call_counter const>);

// --- our own --------------------------------------------------------------------------------------------------------------------------

static_assert(cf::communicator<cf::recorder<cf::call_log>> && cf::communicator<cf::recorder<cf::detail::open_ledger>>);
static_assert(!cf::keeps_paths<cf::recorder<cf::call_log>> && !cf::keeps_paths<cf::recorder<cf::detail::open_ledger>>);
static_assert(cf::keeps_paths<cf::recorder<cf::detail::open_path_log<cf::path_log>>>);

}  // namespace
