// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/dtype_name.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace cf = commfold;

namespace {

std::string refusal_of(std::string_view name) {
  try {
    (void)cf::dtype_from_name(name);
  } catch (cf::invalid_argument const& e) {
    return e.what();
  }
  return "no refusal";
}

}  // namespace

TEST_CASE("an unknown name is refused, and the nearest ones offered", "[tensor]") {
  CHECK(refusal_of("float34") == "commfold::dtype_from_name: no dtype is called 'float34'; did you mean float32, float64 or float16?");
  CHECK(refusal_of("Complex64").find("complex64") != std::string::npos);  // a wrong case is still near
  CHECK(refusal_of("bfloat").find("bfloat16") != std::string::npos);
  CHECK(refusal_of("torch.").starts_with("commfold::dtype_from_name: no dtype is called 'torch.'"));
  CHECK(refusal_of("").starts_with("commfold::dtype_from_name: no dtype is called ''"));
  CHECK(refusal_of(std::string(1000, 'x')).starts_with("commfold::dtype_from_name: "));
}

TEST_CASE("a number that is no dtype is refused, with the number", "[tensor]") {
  CHECK_THROWS_AS(cf::name(static_cast<cf::dtype>(99)), cf::invalid_argument);
  CHECK_THROWS_AS(cf::bits(static_cast<cf::dtype>(47)), cf::invalid_argument);
  CHECK_NOTHROW(cf::bits(static_cast<cf::dtype>(46)));
  CHECK_THROWS_AS(cf::itemsize(cf::dtype::quint2x4), cf::invalid_argument);
}
