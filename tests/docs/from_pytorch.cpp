// SPDX-License-Identifier: BSL-1.0
// What docs/from_pytorch.md shows; tests/snippets.cmake cuts it from here.
#include <commfold/commfold.hpp>
#include <commfold/op/dynamic/dynamic_op.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace {

namespace cf = commfold;

struct weights {
  cf::tensor<cf::f32, 16, 8> w;
  cf::tensor<cf::f32, 8> b;
};

// [setup]
constexpr cf::device_mesh mesh{cf::process_group<"dp", 2>{}, cf::process_group<"tp", 4>{}};  // init_device_mesh("cuda", (2, 4), …)
constexpr auto dp = mesh.group<"dp">();                                                      // mesh["dp"].get_group()
constexpr auto tp = mesh.group<"tp">();
constexpr cf::tensor<cf::f32, 16, 8> t;  // torch.empty(16, 8)
// [/setup]

// [ranks]
static_assert(mesh.coordinates(6)[1] == 2);                                     // get_group_rank(tp, 6): the coordinate along the axis
static_assert(mesh.ranks_of<"tp">(6) == std::vector<std::size_t>{4, 5, 6, 7});  // get_process_group_ranks(tp), on rank 6
// [/ranks]

namespace accessors {
// [accessors]
constexpr auto func = cf::c10d::allreduce_;                                  // torch.ops.c10d.allreduce_.default
constexpr auto args = std::tuple{std::array{t}, dp, cf::sum, std::nullopt};  // [t], pg, ReduceOp.SUM, None; async_op is left out
constexpr auto res = std::apply(func, args);                                 // func(*args)
static_assert(cf::collective_op::get_comm_tensor_size(func, res, args) == 512);
static_assert(cf::collective_op::get_process_group(func, args) == dp);
static_assert(cf::collective_op::get_work(func, res).is_completed());
static_assert(cf::collective_op::sum_tensors(args) == 512);
static_assert(func.name == "c10d::allreduce_" && !func.name.starts_with('_'));  // func in non_functional_collectives
// [/accessors]
}  // namespace accessors

namespace trees {
constexpr weights args;
constexpr auto names_of = [](auto const& leaf) { return cf::numel(leaf); };
// [trees]
constexpr auto sizes = cf::tree_map_only(cf::is_tensor, names_of, args);                       // tree_map_only(torch.Tensor, f, args)
constexpr auto some = cf::tree_map_only(cf::is_type<cf::tensor<cf::f32, 8>>, names_of, args);  // a type, or several
static_assert(cf::sum_tensors(args) == 544 && cf::sum_bytes(args.b) == 32);                    // sum_tensors(args), sum_bytes(t)
// [/trees]
static_assert(cf::get<1>(sizes) == 8 && cf::get<1>(some) == 8);
}  // namespace trees

namespace mode {
// [mode]
class comm_mode : public cf::communicator_base<comm_mode> {  // class CommMode(TorchDispatchMode)
 public:
  std::size_t bytes = 0;

  template <cf::operator_row Op, class... Args>
  constexpr auto call(Op func, Args const&... given) {  // def __torch_dispatch__(self, func, types, args, kwargs)
    auto const res = func(given...);
    auto const args = std::tuple<Args...>(given...);
    if constexpr (requires { cf::collective_op::get_comm_tensor_size(func, res, args); })  // a barrier has none
      bytes += cf::collective_op::get_comm_tensor_size(func, res, args);
    return res;
  }
};

constexpr std::size_t bytes_of_a_step() {
  comm_mode mode;  // with CommMode() as mode:
  mode.dist().all_reduce(t, cf::sum, dp);
  mode.dist().barrier(dp);
  mode.funcol().all_gather_single(t, cf::size_c<0>, tp);
  return mode.bytes;
}
static_assert(bytes_of_a_step() == 512 + 4 * 512);
// [/mode]
}  // namespace mode

