// SPDX-License-Identifier: BSL-1.0
// Operators found by their name, over run-time values.
#include <commfold/op/dynamic/dynamic_op.hpp>

#include <tests/support/oracle.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cf = commfold;
using Catch::Matchers::Message;
using cf::call_arguments;
using cf::collective_op;
using cf::dynamic_value;
using cf::find_op;

namespace {
cf::dynamic_group const dp("dp", 4);
cf::dynamic_tensor const shard(cf::f32, {100});  // 400 B
cf::dynamic_tensor const full(cf::f32, {400});   // 1600 B
using bytes = std::vector<std::size_t>;
}  // namespace

TEST_CASE("find_op: by PyTorch's name, with or without .default") {
  CHECK(find_op("c10d::allreduce_").name() == "c10d::allreduce_");
  CHECK(find_op("c10d::allreduce_.default") == find_op("c10d::allreduce_"));
  CHECK(find_op("c10d::allreduce_") != find_op("c10d::allreduce_coalesced_"));
  CHECK(find_op("_c10d_functional::all_reduce").schema() == "(Tensor input, str reduce_op, Any group_name) -> Tensor");
  CHECK(find_op("_c10d_functional::all_reduce").returns() == cf::returns::tensors);
  CHECK(find_op("c10d::allreduce_").returns() == cf::returns::tensors_and_work);
  CHECK(find_op("c10d::send").returns() == cf::returns::work);
  CHECK(find_op("c10d::monitored_barrier_").returns() == cf::returns::nothing);
  CHECK(find_op("_c10d_functional::batch_p2p_ops").group() == 4);
  CHECK(!find_op("_c10d_functional::wait_tensor").group());
  CHECK(find_op("c10d::gather_into_tensor_").aliases() == 1);
  CHECK(!find_op("_c10d_functional::irecv").aliases());
  CHECK(find_op("c10d::reduce_").kind() == cf::collective_kind::reduce);
  CHECK(find_op("_dtensor::shard_dim_alltoall").kind() == cf::collective_kind::all_to_all);
  CHECK(find_op("c10d::reduce_").rules() == cf::c10d::reduce_t::rules);
  CHECK(find_op("c10d::reduce_").rules().root.index == 3);
}

TEST_CASE("find_op: an unknown name is refused with the nearest ones") {
  CHECK_THROWS_MATCHES(find_op("c10d::allreduce"), cf::invalid_argument,
                       Message("commfold::find_op: no operator is named 'c10d::allreduce'; did you mean c10d::allreduce_, c10d::reduce_ or "
                               "c10d::alltoall_?"));
  CHECK_THROWS_AS(find_op(""), cf::invalid_argument);
  CHECK_THROWS_AS(find_op(".default"), cf::invalid_argument);
  CHECK_THROWS_AS(find_op("c10d::allreduce_.defaul"), cf::invalid_argument);
}

TEST_CASE("find_op: by every spelling that PyTorch prints") {
  char const* const spellings[] = {"c10d::allreduce_",
                                   "c10d::allreduce_.default",
                                   "c10d.allreduce_",
                                   "c10d.allreduce_.default",
                                   "torch.ops.c10d.allreduce_",
                                   "torch.ops.c10d.allreduce_.default",
                                   "<OpOverload(op='c10d.allreduce_', overload='default')>",
                                   "<OpOverloadPacket(op='c10d.allreduce_')>",
                                   "allreduce_",
                                   "allreduce_.default"};
  for (char const* const spelling : spellings) {
    CAPTURE(spelling);
    CHECK(find_op(spelling).name() == "c10d::allreduce_");
  }
  for (cf::dynamic_op const op : cf::all_ops()) {
    std::string const name(op.name());
    std::string dotted = name;
    dotted.replace(dotted.find("::"), 2, ".");
    CAPTURE(name);
    CHECK(find_op("torch.ops." + dotted + ".default") == op);
    CHECK(find_op(dotted + ".default") == op);
    CHECK(find_op(dotted) == op);
  }
  for (char const* const wrong : {"torch.ops.", "torch.ops.c10d", "torch.c10d.allreduce_", "c10d.allreduce_.out", "c10d..allreduce_",
                                  "<OpOverload(op='c10d.allreduce_', overload='out')>", "<OpOverload(op='", "::allreduce_", "c10d::"}) {
    CAPTURE(wrong);
    CHECK_THROWS_AS(find_op(wrong), cf::invalid_argument);
  }
}

