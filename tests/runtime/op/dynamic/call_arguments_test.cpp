// SPDX-License-Identifier: BSL-1.0
// Arguments by position and by name, beside an operator's parameters.
#include <commfold/op/dynamic/call_arguments.hpp>
#include <commfold/op/rows/p2p.hpp>

#include <tests/support/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

namespace cf = commfold;
using cf::call_arguments;

namespace {
// send(tensors, process_group, dst, tag)
cf::detail::bound_arguments bound(call_arguments const& call) {
  return {cf::c10d::send_t::verb, cf::parameters_of<cf::c10d::send_t>, call};
}
}  // namespace

TEST_CASE("an argument is found by its position, else by its name", "[collective]") {
  call_arguments const call{.args = {"tensors", "group"}, .kwargs = cf::dictionary({{"tag", 7}, {"dst", 3}})};
  auto const arguments = bound(call);
  CHECK(arguments.argument(0).as_string() == "tensors");
  CHECK(arguments.argument(1).as_string() == "group");
  CHECK(arguments.argument(2).as_integer() == 3);
  CHECK(arguments.argument(3).as_integer() == 7);
}

TEST_CASE("an argument that is not given is missing only to those who look at it", "[collective]") {
  call_arguments const call{.args = {"tensors"}};
  auto const arguments = bound(call);
  CHECK(arguments.argument(0).as_string() == "tensors");
  CHECK(arguments.given(2) == nullptr);
  CHECK(refusal([&] { return arguments.argument(2); }) == "commfold::c10d::send: argument 'dst' is missing");
}

TEST_CASE("arguments that fit no parameter are refused at once", "[collective]") {
  CHECK(refusal([] { return bound({.args = {1, 2, 3, 4, 5}}); }) == "commfold::c10d::send: 5 arguments, and it takes 4");
  CHECK(refusal([] { return bound({.kwargs = cf::dictionary({{"dest", 1}})}); }) == "commfold::c10d::send: it has no argument \"dest\"");
  CHECK(refusal([] { return bound({.kwargs = cf::dictionary({{2, 1}})}); }) == "commfold::c10d::send: it has no argument 2");
  CHECK(refusal([] { return bound({.args = {1, 2, 3}, .kwargs = cf::dictionary({{"dst", 1}})}); }) ==
        "commfold::c10d::send: argument 'dst' is given twice");
}
