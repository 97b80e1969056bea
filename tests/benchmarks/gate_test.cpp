// SPDX-License-Identifier: BSL-1.0
#include <benchmarks/suite/gate.hpp>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using namespace bench;

namespace {

toolchain const here{{"clang", "19.1.7"}, {"libstdc++", "12 (20220819)"}, {"Boost", "1_81"}};

baseline of(instantiations const& counts) { return accepted({{"case", counts}}, here); }

}  // namespace

TEST_CASE("3 % more is the most that passes", "[bench]") {
  CHECK(compare(of({{"a", 1000}}), {{"case", {{"a", 1029}}}}).passed);
  CHECK(compare(of({{"a", 1000}}), {{"case", {{"a", 1030}}}}).passed);
  CHECK_FALSE(compare(of({{"a", 1000}}), {{"case", {{"a", 1031}}}}).passed);
  CHECK_FALSE(compare(of({}), {{"case", {{"a", 1}}}}).passed);
  CHECK(compare(of({}), {{"case", {}}}).passed);
}

TEST_CASE("more than 3 % less is good news, and no failure", "[bench]") {
  verdict const same = compare(of({{"a", 1000}}), {{"case", {{"a", 970}}}});
  CHECK((same.passed && !same.cheaper && same.lines.empty()));
  verdict const less = compare(of({{"a", 1000}}), {{"case", {{"a", 969}}}});
  CHECK((less.passed && less.cheaper));
  CHECK(less.lines == std::vector<std::string>{"case: 1000 -> 969 instantiations (-3.1 %): cheaper"});
}

TEST_CASE("the templates that grew are named, the largest growth first", "[bench]") {
  verdict const v = compare(of({{"a", 500}, {"b", 490}, {"small", 5}, {"smaller", 5}}),
                            {{"case", {{"a", 520}, {"b", 480}, {"new", 100}, {"small", 5}, {"smaller", 8}}}});
  CHECK_FALSE(v.passed);
  CHECK(v.lines == std::vector<std::string>{"case: 1000 -> 1113 instantiations (+11.3 %), more than 3 % more; these templates grew:",
                                            "    new: under 1 % -> 100", "    a: 500 -> 520", "    what was not listed: 10 -> 13"});
}

TEST_CASE("a case that is new or gone closes the gate", "[bench]") {
  CHECK(compare(of({{"a", 1}}), {{"case", {{"a", 1}}}, {"other", {{"a", 1}}}}).lines ==
        std::vector<std::string>{"other: not in the baseline"});
  verdict const gone = compare(of({{"a", 1}}), {});
  CHECK_FALSE(gone.passed);
  CHECK(gone.lines == std::vector<std::string>{"case: in the baseline, and no case any more"});
}

TEST_CASE("the baseline holds the totals and the templates of 1 % and above, and is read as it was written", "[bench]") {
  baseline const b = of({{"a", 989}, {"ten", 10}, {"one", 1}});
  CHECK(written(b) == R"baseline({
  "toolchain": {
    "Boost": "1_81",
    "clang": "19.1.7",
    "libstdc++": "12 (20220819)"
  },
  "cases": {
    "case": {
      "total": 1000,
      "templates": {
        "a": 989,
        "ten": 10,
        "others": 1
      }
    }
  }
}
)baseline");
  baseline const again = baseline_in(nlohmann::json::parse(written(b)));
  CHECK(again.made_with == here);
  CHECK(again.cases.at("case").total == 1000);
  CHECK(again.cases.at("case").templates == instantiations{{"a", 989}, {"ten", 10}});
}