TEST_CASE("find_op: the same name in another namespace") {
  CHECK_THROWS_MATCHES(find_op("all_gather_into_tensor"), cf::invalid_argument,
                       Message("commfold::find_op: 'all_gather_into_tensor' is in several namespaces: "
                               "_c10d_functional::all_gather_into_tensor, _c10d_functional_autograd::all_gather_into_tensor"));
  auto const refusal = [](char const* name) {
    try {
      (void)find_op(name);
    } catch (cf::invalid_argument const& e) {
      return std::string(e.what());
    }
    return std::string();
  };
  CHECK(refusal("c10d::all_gather_into_tensor").find("did you mean _c10d_functional::all_gather_into_tensor, ") != std::string::npos);
  CHECK(refusal("torch.ops.c10d.wait_tensor").find("'torch.ops.c10d.wait_tensor'; did you mean _c10d_functional::wait_tensor, ") !=
        std::string::npos);
  CHECK(refusal("allreduc_").find("did you mean c10d::allreduce_, ") != std::string::npos);
}

TEST_CASE("call_arguments: arguments by name in braces") {
  call_arguments const call{.args = {shard}, .kwargs = {{"group_size", 4}, {"group_name", "dp"}}, .groups = {dp}};
  CHECK(find_op("_c10d_functional::all_gather_into_tensor")(call) == dynamic_value(full));
  CHECK(cf::dictionary{{"group_size", 8}} == cf::dictionary({{"group_size", 8}}));
  CHECK_THROWS_AS((cf::dictionary{{"a", 1}, {"a", 2}}), cf::invalid_argument);
}

TEST_CASE("all_ops: PyTorch's 37 and the five that it forgot") {
  auto const ops = cf::all_ops();
  CHECK(ops.size() == 42);
  auto const in = [&](std::string_view family) {
    return std::count_if(ops.begin(), ops.end(), [&](cf::dynamic_op op) { return op.name().starts_with(family); });
  };
  CHECK(in("c10d::") == 21);
  CHECK(in("_c10d_functional::") == 17);
  CHECK(in("_c10d_functional_autograd::") == 3);
  CHECK(in("_dtensor::") == 1);
  for (cf::dynamic_op const op : ops) CHECK(find_op(op.name()) == op);
}

TEST_CASE("dynamic_op: the group's size is given twice, and is one number") {
  auto const gather = find_op("_c10d_functional::all_gather_into_tensor");
  cf::dynamic_group const eight("dp", 8);
  call_arguments const call{.args = {shard, 4, "dp"}, .groups = {eight}};
  CHECK_THROWS_MATCHES(gather(call), cf::invalid_argument,
                       Message("commfold::_c10d_functional::all_gather_into_tensor: group_size is 4, and group 'dp' has 8 ranks"));
  CHECK_THROWS_AS(gather({.args = {shard, -4, eight}}), cf::invalid_argument);
  CHECK_THROWS_AS(find_op("_c10d_functional::reduce_scatter_tensor")({.args = {full, "sum", 4, eight}}), cf::invalid_argument);
  // What PyTorch answered of such a call is answered still: its result is given, not inferred.
  CHECK(collective_op::get_comm_tensor_size(gather, dynamic_value(full), call) == 1600);
  CHECK(collective_op::get_process_group(gather, call) == eight);
}

