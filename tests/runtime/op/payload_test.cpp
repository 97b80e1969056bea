// SPDX-License-Identifier: BSL-1.0
// The run-time twin of tests/static/op/payload_test.cpp: PyTorch's number and what is sent, of tensors that only values tell.
#include <commfold/op/table.hpp>

#include <commfold/group/dynamic_group.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>

#include <tests/support/call.hpp>
#include <tests/support/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <tuple>
#include <vector>

namespace cf = commfold;
namespace c10d = commfold::c10d;
namespace fun = commfold::c10d_functional;
using call::comm;
using call::payload;
using call::received_from;
using call::sent_to;
using cf::call_bytes;
using cf::even_split;
using cf::sum;
using cf::dtensor::shard_dim_alltoall;

namespace {

using vector = std::vector<std::size_t>;
using numbers = std::vector<int>;
using list = std::vector<cf::dynamic_tensor>;

cf::dynamic_group const g("from a file", 4);
cf::dynamic_tensor floats(std::size_t n) { return {cf::f32, {n}}; }
list of(vector const& sizes) {
  list tensors;
  for (std::size_t const n : sizes) tensors.push_back(floats(n));
  return tensors;
}

}  // namespace

TEST_CASE("a view is sent as it is seen", "[collective]") {
  cf::dynamic_tensor const corner(cf::f32, {16, 16}, {32, 1}, 4096);
  CHECK(comm(fun::all_reduce, corner, sum, g) == 4096);
  CHECK(payload(fun::all_reduce, corner, sum, g) == call_bytes{1024, 1024, 1024});
  CHECK(comm(c10d::send, corner, g, 1) == 4096);
  CHECK(payload(c10d::send, corner, g, 1) == call_bytes{1024, 0, 1024});
  CHECK(comm(fun::all_gather_into_tensor, corner, 4, g) == 4096);
  CHECK(payload(fun::all_gather_into_tensor, corner, 4, g) == call_bytes{1024, 4096, 4096});
  cf::dynamic_tensor const expanded(cf::f32, {32, 8}, {0, 1}, 32);
  CHECK(comm(fun::all_reduce, expanded, sum, g) == 32);
  CHECK(payload(fun::all_reduce, expanded, sum, g) == call_bytes{1024, 1024, 1024});
}

TEST_CASE("views of one buffer are sent once", "[collective]") {
  list const chunks(4, cf::dynamic_tensor(cf::f32, {8, 32}, {32, 1}, 4096));
  CHECK(comm(c10d::allgather_, std::array{chunks}, of({256}), g) == 16384);
  CHECK(payload(c10d::allgather_, std::array{chunks}, of({256}), g) == call_bytes{1024, 4096, 4096});
  CHECK(comm(c10d::alltoall_, chunks, chunks, g) == 16384);
  CHECK(payload(c10d::alltoall_, chunks, chunks, g) == call_bytes{4096, 4096, 4096});
}

TEST_CASE("an uneven all-to-all stays uneven", "[collective]") {
  CHECK(comm(c10d::alltoall_, of({2, 2, 2, 2}), of({1, 2, 3, 4}), g) == 40);
  CHECK(payload(c10d::alltoall_, of({2, 2, 2, 2}), of({1, 2, 3, 4}), g) == call_bytes{40, 32, 40});
  CHECK(sent_to(c10d::alltoall_, of({2, 2, 2, 2}), of({1, 2, 3, 4}), g) == vector{4, 8, 12, 16});
  CHECK(received_from(c10d::alltoall_, of({0, 0, 0, 5}), of({1, 2, 3, 4}), g) == vector{0, 0, 0, 20});

  cf::dynamic_tensor const eight(cf::f32, {8, 4});
  cf::dynamic_tensor const ten(cf::f32, {10, 4});
  numbers const to_each{0, 1, 3, 4};
  numbers const from_each{4, 3, 2, 1};
  CHECK(comm(c10d::alltoall_base_, ten, eight, g, from_each, to_each) == 160);
  CHECK(comm(fun::all_to_all_single, eight, from_each, to_each, g) == 288);
  CHECK(payload(c10d::alltoall_base_, ten, eight, g, from_each, to_each) == call_bytes{128, 160, 160});
  CHECK(payload(fun::all_to_all_single, eight, from_each, to_each, g) == call_bytes{128, 160, 160});
  CHECK(sent_to(c10d::alltoall_base_, ten, eight, g, from_each, to_each) == vector{0, 16, 48, 64});
  CHECK(received_from(fun::all_to_all_single, eight, from_each, to_each, g) == vector{64, 48, 32, 16});
  CHECK(payload(fun::all_to_all_single, eight, numbers{0, 0, 0, 0}, to_each, g) == call_bytes{128, 0, 128});
  // Even where it says so.
  CHECK(comm(fun::all_to_all_single, eight, even_split, even_split, g) == 256);
  CHECK(sent_to(fun::all_to_all_single, eight, even_split, even_split, g) == vector{32, 32, 32, 32});
  CHECK(received_from(c10d::alltoall_base_, eight, ten, g, numbers{}, from_each) == vector{32, 32, 32, 32});
  CHECK(comm(shard_dim_alltoall, eight, 1, 0, g) == 640);
  CHECK(payload(shard_dim_alltoall, eight, 1, 0, g) == call_bytes{128, 128, 128});
}

