// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/reshape.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>
#include <vector>

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

/// The offset of every element of a strided tensor, in order.
std::vector<std::size_t> offsets(std::vector<std::size_t> const& sizes, std::vector<std::size_t> const& strides) {
  std::vector<std::size_t> all{0};
  for (std::size_t r = 0; r < sizes.size(); ++r) {
    std::vector<std::size_t> next;
    for (std::size_t const base : all)
      for (std::size_t i = 0; i < sizes[r]; ++i) next.push_back(base + i * strides[r]);
    all = next;
  }
  return all;
}

/// Whether some strides give the same elements in the same order: read off the first step of each dimension, then tried.
bool some_strides_fit(std::vector<std::size_t> const& elements, std::vector<std::size_t> const& sizes) {
  std::vector<std::size_t> strides(sizes.size(), 0);
  std::size_t step = 1;
  for (std::size_t r = sizes.size(); r-- > 0;) {
    if (sizes[r] > 1) {
      if (elements[step] < elements[0]) return false;
      strides[r] = elements[step] - elements[0];
    }
    step *= sizes[r];
  }
  return offsets(sizes, strides) == elements;
}

struct draws {
  std::uint64_t state = 42;
  std::size_t below(std::size_t n) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state >> 33) % n;
  }
};

cf::dynamic_tensor random_view(draws& draw) {
  std::vector<std::size_t> sizes(1 + draw.below(4));
  for (std::size_t& n : sizes) n = std::vector<std::size_t>{1, 2, 3, 4, 6}[draw.below(5)];
  cf::dynamic_tensor t(cf::f32, cf::dynamic_extents(sizes.data(), sizes.size()));
  for (std::size_t step = draw.below(6); step-- > 0;) {
    std::size_t const dim = draw.below(t.rank());
    switch (draw.below(4)) {
      case 0:
        t = cf::transpose(t, dim, draw.below(t.rank()));
        break;
      case 1:
        t = cf::narrow(t, dim, t.extent(dim) / 2, t.extent(dim) - t.extent(dim) / 2);
        break;
      case 2:
        if (t.rank() > 1) t = cf::select(t, dim, t.extent(dim) - 1);
        break;
      default:
        if (t.extent(0) != 1) break;
        if (t.rank() == 1) t = cf::expand(t, 3);
        if (t.rank() == 2) t = cf::expand(t, 3, cf::infer);
        if (t.rank() == 3) t = cf::expand(t, 2, cf::infer, cf::infer);
    }
  }
  return t;
}

std::vector<std::size_t> list(cf::dynamic_extents const& e) {
  std::vector<std::size_t> all;
  for (std::size_t r = 0; r < e.rank(); ++r) all.push_back(e.extent(r));
  return all;
}

/// A random factorisation of n, ones among it.
std::vector<std::size_t> random_shape(std::size_t n, draws& draw) {
  std::vector<std::size_t> shape;
  while (n > 1 && shape.size() < 5) {
    std::size_t f = 1 + draw.below(n);
    while (n % f != 0) --f;
    shape.push_back(f);
    n /= f;
  }
  shape.push_back(n);
  return shape;
}

}  // namespace

TEST_CASE("reshape views exactly where strides for it exist, and then shows the same elements", "[tensor]") {
  draws draw;
  int viewed = 0;
  int copied = 0;
  for (int round = 0; round < 20000; ++round) {
    cf::dynamic_tensor const t = random_view(draw);
    std::vector<std::size_t> const elements = offsets(list(t.extents()), list(t.strides()));
    std::vector<std::size_t> const shape = random_shape(elements.size(), draw);
    cf::detail::layout r;
    r.rank = shape.size();
    for (std::size_t i = 0; i < shape.size(); ++i) r.sizes[i] = shape[i];
    bool const can = cf::detail::set_view_strides(cf::detail::true_layout(t), r);
    REQUIRE(can == some_strides_fit(elements, shape));
    if (can) {
      std::vector<std::size_t> const strides(r.strides, r.strides + r.rank);
      REQUIRE(offsets(shape, strides) == elements);
    }
    ++(can ? viewed : copied);
  }
  // Both happen often, or the draw tests nothing.
  CHECK(viewed > 2000);
  CHECK(copied > 2000);
}

