// SPDX-License-Identifier: BSL-1.0
#include <commfold/comm/torch/dist.hpp>

#include <commfold/group/dynamic_group.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/log.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

namespace cf = commfold;

namespace {

cf::dynamic_group const dp("dp", 4);
using tensor = cf::dynamic_tensor;

tensor f32(std::size_t n) { return {cf::f32, {n}}; }

}  // namespace

TEST_CASE("a batch of sends and receives is over one group", "[trace]") {
  cf::dynamic_group const tp("tp", 4);
  auto const log = cf::log([&](auto& comm) {
    CHECK_THROWS_AS(comm.dist().batch_isend_irecv(cf::p2p_isend{f32(8), 1, dp}, cf::p2p_irecv{f32(8), 3, tp}), cf::invalid_argument);
    CHECK_THROWS_WITH(comm.dist().batch_isend_irecv(cf::p2p_isend{f32(8), 1, dp}, cf::p2p_irecv{f32(8), 3, tp}),
                      "commfold::batch_isend_irecv: the operations of one batch are over one group, not 'dp' and 'tp'");
    CHECK_THROWS_AS(comm.dist().batch_isend_irecv(cf::p2p_isend{f32(8), 1, dp}, cf::p2p_irecv{f32(8), 3, cf::dynamic_group("dp", 8)}),
                    cf::invalid_argument);
  });
  CHECK(log.calls().empty());
}

TEST_CASE("a coalesced call is of one operation and one reduction", "[trace]") {
  auto const log = cf::log([](auto& comm) {
    auto const mixed = [&] {
      comm.dist().coalescing(dp, [](auto& batch) {
        batch.all_reduce(f32(8), cf::sum);
        batch.all_gather_into_tensor(f32(32), f32(8));
      });
    };
    CHECK_THROWS_AS(mixed(), cf::invalid_argument);
    CHECK_THROWS_WITH(mixed(),
                      "commfold::coalescing: calls of one operation are made as one, not all_reduce (sum) and all_gather_into_tensor");
    auto const reductions = [&] {
      comm.dist().coalescing(dp, [](auto& batch) {
        batch.reduce_scatter_tensor(f32(2), f32(8), cf::sum);
        batch.reduce_scatter_tensor(f32(2), f32(8), cf::avg);
      });
    };
    CHECK_THROWS_WITH(reductions(),
                      "commfold::coalescing: calls of one operation are made as one, not reduce_scatter_tensor (sum) and "
                      "reduce_scatter_tensor (avg)");
    // A body that throws makes no call.
    CHECK_THROWS_AS(comm.dist().coalescing(dp,
                                           [](auto& batch) {
                                             batch.all_reduce(f32(8), cf::sum);
                                             throw std::runtime_error("stop");
                                           }),
                    std::runtime_error);
  });
  CHECK(log.calls().empty());
}

TEST_CASE("complex tensors are reduced as complex numbers, though they go as pairs of real ones", "[trace]") {
  auto const log = cf::log([](auto& comm) {
    tensor const complex(cf::c64, {8});
    for (cf::reduce_op const how : {cf::reduce_op::max, cf::reduce_op::min, cf::reduce_op::product, cf::reduce_op::band}) {
      std::string const why = ": complex64 has no reduction '" + std::string(name(how)) + "'";
      CHECK_THROWS_WITH(comm.dist().all_reduce(complex, how, dp), "commfold::all_reduce" + why);
      CHECK_THROWS_WITH(comm.dist().all_reduce_coalesced(std::vector{complex}, how, dp), "commfold::all_reduce_coalesced" + why);
      CHECK_THROWS_WITH(comm.dist().coalescing(dp, [&](auto& batch) { batch.all_reduce(complex, how); }), "commfold::coalescing" + why);
      CHECK_THROWS_WITH(comm.dist().reduce(complex, 0, how, dp), "commfold::c10d::reduce_" + why);
      CHECK_THROWS_WITH(comm.dist().reduce_scatter_tensor(tensor(cf::c64, {2}), complex, how, dp),
                        "commfold::c10d::_reduce_scatter_base_" + why);
      CHECK_THROWS_WITH(comm.all_reduce(complex, how, dp), "commfold::_c10d_functional::all_reduce" + why);
      CHECK_THROWS_WITH(comm.funcol().all_reduce(complex, how, dp), "commfold::_c10d_functional::all_reduce" + why);
    }
  });
  CHECK(log.calls().empty());
}

