// SPDX-License-Identifier: BSL-1.0
// What is refused at run time, in words that name the operator, and before anything is recorded.
#include <commfold/comm/mpi_calls.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/trace/log.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <array>
#include <cstddef>
#include <string>
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

}  // namespace

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