TEST_CASE("dynamic_op: a call by name is the call") {
  auto const gather = find_op("_c10d_functional::all_gather_into_tensor");
  call_arguments const call{.args = {shard, 4, dp}};
  dynamic_value const result = gather(call);
  CHECK(result == dynamic_value(full));
  CHECK(collective_op::get_comm_tensor_size(gather, result, call) == 1600);
  CHECK(collective_op::get_process_group(gather, call) == dp);
  CHECK(collective_op::input_bytes(gather, result, call) == 400);
  CHECK(collective_op::output_bytes(gather, result, call) == 1600);
  CHECK(collective_op::message_bytes(gather, result, call) == 1600);

  SECTION("arguments by name, and a group by its name") {
    call_arguments const named{.args = {shard}, .kwargs = cf::dictionary({{"group_name", "dp"}, {"group_size", 4}}), .groups = {dp}};
    CHECK(gather(named) == dynamic_value(full));
    CHECK(collective_op::get_process_group(gather, named) == dp);
  }
  SECTION("a keyword-only argument comes by name, or after the others") {
    auto const out = find_op("_c10d_functional::all_gather_into_tensor_out");
    call_arguments const by_name{.args = {shard, 4, dp}, .kwargs = cf::dictionary({{"out", full}})};
    CHECK(out(by_name) == dynamic_value(full));
    CHECK(collective_op::get_comm_tensor_size(out, {}, by_name) == 1600);
    CHECK(collective_op::get_comm_tensor_size(out, {}, call_arguments{.args = {shard, 4, dp, full}}) == 1600);
  }
  SECTION("in place, with a work of its own each time") {
    auto const reduce = find_op("c10d::allreduce_");
    call_arguments const of_list{.args = {dynamic_value::list(shard), dp, cf::sum, {}}};
    dynamic_value const first = reduce(of_list);
    dynamic_value const second = reduce(of_list);
    CHECK(first.as_tuple().at(0) == dynamic_value::list(shard));
    CHECK(reduce({.args = {dynamic_value::tuple(shard), dp, cf::sum, {}}}).as_tuple().at(0) ==
          dynamic_value::list(shard));  // a tuple is taken as a list
    CHECK(collective_op::get_work(reduce, first).seq_id() != collective_op::get_work(reduce, second).seq_id());
    CHECK(collective_op::get_work(find_op("c10d::barrier"), find_op("c10d::barrier")({.args = {shard, dp, dynamic_value::list()}}))
              .is_completed());
    CHECK(find_op("c10d::monitored_barrier_")({.args = {shard, dp, dynamic_value::list(), 10, false}}) == dynamic_value());
  }
}

TEST_CASE("dynamic_op: payload by rank, where a call divides it") {
  auto const all_to_all = find_op("c10d::alltoall_base_");
  cf::dynamic_tensor const rows(cf::f32, {10, 2});
  call_arguments const call{.args = {rows, rows, dp, dynamic_value::list(4, 3, 2, 1), dynamic_value::list(0, 0, 5, 5)}};
  dynamic_value const result = all_to_all(call);
  CHECK(collective_op::input_bytes_by_rank(all_to_all, result, call) == bytes{0, 0, 40, 40});
  CHECK(collective_op::output_bytes_by_rank(all_to_all, result, call) == bytes{32, 24, 16, 8});

  auto const single = find_op("_c10d_functional::all_to_all_single");
  call_arguments const uneven{.args = {rows, dynamic_value::list(4, 3, 2, 0), dynamic_value::list(0, 0, 5, 5), dp}};
  CHECK(single(uneven) == dynamic_value(cf::dynamic_tensor(cf::f32, {9, 2})));
  CHECK(collective_op::output_bytes_by_rank(single, single(uneven), uneven) == bytes{32, 24, 16, 0});

  auto const batch = find_op("_c10d_functional::batch_p2p_ops");
  call_arguments const ring{.args = {dynamic_value::list("isend", "irecv"), dynamic_value::list(1, 3), dynamic_value::list(0, 0),
                                     dynamic_value::list(shard, full), dp}};
  CHECK(collective_op::input_bytes_by_rank(batch, batch(ring), ring) == bytes{0, 400, 0, 0});
  CHECK(collective_op::output_bytes_by_rank(batch, batch(ring), ring) == bytes{0, 0, 0, 1600});
  CHECK(collective_op::get_comm_tensor_size(batch, batch(ring), ring) == 2000);
  CHECK(collective_op::input_bytes(batch, batch(ring), ring) == 400);
  CHECK(collective_op::output_bytes(batch, batch(ring), ring) == 1600);

  auto const reduce = find_op("c10d::allreduce_");
  call_arguments const of_list{.args = {dynamic_value::list(shard), dp, cf::sum, {}}};
  CHECK_THROWS_MATCHES(collective_op::input_bytes_by_rank(reduce, reduce(of_list), of_list), cf::invalid_argument,
                       Message("commfold::c10d::allreduce_: its payload is not divided among the ranks"));
}

