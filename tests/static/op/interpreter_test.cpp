// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/interpreter.hpp>

#include <tests/support/call.hpp>

#include <cstddef>
#include <limits>
#include <optional>

namespace {
namespace cf = commfold;
namespace detail = commfold::detail;
using call::is_a_constant;
using cf::size_rule;
using detail::argument_summary;
using detail::bytes_found;
using detail::bytes_under;
using detail::dtype_of_rule;

constexpr std::size_t most = std::numeric_limits<std::size_t>::max();

constexpr argument_summary of_bytes(std::size_t bytes, std::size_t length = 0) {
  argument_summary summary;
  summary.bytes = bytes;
  summary.length = length;
  return summary;
}
constexpr argument_summary of_ranks(std::size_t ranks) {
  argument_summary summary;
  summary.number = ranks;
  return summary;
}
constexpr argument_summary of_batch(std::size_t sends, std::size_t receives) {
  argument_summary summary = of_bytes(sends + receives, 3);
  summary.sends = sends;
  summary.receives = receives;
  return summary;
}
constexpr detail::argument_weight unknown = detail::storage_weight_of_type(cf::dyn);
static_assert(!unknown.known && unknown.bytes == 0);

constexpr bool is(bytes_found const& found, std::size_t bytes) { return found.bytes == bytes && found.known && found.fits; }
constexpr bool is_unknown(bytes_found const& found) { return !found.known && found.fits; }
constexpr bool does_not_fit(bytes_found const& found) { return found.known && !found.fits; }

// One term; the larger of two, from either side; the two together.
static_assert(is(bytes_under(size_rule::one, of_bytes(16), of_bytes(3), {}), 16) && is(bytes_under(size_rule::one, {}, {}, {}), 0));
static_assert(is(bytes_under(size_rule::larger, of_bytes(16), of_bytes(3), {}), 16) &&
              is(bytes_under(size_rule::larger, of_bytes(3), of_bytes(16), {}), 16) &&
              is(bytes_under(size_rule::larger, of_bytes(5), of_bytes(5), {}), 5));
static_assert(is(bytes_under(size_rule::both, of_bytes(16), of_bytes(3), {}), 19));
// As often as the group has ranks, and nothing of nothing.
static_assert(is(bytes_under(size_rule::times_ranks, of_bytes(16), of_bytes(3), of_ranks(4)), 64) &&
              is(bytes_under(size_rule::times_ranks, of_bytes(0), {}, of_ranks(4)), 0));
// The root's own list where there is one; else this rank's share as often as there are ranks. A list may have entries and no bytes.
static_assert(is(bytes_under(size_rule::on_root, of_bytes(19, 4), of_bytes(3), of_ranks(4)), 19) &&
              is(bytes_under(size_rule::on_root, of_bytes(0, 0), of_bytes(3), of_ranks(4)), 12) &&
              is(bytes_under(size_rule::on_root, of_bytes(0, 4), of_bytes(3), of_ranks(4)), 0));
// Of a batch, what is sent or received.
static_assert(is(bytes_under(size_rule::sends, of_batch(32, 3), {}, {}), 32) &&
              is(bytes_under(size_rule::receives, of_batch(32, 3), {}, {}), 3) &&
              is(bytes_under(size_rule::one, of_batch(32, 3), {}, {}), 35));

// A type that does not tell its bytes leaves every form unknown that reads it, and never too large.
static_assert(is_unknown(bytes_under(size_rule::one, unknown, {}, {})) && is(bytes_under(size_rule::one, of_bytes(3), unknown, {}), 3));
static_assert(is_unknown(bytes_under(size_rule::larger, unknown, of_bytes(most), {})) &&
              is_unknown(bytes_under(size_rule::larger, of_bytes(3), unknown, {})));
static_assert(is_unknown(bytes_under(size_rule::both, unknown, of_bytes(most), {})) &&
              is_unknown(bytes_under(size_rule::both, of_bytes(most), unknown, {})));
static_assert(is_unknown(bytes_under(size_rule::times_ranks, unknown, {}, of_ranks(most))) &&
              is_unknown(bytes_under(size_rule::times_ranks, of_bytes(3), {}, unknown)));
static_assert(is_unknown(bytes_under(size_rule::on_root, {}, unknown, of_ranks(4))));
static_assert(is_unknown(bytes_under(size_rule::sends, unknown, {}, {})) && is_unknown(bytes_under(size_rule::receives, unknown, {}, {})));

// What does not fit is told, and the largest number fits.
static_assert(does_not_fit(bytes_under(size_rule::both, of_bytes(most), of_bytes(1), {})) &&
              is(bytes_under(size_rule::both, of_bytes(most - 1), of_bytes(1), {}), most));
static_assert(does_not_fit(bytes_under(size_rule::times_ranks, of_bytes(most / 2 + 1), {}, of_ranks(2))) &&
              is(bytes_under(size_rule::times_ranks, of_bytes(most / 2), {}, of_ranks(2)), most - 1));
static_assert(does_not_fit(bytes_under(size_rule::on_root, of_bytes(0), of_bytes(most), of_ranks(2))) &&
              is(bytes_under(size_rule::on_root, of_bytes(most, 2), of_bytes(most), of_ranks(2)), most));
static_assert(is(bytes_under(size_rule::larger, of_bytes(most), of_bytes(most), {}), most));

// Of values: the number, or no constant.
constexpr std::size_t checked(size_rule::form how, argument_summary const& a, argument_summary const& b,
                              argument_summary const& group = {}) {
  return detail::checked_bytes_under("test", how, a, b, group);
}
static_assert(checked(size_rule::both, of_bytes(16), of_bytes(3)) == 19 &&
              checked(size_rule::times_ranks, of_bytes(16), {}, of_ranks(4)) == 64);
static_assert(!is_a_constant<[] { return checked(size_rule::both, of_bytes(most), of_bytes(1)); }>);
static_assert(!is_a_constant<[] { return checked(size_rule::times_ranks, of_bytes(most), {}, of_ranks(2)); }>);

// The dtype of what is counted: one, none, or several, which is none too. The root's list may be empty; what every rank has is not.
constexpr argument_summary of_dtype(cf::dtype d) { return detail::summary_of_tensor(1, d); }
constexpr argument_summary of_several = [] {
  argument_summary summary = of_dtype(cf::f32);
  summary.dtypes.see(cf::u8);
  return summary;
}();
static_assert(dtype_of_rule(size_rule::one, of_dtype(cf::u8), {}) == cf::u8 && !dtype_of_rule(size_rule::one, of_several, {}) &&
              !dtype_of_rule(size_rule::one, {}, of_dtype(cf::u8)));
static_assert(dtype_of_rule(size_rule::larger, of_dtype(cf::f32), of_dtype(cf::u8)) == cf::f32 &&
              dtype_of_rule(size_rule::both, of_dtype(cf::u8), of_dtype(cf::f32)) == cf::u8);
static_assert(dtype_of_rule(size_rule::times_ranks, of_dtype(cf::u8), {}) == cf::u8 &&
              dtype_of_rule(size_rule::sends, of_dtype(cf::u8), {}) == cf::u8 &&
              dtype_of_rule(size_rule::receives, of_dtype(cf::u8), {}) == cf::u8);
static_assert(dtype_of_rule(size_rule::on_root, {}, of_dtype(cf::u8)) == cf::u8 &&
              dtype_of_rule(size_rule::on_root, of_dtype(cf::f32), of_dtype(cf::u8)) == cf::u8 &&
              !dtype_of_rule(size_rule::on_root, of_dtype(cf::f32), {}));

}  // namespace
