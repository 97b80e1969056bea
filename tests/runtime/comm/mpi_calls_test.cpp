// SPDX-License-Identifier: BSL-1.0
// The calls refuse bad arguments at run time: the message names the operator, and nothing is recorded. And they send trees that cannot
// hold works.
#include <commfold/comm/mpi_calls.hpp>

#include <commfold/comm/communicator_base.hpp>
#include <commfold/op/dynamic/dynamic_value.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/trace/log.hpp>
#include <commfold/trace/path_log.hpp>
#include <commfold/tree/structs/fields.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

namespace cf = commfold;
using cf::dyn;
using cf::sum;

namespace {

constexpr cf::process_group<"dp", 4> dp;
using vec = cf::tensor<cf::f32, dyn>;

/// The step makes one call, which is refused with these words.
template <class Step>
void refuses(Step step, std::string const& words) {
  cf::call_log log;
  cf::recorder comm(log);
  CHECK_THROWS_AS(step(comm), cf::invalid_argument);
  CHECK_THROWS_WITH(step(comm), words);
  CHECK(log.calls().empty());
}

/// Maps to itself alone.
struct module {
  vec weight{0};
  std::vector<module> parts;
};
/// Holds itself, and does not say what it maps to.
struct block {
  vec weight{0};
  std::vector<block> parts;
};

/// Works under way, by the message that each waits for, in the order in which they were waited for.
class asynchronous : public cf::communicator_base<asynchronous> {
 public:
  std::vector<std::size_t> sent, waited;

  template <class T>
  struct pending {
    asynchronous* of;
    std::size_t bytes;
    T tensors;
    pending(asynchronous& comm, std::size_t size, T const& t) : of(&comm), bytes(size), tensors(t) {}
    pending(pending&&) = default;  // and no copy: an engine's works have none
    pending& operator=(pending&&) = default;
    void wait() { of->waited.push_back(bytes); }
    [[nodiscard]] T const& result() const { return tensors; }
  };

  template <cf::operator_row Op, class... Args>
  auto call(Op op, Args const&... args) {
    if constexpr (cf::returns_of<Op> == cf::returns::work) {
      auto const tensors = Op::infer(args...);
      sent.push_back(cf::sum_tensors(tensors));
      return pending<std::remove_cv_t<decltype(tensors)>>(*this, sent.back(), tensors);
    } else {
      return op(args...);
    }
  }
};

std::vector<std::size_t> sent_bytes(cf::call_log const& log) {
  std::vector<std::size_t> bytes;
  for (cf::call_record const& call : log.calls())
    if (call.kind() == cf::collective_kind::send) bytes.push_back(call.bytes().input_bytes);
  return bytes;
}
using sizes = std::vector<std::size_t>;

}  // namespace

template <>
struct commfold::node_traits<module> : commfold::fields<&module::weight, &module::parts> {
  using mapped = module;
};

TEST_CASE("what is sent need not be a tree that can hold works", "[comm]") {
  using cf::dynamic_value;
  dynamic_value const values = dynamic_value::list(vec{1}, "a name", dynamic_value::dict({{"w", vec{2}}, {"b", vec{3}}}));
  module const recursive{vec{1}, {module{vec{2}, {module{vec{3}, {}}}}, module{vec{4}, {}}}};
  block const unmapped{vec{1}, {block{vec{2}, {}}}};
  std::vector<std::variant<vec, cf::tensor<cf::f64, 5>, int>> const choices{vec{1}, cf::tensor<cf::f64, 5>{}, 7};
  auto const sends = [](auto const& tree) {
    cf::call_log log;
    cf::recorder comm(log);
    CHECK(comm.sendrecv(tree, 1, vec{9}, 3, dp) == vec{9});
    REQUIRE_FALSE(log.calls().empty());
    CHECK(log.calls().back().op() == "c10d::recv_");
    CHECK(log.calls().back().bytes().output_bytes == 36);
    sizes const sent = sent_bytes(log);
    CHECK(log.calls().size() == sent.size() + 1);
    comm.send(tree, 1, dp);
    CHECK(log.calls().size() == 2 * sent.size() + 1);
    return sent;
  };
  CHECK(sends(values) == sizes{4, 8, 12});
  CHECK(sends(recursive) == sizes{4, 8, 12, 16});
  CHECK(sends(unmapped) == sizes{4, 8});
  CHECK(sends(choices) == sizes{4, 40});
  CHECK(sends(dynamic_value(vec{6})) == sizes{24});
  CHECK(sends(std::vector<vec>{}).empty());
  CHECK(sends(dynamic_value()).empty());
}