constexpr auto distributed = [](auto& comm) {
  constexpr cf::tensor<cf::f32, 32, 8> full;
  // [dist]
  auto const dist = comm.dist();
  dist.all_reduce(t, cf::sum, dp);                    // dist.all_reduce(t, group=dp)
  auto const work = dist.all_reduce(t, cf::avg, dp);  // work = dist.all_reduce(t, op=ReduceOp.AVG, group=dp, async_op=True)
  work.wait();                                        // work.wait()
  dist.all_reduce(t, cf::reduce_op::max, dp);         // op=ReduceOp.MAX
  dist.broadcast(t, 0, tp);                           // dist.broadcast(t, group_src=0, group=tp)
  dist.reduce(t, 1, cf::sum, dp);                     // dist.reduce(t, group_dst=1, group=dp)
  dist.all_gather(std::array{t, t}, t, dp);           // dist.all_gather([t, t], t, group=dp)
  dist.all_gather_into_tensor(full, t, dp);           // dist.all_gather_into_tensor(full, t, group=dp)
  dist.reduce_scatter_tensor(t, full, cf::avg, dp);   // dist.reduce_scatter_tensor(t, full, ReduceOp.AVG, dp)
  dist.all_to_all_single(t, t, tp);                   // dist.all_to_all_single(t, t, group=tp)
  dist.send(t, 1, dp);                                // dist.send(t, group_dst=1, group=dp)
  dist.recv(t, 1, dp);                                // dist.recv(t, group_src=1, group=dp)
  dist.batch_isend_irecv(cf::p2p_isend{t, 1, dp},     // dist.batch_isend_irecv([P2POp(dist.isend, t, group_peer=1, group=dp),
                         cf::p2p_irecv{t, 1, dp});    //   P2POp(dist.irecv, t, group_peer=1, group=dp)])
  dist.coalescing(dp, [&](auto& batch) {              // with _coalescing_manager(group=dp):
    batch.all_reduce(t, cf::sum);                     //     dist.all_reduce(t, group=dp)
  });
  dist.barrier(dp);  // dist.barrier(group=dp)
  // [/dist]
  // [funcol]
  auto const funcol = comm.funcol();
  funcol.all_reduce(t, cf::sum, dp);                                // funcol.all_reduce(t, "sum", dp)
  funcol.all_gather_single(t, cf::size_c<0>, tp);                   // funcol.all_gather_tensor(t, gather_dim=0, group=tp)
  funcol.reduce_scatter_single(t, cf::avg, cf::size_c<1>, tp);      // funcol.reduce_scatter_tensor(t, "avg", scatter_dim=1, group=tp)
  funcol.all_to_all_single(t, cf::even_split, cf::even_split, tp);  // funcol.all_to_all_single(t, None, None, tp)
  // [/funcol]
  // [dtensor]
  comm.funcol().all_gather_single(t, cf::size_c<1>, tp);                            // Shard(1) to Replicate()
  comm.funcol().all_reduce(t, cf::sum, tp);                                         // Partial() to Replicate()
  comm.funcol().reduce_scatter_single(t, cf::sum, cf::size_c<0>, tp);               // Partial() to Shard(0)
  comm.call(cf::dtensor::shard_dim_alltoall, t, cf::size_c<0>, cf::size_c<1>, tp);  // Shard(0) to Shard(1)
  // [/dtensor]
};
constexpr auto seen = cf::trace(distributed);
static_assert(seen.calls() == 15 + 4 + 4);

}  // namespace

TEST_CASE("the strings and keywords of from_pytorch.md", "[docs]") {
  // [strings]
  cf::dynamic_group const group("dp", 8);
  cf::dynamic_tensor const tensor(cf::dtype_from_name("torch.bfloat16"), {1024, 64});
  cf::dynamic_op const func = cf::find_op("_c10d_functional::all_reduce");  // "sum" and "dp" as PyTorch's functional calls have them
  cf::call_arguments const args{.args = {tensor, "sum", "dp"}, .groups = {group}};  // .groups says which groups have which names
  std::size_t const size = cf::collective_op::get_comm_tensor_size(func, func(args), args);
  // [/strings]
  CHECK(size == 131072);
}

TEST_CASE("the works of from_pytorch.md", "[docs]") {
  // [work]
  auto const [first, work] = cf::create_fakework(std::tuple{t, dp});             // create_fakework(args)
  auto const alone = cf::create_fakework(std::tuple{t, dp}, std::false_type{});  // create_fakework(args, return_first_arg=False)
  bool const differ = work.seq_id() != alone.seq_id() && cf::generate_unique_id() != work.seq_id();
  // [/work]
  CHECK(first == t);
  CHECK(differ);
}
