// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/hash_index.hpp
/// Finds again, by its hash, what an array keeps.

#include <commfold/trace/record_array.hpp>

#include <cstddef>
#include <cstdint>

namespace commfold::detail {

/// Continues a hash with one more word.
constexpr std::uint64_t hash_with(std::uint64_t hash, std::uint64_t word) noexcept {
  std::uint64_t const product = (hash ^ word) * 0x9e3779b97f4a7c15u;
  return product ^ (product >> 32);
}

/// A hash table of indices into an array that is not its own, with open addressing and at least half of it free. Index 0 is not used: it
/// marks a free slot.
template <class Index>
class hash_index {
 public:
  /// The index that was entered with this hash and for which is_wanted(index) holds; 0 where there is none.
  template <class IsWanted>
  constexpr Index find(std::uint32_t hash, IsWanted is_wanted) {
    if (2 * (entered_ + 1) > slots_.size()) grow();
    for (at_ = hash & (slots_.size() - 1); slots_[at_].index != 0; at_ = (at_ + 1) & (slots_.size() - 1))
      if (slots_[at_].hash == hash && is_wanted(slots_[at_].index)) return slots_[at_].index;
    return 0;
  }

  /// Enters an index with the hash of the last `find`, which did not find one.
  constexpr void enter(std::uint32_t hash, Index index) {
    slots_[at_] = {hash, index};
    ++entered_;
  }

 private:
  struct slot {
    std::uint32_t hash;
    Index index;
  };

  constexpr void grow() {
    growing_array<slot> const before = static_cast<growing_array<slot>&&>(slots_);
    std::size_t const slots = before.size() == 0 ? 16 : 2 * before.size();
    slots_.make_room(slots);
    for (std::size_t i = 0; i != slots; ++i) slots_.push_back({0, 0});
    for (std::size_t i = 0; i != before.size(); ++i) {
      if (before[i].index == 0) continue;
      std::size_t at = before[i].hash & (slots - 1);
      while (slots_[at].index != 0) at = (at + 1) & (slots - 1);
      slots_[at] = before[i];
    }
  }

  growing_array<slot> slots_;
  std::size_t at_ = 0;  // the slot at which the last `find` ended
  std::size_t entered_ = 0;
};

}  // namespace commfold::detail
