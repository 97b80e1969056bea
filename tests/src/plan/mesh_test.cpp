// SPDX-License-Identifier: BSL-1.0
// The axes of a plan as they are written, and the groups along them.
#include <src/input_error.hpp>
#include <src/plan/mesh.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace io = commfold::io;
using io::axis;

namespace {

std::string refusal(std::string_view list) {
  try {
    (void)io::plan_mesh::read("--mesh", list);
  } catch (io::input_error const& error) {
    return error.what();
  }
  return "nothing was refused";
}

}  // namespace

TEST_CASE("a mesh is read in the order of its nesting", "[plan][mesh]") {
  io::plan_mesh const mesh = io::plan_mesh::read("--mesh", "pp=2,dp=3,tp=4");
  CHECK(mesh.entries() == std::vector<io::plan_mesh::entry>{{axis::pp, 2}, {axis::dp, 3}, {axis::tp, 4}});
  CHECK(mesh.ranks() == 24);
  CHECK(mesh.ranks(axis::dp) == 3);
  CHECK(mesh.ranks(axis::ep) == 1);
  CHECK_FALSE(mesh.has(axis::ep));
  CHECK(mesh.text() == "pp=2,dp=3,tp=4");
  CHECK(io::plan_mesh::read("--mesh", mesh.text()) == mesh);
  CHECK_FALSE(io::plan_mesh::read("--mesh", "dp=3,pp=2,tp=4") == mesh);
}

// Rank 17 of 2 x 3 x 4 is 1 * 12 + 1 * 4 + 1.
TEST_CASE("ranks along the last axis follow each other", "[plan][mesh]") {
  io::plan_mesh const mesh{{axis::pp, 2}, {axis::dp, 3}, {axis::tp, 4}};
  CHECK(mesh.coordinate(axis::pp, 17) == 1);
  CHECK(mesh.coordinate(axis::dp, 17) == 1);
  CHECK(mesh.coordinate(axis::tp, 17) == 1);
  CHECK(mesh.coordinate(axis::dp, 11) == 2);
  CHECK(mesh.coordinate(axis::cp, 11) == 0);
  CHECK(mesh.first_rank_at(axis::dp, 2) == 8);
  CHECK(mesh.first_rank_at(axis::pp, 1) == 12);
  CHECK(mesh.first_rank_at(axis::cp, 0) == 0);
}

TEST_CASE("groups along several axes are called after them, in the order of the mesh", "[plan][mesh]") {
  io::plan_mesh const mesh{{axis::dp, 2}, {axis::cp, 3}, {axis::tp, 4}};
  CHECK(mesh.group({axis::cp, axis::dp})->name() == "dp_cp");
  CHECK(mesh.group({axis::cp, axis::dp})->size == 6);
  CHECK(mesh.group({axis::tp, axis::ep})->name() == "tp");
  CHECK_FALSE(mesh.group({axis::ep}));
  CHECK(mesh.flattened_groups() == std::vector<std::string>{"dp_cp=dp,cp"});
}

TEST_CASE("what is no mesh is refused with the reason", "[plan][mesh]") {
  CHECK(refusal("") == "--mesh: '' is no axis and number; a mesh is like dp=4,tp=8");
  CHECK(refusal("dp") == "--mesh: 'dp' is no axis and number; a mesh is like dp=4,tp=8");
  CHECK(refusal("data=4") == "--mesh: 'data' is no axis; the axes are dp, fsdp, cp, ep, tp and pp");
  CHECK(refusal("dp=") == "--mesh: 'dp' must be a whole number, and is empty");
  CHECK(refusal("dp=-2") == "--mesh: 'dp' must be a whole number, and is -2");
  CHECK(refusal("dp=2,tp=2,dp=4") == "--mesh: 'dp' stands there twice");
  CHECK(refusal("dp=0") == "--mesh: 'dp' is 0, and an axis has at least one rank");
  CHECK(refusal("dp=1024,tp=1025") == "--mesh: there are more than 1048576 ranks");
  CHECK(refusal("dp=99999999999999999999") == "--mesh: 'dp' must be a whole number, and is 99999999999999999999");
}
