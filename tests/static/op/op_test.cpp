// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/op.hpp>

#include <commfold/group/process_group.hpp>
#include <commfold/op/call_summary.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace {
namespace cf = commfold;
using words = cf::detail::rule_words;

// A row as its author would write it.
template <class Row>
struct swap_rules : cf::op<Row> {
  COMMFOLD_OPERATOR("mine::swap");
  static constexpr auto kind = cf::collective_kind::send_recv;
  static constexpr cf::call_rules rules{.group = words::arg(2),
                                        .counts = words::both(words::arg(0), words::arg(1)),
                                        .input = words::arg(1),
                                        .output = words::result,
                                        .message = words::larger(words::arg(0), words::arg(1))};
  static constexpr auto infer(cf::tensor_like auto const& out, auto const&, cf::any_group auto const&) { return out; }
};
// Each of the four kinds of schema.
struct swap_t : swap_rules<swap_t> {
  static constexpr std::string_view schema = "(Tensor out, Tensor in, ProcessGroup group) -> Tensor";
};
struct swap_with_work_t : swap_rules<swap_with_work_t> {
  static constexpr std::string_view schema = "(Tensor out, Tensor in, ProcessGroup group) -> (Tensor, Work)";
};
struct swap_work_t : swap_rules<swap_work_t> {
  static constexpr std::string_view schema = "(Tensor out, Tensor in, ProcessGroup group) -> Work";
};
struct swap_nothing_t : swap_rules<swap_nothing_t> {
  static constexpr std::string_view schema = "(Tensor out, Tensor in, ProcessGroup group) -> ()";
};
constexpr swap_t swap_pairs;

static_assert(cf::operator_row<swap_t> && cf::operator_row<swap_t const&> && !cf::operator_row<int> && !cf::operator_row<cf::call_bytes>);

using f32x4 = cf::tensor<cf::f32, 4>;  // 16 B
using u8x3 = cf::tensor<cf::u8, 3>;    // 3 B
constexpr cf::process_group<"g", 2> g;
constexpr cf::tensor<cf::f32, cf::dyn> any{4};

// It returns what its schema says of what it infers.
static_assert(std::is_same_v<decltype(swap_pairs(f32x4{}, u8x3{}, g)), f32x4> && swap_pairs(any, u8x3{}, g) == any);
static_assert(std::is_same_v<decltype(swap_with_work_t{}(f32x4{}, u8x3{}, g)), std::tuple<f32x4, cf::fake_work<f32x4>>>);
static_assert(std::get<0>(swap_with_work_t{}(any, u8x3{}, g)) == any && std::get<1>(swap_with_work_t{}(any, u8x3{}, g)).result() == any);
static_assert(std::is_same_v<decltype(swap_work_t{}(f32x4{}, u8x3{}, g)), cf::fake_work<f32x4>>);
static_assert(swap_work_t{}(any, u8x3{}, g).result() == any && swap_work_t{}(any, u8x3{}, g).seq_id() == 0);
static_assert(std::is_void_v<decltype(swap_nothing_t{}(f32x4{}, u8x3{}, g))>);
// A trace numbers the works.
static_assert(swap_work_t::give(any, std::uint64_t{7}).seq_id() == 7 && swap_work_t::give(any, std::uint64_t{7}).result() == any);
static_assert(std::get<1>(swap_with_work_t::give(any, std::uint64_t{8})).seq_id() == 8);
static_assert(swap_t::give(any) == any && std::is_void_v<decltype(swap_nothing_t::give(any))>);

// It can be called with what its inference takes, and asked whether it can.
static_assert(std::is_invocable_v<swap_t, f32x4, u8x3, cf::process_group<"g">> && !std::is_invocable_v<swap_t, f32x4, u8x3, int>);
static_assert(!std::is_invocable_v<swap_t, f32x4, u8x3> && !std::is_invocable_v<swap_t, int, u8x3, decltype(g)>);

// Which argument is which: out and in differ, and the larger one wins from either side.
template <class Op, class... Args>
constexpr cf::call_bytes bytes(Op, Args const&... args) {
  return cf::detail::summarize<Op>(Op::infer(args...), args...).bytes;
}
static_assert(bytes(swap_pairs, f32x4{}, u8x3{}, g) == cf::call_bytes{.input_bytes = 3, .output_bytes = 16, .message_bytes = 16});
static_assert(bytes(swap_pairs, u8x3{}, f32x4{}, g) == cf::call_bytes{.input_bytes = 16, .output_bytes = 3, .message_bytes = 16});
static_assert(bytes(swap_work_t{}, cf::dynamic_tensor(cf::bf16, {5, 7}), cf::tensor<cf::f64>{}, g) == cf::call_bytes{8, 70, 70});

// What a row leaves out is nothing.
static_assert(swap_t::rules.aliases.is_nothing() && swap_t::rules.root.is_nothing() && swap_t::rules.peer.is_nothing());
static_assert(swap_t::rules.input_by_rank.is_nothing() && swap_t::rules.output_by_rank.is_nothing());
static_assert(cf::call_rules{} == cf::call_rules{.group = words::nothing, .counts = words::nothing});

}  // namespace
