// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/call_record.hpp>

#include <commfold/op/table.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <string>

namespace cf = commfold;

TEST_CASE("names are kept whole or refused", "[trace]") {
  std::string const name(32, 'g');
  std::string const phase(64, 'p');
  CHECK(cf::call_record(cf::c10d::barrier, name.substr(1), 1, phase.substr(1), {}, {}).group() == name.substr(1));
  CHECK_THROWS_AS(cf::call_record(cf::c10d::barrier, name, 1, "", {}, {}), cf::invalid_argument);
  CHECK_THROWS_WITH(cf::call_record(cf::c10d::barrier, name, 1, "", {}, {}),
                    "commfold::trace: the name of a group '" + name + "' is longer than 31 characters");
  CHECK_THROWS_WITH(cf::call_record(cf::c10d::barrier, "", 1, phase, {}, {}),
                    "commfold::trace: the phase '" + phase + "' is longer than 63 characters");
}
