// SPDX-License-Identifier: BSL-1.0
#include <laws/laws.hpp>

#include <commfold/op/dynamic/dynamic_value.hpp>

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace {
using namespace laws;
using cf::dynamic_value;

constexpr cf::process_group<"dp", 8> dp;

dynamic_value one_of_each() {
  return dynamic_value::list(t4{}, dynamic_value{}, true, 7, 2.5, "sum", dp, cf::reduce_op::max, cf::fake_work<>(9),
                             dynamic_value::tuple(vec{2}, dynamic_value::tuple()),
                             dynamic_value::dict({{"w", dynamic_value::list(matrix{1})}, {3, dynamic_value::list()}}));
}

}  // namespace

TEST_CASE("the laws hold for each kind of leaf of a value", "[laws][value]") {
  int models = 0;
  hold_for_value(models, dynamic_value{}, {1, 0});
  hold_for_value(models, dynamic_value(true), {1, 0});
  hold_for_value(models, dynamic_value(7), {1, 0});
  hold_for_value(models, dynamic_value(2.5), {1, 0});
  hold_for_value(models, dynamic_value("sum"), {1, 0});
  hold_for_value(models, dynamic_value(t4{}), {1, 16});
  hold_for_value(models, dynamic_value(dp), {1, 0});
  hold_for_value(models, dynamic_value(cf::reduce_op::bor), {1, 0});
  hold_for_value(models, dynamic_value(cf::fake_work<>(3)), {1, 0});
  CHECK(models == 9);
}

TEST_CASE("the laws hold for lists, tuples and dicts", "[laws][value]") {
  int models = 0;
  hold_for_value(models, dynamic_value::list(), {0, 0});
  hold_for_value(models, dynamic_value::tuple(), {0, 0});
  hold_for_value(models, dynamic_value::dict(), {0, 0});
  hold_for_value(models, dynamic_value::list(t4{}, vec{3}), {2, 40});
  hold_for_value(models, dynamic_value::tuple(t4{}, t4{}), {2, 32});
  hold_for_value(models, dynamic_value::dict({{"z", t4{}}, {"a", 1}, {-3, matrix{2}}}), {3, 26});
  hold_for_value(models,
                 dynamic_value::list(dynamic_value::list(),
                                     dynamic_value::list(dynamic_value::tuple(), dynamic_value::dict({{"a", dynamic_value::list()}}))),
                 {0, 0});
  hold_for_value(models, dynamic_value::list(dynamic_value::list(dynamic_value::list(dynamic_value::list(t23{})))), {1, 12});
  hold_for_value(models, one_of_each(), {11, 37});
  CHECK(models == 9);
}

TEST_CASE("the laws hold for values below other nodes", "[laws][value]") {
  int models = 0;
  hold_for_value(models, std::vector{dynamic_value(t4{}), one_of_each()}, {12, 53});
  hold_for_value(models, std::tuple{t4{}, one_of_each(), 5}, {13, 53});
  hold_for_value(models, std::map<std::string, dynamic_value>{{"a", one_of_each()}, {"b", 1}}, {12, 37});
  hold_for_value(models, std::optional{one_of_each()}, {11, 37});
  hold_for_value(models, cf::dictionary({{"a", one_of_each()}, {"b", t4{}}}), {12, 53});
  CHECK(models == 5);
}
