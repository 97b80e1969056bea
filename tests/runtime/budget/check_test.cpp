// SPDX-License-Identifier: BSL-1.0
#include <commfold/budget/check.hpp>

#include <commfold/op/table.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <memory>
#include <string>
#include <vector>

namespace cf = commfold;

namespace {

cf::ledger<> a_step() {
  cf::detail::open_ledger open;
  open.add({cf::c10d_functional::all_reduce, "tp", 2, "forward", cf::f32, {8, 8, 8}}, 5);               // 40
  open.add({cf::c10d::barrier, "dp", 4, "", {}, {}}, 7);                                                // 0
  open.add({cf::c10d_functional::all_gather_into_tensor, "dp", 4, "forward", cf::bf16, {1, 4, 4}}, 1);  // 4, and below 2 x 500: 1004
  open.add({cf::c10d_functional::all_reduce, "tp", 2, "backward", cf::f32, {600, 600, 600}}, 3);        // 1800
  open.add({cf::c10d_functional::all_gather_into_tensor, "dp", 4, "forward", cf::bf16, {9, 500, 500}}, 2);
  return cf::ledger<>(open);
}

std::vector<std::string> words_of(std::vector<cf::budget_violation> const& violations) {
  std::vector<std::string> words;
  for (auto const& violation : violations) words.push_back(to_string(violation));
  return words;
}

using strings = std::vector<std::string>;

}  // namespace

TEST_CASE("a budget that is kept has no violations", "[trace]") {
  CHECK(cf::check(a_step(), cf::budget{.message_bytes = {2844, 2844}, .calls = {18, 18}}).empty());
  CHECK(cf::check(a_step(), std::vector<cf::budget>{}).empty());
}

TEST_CASE("a violation is told however long its names are", "[trace]") {
  std::string const phase(1100, 'p');
  std::string const group(900, 'g');
  auto const missing = words_of(cf::check(a_step(), cf::budget{.of = {.group = group, .phase = phase}, .calls = {.at_least = 1}}));
  CHECK(missing == strings{"calls over '" + group + "' in phase '" + phase + "': 0, at least 1; no such call was recorded"});

  cf::detail::open_ledger open;
  open.add({cf::c10d::allreduce_, group, 2, phase, cf::f32, {8, 8, 8}}, 5);
  auto const held = words_of(cf::check(cf::ledger<>(open), cf::budget{.of = {.phase = phase}, .calls = {.at_most = 4}}));
  CHECK(held ==
        strings{"calls in phase '" + phase + "': 5, at most 4; largest: c10d::allreduce_ over '" + group + "' in '" + phase + "' 5"});
}

TEST_CASE("a violation in words, with the three largest contributions", "[trace]") {
  // Rows of one operator, group and phase are one contribution: 4 + 2 x 500.
  CHECK(
      words_of(cf::check(a_step(), cf::budget{.message_bytes = {.at_most = 2843}})) ==
      strings{"message bytes: 2 844 B (2.8 KiB), at most 2 843 B (2.8 KiB); largest: _c10d_functional::all_reduce over 'tp' in 'backward' "
              "1 800 B (1.8 KiB), _c10d_functional::all_gather_into_tensor over 'dp' in 'forward' 1 004 B, "
              "_c10d_functional::all_reduce over 'tp' in 'forward' 40 B"});
  CHECK(words_of(cf::check(a_step(), cf::budget{.of = {.group = "dp"}, .calls = {.at_most = 9}})) ==
        strings{"calls over 'dp': 10, at most 9; largest: c10d::barrier over 'dp' 7, "
                "_c10d_functional::all_gather_into_tensor over 'dp' in 'forward' 3"});
  CHECK(words_of(cf::check(a_step(), cf::budget{.of = {.phase = "forward", .dtype = cf::bf16}, .input_bytes = {.at_least = 20}})) ==
        strings{"input bytes in phase 'forward' in bfloat16: 19 B, at least 20 B; largest: "
                "_c10d_functional::all_gather_into_tensor over 'dp' in 'forward' 19 B"});
  CHECK(words_of(cf::check(a_step(), cf::budget{.of = {.op = cf::c10d_functional::all_reduce}, .output_bytes = {.at_most = 0}})) ==
        strings{"output bytes of _c10d_functional::all_reduce: 1 840 B (1.8 KiB), at most 0 B; largest: "
                "_c10d_functional::all_reduce over 'tp' in 'backward' 1 800 B (1.8 KiB), "
                "_c10d_functional::all_reduce over 'tp' in 'forward' 40 B"});
}

TEST_CASE("the size of one call", "[trace]") {
  CHECK(words_of(cf::check(a_step(), cf::budget{.message_size = {.at_most = 599}})) ==
        strings{"message bytes of one call: 600 B, at most 599 B; largest: _c10d_functional::all_reduce over 'tp' in 'backward' 600 B, "
                "_c10d_functional::all_gather_into_tensor over 'dp' in 'forward' 500 B, "
                "_c10d_functional::all_reduce over 'tp' in 'forward' 8 B"});
  CHECK(
      words_of(cf::check(a_step(), cf::budget{.of = {.phase = "forward"}, .message_size = {.at_least = 5}})) ==
      strings{
          "message bytes of one call in phase 'forward': 4 B, at least 5 B; smallest: "
          "_c10d_functional::all_gather_into_tensor over 'dp' in 'forward' 4 B, _c10d_functional::all_reduce over 'tp' in 'forward' 8 B"});
  // Both ends can be broken at once.
  auto const both = cf::check(a_step(), cf::budget{.message_size = {.at_least = 1, .at_most = 9}});
  REQUIRE(both.size() == 2);
  CHECK((both[0].too_much && both[0].found == 600 && both[0].limit == 9));
  CHECK((!both[1].too_much && both[1].found == 0 && both[1].limit == 1));
}

