// SPDX-License-Identifier: BSL-1.0
// What a communicator gets from its base, over one that has `call` and nothing else, and over one that counts repetitions itself.
#include <commfold/comm/communicator_base.hpp>

#include <commfold/tensor/tensor.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace {
namespace cf = commfold;

using vec = cf::tensor<cf::f32, 8>;
using any_vec = cf::tensor<cf::f32, cf::dyn>;
constexpr cf::process_group<"dp", 4> dp;

class plain : public cf::communicator_base<plain> {
 public:
  std::size_t calls = 0;
  template <cf::operator_row Op, class... Args>
  constexpr auto call(Op op, Args const&... args) {
    ++calls;
    return op(args...);
  }
};
class counting : public cf::communicator_base<counting> {
 public:
  std::size_t repeats = 0, times = 0;
  template <cf::operator_row Op, class... Args>
  constexpr auto call(Op op, Args const&... args) {
    return op(args...);
  }
  template <class Body>
  constexpr void repeat(std::size_t n, Body&& body) {
    ++repeats, times += n;
    body();
  }
};
static_assert(cf::communicator<plain> && cf::communicator<counting>);

/// How often a body ran that was given to one method.
template <class Comm = plain>
constexpr int runs(auto const& step) {
  Comm comm;
  int ran = 0;
  step(comm, [&](auto const&...) { ++ran; });
  return ran;
}
static_assert(runs([](auto& c, auto body) { c.phase("forward", body), c.phase("", body); }) == 2);
static_assert(runs([](auto& c, auto body) { c.named_scope("layers", body), c.named_scope("", body); }) == 2);
static_assert(runs([](auto& c, auto body) { c.repeat(3, body), c.repeat(0, body), c.repeat(cf::size_c<4>, body); }) == 7);

template <auto F>
concept is_a_constant = requires { typename std::integral_constant<int, F()>; };
template <int N>
constexpr int repeated() {
  return runs([](auto& c, auto body) { c.repeat(N, body); });
}
static_assert(is_a_constant<repeated<1>> && !is_a_constant<repeated<-1>>);

// for_each: every child, in order, as itself.
struct layer {
  vec w;
  int heads;
};
constexpr int in_order(auto const& node) {
  plain comm;
  int digits = 0;
  comm.for_each(node, [&]<class Child>(Child const& child) {
    if constexpr (std::is_same_v<Child, layer>)
      digits = 10 * digits + child.heads;
    else if constexpr (std::is_same_v<Child, any_vec>)
      digits = 10 * digits + static_cast<int>(child.extent(0));
    else
      digits = 10 * digits + 9;
  });
  return digits;
}
static_assert(in_order(std::tuple{layer{{}, 1}, vec{}, any_vec{3}}) == 193 &&
              in_order(std::array<layer, 2>{layer{{}, 4}, layer{{}, 2}}) == 42);
static_assert(in_order(layer{}) == 99 && in_order(std::vector{any_vec{5}, any_vec{6}}) == 56 && in_order(std::vector<any_vec>{}) == 0);

// Children that their type says all about are one body and a number; none are no repetition. Others are gone through.
constexpr std::array<std::size_t, 3> repeats_of(auto const& node) {
  counting comm;
  std::size_t ran = 0;
  comm.for_each(node, [&](auto const&) { ++ran; });
  return {comm.repeats, comm.times, ran};
}
using counts = std::array<std::size_t, 3>;
static_assert(repeats_of(std::array<vec, 5>{}) == counts{1, 5, 1} && repeats_of(std::vector<vec>(7)) == counts{1, 7, 1});
static_assert(repeats_of(std::vector<vec>()) == counts{0, 0, 0} && repeats_of(std::array<vec, 0>{}) == counts{0, 0, 0});
static_assert(repeats_of(std::vector{any_vec{1}, any_vec{1}}) == counts{0, 0, 2} && repeats_of(std::tuple<vec, vec>{}) == counts{0, 0, 2});
// One that counts nothing runs the body for each of them.
static_assert(runs([](auto& c, auto body) { c.for_each(std::array<vec, 5>{}, body); }) == 5);

// The facades call the communicator that they were asked of.
static_assert([] {
  plain comm;
  comm.all_reduce(vec{}, cf::sum, dp);
  comm.dist().all_reduce(vec{}, cf::sum, dp);
  comm.funcol().all_reduce(vec{}, cf::sum, dp);
  return comm.calls == 3;
}());

}  // namespace
