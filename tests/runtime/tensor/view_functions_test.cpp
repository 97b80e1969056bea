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

TEST_CASE("the largest numbers are numbers, and are refused as they were given", "[tensor]") {
  std::size_t volatile zero = 0;
  cf::dynamic_tensor const d(cf::u8, {10});
  cf::tensor<cf::u8, 10> const s;
  cf::tensor<cf::u8, cf::dyn> const typed{10};
  std::size_t const most = zero - 1;
  std::size_t const less = zero - 2;
  std::string const a_lot = "18446744073709551615";
  CHECK(refusal_of([&] { (void)cf::narrow(d, 0, 5, most); }) ==
        "commfold::narrow: the length is " + a_lot + " in a dimension of extent 10");
  CHECK(refusal_of([&] { (void)cf::narrow(d, 0, 5, less); }) ==
        "commfold::narrow: the length is 18446744073709551614 in a dimension of extent 10");
  CHECK(refusal_of([&] { (void)cf::narrow(d, 0, 0, most); }) ==
        "commfold::narrow: start + length is " + a_lot + " in a dimension of extent 10");
  for (std::size_t const n : {most, less}) {
    std::string const given = std::to_string(n);
    auto const has_it = [&](std::string const& said) { return said.find(given) != std::string::npos; };
    CHECK(has_it(refusal_of([&] { (void)cf::narrow(s, 0, 5, n); })));
    CHECK(has_it(refusal_of([&] { (void)cf::narrow(s, cf::size_c<0>, cf::size_c<5>, n); })));
    CHECK(has_it(refusal_of([&] { (void)cf::narrow(typed, cf::size_c<0>, 5, n); })));
    CHECK(has_it(refusal_of([&] { (void)cf::narrow(d, 0, n, 0); })));
    CHECK(has_it(refusal_of([&] { (void)cf::narrow(d, n, 0, 0); })));
    CHECK(has_it(refusal_of([&] { (void)cf::select(typed, 0, n); })));
    CHECK(has_it(refusal_of([&] { (void)cf::expand(d, n); })));
    CHECK(has_it(refusal_of([&] { (void)cf::expand(s, n); })));
    CHECK(has_it(refusal_of([&] { (void)cf::expand(typed, n); })));
    CHECK(has_it(refusal_of([&] { (void)cf::transpose(d, 0, n); })));
  }
  CHECK(refusal_of([&] { (void)cf::narrow(typed, cf::size_c<0>, cf::size_c<5>, cf::size_c<cf::dyn>); }) ==
        "commfold::narrow: the length is " + a_lot + " in a dimension of extent 10");

  // Where they may be, they are what they are.
  cf::dynamic_tensor const large(cf::u8, {most});
  CHECK(cf::narrow(large, 0, -2, 2).extent(0) == 2);
  CHECK(cf::narrow(large, 0, 0, most).extent(0) == most);
  CHECK(refusal_of([&] { (void)cf::select(large, 0, most); }) == "commfold::select: index " + a_lot + " in a dimension of extent " + a_lot);
  CHECK(cf::expand(d, most, 10).extent(0) == most);
  CHECK(cf::expand(s, cf::size_c<1>, cf::size_c<cf::dyn>, cf::size_c<10>).stride(0) == 0);
  CHECK_THROWS_AS(cf::chunk(cf::dynamic_tensor(cf::u8, {0}), most), cf::overflow_error);
}

TEST_CASE("a row of a packed dtype is cut between two bytes", "[tensor]") {
  cf::dynamic_tensor const t(cf::dtype::quint4x2, {5});
  cf::tensor<cf::dtype::quint2x4, cf::dyn, 6> const rows{3};
  CHECK(refusal_of([&] { (void)cf::narrow(t, 0, 1, 4); }) ==
        "commfold::narrow: index 1 of a packed dtype lies within a byte, of which 2 share one");
  CHECK(refusal_of([&] { (void)cf::narrow(rows, 1, 0, 2); }) ==
        "commfold::narrow: index 2 of a packed dtype lies within a byte, of which 4 share one");
  CHECK(refusal_of([&] { (void)cf::select(t, 0, 1); }) ==
        "commfold::select: index 1 of a packed dtype lies within a byte, of which 2 share one");
  CHECK(refusal_of([&] { (void)cf::transpose(rows, 0, 1); }) ==
        "commfold::transpose: the rows of a packed dtype start on bytes, and would not");
  CHECK(refusal_of([&] { (void)cf::chunk(t, 5); }) != "no refusal");
  // The pieces have the bytes of the whole.
  std::size_t bytes = 0;
  for (auto const& piece : cf::chunk(t, 3)) bytes += cf::payload_bytes(piece);
  CHECK(bytes == cf::payload_bytes(t));
  CHECK(cf::payload_bytes(cf::narrow(rows, 0, 1, 2)) == 4);
  CHECK(cf::payload_bytes(cf::narrow(rows, 1, 4, 2)) == 3);
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
