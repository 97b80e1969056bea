// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/packs.hpp>

#include <array>
#include <cstddef>
#include <utility>

namespace {
using commfold::detail::all_true, commfold::detail::for_each_index, commfold::detail::in_order;

static_assert(all_true({}) && all_true({true, true}) && !all_true({true, false, true}));

// Statements are evaluated from left to right.
template <class... T>
constexpr int digits_of(T... digits) {
  int number = 0;
  in_order{(number = 10 * number + digits, true)...};
  return number;
}
static_assert(digits_of(1, 2, 3) == 123 && digits_of() == 0);

// Indices are constants: each may select a member of another type. What f returns does not matter.
constexpr std::pair<int, char> bound{7, 'b'};
constexpr std::size_t total_size() {
  std::size_t total = 0;
  for_each_index<2>([&](auto index) { return total = 10 * total + sizeof(std::get<index>(bound)); });
  return total;
}
static_assert(total_size() == 10 * sizeof(int) + 1);

// More of them than clang nests folds.
constexpr std::size_t indices_seen() {
  std::array<std::size_t, 300> seen{};
  std::size_t next = 0;
  for_each_index<300>([&](auto index) { seen[next++] = index; });
  for (std::size_t i = 0; i < seen.size(); ++i)
    if (seen[i] != i) return i;
  return next;
}
static_assert(indices_seen() == 300);
constexpr bool none() {
  for_each_index<0>([](auto) {});
  return true;
}
static_assert(none());

}  // namespace
