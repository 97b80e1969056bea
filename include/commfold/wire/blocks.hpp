// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/blocks.hpp
/// How the bytes of a collective are divided into one block for each rank: `blocks`.

#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/trace/call_record.hpp>

#include <cstddef>

namespace commfold::wire {

/// Block i belongs to rank i; all in bytes. A value that an algorithm keeps: two sizes tell every block, or a list does, of which it keeps
/// a view. Refused with `invalid_argument`: no ranks, an element of no bytes, a vector that ends within an element. `overflow_error`:
/// blocks that together do not fit `std::size_t`.
class blocks {
 public:
  /// `ranks` blocks of `bytes` each.
  [[nodiscard]] static constexpr blocks equal(std::size_t bytes, std::size_t ranks) { return {bytes, 0, 0, ranks}; }

  /// A vector of N bytes, divided as MPI libraries divide it: N = n·element, and the first n mod p of p blocks have one element more.
  [[nodiscard]] static constexpr blocks of_vector(std::size_t bytes, std::size_t ranks, std::size_t element = 1) {
    expect_ranks(ranks);
    if (element == 0 || bytes % element != 0)
      detail::fail<invalid_argument>("commfold::wire::blocks", "a vector of {} B has no whole number of elements of {} B", bytes, element);
    std::size_t const elements = bytes / element;
    return {elements / ranks * element, elements % ranks, element, ranks};
  }

  /// The blocks of this list, which must live as long as what is made from it.
  [[nodiscard]] static constexpr blocks of(bytes_by_rank list) {
    blocks all{0, 0, 0, list.size()};
    all.list_ = list;
    std::size_t sum = 0;
    for (std::size_t const one : list) sum = detail::checked_add(sum, one, "commfold::wire::blocks");
    all.total_ = sum;
    return all;
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return ranks_; }
  [[nodiscard]] constexpr std::size_t total() const noexcept { return total_; }

  /// Whether all blocks are known to have one size. A list is not looked through.
  [[nodiscard]] constexpr bool are_equal() const noexcept { return list_.empty() && longer_ == 0; }

  /// The bytes of block i mod p.
  [[nodiscard]] constexpr std::size_t operator[](std::size_t i) const noexcept {
    if (i >= ranks_) i %= ranks_;
    return list_.empty() ? base_ + (i < longer_ ? more_ : 0) : list_[i];
  }

  /// The bytes of `count` blocks, at most p, from block `first` mod p on, and after the last block from the first.
  [[nodiscard]] constexpr std::size_t sum(std::size_t first, std::size_t count) const noexcept {
    first %= ranks_;
    std::size_t const behind = first + count > ranks_ ? first + count - ranks_ : 0;
    return before(first + count - behind) - before(first) + before(behind);
  }

 private:
  constexpr blocks(std::size_t base, std::size_t longer, std::size_t more, std::size_t ranks)
      : base_(base), longer_(longer), more_(more), ranks_(ranks) {
    expect_ranks(ranks);
    total_ = detail::checked_add(detail::checked_multiply(base, ranks, "commfold::wire::blocks"), longer * more, "commfold::wire::blocks");
  }

  static constexpr void expect_ranks(std::size_t ranks) {
    if (ranks == 0) detail::fail<invalid_argument>("commfold::wire::blocks", "a group has at least one rank");
  }

  /// The bytes of the first `count` blocks.
  [[nodiscard]] constexpr std::size_t before(std::size_t count) const noexcept {
    if (list_.empty()) return count * base_ + (count < longer_ ? count : longer_) * more_;
    std::size_t all = 0;
    for (std::size_t i = 0; i != count; ++i) all += list_[i];
    return all;
  }

  std::size_t base_, longer_, more_, ranks_;
  std::size_t total_ = 0;
  bytes_by_rank list_{};
};

}  // namespace commfold::wire
