// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/collective_op.hpp>

#include <commfold/op/table.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace {
namespace cf = commfold;
namespace c10d = commfold::c10d;
namespace fun = commfold::c10d_functional;
using call::is_constant;
using cf::collective_op;
using cf::sum;

constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"g"> any_g{4};
using shard = cf::tensor<cf::f32, 8, 4>;  // 128 B
constexpr shard x;
constexpr cf::dynamic_tensor dynamic(cf::f32, {8, 4});

template <class Op, class Result, class... Args>
concept sized =
    requires(Op op, Result const& result, std::tuple<Args...> const& args) { collective_op::get_comm_tensor_size(op, result, args); };
template <class Op, class... Args>
concept grouped = requires(Op op, std::tuple<Args...> const& args) { collective_op::get_process_group(op, args); };
template <class Op, class Result>
concept worked = requires(Op op, Result const& result) { collective_op::get_work(op, result); };
template <class Op, class Result, class... Args>
concept has_input =
    requires(Op op, Result const& result, std::tuple<Args...> const& args) { collective_op::input_bytes(op, result, args); };
template <class Op, class Result, class... Args>
concept has_output =
    requires(Op op, Result const& result, std::tuple<Args...> const& args) { collective_op::output_bytes(op, result, args); };
template <class Op, class Result, class... Args>
concept has_message =
    requires(Op op, Result const& result, std::tuple<Args...> const& args) { collective_op::message_bytes(op, result, args); };
template <class Op, class Result, class... Args>
concept divided =
    requires(Op op, Result const& result, std::tuple<Args...> const& args) { collective_op::input_bytes_by_rank(op, result, args); };
using group_t = cf::process_group<"g", 4>;

// sum_tensors is the library's.
static_assert(is_constant<256>(collective_op::sum_tensors(std::tuple{x, 3, std::array{x}})));

// The size looks at nothing but what it counts: arguments may be missing after it, and the call need not be one that runs. It takes the
// arguments of a product of any kind, and what the operator returned, with its work or without.
static_assert(is_constant<128>(collective_op::get_comm_tensor_size(c10d::allreduce_, 0, std::tuple{std::tuple{x}})));
static_assert(is_constant<256>(collective_op::get_comm_tensor_size(c10d::alltoall_, 0,
                                                                   std::pair<std::array<shard, 1>, std::array<shard, 2>>{})));
struct arguments {
  std::vector<cf::dynamic_tensor> tensors;
  cf::process_group<"g"> group;
};
static_assert(collective_op::get_comm_tensor_size(c10d::send, 0, arguments{std::vector{dynamic, dynamic}, any_g}) == 256);
static_assert(collective_op::get_process_group(c10d::send, arguments{{}, any_g}) == any_g);
static_assert(is_constant<512>(collective_op::get_comm_tensor_size(fun::all_gather_into_tensor, fun::all_gather_into_tensor(x, g.size, g),
                                                                   std::tuple<>{})));
static_assert(collective_op::get_comm_tensor_size(fun::all_gather_into_tensor, dynamic, std::tuple{x, 4, any_g}) == 128);
// As PyTorch's, a list without tensors weighs nothing, whatever it holds.
static_assert(is_constant<0>(collective_op::get_comm_tensor_size(c10d::allreduce_, 0, std::tuple{nullptr, g, sum})));
static_assert(is_constant<0>(collective_op::get_comm_tensor_size(fun::all_gather_into_tensor_coalesced, nullptr,
                                                                 std::tuple{std::tuple{x}, 4, g})));
static_assert(is_constant<128>(collective_op::get_comm_tensor_size(c10d::broadcast_, 0, std::tuple{std::tuple{x, nullptr, 3}, g, 0, 0})));

// What counts nothing, what is missing, and what is no tensor where the schema says Tensor have no size.
static_assert(!sized<c10d::barrier_t, int, shard, group_t> && !sized<c10d::monitored_barrier_t, int, shard, group_t> &&
              !sized<fun::wait_tensor_t, shard, shard>);
static_assert(sized<c10d::alltoall_base_t, int, shard, shard> &&
              !sized<c10d::alltoall_base_t, int, std::tuple<shard>, std::tuple<shard>, group_t>);
static_assert(!sized<c10d::alltoall_base_t, int, shard, std::tuple<shard>> &&
              !sized<c10d::alltoall_base_t, int, std::tuple<shard>, shard> && !sized<c10d::alltoall_base_t, int, shard>);
static_assert(!sized<fun::all_gather_into_tensor_t, std::tuple<shard>, shard, int, group_t> &&
              !sized<fun::all_gather_into_tensor_t, std::nullptr_t, shard, int, group_t>);
