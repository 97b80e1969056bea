// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/payload_bytes.hpp>
#include <commfold/tensor/storage_bytes.hpp>
#include <commfold/tensor/tensor.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace cf = commfold;

namespace {

template <class F>
std::string overflow_of(F f) {
  try {
    f();
  } catch (cf::overflow_error const& e) {
    return e.what();
  }
  return "no overflow";
}

}  // namespace

TEST_CASE("the largest extent is an extent", "[tensor]") {
  std::size_t volatile most = static_cast<std::size_t>(-1);
  CHECK(overflow_of([&] { (void)cf::dynamic_tensor(cf::f32, {most}); }) ==
        "commfold::dynamic_tensor: the size of the result does not fit std::size_t");
  CHECK(overflow_of([&] { (void)cf::dynamic_tensor(cf::f32, {most, 2}); }).starts_with("commfold::dynamic_tensor: "));
  CHECK(cf::storage_bytes(cf::dynamic_tensor(cf::f32, {most, 0})) == 0);
  CHECK(cf::payload_bytes(cf::dynamic_tensor(cf::u8, {most})) == most);
  CHECK(overflow_of([&] {
          (void)cf::storage_bytes(cf::tensor<cf::f32, cf::dyn>{std::size_t{most}});
        }).starts_with("commfold::payload_bytes: "));
  CHECK(cf::storage_bytes(cf::tensor<cf::f32, cf::dyn, cf::dyn>{std::size_t{most}, 0}) == 0);
  CHECK(overflow_of([&] { (void)cf::dynamic_tensor(cf::f32, {0, most, 2}).strides(); }) ==
        "commfold::dynamic_tensor::strides: a stride does not fit std::size_t");
}

TEST_CASE("a size that does not fit throws and never wraps", "[tensor]") {
  std::size_t volatile big = std::size_t{1} << 62;
  cf::tensor<cf::f32, cf::dyn> const t{std::size_t{big}};
  CHECK(overflow_of([&] { (void)cf::storage_bytes(t); }).starts_with("commfold::payload_bytes: "));
  CHECK(cf::numel(t) == std::size_t{1} << 62);
  CHECK(overflow_of([&] { (void)cf::dynamic_tensor(cf::f32, {big}); }).starts_with("commfold::dynamic_tensor: "));
  CHECK(overflow_of([&] { (void)cf::bytes_of(cf::c128, std::size_t{big}); }) ==
        "commfold::bytes_of: the bytes of 4611686018427387904 elements of complex128 do not fit std::size_t");
  CHECK(cf::storage_bytes(cf::tensor<cf::u8, cf::dyn>{std::size_t{big}}) == std::size_t{1} << 62);
}
