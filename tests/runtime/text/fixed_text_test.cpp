// SPDX-License-Identifier: BSL-1.0
#include <commfold/text/fixed_text.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <string>

namespace cf = commfold;

TEST_CASE("a text as long as the room for it fits, a longer one is refused", "[text]") {
  std::string const name(63, 'n');
  CHECK(cf::fixed_text<63>(name).view() == name);
  CHECK_THROWS_AS(cf::fixed_text<62>(name), cf::invalid_argument);
  CHECK_THROWS_WITH(cf::fixed_text<4>(std::string_view("alpha")), "commfold::fixed_text: the text 'alpha' is longer than 4 characters");
}

TEST_CASE("a refusal shows the whole text, and names what is too long", "[text]") {
  cf::fixed_text<10> phase(std::string_view("backward"), "commfold::trace: the phase");
  CHECK_THROWS_WITH(phase.append("/layer 3", "commfold::trace: the phase"),
                    "commfold::trace: the phase 'backward/layer 3' is longer than 10 characters");
  CHECK(phase.view() == "backward");  // and nothing was put in
  phase.append("/0");
  CHECK(phase.view() == "backward/0");
  CHECK_THROWS_AS(phase.append('1'), cf::invalid_argument);
}