TEST_CASE("a rule over calls that there are not", "[trace]") {
  CHECK(words_of(cf::check(a_step(), cf::budget{.of = {.group = "pp", .phase = ""}})) ==
        strings{"calls over 'pp' outside any phase: 0, at least 1; no such call was recorded"});
  CHECK(words_of(cf::check(cf::ledger<cf::dyn>(), cf::budget{})) == strings{"calls: 0, at least 1; no such call was recorded"});
  CHECK(words_of(cf::check(a_step(), cf::budget{.of = {.message_size = {.at_least = 1'000}}})) ==
        strings{"calls in messages of at least 1 000 B: 0, at least 1; no such call was recorded"});
  CHECK(words_of(cf::check(a_step(), cf::budget{.of = {.message_size = {5, 8}}, .calls = cf::no_calls})) ==
        strings{"calls in messages of at least 5 B and at most 8 B: 5, at most 0; largest: "
                "_c10d_functional::all_reduce over 'tp' in 'forward' 5"});
  CHECK(words_of(cf::check(a_step(), cf::budget{.of = {.message_size = {.at_most = 4}}, .calls = {.at_most = 7}})) ==
        strings{"calls in messages of at most 4 B: 8, at most 7; largest: c10d::barrier over 'dp' 7, "
                "_c10d_functional::all_gather_into_tensor over 'dp' in 'forward' 1"});
}

TEST_CASE("all violations, in the order of the budgets and their ranges", "[trace]") {
  cf::budget const rules[] = {
      {.message_bytes = {.at_most = 5'000}},
      {.of = {.group = "tp"}, .message_bytes = {.at_most = 1}, .calls = {.at_least = 9}},
      {.of = {.group = "dp"}, .output_bytes = {.at_most = 1'003}},
  };
  auto const violations = cf::check(a_step(), rules);
  REQUIRE(violations.size() == 3);
  CHECK((violations[0].rule == 1 && violations[0].what == cf::budget_measure::calls && violations[0].found == 8));
  CHECK((violations[1].rule == 1 && violations[1].what == cf::budget_measure::message_bytes && violations[1].found == 1'840));
  CHECK((violations[2].rule == 2 && violations[2].what == cf::budget_measure::output_bytes && violations[2].found == 1'004));
}

TEST_CASE("a range without a number is a mistake wherever it stands", "[trace]") {
  CHECK_THROWS_WITH(cf::check(a_step(), cf::budget{.calls = {.at_most = 0}}),
                    "commfold::within: no number of calls is at least 1 and at most 0");
  CHECK_THROWS_WITH(cf::check(a_step(), cf::budget{.message_size = {2, 1}}),
                    "commfold::within: no number of message bytes of one call is at least 2 and at most 1");
}

TEST_CASE("a kind of collective, whatever the operator", "[trace]") {
  cf::detail::open_ledger open;
  open.add({cf::c10d_functional::all_reduce, "tp", 2, "", cf::f32, {8, 8, 8}}, 2);
  open.add({cf::c10d::allreduce_, "tp", 2, "", cf::f32, {8, 8, 8}}, 1);
  open.add({cf::c10d::barrier, "tp", 2, "", {}, {}}, 5);
  cf::ledger<> const traffic(open);
  cf::budget const of_kind{.of = {.kind = cf::collective_kind::all_reduce, .group = "tp"}, .calls = {.at_most = 2}};
  CHECK(words_of(cf::check(traffic, of_kind)) == strings{"calls of kind all_reduce over 'tp': 3, at most 2; largest: "
                                                         "_c10d_functional::all_reduce over 'tp' 2, c10d::allreduce_ over 'tp' 1"});
}

TEST_CASE("names are told whole, however long, and outlive the ledger", "[trace]") {
  std::string const group(64, 'g'), phase(192, 'p'), endless(20'000, 'x');
  cf::detail::open_ledger open;
  for (char last : {'1', '2', '3', '4'}) {
    std::string const other = phase.substr(1) + last;
    open.add({cf::c10d_functional::reduce_scatter_tensor_coalesced, group, 2, other, cf::f32, {~std::size_t{0} / 4, 1, 1}}, 1);
  }
  open.add({cf::c10d::barrier, endless, 2, endless, {}, {}}, 2);
  auto const limit = cf::budget{.of = {.group = endless}, .calls = {.at_most = 1}};
  auto traffic = std::make_unique<cf::ledger<cf::dyn>>(open);
  auto const four = cf::check(*traffic, cf::budget{.of = {.op = cf::c10d_functional::reduce_scatter_tensor_coalesced,
                                                          .group = group,
                                                          .message_size = {1, ~std::size_t{0} - 1}},
                                                   .output_bytes = {.at_most = 0}});
  auto const long_ones = cf::check(*traffic, limit);
  traffic.reset();

  REQUIRE(four.size() == 1);
  REQUIRE(four[0].contributions == 3);  // of the four equal ones, those that came first
  CHECK(four[0].largest[2].phase == phase.substr(1) + "3");
  CHECK(four[0].largest[2].group == group);
  CHECK(four[0].largest[2].group_size == 2);
  CHECK(four[0].largest[2].op == "_c10d_functional::reduce_scatter_tensor_coalesced");
  CHECK(to_string(four[0]).ends_with("3' 1 B"));
  CHECK(words_of(long_ones) ==
        strings{"calls over '" + endless + "': 2, at most 1; largest: c10d::barrier over '" + endless + "' in '" + endless + "' 2"});
}
