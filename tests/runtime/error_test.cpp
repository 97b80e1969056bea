// SPDX-License-Identifier: BSL-1.0
#include <commfold/error.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

#include <cstddef>
#include <limits>
#include <string_view>

namespace cf = commfold;
using Catch::Matchers::Message;

TEST_CASE("a sentence has its values in their places", "[error]") {
  CHECK_THROWS_MATCHES(cf::detail::fail<cf::invalid_argument>("commfold::verb", "{} of '{}' is {}, not {}", "rank", std::string_view("tp"),
                                                              std::size_t{4}, -3LL),
                       cf::invalid_argument, Message("commfold::verb: rank of 'tp' is 4, not -3"));
  CHECK_THROWS_MATCHES(cf::detail::fail<cf::overflow_error>("commfold::verb", "nothing {else"), cf::overflow_error,
                       Message("commfold::verb: nothing {else"));
  CHECK_THROWS_MATCHES(cf::detail::fail<cf::invalid_argument>("", "{} is too long", "commfold::verb: it"), cf::invalid_argument,
                       Message("commfold::verb: it is too long"));
  // An empty text is no number, and the ends of the numbers are told whole.
  CHECK_THROWS_MATCHES(cf::detail::fail<cf::invalid_argument>("v", "'{}'", std::string_view()), cf::invalid_argument, Message("v: ''"));
  CHECK_THROWS_MATCHES(cf::detail::fail<cf::invalid_argument>("v", "{} {}", std::numeric_limits<long long>::min(), std::size_t{0}),
                       cf::invalid_argument, Message("v: -9223372036854775808 0"));
}
