// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/p2p.hpp>

#include <commfold/group/dynamic_group.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tests/support/call.hpp>
#include <tests/support/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace cf = commfold;
namespace c10d = commfold::c10d;
namespace fun = commfold::c10d_functional;

namespace {
constexpr cf::process_group<"g", 4> g;
using names = std::vector<std::string>;
using numbers = std::vector<int>;
int volatile eight = 8;
cf::dynamic_tensor floats(std::size_t n) { return {cf::f32, {n}}; }
}  // namespace

TEST_CASE("p2p: who sends and who receives are ranks of the group", "[collective]") {
  cf::tensor<cf::f32, 8> const x;
  CHECK(refusal([&] { return c10d::send(x, g, int{eight}); }) == "commfold::c10d::send: dst 8 is not a rank of group 'g', which has 4");
  CHECK(refusal([&] { return c10d::recv_(x, cf::process_group<"h">{2}, 2); }) ==
        "commfold::c10d::recv_: src 2 is not a rank of group 'h', which has 2");
  CHECK(refusal([&] { return c10d::recv_(x, g, int{eight} - 9); }) == "commfold::c10d::recv_: -1 is negative; a size never is");
  CHECK(refusal([&] { return c10d::send(x, cf::dynamic_group("from a file", 8), cf::size_c<8>); }) ==
        "commfold::c10d::send: dst 8 is not a rank of group 'from a file', which has 8");
  CHECK(c10d::send(x, g, int{eight} - 5).result() == x);
  CHECK(c10d::recv_any_source_(x, cf::dynamic_group("from a file", 8), 0).result() == x);
}

TEST_CASE("p2p: a batch of sends and receives", "[collective]") {
  std::vector const tensors{floats(8), floats(6), floats(1)};
  auto const got = fun::batch_p2p_ops(names{"isend", "irecv", "isend"}, numbers{1, 3, 1}, numbers{0, 0, 1}, tensors, g);
  CHECK(got == std::vector{floats(0), floats(6), floats(0)});
  CHECK(call::comm(fun::batch_p2p_ops, names{"isend", "irecv", "isend"}, numbers{1, 3, 1}, numbers{0, 0, 1}, tensors, g) == 60);
  CHECK(call::payload(fun::batch_p2p_ops, names{"isend", "irecv", "isend"}, numbers{1, 3, 1}, numbers{0, 0, 1}, tensors, g) ==
        cf::call_bytes{36, 24, 60});
  CHECK(call::sent_to(fun::batch_p2p_ops, names{"isend", "irecv", "isend"}, numbers{1, 3, 1}, numbers{0, 0, 1}, tensors, g) ==
        std::vector<std::size_t>{0, 36, 0, 0});

  auto const refused = [&](names const& operations, numbers const& peers, numbers const& tags) {
    return refusal([&] { return fun::batch_p2p_ops(operations, peers, tags, std::vector{floats(8), floats(6)}, g); });
  };
  auto const words = [](std::string const& why) { return "commfold::_c10d_functional::batch_p2p_ops: " + why; };
  CHECK(refused({"isend"}, {0, 1}, {0, 0}) == words("op_list has 1 entries, for 2 tensors"));
  CHECK(refused({"isend", "irecv"}, {0, 1, 2}, {0, 0}) == words("peer_list has 3 entries, for 2 tensors"));
  CHECK(refused({"isend", "irecv"}, {0, 1}, {}) == words("tag_list has 0 entries, for 2 tensors"));
  CHECK(refused({"isend", "recv"}, {0, 1}, {0, 0}) == words("an operation is 'isend' or 'irecv', not 'recv'"));
  CHECK(refused({"isend", "irecv"}, {0, 4}, {0, 0}) == words("a peer 4 is not a rank of group 'g', which has 4"));
  CHECK(refused({"isend", "irecv"}, {-1, 1}, {0, 0}) == words("-1 is negative; a size never is"));
}

TEST_CASE("p2p: a peer that is sent to or received from is a rank of the group", "[collective]") {
  cf::tensor<cf::f32, 8> const x;
  CHECK(fun::isend(x, 3, 0, g).numel() == 0);
  CHECK(fun::irecv(x, 3, 0, g) == x);
  auto const sent = [](std::string const& why) { return "commfold::_c10d_functional::isend: " + why; };
  auto const received = [](std::string const& why) { return "commfold::_c10d_functional::irecv: " + why; };
  CHECK(refusal([&] { return fun::isend(x, 4, 0, g); }) == sent("dst 4 is not a rank of group 'g', which has 4"));
  CHECK(refusal([&] { return fun::irecv(x, 7, 0, g); }) == received("src 7 is not a rank of group 'g', which has 4"));
  CHECK(refusal([&] { return fun::isend(x, -1, 0, g); }) == sent("-1 is negative; a size never is"));
  CHECK(refusal([&] { return fun::irecv(x, -2, 0, g); }) == received("-2 is negative; a size never is"));
}
