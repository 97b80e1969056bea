// SPDX-License-Identifier: BSL-1.0
// The run-time twin of tests/static/op/call_summary_test.cpp: a call whose group and tensors are read from somewhere.
#include <commfold/op/call_summary.hpp>

#include <commfold/group/dynamic_group.hpp>
#include <commfold/op/table.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cf = commfold;
using cf::collective_kind;

namespace {
using list = std::vector<cf::dynamic_tensor>;
using vector = std::vector<std::size_t>;
cf::dynamic_group const g("a name from a file", 4);
cf::dynamic_tensor floats(std::size_t n) { return {cf::f32, {n}}; }

template <class Op, class... Args>
cf::call_summary summary(Op, Args const&... args) {
  return cf::detail::summarize<Op>(Op::infer(args...), args...);
}
}  // namespace

TEST_CASE("a summary of a call names its operator, kind and group", "[collective]") {
  cf::call_summary const gathered = summary(cf::c10d::gather_, std::vector<list>{}, list{floats(3)}, g, 2);
  CHECK(gathered.op == "c10d::gather_");
  CHECK(gathered.kind == collective_kind::gather);
  CHECK(gathered.group == "a name from a file");
  CHECK(gathered.group.data() == g.name().data());  // a view, not a copy
  CHECK(gathered.group_size == 4);
  CHECK(gathered.dtype == cf::f32);
  CHECK(gathered.bytes == cf::call_bytes{12, 0, 48});
  CHECK(gathered.root == std::size_t{2});
  CHECK(gathered.peer == std::nullopt);
}

TEST_CASE("a summary of a call tells its peer, and of a batch none", "[collective]") {
  CHECK(summary(cf::c10d::recv_, floats(3), g, 1, 9).peer == std::size_t{1});
  CHECK(summary(cf::c10d::recv_, floats(3), g, 1, 9).root == std::nullopt);
  std::vector<std::string> const operations{"isend", "irecv"};
  std::vector<int> const peers{3, 0};
  list const tensors{floats(8), cf::dynamic_tensor(cf::bf16, {4})};
  cf::call_summary const batch = summary(cf::c10d_functional::batch_p2p_ops, operations, peers, peers, tensors, g);
  CHECK(batch.kind == collective_kind::send_recv);
  CHECK(batch.peer == std::nullopt);
  CHECK(batch.dtype == std::nullopt);
  CHECK(batch.bytes == cf::call_bytes{32, 8, 40});
  cf::call_parts const parts = cf::detail::parts_of_call<cf::c10d_functional::batch_p2p_ops_t>(0, operations, peers, peers, tensors, g);
  CHECK(parts.input == vector{0, 0, 0, 32});
  CHECK(parts.output == vector{8, 0, 0, 0});
}
