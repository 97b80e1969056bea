// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/hash_index.hpp>

#include <cstddef>
#include <cstdint>

namespace {
using commfold::detail::hash_index;
using commfold::detail::hash_with;

constexpr auto whatever = [](auto) { return true; };
constexpr auto only(std::uint32_t wanted) {
  return [wanted](std::uint32_t index) { return index == wanted; };
}

// An entry is found under its own hash and under no other hash, though both lead to one slot.
static_assert([] {
  hash_index<std::uint32_t> all;
  if (all.find(5, whatever) != 0) return false;
  all.enter(5, 1);
  return all.find(5, whatever) == 1 && all.find(5 + 16, whatever) == 0 && all.find(6, whatever) == 0;
}());

// Of several with one hash the caller tells which, and is asked about no other.
static_assert([] {
  hash_index<std::uint32_t> all;
  for (std::uint32_t index = 1; index <= 3; ++index) {
    all.find(7, only(index));
    all.enter(7, index);
  }
  all.find(7 + 16, whatever);
  all.enter(7 + 16, 9);
  std::size_t asked = 0;
  bool const missed = all.find(7, [&](std::uint32_t index) { return ++asked, index == 9; }) == 0;
  return missed && asked == 3 && all.find(7, only(1)) == 1 && all.find(7, only(3)) == 3 && all.find(7 + 16, whatever) == 9;
}());

// The slot behind the last is the first.
static_assert([] {
  hash_index<std::uint32_t> all;
  for (std::uint32_t index = 1; index <= 4; ++index) {
    all.find(15, only(index));
    all.enter(15, index);
  }
  return all.find(15, only(4)) == 4 && all.find(15, only(5)) == 0 && all.find(0, whatever) == 0;
}());

// Every one is found after the table has grown, those that wanted one slot too; and one that is not there ends the search: a slot is free.
template <std::uint32_t Stride, std::uint32_t Count>
constexpr bool grows() {
  hash_index<std::uint32_t> all;
  for (std::uint32_t index = 1; index <= Count; ++index) {
    if (all.find(Stride * index, only(index)) != 0) return false;
    all.enter(Stride * index, index);
  }
  for (std::uint32_t index = 1; index <= Count; ++index)
    if (all.find(Stride * index, only(index)) != index || all.find(Stride * index, only(0)) != 0) return false;
  return true;
}
static_assert(grows<0, 40>() && grows<1, 200>() && grows<16, 200>() && grows<0x9e3779b9, 200>());

// 1 x 0x9e3779b97f4a7c15, whose halves are then joined: 0x7f4a7c15 ^ 0x9e3779b9 is 0xe17d05ac. Both operands count, and their order does.
static_assert(hash_with(1, 0) == 0x9e3779b9e17d05ac && hash_with(0, 1) == hash_with(1, 0) && hash_with(5, 5) == 0);
static_assert(hash_with(hash_with(0, 1), 2) != hash_with(hash_with(0, 2), 1));

}  // namespace