TEST_CASE("the coalesced calls of torch.distributed want one dtype", "[trace]") {
  auto const log = cf::log([](auto& comm) {
    std::vector<tensor> const mixed{f32(8), tensor(cf::bf16, {8})};
    CHECK_THROWS_WITH(comm.dist().all_reduce_coalesced(mixed, cf::sum, dp),
                      "commfold::all_reduce_coalesced: the tensors of one call have different dtypes");
    CHECK_THROWS_WITH(comm.dist().all_gather_coalesced(std::vector(4, mixed), mixed, dp),
                      "commfold::all_gather_coalesced: the tensors of one call have different dtypes");
    CHECK_THROWS_WITH(comm.funcol().all_reduce_coalesced(mixed, cf::sum, dp),
                      "commfold::_c10d_functional::all_reduce_coalesced: the tensors of one call have different dtypes");
    auto const batched = [&](auto const& both) { return [&] { comm.dist().coalescing(dp, both); }; };
    CHECK_THROWS_WITH(batched([](auto& batch) {
                        batch.all_reduce(f32(8), cf::sum);
                        batch.all_reduce(tensor(cf::bf16, {8}), cf::sum);
                      })(),
                      "commfold::coalescing: the tensors of one call have different dtypes, float32 and bfloat16");
    CHECK_THROWS_AS(batched([](auto& batch) {
                      batch.all_gather_into_tensor(f32(32), f32(8));
                      batch.all_gather_into_tensor(tensor(cf::bf16, {32}), tensor(cf::bf16, {8}));
                    })(),
                    cf::invalid_argument);
    CHECK_THROWS_AS(batched([](auto& batch) {
                      batch.reduce_scatter_tensor(f32(2), f32(8), cf::sum);
                      batch.reduce_scatter_tensor(tensor(cf::f16, {2}), tensor(cf::f16, {8}), cf::sum);
                    })(),
                    cf::invalid_argument);
  });
  CHECK(log.calls().empty());
}

TEST_CASE("a complex tensor of rank 16 has no view as real numbers", "[trace]") {
  tensor const deepest(cf::c64, {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
  auto const log = cf::log([&](auto& comm) {
    CHECK_THROWS_WITH(comm.dist().all_reduce(deepest, cf::sum, dp), "commfold::view_as_real: the result has rank 17, and 16 is the most");
  });
  CHECK(log.calls().empty());
}

TEST_CASE("objects have sizes, and go to ranks", "[trace]") {
  auto const log = cf::log([](auto& comm) {
    CHECK_THROWS_WITH(comm.dist().all_gather_object(-1, dp), "commfold::all_gather_object: -1 is negative; a size never is");
    CHECK_THROWS_AS(comm.dist().broadcast_object_list(std::vector{4, -1}, 0, dp), cf::invalid_argument);
    CHECK_THROWS_AS(comm.dist().gather_object(4, 4, dp), cf::invalid_argument);
    CHECK_THROWS_AS(comm.dist().scatter_object_list(4, 4, dp), cf::invalid_argument);
    CHECK_THROWS_AS(comm.dist().send_object_list(std::vector{4}, 4, dp), cf::invalid_argument);
  });
  CHECK(log.calls().empty());
}

TEST_CASE("what the operators refuse, the calls of torch.distributed refuse", "[trace]") {
  auto const log = cf::log([](auto& comm) {
    auto const dist = comm.dist();
    CHECK_THROWS_AS(dist.broadcast(f32(8), 4, dp), cf::invalid_argument);
    CHECK_THROWS_AS(dist.reduce(f32(8), 4, cf::sum, dp), cf::invalid_argument);
    CHECK_THROWS_AS(dist.gather(f32(8), std::vector(4, f32(8)), 4, dp), cf::invalid_argument);
    CHECK_THROWS_AS(dist.gather(f32(8), 4, dp), cf::invalid_argument);
    CHECK_THROWS_AS(dist.gather_single(f32(8), f32(32), 4, dp), cf::invalid_argument);
    CHECK_THROWS_AS(dist.scatter(f32(8), std::vector(4, f32(8)), 4, dp), cf::invalid_argument);
    CHECK_THROWS_AS(dist.scatter(f32(8), 4, dp), cf::invalid_argument);
    CHECK_THROWS_AS(dist.isend(f32(8), 4, dp), cf::invalid_argument);
    CHECK_THROWS_AS(dist.irecv(f32(8), 4, dp), cf::invalid_argument);
    CHECK_THROWS_AS(dist.all_gather(std::vector(3, f32(8)), f32(8), dp), cf::invalid_argument);
    CHECK_THROWS_AS(dist.all_gather_into_tensor(f32(31), f32(8), dp), cf::invalid_argument);
    CHECK_THROWS_AS(dist.all_to_all_single(f32(10), f32(10), dp), cf::invalid_argument);
    CHECK_THROWS_AS(dist.nn().scatter(std::vector<tensor>(), 0, dp), cf::invalid_argument);
    CHECK_THROWS_AS(dist.nn().broadcast_backward(f32(8), 4, dp), cf::invalid_argument);
    CHECK_THROWS_AS(dist.nn().reduce_backward(f32(8), 4, dp), cf::invalid_argument);
    CHECK_THROWS_AS(dist.nn().gather_backward(std::vector(4, f32(8)), 4, dp), cf::invalid_argument);
    CHECK_THROWS_AS(dist.nn().scatter_backward(f32(8), 4, dp), cf::invalid_argument);
    CHECK_THROWS_AS(dist.nn().all_gather_backward(std::vector(3, f32(8)), dp), cf::invalid_argument);
  });
  CHECK(log.calls().empty());
}

TEST_CASE("a refused call takes no number", "[trace]") {
  static_cast<void>(cf::log([](auto& comm) {
    CHECK(comm.dist().all_reduce(f32(8), cf::sum, dp).seq_id() == 1);
    CHECK_THROWS_AS(comm.dist().broadcast(f32(8), 4, dp), cf::invalid_argument);
    CHECK(comm.dist().all_reduce(f32(8), cf::sum, dp).seq_id() == 2);
  }));
}