static_assert(!sized<fun::all_to_all_single_t, int, shard> && !sized<fun::all_to_all_single_t, shard, int> &&
              sized<fun::all_to_all_single_t, shard, shard>);
static_assert(!sized<c10d::allreduce_t, int> && sized<c10d::allreduce_t, int, shard>);
static_assert(!sized<fun::all_gather_into_tensor_out_t, shard, shard, int, group_t> &&
              sized<fun::all_gather_into_tensor_out_t, shard, shard, int, group_t, shard>);
static_assert(!sized<int, int, shard>);

// The group is a group, and is there.
static_assert(collective_op::get_process_group(fun::reduce_scatter_tensor_out, std::tuple{x, sum, 4, g}) == g);
static_assert(std::is_same_v<decltype(collective_op::get_process_group(c10d::send, std::tuple{x, g, 0})), group_t>);
static_assert(!grouped<fun::wait_tensor_t, shard> && !grouped<c10d::send_t, shard> && !grouped<c10d::send_t, shard, int> &&
              !grouped<int, group_t>);
static_assert(grouped<c10d::send_t, shard, group_t> && grouped<c10d::monitored_barrier_t, shard, group_t>);

// The work in what was returned: beside the tensors, or alone. Functional operators return none, and neither does a monitored barrier.
constexpr auto reduced = c10d::allreduce_(std::tuple{x}, g, sum);
static_assert(std::is_same_v<decltype(collective_op::get_work(c10d::allreduce_, reduced)), cf::fake_work<std::tuple<shard>>>);
static_assert(collective_op::get_work(c10d::send, c10d::send(dynamic, g, 1)).result() == dynamic);
static_assert(collective_op::get_work(c10d::allreduce_, std::pair{std::tuple{x}, cf::fake_work<>{}}).is_completed());
static_assert(!worked<fun::all_reduce_t, shard> && !worked<fun::isend_t, shard> &&
              !worked<fun::irecv_t, std::tuple<shard, cf::fake_work<>>> && !worked<fun::wait_tensor_t, shard>);
static_assert(!worked<c10d::monitored_barrier_t, cf::fake_work<>> && !worked<int, cf::fake_work<>>);
static_assert(!worked<c10d::allreduce_t, cf::fake_work<>> && !worked<c10d::allreduce_t, std::tuple<shard>> &&
              !worked<c10d::allreduce_t, std::tuple<shard, shard>>);
static_assert(!worked<c10d::send_t, std::tuple<shard, cf::fake_work<>>> && worked<c10d::send_t, cf::fake_work<>>);

// The payload, one number at a time: what an operator does not hand in or get out is refused, not 0.
constexpr std::tuple sent{std::array{x, x}, g, 1};
static_assert(collective_op::input_bytes(c10d::send, 0, sent) == 256 && collective_op::message_bytes(c10d::send, 0, sent) == 256 &&
              !has_output<c10d::send_t, int, shard, group_t>);
static_assert(collective_op::output_bytes(c10d::recv_, 0, sent) == 256 && collective_op::message_bytes(c10d::recv_, 0, sent) == 256 &&
              !has_input<c10d::recv_t, int, shard, group_t>);
static_assert(collective_op::input_bytes(fun::all_gather_into_tensor, x, std::tuple{x}) == 128 &&
              collective_op::output_bytes(fun::all_gather_into_tensor, std::get<0>(std::tuple{cf::tensor<cf::f32, 32, 4>{}}),
                                          std::tuple{x}) == 512);
static_assert(!has_output<fun::isend_t, shard, shard> && has_input<fun::isend_t, shard, shard> && !has_input<fun::irecv_t, shard, shard> &&
              has_output<fun::irecv_t, shard, shard>);
static_assert(!has_input<c10d::recv_any_source_t, int, shard, group_t> && has_output<c10d::recv_any_source_t, int, shard, group_t>);
static_assert(!has_input<c10d::barrier_t, int, shard, group_t> && !has_output<c10d::barrier_t, int, shard, group_t> &&
              !has_message<c10d::barrier_t, int, shard, group_t> && !has_message<fun::wait_tensor_t, shard, shard>);
static_assert(!has_input<c10d::alltoall_base_t, int, std::tuple<shard>, std::tuple<shard>> &&
              !has_message<c10d::alltoall_base_t, int, std::tuple<shard>, shard>);
static_assert(!has_output<fun::all_reduce_t, std::tuple<shard>, shard> && !has_input<fun::all_reduce_t, shard>);
static_assert(!has_message<c10d::gather_t, int, std::tuple<>, std::tuple<shard>> &&
              has_message<c10d::gather_t, int, std::tuple<>, std::tuple<shard>, group_t>);

