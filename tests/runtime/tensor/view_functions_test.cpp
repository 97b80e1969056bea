// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/chunk.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace cf = commfold;

namespace {

template <class F>
std::string refusal_of(F f) {
  try {
    f();
  } catch (cf::invalid_argument const& e) {
    return e.what();
  }
  return "no refusal";
}

}  // namespace

TEST_CASE("views refuse what cannot be, with operator, argument and numbers", "[tensor]") {
  cf::dynamic_tensor const t(cf::f32, {64, 32});
  CHECK(refusal_of([&] { (void)cf::narrow(t, 0, 61, 4); }) == "commfold::narrow: start + length is 65 in a dimension of extent 64");
  CHECK(refusal_of([&] { (void)cf::narrow(t, 1, 33, 0); }) == "commfold::narrow: the start is 33 in a dimension of extent 32");
  CHECK(refusal_of([&] { (void)cf::narrow(t, 1, 0, -2); }) == "commfold::narrow: the length is -2");
  CHECK(refusal_of([&] { (void)cf::narrow(t, 2, 0, 1); }) == "commfold::narrow: dimension 2 of a tensor of rank 2");
  CHECK(refusal_of([&] { (void)cf::select(t, 0, 64); }) == "commfold::select: index 64 in a dimension of extent 64");
  CHECK(refusal_of([&] { (void)cf::transpose(t, 0, 5); }) == "commfold::transpose: dimension 5 of a tensor of rank 2");
  CHECK(refusal_of([&] { (void)cf::expand(t, 64, 33); }) == "commfold::expand: size 33 for a dimension of extent 32, which is not 1");
  CHECK(refusal_of([&] { (void)cf::expand(t, 64); }) == "commfold::expand: 1 sizes for a tensor of rank 2");
  CHECK(refusal_of([&] { (void)cf::expand(t, cf::infer, 64, 32); }) ==
        "commfold::expand: dimension 0 is new, so its size cannot follow from the tensor");
  CHECK(refusal_of([&] { (void)cf::chunk(t, 0); }) == "commfold::chunk: a tensor cannot be cut into 0 chunks");
  CHECK(refusal_of([&] { (void)cf::chunk(t, 2, 3); }) == "commfold::chunk: dimension 3 of a tensor of rank 2");
}

TEST_CASE("a type that does not know a number checks it when it comes", "[tensor]") {
  std::size_t volatile rows = 10;
  cf::tensor<cf::bf16, cf::dyn, 8> const t{std::size_t{rows}};
  CHECK(refusal_of([&] { (void)cf::narrow(t, cf::size_c<0>, cf::size_c<8>, cf::size_c<4>); }) ==
        "commfold::narrow: start + length is 12 in a dimension of extent 10");
  CHECK(refusal_of([&] { (void)cf::select(t, cf::size_c<0>, cf::size_c<10>); }) ==
        "commfold::select: index 10 in a dimension of extent 10");
  CHECK(cf::storage_bytes(cf::narrow(t, cf::size_c<0>, cf::size_c<6>, cf::size_c<4>)) == 160);
}

TEST_CASE("a static view and the same view at run time agree", "[tensor]") {
  cf::tensor<cf::f16, 6, 4, 5> const s;
  cf::dynamic_tensor const d(s);
  CHECK(cf::dynamic_tensor(cf::narrow(s, cf::size_c<1>, cf::size_c<1>, cf::size_c<2>)) == cf::narrow(d, 1, 1, 2));
  CHECK(cf::dynamic_tensor(cf::select(s, cf::size_c<2>, cf::size_c<4>)) == cf::select(d, 2, 4));
  CHECK(cf::dynamic_tensor(cf::transpose(s, cf::size_c<0>, cf::size_c<2>)) == cf::transpose(d, 0, 2));
  CHECK(cf::dynamic_tensor(cf::chunk(s, cf::size_c<3>)[1]) == cf::chunk(d, 3)[1]);
  CHECK(cf::dynamic_tensor(cf::select(s, 2, 4)) == cf::select(d, 2, 4));  // a run-time dimension of a static tensor
}
