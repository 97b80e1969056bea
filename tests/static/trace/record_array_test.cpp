// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/record_array.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace {
namespace cf = commfold;
using numbers = cf::detail::growing_array<int>;

constexpr numbers up_to(int n) {
  numbers all;
  for (int i = 0; i != n; ++i) all.push_back(i);
  return all;
}
template <class Array>
constexpr bool holds_up_to(Array const& all, int n) {
  if (all.size() != static_cast<std::size_t>(n)) return false;
  for (int i = 0; i != n; ++i)
    if (all[static_cast<std::size_t>(i)] != i) return false;
  return true;
}

static_assert(numbers().size() == 0 && holds_up_to(up_to(1), 1) && holds_up_to(up_to(1000), 1000));

// Copied and moved by value: the source may go, and an assignment to itself changes nothing.
static_assert([] {
  numbers copy, moved;
  {
    numbers source = up_to(20);
    copy = source;
    numbers const& itself = copy;
    copy = itself;
    copy.push_back(20);
    if (!holds_up_to(source, 20)) return false;
    moved = std::move(source);
  }
  numbers const again(copy);
  return holds_up_to(copy, 21) && holds_up_to(moved, 20) && holds_up_to(again, 21);
}());

// What an array moved out of is still there for those who point into it; items of the array itself can be added to it.
static_assert([] {
  numbers all = up_to(8);
  int const* const first = all.data();
  numbers const before = all.make_room(100);
  if (before.data() != first || !holds_up_to(before, 8)) return false;
  all.append(before.data(), 8);
  for (int i = 0; i != 100; ++i) all.push_back(all[0]);
  return all.size() == 116 && all[15] == 7 && all[115] == 0;
}());
static_assert([] {
  numbers all = up_to(3);
  int const* const first = all.data();
  return all.make_room(2).size() == 0 && all.data() == first;  // there is room
}());

// In place it is a constant.
template <std::size_t Capacity>
constexpr auto in_place(int n) {
  cf::detail::record_array<int, Capacity> all;
  all.take(up_to(n));
  return all;
}
constexpr auto constant = in_place<5>(4);
static_assert(holds_up_to(constant, 4) && holds_up_to(in_place<4>(4), 4) && holds_up_to(in_place<cf::dyn>(4), 4));
static_assert(in_place<0>(0).size() == 0);
static_assert(std::is_trivially_copyable_v<cf::detail::record_array<int, 5>>);
static_assert(std::is_same_v<cf::detail::record_array<int, cf::dyn>, numbers>);

}  // namespace
