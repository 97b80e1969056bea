// SPDX-License-Identifier: BSL-1.0
// Numbers of 64 bits where std::size_t has 32: each is refused, with the number, and none is cut. Compiled with -m32, for which there is no
// Catch2.
#include <commfold/commfold.hpp>
#include <commfold/op/dynamic/dynamic_op.hpp>

#include <cstdio>
#include <exception>
#include <string>
#include <type_traits>
#include <vector>

namespace {

namespace cf = commfold;
static_assert(sizeof(std::size_t) == 4);

constexpr long long wide = (1LL << 33) + 5;  // 5, where it is cut
int failures = 0;

template <class Error, class F>
void refuses(char const* what, F const& f, std::string const& number) {
  std::string said = "nothing";
  try {
    f();
  } catch (Error const& e) {
    said = e.what();
    if (said.rfind("commfold::", 0) == 0 && said.find(number) != std::string::npos) return;
  } catch (std::exception const& e) {
    said = e.what();
  }
  std::printf("%s: %s was thrown, and an error that has %s was wanted\n", what, said.c_str(), number.c_str());
  ++failures;
}
template <class F>
void is_too_wide(char const* what, F const& f) {
  refuses<cf::overflow_error>(what, f, "8589934597");
}

void check(char const* what, bool holds) {
  if (holds) return;
  std::printf("%s does not hold\n", what);
  ++failures;
}

template <class F>
auto traced(F const& f) {
  return cf::trace([&](auto& comm) { f(comm); });
}

// What fits is as it is elsewhere.
using wide_five = std::integral_constant<unsigned long long, 5>;
static_assert(std::is_same_v<decltype(cf::add(wide_five{}, cf::size_c<1>)), cf::size_constant<6>>);
static_assert(cf::bytes_of(cf::f32, (1LL << 30) - 1) == 0xffff'fffc && cf::add(5LL, 5ULL) == 10);
static_assert(cf::tensor<cf::f32, cf::dyn>(5LL).extent(0) == 5 && cf::narrow(cf::tensor<cf::u8, 10>{}, 0, -3LL, 2LL).extent(0) == 2);

using namespace cf::literals;
static_assert(3_GiB == 0xc000'0000 && 4_GB == 4'000'000'000 && 0_TiB == 0 && 0_TB == 0);

}  // namespace

int main() {
  cf::tensor<cf::u8, 10> const t;
  cf::dynamic_tensor const d(cf::u8, {10});
  cf::process_group<"dp", 4> const dp;
  cf::process_group<"dp"> const any_dp(4);
  cf::tensor<cf::f32, 4> const four;
  auto const unsigned_wide = static_cast<unsigned long long>(wide);

  is_too_wide("add", [] { (void)cf::add(wide, 1); });
  is_too_wide("multiply", [&] { (void)cf::multiply(unsigned_wide, 3); });
  is_too_wide("max_of", [] { (void)cf::max_of(1, wide); });
  is_too_wide("ceil_div", [] { (void)cf::ceil_div(wide, 2); });
  is_too_wide("format_bytes", [] { (void)cf::format_bytes(wide); });
  is_too_wide("bytes_of", [] { (void)cf::bytes_of(cf::u8, wide); });
  is_too_wide("tensor", [] { (void)cf::tensor<cf::f32, cf::dyn>(wide); });
  is_too_wide("tensor of two", [] { (void)cf::tensor<cf::f32, cf::dyn, cf::dyn>(wide, 0); });
  is_too_wide("dynamic_tensor", [] { (void)cf::dynamic_tensor(cf::f32, {wide}); });
  is_too_wide("dynamic_extents", [&] { (void)cf::dynamic_extents{1, unsigned_wide}; });
  is_too_wide("storage", [] { (void)cf::dynamic_tensor(cf::f32, {1}, {1}, wide); });
  is_too_wide("process_group", [] { (void)cf::process_group<"dp">(wide); });
  is_too_wide("dynamic_group", [] { (void)cf::dynamic_group("dp", wide); });
  is_too_wide("a rank of a mesh", [&] { (void)cf::device_mesh(dp).coordinates(wide); });
  is_too_wide("ranks of a mesh", [&] { (void)cf::device_mesh(dp).ranks_of<"dp">(wide); });

  is_too_wide("narrow, length", [&] { (void)cf::narrow(t, 0, 0, wide); });
  is_too_wide("narrow, start", [&] { (void)cf::narrow(t, 0, wide, 1); });
  is_too_wide("narrow, dimension", [&] { (void)cf::narrow(d, wide, 0, 1); });
  is_too_wide("select", [&] { (void)cf::select(d, 0, wide); });
  is_too_wide("transpose", [&] { (void)cf::transpose(d, wide, 0); });
  is_too_wide("expand", [&] { (void)cf::expand(d, wide, 10); });
  is_too_wide("reshape", [&] { (void)cf::reshape(d, wide, cf::infer); });
  is_too_wide("chunk", [&] { (void)cf::chunk(t, wide); });
  refuses<cf::overflow_error>("narrow, negative", [&] { (void)cf::narrow(t, 0, -wide, 1); }, "-8589934597");
  refuses<cf::overflow_error>("narrow, -2^32", [&] { (void)cf::narrow(t, 0, -(1LL << 32), 1); }, "-4294967296");
  refuses<cf::invalid_argument>("narrow, -(2^32 - 1)", [&] { (void)cf::narrow(t, 0, -((1LL << 32) - 1), 1); }, "4294967295");
  refuses<cf::invalid_argument>("group, negative", [] { (void)cf::process_group<"dp">(-wide); }, "-8589934597");

  is_too_wide("a root", [&] { traced([&](auto& c) { c.broadcast(four, wide, dp); }); });
  is_too_wide("a peer", [&] { traced([&](auto& c) { c.send(four, wide, any_dp); }); });
  is_too_wide("splits",
              [&] { traced([&](auto& c) { c.all_to_all(four, std::vector<long long>{wide, 0, 0, 0}, std::vector{1, 1, 1, 1}, dp); }); });
  is_too_wide("counts", [&] { traced([&](auto& c) { c.all_gather(four, std::vector<long long>{4, 4, 4, wide}, dp); }); });
  is_too_wide("repeat", [&] { traced([&](auto& c) { c.repeat(wide, [&] { c.barrier(dp); }); }); });
  is_too_wide("group_size", [&] { traced([&](auto& c) { c.call(cf::c10d_functional::all_gather_into_tensor, four, wide, any_dp); }); });
  is_too_wide("group_size by name", [&] {
    (void)cf::find_op("_c10d_functional::all_gather_into_tensor")(cf::call_arguments{.args = {d, wide, cf::dynamic_group("dp", 4)}});
  });
  is_too_wide("an integer as a size", [] { (void)cf::dynamic_value(wide).as_size(); });

  // 4 calls of 1 GiB.
  auto const large = traced([&](auto& c) { c.repeat(4, [&] { c.all_reduce(cf::tensor<cf::f32, (1u << 28)>{}, cf::sum, dp); }); });
  refuses<cf::overflow_error>("a total", [&] { (void)large.total(); }, "1073741824");
  check("extent 2^32 - 1 is a number", cf::dynamic_tensor(cf::u8, {cf::dyn}).storage_bytes() == 0xffff'ffff);
  if (failures == 0) std::puts("no number of 64 bits is cut to 32");
  return failures == 0 ? 0 : 1;
}