TEST_CASE("what PyTorch counts on another side than its siblings", "[collective]") {
  cf::dynamic_tensor const eight(cf::f32, {8, 4});
  CHECK(comm(fun::reduce_scatter_tensor_coalesced, list{eight}, sum, 4, g) == 32);
  CHECK(payload(fun::reduce_scatter_tensor_coalesced, list{eight}, sum, 4, g) == call_bytes{128, 32, 128});
  std::vector<std::string> const operations{"isend", "irecv", "isend"};
  CHECK(comm(fun::batch_p2p_ops, operations, numbers{1, 3, 1}, numbers{0, 0, 0}, of({32, 40, 8}), g) == 320);
  CHECK(payload(fun::batch_p2p_ops, operations, numbers{1, 3, 1}, numbers{0, 0, 0}, of({32, 40, 8}), g) == call_bytes{160, 160, 320});
  CHECK(received_from(fun::batch_p2p_ops, operations, numbers{1, 3, 1}, numbers{0, 0, 0}, of({32, 40, 8}), g) == vector{0, 0, 0, 160});
}

TEST_CASE("gather and scatter on the root and elsewhere", "[collective]") {
  std::array const all{of({1, 2, 3, 4})};
  std::vector<list> const not_root;
  CHECK(comm(c10d::gather_, all, of({3}), g, 2) == 40);
  CHECK(payload(c10d::gather_, all, of({3}), g, 2) == call_bytes{12, 40, 40});
  CHECK(comm(c10d::gather_, not_root, of({3}), g, 2) == 0);
  CHECK(payload(c10d::gather_, not_root, of({3}), g, 2) == call_bytes{12, 0, 48});
  CHECK(payload(c10d::scatter_, of({3}), all, g, 2) == call_bytes{40, 12, 40});
  CHECK(payload(c10d::scatter_, of({3}), not_root, g, 2) == call_bytes{0, 12, 48});
  CHECK(received_from(c10d::gather_, all, of({3}), g, 2) == vector{4, 8, 12, 16});
  CHECK(sent_to(c10d::scatter_, of({3}), not_root, g, 2) == vector{0, 0, 0, 0});
}

TEST_CASE("a call that could not run is not divided among the ranks", "[collective]") {
  cf::dynamic_tensor const eight(cf::f32, {8, 4});
  auto const sent = [&](auto const& op, auto const&... args) {
    return refusal([&] { return cf::collective_op::input_bytes_by_rank(op, eight, std::tuple(args...)); });
  };
  CHECK(sent(fun::all_to_all_single, eight, numbers{}, numbers{}, g) ==
        "commfold::_c10d_functional::all_to_all_single: split sizes has 0 sizes for a group of 4");
  CHECK(sent(fun::all_to_all_single, eight, numbers{}, numbers{1, 2, 3, 4}, g) ==
        "commfold::_c10d_functional::all_to_all_single: split sizes add up to 10, dimension 0 is 8");
  CHECK(sent(fun::all_to_all_single, floats(9), even_split, even_split, g) ==
        "commfold::_c10d_functional::all_to_all_single: dimension 0 of the input (9) is not divisible by the group's size (4); pad it");
  CHECK(sent(c10d::alltoall_, 0, of({1, 2, 3}), g) == "commfold::c10d::alltoall_: a list has 3 entries, for a group of 4");
  std::vector<std::string> const operations{"isend"};
  CHECK(sent(fun::batch_p2p_ops, operations, numbers{4}, numbers{0}, of({1}), g) ==
        "commfold::_c10d_functional::batch_p2p_ops: a peer 4 is not a rank of group 'from a file', which has 4");
  CHECK(sent(fun::batch_p2p_ops, operations, numbers{1}, numbers{0}, of({1, 2}), g) ==
        "commfold::_c10d_functional::batch_p2p_ops: op_list has 1 entries, for 2 tensors");
  CHECK(refusal([&] {
          return cf::collective_op::input_bytes(fun::batch_p2p_ops, 0, std::tuple(operations, numbers{1}, 0, of({1, 2}), g));
        }) == "commfold::_c10d_functional::batch_p2p_ops: op_list has 1 entries, for 2 tensors");
}

TEST_CASE("a size that does not fit names the operator", "[collective]") {
  cf::dynamic_tensor const half(cf::u8, {std::size_t{1} << 63});
  CHECK(refusal<cf::overflow_error>([&] { return payload(c10d::scatter_, list{half}, std::vector<list>{}, g, 0); }) ==
        "commfold::c10d::scatter_: the size of the call does not fit std::size_t");
  CHECK(refusal<cf::overflow_error>([&] {
          return cf::collective_op::message_bytes(c10d::gather_into_tensor_, 0, std::tuple(half, floats(0), g));
        }) == "commfold::c10d::gather_into_tensor_: the size of the call does not fit std::size_t");
  CHECK(refusal<cf::overflow_error>([&] {
          return cf::collective_op::get_comm_tensor_size(cf::c10d_functional::all_to_all_single, half, std::tuple(half));
        }) == "commfold::_c10d_functional::all_to_all_single: the size of the call does not fit std::size_t");
}