// By rank, only of the calls that divide it.
static_assert(collective_op::input_bytes_by_rank(c10d::alltoall_, 0, std::tuple{0, std::array{x, x, x, x}, any_g}) ==
              std::vector<std::size_t>{128, 128, 128, 128});
static_assert(divided<c10d::alltoall_t, int, int, std::array<shard, 4>, group_t> &&
              !divided<c10d::alltoall_t, int, int, std::array<shard, 4>> && !divided<c10d::alltoall_t, int, int, shard, group_t>);
static_assert(!divided<c10d::allreduce_t, int, std::array<shard, 4>, group_t> &&
              !divided<c10d::allgather_t, int, std::array<shard, 4>, std::array<shard, 4>, group_t>);
static_assert(!divided<c10d::alltoall_base_t, int, shard, shard, group_t> &&
              divided<c10d::alltoall_base_t, int, shard, shard, group_t, cf::even_split_t, cf::even_split_t>);

// Each form of a rule, in a row that counts and pays by it.
template <cf::size_rule Rule>
struct row_of : cf::op<row_of<Rule>> {
  COMMFOLD_OPERATOR("test::row_of");
  static constexpr std::string_view schema = "(Tensor[] a, Tensor[] b, Tensor[] c, ProcessGroup group, Tensor[] e) -> Tensor[]";
  static constexpr auto kind = cf::collective_kind::send_recv;
  static constexpr cf::call_rules rules{.group = {3}, .counts = Rule, .message = Rule};
};
template <cf::size_rule Rule>
constexpr auto storage(auto const& args, auto const& result) {
  return collective_op::get_comm_tensor_size(row_of<Rule>{}, result, args);
}
template <cf::size_rule Rule>
constexpr std::size_t message(auto const& args, auto const& result) {
  return collective_op::message_bytes(row_of<Rule>{}, result, args);
}
using words = cf::detail::rule_words;
constexpr cf::call_term first{0};
constexpr cf::call_term second{1};
constexpr cf::call_term third{2};
using f32x4 = cf::tensor<cf::f32, 4>;  // 16 B
using u8x3 = cf::tensor<cf::u8, 3>;    // 3 B
using any = cf::tensor<cf::u8, cf::dyn>;
constexpr auto window = cf::narrow(f32x4{}, cf::size_c<0>, cf::size_c<1>, cf::size_c<1>);  // shows 4 B of 16 B
constexpr std::tuple args{f32x4{}, u8x3{}, window, g};

// Arguments are a tuple, another product, or those of a call side by side by reference; the result is what came back.
static_assert(is_constant<16>(storage<first>(args, 0)) && is_constant<3>(storage<second>(args, 0)));
static_assert(is_constant<16>(storage<third>(args, 0)) && message<third>(args, 0) == 4);
struct named {
  f32x4 a;
  u8x3 b;
};
static_assert(is_constant<3>(storage<second>(named{}, 0)) && message<second>(named{}, 0) == 3);
constexpr f32x4 referred;
static_assert(is_constant<16>(storage<first>(cf::detail::arguments<f32x4, group_t>(referred, g), 0)));
static_assert(is_constant<3>(storage<words::result>(args, u8x3{})) && message<words::result>(args, std::tuple(u8x3{}, window)) == 7);

// The larger of two from either side, and both together; dynamic where one of the two is.
static_assert(is_constant<16>(storage<words::larger(first, second)>(args, 0)) &&
              is_constant<16>(storage<words::larger(second, first)>(args, 0)));
static_assert(is_constant<19>(storage<words::both(first, second)>(args, 0)) &&
              message<words::both(third, words::result)>(args, window) == 8);
static_assert(message<words::larger(first, second)>(std::tuple(cf::dynamic_tensor(cf::u8, {20}), f32x4{}), 0) == 20);
static_assert(storage<words::larger(first, second)>(std::tuple(any{20}, f32x4{}), 0) == 20 &&
              storage<words::both(first, second)>(std::tuple(f32x4{}, any{20}), 0) == 36);
static_assert(std::is_same_v<decltype(storage<words::both(first, second)>(std::tuple(f32x4{}, any{20}), 0)), std::size_t>);

// Trees count the sum of their tensors, whatever else they hold.
static_assert(message<first>(std::tuple<std::tuple<f32x4, std::pair<u8x3, int>>>{}, 0) == 19);
static_assert(message<first>(std::tuple(std::array{window, window}), 0) == 8 && message<first>(std::tuple(7), 0) == 0);
static_assert(message<first>(std::tuple(std::optional<f32x4>{}), 0) == 0);

