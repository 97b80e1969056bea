// SPDX-License-Identifier: BSL-1.0
// Whoever includes our headers as their own, and not as those of a system, gets no warning from them, whatever they ask their compiler for.
// This uses the main templates; what their bodies warn of is told when they are instantiated.
#include <tests/warnings/names_of_users.hpp>

#include <commfold/adapt/hana.hpp>
#include <commfold/commfold.hpp>
#include <commfold/op/dynamic/dynamic_op.hpp>
#include <commfold/parallel.hpp>
#include <commfold/report.hpp>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace my {
namespace {

namespace cf = commfold;

using fixed = cf::tensor<cf::f32, 8, 4>;
using some = cf::tensor<cf::bf16, cf::dyn, 4>;
struct my_layer {
  fixed my_weight;
  some my_bias;
};
struct my_model {
  std::vector<my_layer> my_layers;
  std::map<std::string, cf::dynamic_tensor> my_named;
  std::optional<fixed> my_maybe;
  std::variant<fixed, some> my_either;
  std::tuple<std::pair<fixed, fixed>, std::array<some, 2>> my_rest;
  std::unique_ptr<fixed> my_owned;
};

constexpr cf::device_mesh my_mesh{cf::process_group<"dp", 4>{}, cf::process_group<"tp", 2>{}};
constexpr auto my_axis = my_mesh.group<"dp">();

struct my_step {
  template <class Comm, class Tree>
  constexpr void operator()(Comm& my_comm, Tree const& my_tree) const {
    cf::process_group<"run"> const my_ranks(std::size_t{4});
    my_comm.phase("forward", [&] { my_comm.all_gather(my_tree, my_axis); });
    my_comm.phase("backward", [&] {
      my_comm.repeat(3, [&] { my_comm.all_reduce(my_tree, cf::sum, my_axis); });
      my_comm.reduce_scatter(fixed{}, cf::avg, my_axis);
      my_comm.all_to_all(fixed{}, my_axis);
      my_comm.broadcast(fixed{}, 1, my_axis);
      my_comm.gather(fixed{}, 1, my_axis);
      my_comm.scatter(fixed{}, 1, my_axis);
      my_comm.reduce(fixed{}, cf::sum, 1, my_axis);
      my_comm.send(fixed{}, std::size_t{1}, my_ranks);
      my_comm.recv(fixed{}, 1, my_axis);
      my_comm.barrier(my_axis);
      my_comm.dist().all_reduce(fixed{}, cf::sum, my_axis);
      my_comm.funcol().all_reduce(fixed{}, cf::sum, my_axis);
    });
  }
};

template <class Tree>
std::size_t use_tree(Tree const& my_tree) {
  auto const my_same = [](auto const& my_leaf) { return my_leaf; };
  auto const my_first = [](auto const& my_one, auto const&) { return my_one; };
  std::size_t my_sum = cf::sum_tensors(my_tree);
  cf::tree_for_each([&](auto const&) { ++my_sum; }, my_tree);
  static_cast<void>(cf::tree_map(my_same, my_tree));
  static_cast<void>(cf::tree_map(my_first, my_tree, my_tree));
  static_cast<void>(cf::tree_map_with_path([](auto const&, auto const& my_leaf) { return my_leaf; }, my_tree));
  static_cast<void>(cf::tree_leaves(my_tree));
  return my_sum;
}

std::size_t use_reports() {
  my_layer const my_one{{}, some(std::size_t{2})};
  auto const my_ledger = cf::trace<cf::dyn>(my_step{}, my_one);
  auto const my_calls = cf::log(my_step{}, my_one);
  auto const my_paths = cf::log_with_paths(my_step{}, my_one);
  std::string const my_text = cf::text_report(my_ledger) + cf::text_report(my_calls) + cf::text_report(my_paths) +
                              cf::markdown_report(my_ledger) + cf::csv_report(my_ledger) + cf::csv_report(my_paths) +
                              cf::json_report(my_ledger) + cf::json_report(my_ledger, my_paths) + cf::html_report(my_ledger) +
                              cf::chrome_trace(my_calls);
  cf::budget const my_budget{.of = {.group = my_axis}, .message_bytes = {.at_most = 1}};
  std::size_t my_size = my_text.size();
  for (auto const& my_broken : cf::check(my_ledger, my_budget)) my_size += to_string(my_broken).size();
  return my_size;
}

std::size_t use_views() {
  some const my_tensor(std::size_t{6});
  cf::dynamic_tensor const my_dynamic(cf::f32, {4, 6});
  auto const my_part = cf::narrow(my_tensor, 0, std::size_t{1}, 2);
  auto const my_row = cf::select(my_dynamic, 1, 2);
  auto const my_flat = cf::reshape(my_dynamic, cf::infer);
  auto const my_turned = cf::transpose(my_dynamic, 0, 1);
  auto const my_chunks = cf::chunk(my_dynamic, 2, 0);
  return cf::storage_bytes(my_part) + cf::payload_bytes(my_row) + cf::sum_tensors(my_flat) + cf::sum_tensors(my_turned) +
         cf::sum_tensors(my_chunks);
}

std::size_t use_names() {
  cf::dynamic_op const my_op = cf::find_op("c10d::allreduce_");
  cf::dynamic_tensor const my_tensor(cf::f32, {4});
  cf::call_arguments const my_call{.args = {cf::dynamic_value::list(my_tensor), cf::dynamic_group("dp", 4), cf::sum},
                                   .kwargs = {{"timeout", 3}}};
  return cf::collective_op::get_comm_tensor_size(my_op, {}, my_call);
}

std::size_t use_parallel() {
  namespace my_fsdp = cf::parallel::fsdp;
  namespace my_ddp = cf::parallel::ddp;
  cf::process_group<"dp", 4> const my_ranks{};
  cf::call_log my_calls;
  cf::recorder<cf::call_log> my_comm(my_calls);
  auto const my_unit = my_fsdp::fully_shard(cf::parallel::frozen(fixed{}), cf::parallel::tied("my_tie", fixed{}));
  auto const my_last = my_fsdp::cut_along([](auto const&) { return 0; }, fixed{});
  my_fsdp::sharded_model my_sharded(my_fsdp::fully_shard(my_fsdp::each(std::array<fixed, 2>{}), my_unit, my_last), my_fsdp::policy{},
                                    my_fsdp::mesh{my_ranks, my_ranks});
  my_sharded.forward(my_comm);
  my_sharded.backward(my_comm, {}, [](my_fsdp::moment const&) {});
  my_sharded.clip(my_comm);
  my_ddp::replicated_model my_replicated(my_ddp::pieces_of(fixed{}), my_ddp::pieces_of(fixed{}), {}, my_ranks);
  my_replicated.init(my_comm);
  my_replicated.set_ready_order({0});
  my_replicated.forward(my_comm);
  my_replicated.backward(my_comm);
  my_ddp::zero_redundancy_optimizer const my_optimizer(fixed{}, my_ranks);
  my_optimizer.broadcast(my_comm);
  my_optimizer.broadcast_bucket_views(my_comm);
  cf::parallel::full_state(my_comm, fixed{}, 1, cf::parallel::cut{my_ranks});
  cf::parallel::state_from_rank0(my_comm, fixed{}, 3, my_ranks);
  return my_calls.calls().size();
}

constexpr auto my_traffic = cf::trace(my_step{}, fixed{});
COMMFOLD_ASSERT_BUDGET(my_traffic, {.calls = {.at_most = 100}});

}  // namespace

std::size_t use();
std::size_t use() {
  my_model const my_values{{{{}, some(std::size_t{2})}}, {}, {}, {}, {{}, {some(std::size_t{1}), some(std::size_t{1})}}, nullptr};
  return use_tree(std::tuple(fixed{}, std::vector<some>{}, std::map<std::string, fixed>{})) + cf::sum_tensors(my_values) + use_reports() +
         use_views() + use_names() + use_parallel();
}

}  // namespace my
