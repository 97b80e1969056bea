// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/work.hpp>
#include <commfold/tree.hpp>

#include <catch2/catch_test_macros.hpp>

#include <tuple>
#include <type_traits>
#include <vector>

namespace cf = commfold;

namespace {
using vec = cf::tensor<cf::f64, cf::dyn>;
}

TEST_CASE("each work has an id, and keeps it where it is copied to", "[collective]") {
  cf::fake_work<> const a, b;
  CHECK(a.seq_id() != 0);
  CHECK(a.seq_id() != b.seq_id());
  CHECK_FALSE(a == b);
  cf::fake_work<> const copy = a;
  CHECK(copy == a);
  CHECK(copy.wait());
  CHECK(copy.is_completed());
  CHECK(copy.is_success());
}

TEST_CASE("a work knows what its call made", "[collective]") {
  cf::fake_work const work(std::vector{vec{2}, vec{3}});
  CHECK(work.result().size() == 2);
  CHECK(cf::sum_tensors(work.result()) == 40);
  CHECK(cf::sum_tensors(work) == 0);
  cf::fake_work<> const known_by_id = work;
  CHECK(known_by_id == work);
  CHECK(work.seq_id() != cf::fake_work(std::vector{vec{2}, vec{3}}).seq_id());
}

TEST_CASE("create_fakework returns the first argument beside the work, or the work alone", "[collective]") {
  std::tuple const args{std::vector{vec{2}}, 5};
  auto const [first, work] = cf::create_fakework(args);
  CHECK(cf::sum_tensors(first) == 16);
  CHECK(cf::sum_tensors(work.result()) == 16);
  CHECK(work.seq_id() != 0);
  CHECK(cf::create_fakework(args, std::false_type{}).seq_id() != work.seq_id());
}
