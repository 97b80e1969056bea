// SPDX-License-Identifier: BSL-1.0
// `commfold plan` over meshes and under strategies. What the steps communicate is tested in tests/src/plan.
#include <tests/support/shell.hpp>

#include <catch2/catch_test_macros.hpp>

#include <nlohmann/json.hpp>

#include <string>

using shell::outcome;
using shell::refused;
using shell::refused_with;
using shell::run;

namespace {

std::string const tiny = std::string(COMMFOLD_MODELS) + "/tiny.json";

}  // namespace

TEST_CASE("plan says what the strategy and the mesh are", "[tool][plan]") {
  auto const says = [](std::string const& options, std::string const& words) {
    outcome const o = run("plan " + options + " " + tiny);
    INFO(o.out << o.err);
    CHECK(o.status == 0);
    CHECK(o.out.find(words) != std::string::npos);
  };
  says("--mesh dp=2,fsdp=4 --strategy hsdp",
       "\nHSDP over 8 ranks (dp=2,fsdp=4), gathered in bfloat16, reduced in bfloat16, resharded after");
  says("--strategy ddp --reduce-dtype float16", "\nDDP over 8 ranks, reduced in float16; per rank and step:");
  says("--strategy megatron --mesh dp=2", "\nMegatron over 2 ranks, reduced in float32; per rank and step:");
  says("--strategy zero3 --micro-batches 2", "\nZeRO-3 over 8 ranks, gathered in bfloat16, reduced in bfloat16, 2 micro-batches;");
  says("--micro-batches 4 --no-sync", "4 micro-batches of which the last one is reduced;");
  says("--mesh pp=2,dp=2 --strategy ddp --batch 4 --seq-len 64 --micro-batches 4 --pipeline-rank 1", ", pipeline rank 1 of 2 under 1f1b;");
  says("--mesh fsdp=2,tp=2 --batch 1 --seq-len 64 --sequence-parallel --loss-parallel --checkpointing",
       "_c10d_functional::reduce_scatter_tensor");
  says("--units root", "c10d::_allgather_base_       dp (8)  forward       1");
  says("--trainable norm", "memory      9 601 664 B (9.2 MiB) parameters, 640 B gradients, 1 280 B (1.3 KiB) optimizer");
}

TEST_CASE("a plan on the wire knows the groups along several axes", "[tool][plan]") {
  outcome const o = run("plan --mesh fsdp=4,cp=2 --batch 1 --seq-len 64 --backend openmpi --gpus-per-node 4 " + tiny);
  INFO(o.err);
  CHECK(o.status == 0);
  CHECK(o.out.find("On the wire") != std::string::npos);
  CHECK(o.out.find("fsdp_cp") != std::string::npos);
}

TEST_CASE("plan refuses what cannot be combined, in one line", "[tool][plan]") {
  refused_with(run("plan --mesh dp=2,dp=4 " + tiny), "commfold plan: --mesh: 'dp' stands there twice");
  refused_with(run("plan --mesh dp=2 --ranks 2 " + tiny), "commfold plan: --ranks: is short for --mesh dp=N; give one of them");
  refused(run("plan --strategy fsdp3 " + tiny),
          "--strategy: 'fsdp3' is none; there are ddp, fsdp2, fsdp1, hsdp, zero1, zero2, zero3 and megatron");
  refused(run("plan --mesh dp=2,tp=2 " + tiny), "--batch: is missing; tp sends activations");
  refused(run("plan --mesh dp=2,tp=2 --batch 1 " + tiny), "--seq-len: is missing; tp sends activations");
  refused(run("plan --batch 0 " + tiny), "--batch: must be a positive integer, and is 0");
  refused(run("plan --mesh pp=4 --batch 4 --seq-len 8 " + tiny), "pp: there are 4 stages, but 2 layers");
  refused(run("plan --mesh pp=2 --batch 4 --seq-len 8 --micro-batches 3 " + tiny), "--micro-batches: 3 do not divide a batch of 4");
  refused(run("plan --mesh fsdp=2,cp=2 --batch 1 --seq-len 7 " + tiny), "--seq-len: 2 ranks of cp do not divide 7 tokens");
  refused(run("plan --mesh pp=2,dp=2 --strategy zero2 --batch 4 --seq-len 8 " + tiny), "zero2: the axis pp is not planned with it");
  refused(run("plan --trainable '(' " + tiny), "--trainable: '(' is no regular expression");
  refused(run("plan --units layer,heads " + tiny), "--units: the model has no 'heads' outside of its layers");
  refused(run("plan --sequence-parallel " + tiny), "--sequence-parallel: is over the ranks of tp, and there is one");
  refused(run("plan --pipeline-rank 1 " + tiny), "--pipeline-rank: is 1, and there is no pipeline");
}

TEST_CASE("plan --search writes the best meshes in each format", "[tool][plan]") {
  std::string const search = "plan --search 8 --gpus-per-node 4 --batch 16 --seq-len 64 ";
  outcome const text = run(search + tiny);
  INFO(text.err);
  CHECK(text.status == 0);
  CHECK(text.out.find("fsdp2 over 8 ranks, 16 sequences of 64 tokens in a step; nccl on h100-8nic\n") != std::string::npos);
  CHECK(
      run(search + "--format csv --backend openmpi " + tiny).out.starts_with("mesh,sent_between_nodes,most_sent_by_a_rank,microseconds,"));
  CHECK(run(search + "--format markdown " + tiny).out.find("| mesh | between nodes |") != std::string::npos);
  nlohmann::json const read = nlohmann::json::parse(run(search + "--format json " + tiny).out);
  CHECK(read.at("meshes").size() <= 10);
  CHECK(read.at("meshes").at(0).at("sent_between_nodes") <= read.at("meshes").at(1).at("sent_between_nodes"));
  refused(run(search + "--pipeline-rank 1 " + tiny), "--search: looks at all ranks of a pipeline; give no --pipeline-rank");
  refused(run("plan --search 8 --batch 16 --seq-len 64 " + tiny), "--search: ranks are on no nodes; give --gpus-per-node");
  refused(run("plan --search 8 --gpus-per-node 4 " + tiny),
          "--search: needs --batch, here the sequences of all ranks in a step, and --seq-len");
  refused(run(search + "--mesh dp=8 " + tiny), "--search: finds the mesh; give no --mesh and no --ranks");
  refused(run(search + "--format html " + tiny), "--search: its meshes are written in text, markdown, csv or json, not in html");
}