// As often as the group has ranks; the root's own list where there is one.
static_assert(message<words::times_ranks(first)>(args, 0) == 64 && message<words::times_ranks(third)>(args, 0) == 16);
static_assert(message<words::times_ranks(first)>(std::tuple(f32x4{}, 0, 0, any_g), 0) == 64);
constexpr cf::size_rule scattered = words::on_root(second, first);
static_assert(message<scattered>(std::tuple(u8x3{}, std::tuple<>{}, 0, g), 0) == 12);
static_assert(message<scattered>(std::tuple(u8x3{}, std::array<std::tuple<f32x4, u8x3>, 1>{}, 0, g), 0) == 19);
static_assert(message<scattered>(std::tuple(u8x3{}, std::vector<any>{}, 0, any_g), 0) == 12);
static_assert(message<scattered>(std::tuple(u8x3{}, std::vector<any>{any{1}, any{5}}, 0, any_g), 0) == 6);

// Of a batch, what is sent, or what is received: its group is the fifth argument.
template <cf::size_rule Rule>
struct batch_of : cf::op<batch_of<Rule>> {
  COMMFOLD_OPERATOR("test::batch_of");
  static constexpr std::string_view schema = "(str[] op_list, int[] peers, int[] tags, Tensor[] tensors, str group_name) -> Tensor[]";
  static constexpr auto kind = cf::collective_kind::send_recv;
  static constexpr cf::call_rules rules{.group = {4}, .message = Rule};
};
constexpr std::tuple batch{std::array<std::string_view, 3>{"isend", "irecv", "isend"}, std::array{1, 0, 2}, std::array{0, 0, 0},
                           std::tuple<f32x4, u8x3, f32x4>{}, g};
static_assert(collective_op::message_bytes(batch_of<words::sends({3})>{}, 0, batch) == 32);
static_assert(collective_op::message_bytes(batch_of<words::receives({3})>{}, 0, batch) == 3);
static_assert(!has_message<batch_of<words::sends({3})>, int, std::tuple<f32x4>, group_t>);

// What is not there is not asked.
static_assert(has_message<row_of<second>, int, int, f32x4> && !has_message<row_of<second>, int, int> &&
              sized<row_of<words::result>, f32x4> && !has_message<row_of<words::nothing>, int, f32x4> &&
              !sized<row_of<words::nothing>, int, f32x4>);
static_assert(!has_message<row_of<words::times_ranks(first)>, int, f32x4> &&
              !has_message<row_of<words::times_ranks(first)>, int, f32x4, int, int, int>);

// What does not fit is refused, and names the operator.
static_assert(!call::is_a_constant<[] {
  constexpr any most{cf::dyn - 2};
  return message<words::both(first, second)>(std::tuple(most, most), 0);
}>);

// Of all operators: 39 have a size and a message, 36 hand something in and 37 get something out; 41 have a group, 20 return a work,
// 7 divide what is handed in and 8 what comes out.
template <class Op>
using counts = std::bool_constant<!Op::rules.counts.is_nothing()>;
template <class Op>
using hands_in = std::bool_constant<!Op::rules.input.is_nothing()>;
template <class Op>
using gets_out = std::bool_constant<!Op::rules.output.is_nothing()>;
template <class Op>
using has_a_message = std::bool_constant<!Op::rules.message.is_nothing()>;
template <class Op>
using has_group = std::bool_constant<!Op::rules.group.is_nothing()>;
template <class Op>
using has_work = std::bool_constant<cf::returns_of<Op> == cf::returns::work || cf::returns_of<Op> == cf::returns::tensors_and_work>;
template <class Op>
using divides_input = std::bool_constant<!Op::rules.input_by_rank.is_nothing()>;
template <class Op>
using divides_output = std::bool_constant<!Op::rules.output_by_rank.is_nothing()>;
static_assert(boost::mp11::mp_count_if<cf::all_operators, counts>::value == 39 &&
              boost::mp11::mp_count_if<cf::all_operators, has_group>::value == 41);
static_assert(boost::mp11::mp_count_if<cf::all_operators, has_work>::value == 20);
static_assert(boost::mp11::mp_count_if<cf::all_operators, hands_in>::value == 36 &&
              boost::mp11::mp_count_if<cf::all_operators, gets_out>::value == 37 &&
              boost::mp11::mp_count_if<cf::all_operators, has_a_message>::value == 39);
static_assert(boost::mp11::mp_count_if<cf::all_operators, divides_input>::value == 7 &&
              boost::mp11::mp_count_if<cf::all_operators, divides_output>::value == 8);

}  // namespace
