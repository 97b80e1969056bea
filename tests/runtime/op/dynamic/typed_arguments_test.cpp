// SPDX-License-Identifier: BSL-1.0
// From run-time values to the arguments of a row's inference, and back.
#include <commfold/op/dynamic/typed_arguments.hpp>
#include <commfold/op/table.hpp>

#include <tests/support/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

namespace cf = commfold;
using cf::call_arguments;
using cf::dynamic_value;

namespace {

cf::dynamic_group const dp("dp", 4);
cf::dynamic_tensor const t(cf::f32, {3});

template <class Row>
auto typed(call_arguments const& call) {
  return cf::detail::typed_arguments<Row>({Row::verb, cf::parameters_of<Row>, call});
}

}  // namespace

TEST_CASE("the schema says what type an argument is", "[collective]") {
  // allreduce_(Tensor[] tensors, ProcessGroup, ReduceOp, Tensor? sparse_indices, bool async_op=True, int timeout=-1)
  auto const arguments = typed<cf::c10d::allreduce_t>({.args = {dynamic_value::list(t, t), dp, cf::avg, dynamic_value()}});
  static_assert(
      std::same_as<decltype(arguments),
                   std::tuple<std::vector<cf::dynamic_tensor>, cf::dynamic_group, cf::reduce_op, dynamic_value, bool, std::int64_t> const>);
  CHECK(std::get<0>(arguments) == std::vector{t, t});
  CHECK(std::get<1>(arguments) == dp);
  CHECK(std::get<2>(arguments) == cf::reduce_op::avg);
  CHECK(std::get<4>(arguments));
  CHECK(std::get<5>(arguments) == -1);

  auto const batch = typed<cf::c10d_functional::batch_p2p_ops_t>(
      {.args = {dynamic_value::list("isend"), dynamic_value::tuple(1), dynamic_value::list(-7), dynamic_value::list(t), "dp"},
       .groups = {cf::dynamic_group("tp", 2), dp}});
  CHECK(std::get<0>(batch) == std::vector<std::string>{"isend"});
  CHECK(std::get<1>(batch) == std::vector<std::int64_t>{1});
  CHECK(std::get<2>(batch) == std::vector<std::int64_t>{-7});  // a tag may be negative
  CHECK(std::get<4>(batch) == dp);

  auto const lists = typed<cf::c10d::allgather_t>(
      {.args = {dynamic_value::list(dynamic_value::list(t), dynamic_value::list()), dynamic_value::list(t), dp, false}});
  CHECK(std::get<0>(lists) == std::vector<std::vector<cf::dynamic_tensor>>{{t}, {}});
  CHECK(!std::get<3>(lists));
}

TEST_CASE("a value of another kind is refused where it stands", "[collective]") {
  using row = cf::c10d::allreduce_t;
  auto const why = [](call_arguments const& call) { return refusal([&] { return typed<row>(call); }); };
  CHECK(why({.args = {dynamic_value::list(t, 1), dp, cf::sum, dynamic_value()}}) ==
        "commfold::c10d::allreduce_: argument 'tensors'[1]: tensor was wanted, and integer is held");
  CHECK(why({.args = {dynamic_value::list(t), "dp", cf::sum, dynamic_value()}}) ==
        "commfold::c10d::allreduce_: argument 'process_group': no group is named 'dp', and the call has no groups by name");
  CHECK(why({.args = {dynamic_value::list(t), dp, "foo", dynamic_value()}}) ==
        "commfold::c10d::allreduce_: argument 'reduce_op': no reduction is named 'foo'; "
        "there are sum, avg, product, min, max, band, bor, bxor and premul_sum");
  CHECK(why({.args = {dynamic_value::list(t), dp, 1, dynamic_value()}}) ==
        "commfold::c10d::allreduce_: argument 'reduce_op': reduce_op was wanted, and integer is held");
  CHECK(why({.args = {dynamic_value::list(t), dp, cf::sum, dynamic_value(), 1}}) ==
        "commfold::c10d::allreduce_: argument 'async_op': bool was wanted, and integer is held");
  CHECK(why({.args = {dynamic_value::list(t), dp, cf::sum, dynamic_value(), true, 1.5}}) ==
        "commfold::c10d::allreduce_: argument 'timeout': integer was wanted, and double is held");
}

TEST_CASE("each type of parameter takes its kind, and refuses another", "[collective]") {
  call_arguments const call{.args = {dynamic_value()}};
  cf::detail::bound_arguments const bound(cf::c10d::send_t::verb, cf::parameters_of<cf::c10d::send_t>, call);
  auto const check = [&](cf::parameter_type type, dynamic_value const& taken, dynamic_value const& refused, std::string const& why) {
    cf::detail::expect_type(type, taken, {bound, 0});
    CHECK(refusal([&] {
            cf::detail::expect_type(type, refused, {bound, 0});
            return 0;
          }) == "commfold::c10d::send: argument 'tensors'" + why);
  };
  auto const list = [](auto const&... elements) { return dynamic_value::list(elements...); };
  using enum cf::parameter_type;
  check(tensor, t, dynamic_value(), ": tensor was wanted, and none is held");
  check(optional_tensor, dynamic_value(), 1, ": tensor was wanted, and integer is held");
  check(tensor_list, list(t), list(list(t)), "[0]: tensor was wanted, and list is held");
  check(tensor_lists, list(list(t)), list(t), "[0]: list was wanted, and tensor is held");
  check(group, dp, cf::sum, ": group was wanted, and reduce_op is held");
  check(reduce_op, cf::sum, dp, ": reduce_op was wanted, and group is held");
  check(integer, 1, 1.5, ": integer was wanted, and double is held");
  check(integers, list(1), list("1"), "[0]: integer was wanted, and string is held");
  check(flag, true, 1, ": bool was wanted, and integer is held");
  check(texts, list("isend"), list(1), "[0]: string was wanted, and integer is held");
}

TEST_CASE("tensors come back as values", "[collective]") {
  CHECK(cf::detail::to_value(t) == dynamic_value(t));
  CHECK(cf::detail::to_value(std::vector{t, t}) == dynamic_value::list(t, t));
  CHECK(cf::detail::to_value(std::vector{std::vector{t}, std::vector<cf::dynamic_tensor>()}) ==
        dynamic_value::list(dynamic_value::list(t), dynamic_value::list()));
}