TEST_CASE("dynamic_op: a side without payload is refused, and is not 0") {
  auto const send = find_op("c10d::send");
  call_arguments const call{.args = {dynamic_value::list(shard), dp, 1, 0}};
  CHECK(collective_op::input_bytes(send, send(call), call) == 400);
  CHECK(collective_op::message_bytes(send, send(call), call) == 400);
  CHECK_THROWS_MATCHES(collective_op::output_bytes(send, send(call), call), cf::invalid_argument,
                       Message("commfold::c10d::send: it has no payload on that side"));
  call_arguments const barrier{.args = {shard, dp, dynamic_value::list()}};
  CHECK_THROWS_AS(collective_op::message_bytes(find_op("c10d::barrier"), {}, barrier), cf::invalid_argument);
}

TEST_CASE("dynamic_op: a bad call is refused with operator, argument, place and reason") {
  auto const reduce = find_op("c10d::allreduce_");
  auto const refuses = [](cf::dynamic_op op, call_arguments const& call, char const* why) {
    CHECK_THROWS_MATCHES(op(call), cf::invalid_argument, Message(why));
  };
  refuses(reduce, {.args = {dynamic_value::list(shard, 3), dp, cf::sum, {}}},
          "commfold::c10d::allreduce_: argument 'tensors'[1]: tensor was wanted, and integer is held");
  refuses(reduce, {.args = {shard, dp, cf::sum, {}}},
          "commfold::c10d::allreduce_: argument 'tensors': list was wanted, and tensor is held");
  refuses(reduce, {.args = {dynamic_value::list(shard)}}, "commfold::c10d::allreduce_: argument 'process_group' is missing");
  refuses(reduce, {.args = {dynamic_value::list(shard), dynamic_value(), cf::sum, {}}},
          "commfold::c10d::allreduce_: argument 'process_group': group was wanted, and none is held");
  refuses(reduce, {.args = {dynamic_value::list(shard), "tp", cf::sum, {}}, .groups = {dp}},
          "commfold::c10d::allreduce_: argument 'process_group': no group is named 'tp'; did you mean dp?");
  refuses(reduce, {.args = {dynamic_value::list(shard), dp, "mean", {}}},
          "commfold::c10d::allreduce_: argument 'reduce_op': no reduction is named 'mean'; "
          "there are sum, avg, product, min, max, band, bor, bxor and premul_sum");
  refuses(reduce, {.args = {dynamic_value::list(shard), dp, cf::sum, {}, 1}},
          "commfold::c10d::allreduce_: argument 'async_op': bool was wanted, and integer is held");
  refuses(reduce, {.args = {dynamic_value::list(shard), dp, cf::sum, 7}},
          "commfold::c10d::allreduce_: argument 'sparse_indices': tensor was wanted, and integer is held");
  refuses(reduce, {.args = {dynamic_value::list(shard), dp, cf::sum, {}, true, -1, 0}},
          "commfold::c10d::allreduce_: 7 arguments, and it takes 6");
  refuses(reduce, {.args = {dynamic_value::list(shard), dp, cf::sum, {}}, .kwargs = cf::dictionary({{"tensor", shard}})},
          "commfold::c10d::allreduce_: it has no argument \"tensor\"");
  refuses(reduce, {.args = {dynamic_value::list(shard), dp, cf::sum, {}}, .kwargs = cf::dictionary({{0, shard}})},
          "commfold::c10d::allreduce_: it has no argument 0");
  refuses(reduce, {.args = {dynamic_value::list(shard), dp}, .kwargs = cf::dictionary({{"process_group", dp}})},
          "commfold::c10d::allreduce_: argument 'process_group' is given twice");
  refuses(find_op("c10d::allgather_"), {.args = {dynamic_value::list(dynamic_value::list(shard, "x")), dynamic_value::list(shard), dp}},
          "commfold::c10d::allgather_: argument 'output_tensors'[0][1]: tensor was wanted, and string is held");
  refuses(find_op("_c10d_functional::all_gather_into_tensor"), {.args = {shard, 4.0, dp}},
          "commfold::_c10d_functional::all_gather_into_tensor: argument 'group_size': integer was wanted, and double is held");
  refuses(find_op("_c10d_functional::batch_p2p_ops"),
          {.args = {dynamic_value::list(1), dynamic_value::list(0), dynamic_value::list(0), dynamic_value::list(shard), dp}},
          "commfold::_c10d_functional::batch_p2p_ops: argument 'op_list'[0]: string was wanted, and integer is held");
}

