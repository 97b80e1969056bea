// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/record_range.hpp
/// A range of records that are made when they are looked at.

#include <array>  // the tags of iterators, without the streams of <iterator>
#include <compare>
#include <cstddef>

namespace commfold::detail {

/// The values source(0), source(1), ... with random access. The range and its iterators hold copies of the source, and are valid as long as
/// what that points to.
template <class Value, class Source>
class record_range {
 public:
  class iterator {
   public:
    using value_type = Value;
    using reference = Value;
    using pointer = void;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::input_iterator_tag;  // to algorithms from before C++20, whose other iterators give references
    using iterator_concept = std::random_access_iterator_tag;

    constexpr iterator() = default;
    constexpr iterator(Source const& source, std::ptrdiff_t at) : source_(source), at_(at) {}

    [[nodiscard]] constexpr Value operator*() const { return source_(static_cast<std::size_t>(at_)); }
    [[nodiscard]] constexpr Value operator[](std::ptrdiff_t n) const { return *(*this + n); }

    constexpr iterator& operator+=(std::ptrdiff_t n) noexcept {
      at_ += n;
      return *this;
    }
    constexpr iterator& operator-=(std::ptrdiff_t n) noexcept { return *this += -n; }
    constexpr iterator& operator++() noexcept { return *this += 1; }
    constexpr iterator& operator--() noexcept { return *this -= 1; }
    constexpr iterator operator++(int) noexcept {
      iterator const before = *this;
      ++*this;
      return before;
    }
    constexpr iterator operator--(int) noexcept {
      iterator const before = *this;
      --*this;
      return before;
    }

    friend constexpr iterator operator+(iterator i, std::ptrdiff_t n) noexcept { return i += n; }
    friend constexpr iterator operator+(std::ptrdiff_t n, iterator i) noexcept { return i += n; }
    friend constexpr iterator operator-(iterator i, std::ptrdiff_t n) noexcept { return i -= n; }
    friend constexpr std::ptrdiff_t operator-(iterator const& a, iterator const& b) noexcept { return a.at_ - b.at_; }
    friend constexpr bool operator==(iterator const& a, iterator const& b) noexcept { return a.at_ == b.at_; }
    friend constexpr auto operator<=>(iterator const& a, iterator const& b) noexcept { return a.at_ <=> b.at_; }

   private:
    Source source_{};
    std::ptrdiff_t at_ = 0;
  };

  constexpr record_range(Source const& source, std::size_t size) noexcept : source_(source), size_(size) {}

  [[nodiscard]] constexpr iterator begin() const noexcept { return {source_, 0}; }
  [[nodiscard]] constexpr iterator end() const noexcept { return {source_, static_cast<std::ptrdiff_t>(size_)}; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] constexpr Value operator[](std::size_t i) const { return source_(i); }
  [[nodiscard]] constexpr Value front() const { return source_(0); }
  [[nodiscard]] constexpr Value back() const { return source_(size_ - 1); }

 private:
  Source source_;
  std::size_t size_;
};

}  // namespace commfold::detail
