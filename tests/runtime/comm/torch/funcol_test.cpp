// SPDX-License-Identifier: BSL-1.0
#include <commfold/comm/torch/funcol.hpp>

#include <commfold/group/dynamic_group.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/log.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <cstddef>
#include <vector>

namespace cf = commfold;

namespace {

cf::dynamic_group const dp("dp", 4);
using tensor = cf::dynamic_tensor;

}  // namespace

TEST_CASE("a dimension that a tensor does not have is refused before anything is recorded", "[trace]") {
  tensor const mat(cf::f32, {8, 2});
  auto const log = cf::log([&](auto& comm) {
    auto const f = comm.funcol();
    CHECK_THROWS_AS(f.all_gather_single(mat, 2, dp), cf::invalid_argument);
    CHECK_THROWS_WITH(f.all_gather_single(mat, 2, dp), "commfold::all_gather_single: gather_dim 2 of a tensor of rank 2");
    CHECK_THROWS_WITH(f.all_gather_single(mat, cf::size_c<2>, dp), "commfold::all_gather_single: gather_dim 2 of a tensor of rank 2");
    CHECK_THROWS_WITH(f.all_gather_single(cf::tensor<cf::f32, 8>{}, 1, dp),
                      "commfold::all_gather_single: gather_dim 1 of a tensor of rank 1");
    CHECK_THROWS_WITH(f.all_gather_single(mat, -1, dp), "commfold::all_gather_single: -1 is negative; a size never is");
    CHECK_THROWS_WITH(f.reduce_scatter_single(mat, cf::sum, 2, dp), "commfold::reduce_scatter_single: scatter_dim 2 of a tensor of rank 2");
    CHECK_THROWS_WITH(f.all_gather_single_autograd_backward(mat, 3, dp),
                      "commfold::all_gather_single_autograd_backward: gather_dim 3 of a tensor of rank 2");
  });
  CHECK(log.calls().empty());
}

TEST_CASE("a dimension that the group does not divide is refused", "[trace]") {
  tensor const mat(cf::f32, {8, 6});
  auto const log = cf::log([&](auto& comm) {
    auto const f = comm.funcol();
    CHECK_THROWS_WITH(f.reduce_scatter_single(mat, cf::sum, 1, dp),
                      "commfold::reduce_scatter_single: scatter_dim 1 has 6 elements, not divisible by the group's size (4); pad it");
    CHECK_THROWS_WITH(
        f.all_gather_single_autograd_backward(mat, 1, dp),
        "commfold::all_gather_single_autograd_backward: gather_dim 1 has 6 elements, not divisible by the group's size (4); pad "
        "it");
    CHECK_THROWS_AS(f.reduce_scatter_single(tensor(cf::f32, {6, 8}), cf::sum, 0, dp), cf::invalid_argument);
    CHECK_THROWS_WITH(
        f.reduce_scatter_single_coalesced(std::vector{tensor(cf::f32, {8, 8}), mat}, cf::sum, 1, dp),
        "commfold::reduce_scatter_single_coalesced: scatter_dim 1 has 6 elements, not divisible by the group's size (4); pad it");
    CHECK_THROWS_WITH(f.reduce_scatter_single_coalesced(std::vector{mat, mat}, cf::sum, std::vector{0}, dp),
                      "commfold::reduce_scatter_single_coalesced: scatter_dim has 1 entries, for 2 on the other side");
  });
  CHECK(log.calls().empty());
}

TEST_CASE("a permutation names ranks of the group", "[trace]") {
  tensor const vec(cf::f32, {8});
  auto const log = cf::log([&](auto& comm) {
    auto const f = comm.funcol();
    CHECK_THROWS_WITH(f.permute_tensor(vec, std::vector{1, 2, 3}, 0, dp),
                      "commfold::permute_tensor: src_dst has 3 entries, for a group of 4");
    CHECK_THROWS_WITH(f.permute_tensor(vec, std::vector{1, 2, 3, 0}, 4, dp),
                      "commfold::permute_tensor: rank 4 is not a rank of group 'dp', which has 4");
    CHECK_THROWS_WITH(f.permute_tensor(vec, std::vector{1, 2, 3, 4}, 0, dp),
                      "commfold::permute_tensor: a destination 4 is not a rank of group 'dp', which has 4");
    CHECK_THROWS_WITH(f.permute_tensor(tensor(), std::vector{1, 2, 3, 0}, 0, dp),
                      "commfold::permute_tensor: a tensor without dimensions has no dimension 0 to divide");
  });
  CHECK(log.calls().empty());
}

TEST_CASE("what the operators refuse, the functional calls refuse", "[trace]") {
  tensor const vec(cf::f32, {8});
  auto const log = cf::log([&](auto& comm) {
    auto const f = comm.funcol();
    CHECK_THROWS_AS(f.broadcast(vec, 4, dp), cf::invalid_argument);
    CHECK_THROWS_AS(f.isend_inplace(vec, 4, 0, dp), cf::invalid_argument);
    CHECK_THROWS_AS(f.irecv_inplace(vec, 4, 0, dp), cf::invalid_argument);
    CHECK_THROWS_AS(f.batch_p2p_ops_inplace(std::vector{"isend"}, std::vector{4}, std::vector{0}, std::vector{vec}, dp),
                    cf::invalid_argument);
    CHECK_THROWS_AS(f.all_to_all_single(vec, std::vector{2, 2, 2, 2}, std::vector{1, 2, 3, 4}, dp), cf::invalid_argument);
  });
  CHECK(log.calls().empty());
}

TEST_CASE("along a dimension of a view, fresh tensors come and go; along dimension 0 the view itself", "[trace]") {
  // 4 x 4 of 8 x 16 stored elements.
  tensor const view(cf::f32, {4, 4}, {16, 1}, 512);
  static_cast<void>(cf::log([&](auto& comm) {
    CHECK(comm.funcol().all_gather_single(view, 1, dp) == tensor(cf::f32, {4, 16}));
    CHECK(comm.funcol().reduce_scatter_single(view, cf::sum, 1, dp) == tensor(cf::f32, {4, 1}));
    CHECK(comm.funcol().reduce_scatter_single(view, cf::sum, 0, dp) == tensor(cf::f32, {1, 4}));
  }));
}