TEST_CASE("collective_op: what an operator does not have is refused by name") {
  call_arguments const barrier{.args = {shard, dp, dynamic_value::list()}};
  CHECK_THROWS_MATCHES(collective_op::get_comm_tensor_size(find_op("c10d::barrier"), {}, barrier), cf::invalid_argument,
                       Message("commfold::c10d::barrier: it communicates no tensors, and has no comm_tensor_size"));
  CHECK(collective_op::get_process_group(find_op("c10d::barrier"), barrier) == dp);
  CHECK_THROWS_MATCHES(collective_op::get_process_group(find_op("_c10d_functional::wait_tensor"), {.args = {shard}}), cf::invalid_argument,
                       Message("commfold::_c10d_functional::wait_tensor: it has no group"));
  CHECK_THROWS_MATCHES(collective_op::get_work(find_op("_c10d_functional::isend"), shard), cf::invalid_argument,
                       Message("commfold::_c10d_functional::isend: it returns no work"));
  CHECK_THROWS_MATCHES(collective_op::get_work(find_op("c10d::allreduce_"), cf::fake_work<>(1)), cf::invalid_argument,
                       Message("commfold::c10d::allreduce_: it returns tensors and a work, and work is held"));
  CHECK_THROWS_MATCHES(collective_op::get_work(find_op("c10d::send"), dynamic_value::tuple(shard, cf::fake_work<>(1))),
                       cf::invalid_argument, Message("commfold::c10d::send: a work was wanted, and tuple is held"));
  CHECK_THROWS_MATCHES(collective_op::get_work(find_op("c10d::allreduce_"), dynamic_value::tuple(dynamic_value::list(shard), 3)),
                       cf::invalid_argument, Message("commfold::c10d::allreduce_: a work was wanted, and integer is held"));
}

TEST_CASE("collective_op: a work is looked for where the schema has it") {
  CHECK_THROWS_MATCHES(
      collective_op::get_work(find_op("c10d::allreduce_"), dynamic_value::list(dynamic_value::list(shard), cf::fake_work<>(1), 3)),
      cf::invalid_argument, Message("commfold::c10d::allreduce_: it returns tensors and a work, and list is held"));
  CHECK(
      collective_op::get_work(find_op("c10d::allreduce_"), dynamic_value::list(dynamic_value::list(shard), cf::fake_work<>(1))).seq_id() ==
      1);
}

TEST_CASE("collective_op: a size looks at the tensors that it counts, and at nothing else") {
  // One tensor where the schema says one; any tree where it says a list.
  auto const base = find_op("c10d::alltoall_base_");
  CHECK(collective_op::get_comm_tensor_size(base, {}, {.args = {shard, full}}) == 1600);
  CHECK_THROWS_MATCHES(collective_op::get_comm_tensor_size(base, {}, {.args = {dynamic_value::list(shard), full}}), cf::invalid_argument,
                       Message("commfold::c10d::alltoall_base_: argument 'output': tensor was wanted, and list is held"));
  CHECK(collective_op::get_comm_tensor_size(find_op("c10d::allreduce_"), {},
                                            {.args = {dynamic_value::tuple(shard, dynamic_value(), dynamic_value::list(full))}}) == 2000);
  auto const gather = find_op("_c10d_functional::all_gather_into_tensor");
  CHECK(collective_op::get_comm_tensor_size(gather, full, {}) == 1600);
  CHECK_THROWS_MATCHES(collective_op::get_comm_tensor_size(gather, dynamic_value::list(full), {}), cf::invalid_argument,
                       Message("commfold::_c10d_functional::all_gather_into_tensor: its result is one tensor, and list is held"));
}
