// SPDX-License-Identifier: BSL-1.0
// What torch.distributed's public calls emitted, as measured on PyTorch 2.14 with a fake process group of 4 ranks: operator, shape of the
// result, and the bytes of arguments and results. The literals are that measurement's, the names are those of the calls.
#include <commfold/trace/recorder.hpp>

#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/log.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string_view>
#include <vector>

namespace cf = commfold;
using cf::dyn;

namespace {

constexpr cf::process_group<"0", 4> world;

template <class Step>
void emits(Step step, std::string_view op, cf::call_bytes const& bytes) {
  auto const log = cf::log(step);
  REQUIRE(log.calls().size() == 1);
  CHECK(log.calls()[0].op() == op);
  CHECK(log.calls()[0].bytes() == bytes);
  CHECK(log.calls()[0].dtype() == cf::f32);
}

/// A float32 tensor whose first extent is read at run time, as every tensor of the measurement's is.
cf::tensor<cf::f32, dyn> vec(int n) {
  int volatile extent = n;
  return cf::tensor<cf::f32, dyn>{int{extent}};
}
cf::tensor<cf::f32, dyn, dyn> mat(int n, int m) {
  int volatile extent = n;
  return cf::tensor<cf::f32, dyn, dyn>{int{extent}, m};
}

}  // namespace

TEST_CASE("torch's functional collectives", "[trace][torch]") {
  SECTION("all_reduce") {
    emits([](auto& c) { CHECK(c.all_reduce(vec(8), cf::sum, world) == vec(8)); }, "_c10d_functional::all_reduce", {32, 32, 32});
  }
  SECTION("broadcast") {
    emits([](auto& c) { CHECK(c.broadcast(vec(8), 0, world) == vec(8)); }, "_c10d_functional::broadcast", {32, 32, 32});
  }
  SECTION("all_gather_single along dimension 0") {
    emits([](auto& c) { CHECK(c.all_gather(mat(8, 2), world) == mat(32, 2)); }, "_c10d_functional::all_gather_into_tensor", {64, 256, 256});
  }
  SECTION("reduce_scatter_single along dimension 0") {
    emits([](auto& c) { CHECK(c.reduce_scatter(mat(8, 4), cf::avg, world) == mat(2, 4)); }, "_c10d_functional::reduce_scatter_tensor",
          {128, 32, 128});
  }
  SECTION("reduce_scatter_single along dimension 1, which torch moves to the front first") {
    emits([](auto& c) { CHECK(c.reduce_scatter(mat(32, 1), cf::avg, world) == mat(8, 1)); }, "_c10d_functional::reduce_scatter_tensor",
          {128, 32, 128});
  }
  SECTION("all_to_all_single without splits") {
    emits([](auto& c) { CHECK(c.all_to_all(vec(8), world) == vec(8)); }, "_c10d_functional::all_to_all_single", {32, 32, 32});
  }
  SECTION("all_to_all_single, uneven") {
    emits([](auto& c) { CHECK(c.all_to_all(vec(8), std::array{1, 2, 3, 4}, std::array{2, 2, 2, 2}, world) == vec(10)); },
          "_c10d_functional::all_to_all_single", {32, 40, 40});
  }
  SECTION("all_to_all_single, its backward") {
    emits([](auto& c) { CHECK(c.all_to_all(vec(10), std::array{2, 2, 2, 2}, std::array{1, 2, 3, 4}, world) == vec(8)); },
          "_c10d_functional::all_to_all_single", {40, 32, 40});
  }
  SECTION("permute_tensor") {
    emits([](auto& c) { CHECK(c.all_to_all(vec(8), std::array{0, 0, 0, 8}, std::array{0, 8, 0, 0}, world) == vec(8)); },
          "_c10d_functional::all_to_all_single", {32, 32, 32});
  }
}

TEST_CASE("torch's coalesced functional collectives", "[trace][torch]") {
  SECTION("all_reduce_coalesced") {
    emits([](auto& c) { CHECK(c.all_reduce_coalesced(std::vector{vec(8), vec(3)}, cf::sum, world) == std::vector{vec(8), vec(3)}); },
          "_c10d_functional::all_reduce_coalesced", {44, 44, 44});
  }
  SECTION("all_gather_single_coalesced") {
    emits([](auto& c) { CHECK(c.all_gather_coalesced(std::vector{vec(8), vec(3)}, world) == std::vector{vec(32), vec(12)}); },
          "_c10d_functional::all_gather_into_tensor_coalesced", {44, 176, 176});
  }
  SECTION("reduce_scatter_single_coalesced") {
    emits([](auto& c) { CHECK(c.reduce_scatter_coalesced(std::vector{vec(8), vec(4)}, cf::sum, world) == std::vector{vec(2), vec(1)}); },
          "_c10d_functional::reduce_scatter_tensor_coalesced", {48, 12, 48});
  }
}

TEST_CASE("torch.distributed on given buffers", "[trace][torch]") {
  SECTION("all_gather_into_tensor") {
    emits([](auto& c) { c.all_gather_into_tensor(vec(32), vec(8), world); }, "c10d::_allgather_base_", {32, 128, 128});
  }
  SECTION("reduce_scatter_tensor") {
    emits([](auto& c) { c.reduce_scatter_tensor(vec(8), vec(32), cf::sum, world); }, "c10d::_reduce_scatter_base_", {128, 32, 128});
  }
  SECTION("batch_isend_irecv") {
    emits([](auto& c) { c.send(vec(8), 1, world); }, "c10d::send", {32, 0, 32});
    emits([](auto& c) { CHECK(c.recv(vec(6), 3, world) == vec(6)); }, "c10d::recv_", {0, 24, 24});
  }
  SECTION("barrier") {
    auto const log = cf::log([](auto& c) { c.barrier(world); });
    REQUIRE(log.calls().size() == 1);
    CHECK(log.calls()[0].op() == "c10d::barrier");
    CHECK(log.calls()[0].bytes() == cf::call_bytes{});
  }
}