TEST_CASE("a reshape that cannot be is refused with the numbers", "[tensor]") {
  cf::dynamic_tensor const t(cf::f32, {64, 32});
  CHECK(refusal_of([&] { (void)cf::reshape(t, 7, 9); }) == "commfold::reshape: the sizes make 63 elements, and the tensor has 2048");
  CHECK(refusal_of([&] { (void)cf::reshape(t, cf::infer, 3); }) ==
        "commfold::reshape: 2048 elements do not divide by 3, the product of the sizes");
  CHECK(refusal_of([&] { (void)cf::reshape(t, -1, cf::infer); }) == "commfold::reshape: 2 sizes are to be inferred, and 1 can be");
  CHECK(refusal_of([&] { (void)cf::reshape(t, -5); }) == "commfold::reshape: a size is -5");
  CHECK(refusal_of([&] { (void)cf::reshape(cf::dynamic_tensor(cf::f32, {0}), -1, 0); }) ==
        "commfold::reshape: there are no elements, so any inferred size would do");
  CHECK(refusal_of([&] { (void)cf::reshape(t, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1); }) ==
        "commfold::reshape: the result has rank 17, and 16 is the most");
}

TEST_CASE("a reshape of more elements than can be counted is refused", "[tensor]") {
  std::size_t volatile zero = 0;
  std::size_t const most = zero - 1;
  std::size_t const huge = std::size_t{1} << 40;
  auto const expanded = cf::expand(cf::dynamic_tensor(cf::f32, {1}), huge, huge);
  CHECK_THROWS_AS(cf::reshape(expanded, 5), cf::overflow_error);
  CHECK_THROWS_AS(cf::reshape(expanded, cf::infer), cf::overflow_error);
  CHECK_THROWS_AS(cf::reshape(cf::expand(cf::tensor<cf::f32, 1>{}, huge, huge), 5), cf::overflow_error);
  CHECK_THROWS_AS(cf::contiguous(expanded), cf::overflow_error);

  cf::dynamic_tensor const t(cf::u8, {10});
  CHECK(refusal_of([&] { (void)cf::reshape(t, most, cf::infer); }) ==
        "commfold::reshape: 10 elements do not divide by 18446744073709551615, the product of the sizes");
  CHECK(refusal_of([&] { (void)cf::reshape(cf::tensor<cf::u8, 10>{}, zero - 2, cf::infer); }) ==
        "commfold::reshape: 10 elements do not divide by 18446744073709551614, the product of the sizes");
  CHECK(refusal_of([&] { (void)cf::reshape(t, most); }) ==
        "commfold::reshape: the sizes make 18446744073709551615 elements, and the tensor has 10");
  CHECK(refusal_of([&] { (void)cf::reshape(t, huge, huge); }) ==
        "commfold::reshape: the sizes make more elements than fit std::size_t, and the tensor has 10");
  CHECK(refusal_of([&] { (void)cf::reshape(t, huge, huge, cf::infer); }) ==
        "commfold::reshape: the sizes make more elements than fit std::size_t, and the tensor has 10");

  CHECK(cf::reshape(cf::dynamic_tensor(cf::u8, {most}), 5, cf::infer).extent(1) == most / 5);
  CHECK(cf::reshape(cf::dynamic_tensor(cf::u8, {most}), most).storage_bytes() == most);
  CHECK(cf::reshape(cf::dynamic_tensor(cf::u8, {0}), huge, huge, cf::infer).extent(2) == 0);
}

TEST_CASE("a copy is as large as what it shows, a view as its base", "[tensor]") {
  cf::dynamic_tensor const t(cf::f32, {64, 64});
  CHECK(cf::storage_bytes(cf::reshape(cf::narrow(t, 0, 8, 4), -1)) == 16384);
  CHECK(cf::storage_bytes(cf::reshape(cf::narrow(t, 1, 8, 4), -1)) == 1024);
  CHECK(cf::storage_bytes(cf::contiguous(cf::narrow(t, 1, 8, 4))) == 1024);
  CHECK(cf::storage_bytes(cf::contiguous(cf::narrow(t, 0, 8, 4))) == 16384);
}