TEST_CASE("received trees keep what is no tensor, whatever was sent", "[comm]") {
  using cf::dynamic_value;
  dynamic_value const like = dynamic_value::tuple(vec{5}, "kept");
  cf::call_log log;
  cf::recorder comm(log);
  CHECK(comm.sendrecv(module{vec{1}, {}}, 1, like, 3, dp) == like);
  REQUIRE(log.calls().size() == 2);
  CHECK(log.calls()[0].peer() == 1);
  CHECK(log.calls()[1].peer() == 3);
  CHECK(log.calls()[1].bytes().output_bytes == 20);
}

TEST_CASE("each send is waited for once, in order, behind the receives", "[comm]") {
  asynchronous comm;
  comm.sendrecv(std::tuple{vec{1}, std::vector{vec{2}, vec{3}}, cf::tensor<cf::f64, 4>{}, 7}, 1, std::vector{vec{8}, vec{9}}, 3, dp);
  CHECK(comm.sent == sizes{4, 8, 12, 32, 32, 36});
  CHECK(comm.waited == sizes{32, 36, 4, 8, 12, 32});
}

TEST_CASE("a send stands below the path of its tensor", "[comm]") {
  auto const log = cf::log_with_paths([](auto& comm) {
    comm.send(std::tuple{vec{1}, 7, std::vector{vec{2}}}, 1, dp);
    comm.sendrecv(module{vec{1}, {module{vec{2}, {}}}}, 1, vec{3}, 3, dp);
  });
  std::string paths;
  for (cf::call_at const& one : log.calls()) paths += std::string(one.path) + ' ';
#if !defined(__clang__) || __clang_major__ >= 18  // clang 16 knows the positions of fields only
  CHECK(paths == "[0] [2][0] weight parts[0].weight  ");
#else
  CHECK(log.calls().size() == 5);
#endif
}

TEST_CASE("a rank outside the group is refused", "[comm]") {
  std::string const of_dp = " 4 is not a rank of group 'dp', which has 4";
  refuses([](auto& c) { c.reduce(vec{8}, sum, 4, dp); }, "commfold::c10d::reduce_: root_rank" + of_dp);
  refuses([](auto& c) { c.gather(vec{8}, 4, dp); }, "commfold::c10d::gather_: root_rank" + of_dp);
  refuses([](auto& c) { c.scatter(vec{8}, 4, dp); }, "commfold::c10d::scatter_: root_rank" + of_dp);
  refuses([](auto& c) { c.sendrecv(vec{8}, 4, vec{8}, 0, dp); }, "commfold::c10d::send: dst" + of_dp);
  refuses([](auto& c) { c.sendrecv(vec{8}, 0, vec{8}, 4, dp); }, "commfold::c10d::recv_: src" + of_dp);
  refuses([](auto& c) { c.reduce_scatter(vec{8}, sum, std::array{2, 2, 2, 2}, 4, dp); }, "commfold::c10d::reduce_scatter_: rank" + of_dp);
}

TEST_CASE("counts that are not one a rank or do not add up are refused", "[comm]") {
  refuses([](auto& c) { c.all_gather(vec{3}, std::vector{3, 1, 2}, dp); },
          "commfold::c10d::allgather_: counts has 3 sizes for a group of 4");
  refuses([](auto& c) { c.all_gather(vec{5}, std::vector{3, 1, 2, 4}, dp); },
          "commfold::c10d::allgather_: dimension 0 is 5, which is none of the counts");
  refuses([](auto& c) { c.all_gather(vec{3}, std::vector{3, 1, 2, -4}, dp); },
          "commfold::c10d::allgather_: -4 is negative; a size never is");
  refuses([](auto& c) { c.reduce_scatter(vec{8}, sum, std::vector{3, 1, 4}, 0, dp); },
          "commfold::c10d::reduce_scatter_: counts has 3 sizes for a group of 4");
  refuses([](auto& c) { c.reduce_scatter(vec{9}, sum, std::vector{3, 1, 0, 4}, 0, dp); },
          "commfold::c10d::reduce_scatter_: counts add up to 8, dimension 0 is 9");
}

TEST_CASE("a tensor that cannot be cut is refused", "[comm]") {
  std::string const no_dimension = ": a tensor without dimensions has no dimension 0 to divide";
  cf::dynamic_tensor const scalar(cf::f32, {});
  refuses([&](auto& c) { c.scatter(scalar, 0, dp); }, "commfold::c10d::scatter_" + no_dimension);
  refuses([&](auto& c) { c.all_gather(scalar, std::vector{1, 1, 1, 1}, dp); }, "commfold::c10d::allgather_" + no_dimension);
  refuses([&](auto& c) { c.reduce_scatter(scalar, sum, std::vector{1, 0, 0, 0}, 0, dp); },
          "commfold::c10d::reduce_scatter_" + no_dimension);
  refuses([](auto& c) { c.scatter(vec{9}, 0, dp); },
          "commfold::c10d::scatter_: dimension 0 of the input (9) is not divisible by the group's size (4); pad it");
}
