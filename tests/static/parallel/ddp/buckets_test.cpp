// SPDX-License-Identifier: BSL-1.0
#include <commfold/parallel/ddp/buckets.hpp>

#include <commfold/trace/trace.hpp>

#include <cstddef>
#include <vector>

namespace cf = commfold;
namespace ddp = cf::parallel::ddp;

namespace {

// A bucket takes what reaches its limit, and no more; every dtype has its own; the last are as full as they are.
constexpr bool buckets_are_filled_in_order() {
  using cf::f32, cf::f16;
  // float32: 1 + 2 reach 12 bytes, 4 + 5 reach 20, and 1 is left. float16: 7 reach 12 bytes, and 1 is left.
  std::vector<ddp::piece> const pieces{{f32, 1}, {f32, 2}, {f16, 7}, {f32, 4}, {f16, 1}, {f32, 5}, {f32, 1}};
  auto const full = ddp::buckets_of(pieces, ddp::in_order(7), {.first = 12, .others = 20});
  return full.size() == 5 && full[0].elements == 3 && full[1].elements == 7 && full[2].elements == 9 && full[3].elements == 1 &&
         full[3].dtype == f32 && full[4].elements == 1 && full[4].dtype == f16 && full[2].members == std::vector<std::size_t>{3, 5};
}
static_assert(buckets_are_filled_in_order());

constexpr bool buckets_in_order_are_sorted_by_their_first_piece() {
  using cf::f32, cf::f16;
  // The float16 bucket is full first, and its first piece is second.
  auto const full = ddp::buckets_in_order({{f32, 1}, {f16, 8}, {f32, 100}}, {.first = 16, .others = 16});
  return full.size() == 2 && full[0].dtype == f32 && full[0].elements == 101 && full[1].dtype == f16;
}
static_assert(buckets_in_order_are_sorted_by_their_first_piece());

// What repeats is counted, not run: 3 times a pair, and one that is alone.
constexpr bool alike_buckets_are_counted() {
  std::vector<ddp::bucket> buckets;
  for (std::size_t i = 0; i != 3; ++i) {
    buckets.push_back({cf::f32, 4, {}});
    buckets.push_back({cf::f32, 8, {}});
  }
  buckets.push_back({cf::f32, 5, {}});
  std::size_t runs = 0;
  auto const traffic = cf::trace([&](auto& comm) {
    ddp::for_each_bucket(comm, buckets, [&](ddp::bucket const& one) {
      ++runs;
      comm.dist().all_reduce(one.flat(), cf::sum, cf::process_group<"world", 2>{});
    });
  });
  return runs == 3 && traffic.calls() == 7 && traffic.message_bytes() == (3 * 12 + 5) * 4;
}
static_assert(alike_buckets_are_counted());

// Marks: frozen parameters say so, a tied one is there once, an unused one keeps its place.
constexpr bool marks_are_read() {
  using cf::parallel::frozen, cf::parallel::tied, cf::parallel::unused;
  cf::tensor<cf::f32, 2, 3> constexpr t{};
  auto const pieces = ddp::pieces_of(tied("w", t), frozen(t), unused(t), tied("w", t), cf::tensor<cf::f32>{});
  return pieces.size() == 4 && pieces[0].trainable && !pieces[1].trainable && pieces[2].trainable && pieces[0].rows == 2 &&
         pieces[0].rank == 2 && pieces[3].rank == 0 && pieces[3].rows == 1;
}
static_assert(marks_are_read());

}  // namespace
