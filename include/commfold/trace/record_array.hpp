// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/record_array.hpp
/// The arrays that records are kept in: one that grows, and one in place, which a constant can be.

#include <commfold/size/size_constant.hpp>

#include <cstddef>
#include <type_traits>

namespace commfold::detail {

/// A `std::vector` with as little as a trace needs. Programs that trace use it for four or five types, and for each of them `std::vector`
/// instantiates some thirty functions and classes.
template <class T>
class growing_array {
 public:
  static_assert(std::is_trivially_copyable_v<T>);

  constexpr growing_array() noexcept = default;
  constexpr growing_array(growing_array const& original) {
    make_room(original.size_);
    append(original.items_, original.size_);
  }
  constexpr growing_array(growing_array&& original) noexcept { swap(original); }
  constexpr growing_array& operator=(growing_array original) noexcept {
    swap(original);
    return *this;
  }
  constexpr ~growing_array() { delete[] items_; }

  [[nodiscard]] constexpr T const* data() const noexcept { return items_; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  [[nodiscard]] constexpr T const& operator[](std::size_t i) const noexcept { return items_[i]; }
  [[nodiscard]] constexpr T& operator[](std::size_t i) noexcept { return items_[i]; }

  /// Makes room for so many items in all. Returns the array that they were moved from, for callers with pointers into it.
  constexpr growing_array make_room(std::size_t capacity) {
    growing_array before;
    if (capacity <= capacity_) return before;
    if (capacity < 2 * capacity_) capacity = 2 * capacity_;
    swap(before);
    items_ = new T[capacity];
    capacity_ = capacity;
    append(before.items_, before.size_);
    return before;
  }

  constexpr void push_back(T item) {
    if (size_ == capacity_) make_room(size_ + 8);
    items_[size_++] = item;
  }
  /// There is room for them.
  constexpr void append(T const* from, std::size_t count) {
    for (; count != 0; --count) items_[size_++] = *from++;
  }
  constexpr void shrink(std::size_t size) noexcept { size_ = size; }
  constexpr void take(growing_array&& original) noexcept { swap(original); }

 private:
  constexpr void swap(growing_array& original) noexcept {
    T* const items = items_;
    std::size_t const size = size_, capacity = capacity_;
    items_ = original.items_, size_ = original.size_, capacity_ = original.capacity_;
    original.items_ = items, original.size_ = size, original.capacity_ = capacity;
  }

  T* items_ = nullptr;
  std::size_t size_ = 0, capacity_ = 0;
};

/// At most `Capacity` items; whoever adds one has made sure that there is room.
template <class T, std::size_t Capacity>
class in_place_array {
 public:
  [[nodiscard]] constexpr T const* data() const noexcept { return items_; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  [[nodiscard]] constexpr T const& operator[](std::size_t i) const noexcept { return items_[i]; }
  [[nodiscard]] constexpr T& operator[](std::size_t i) noexcept { return items_[i]; }

  constexpr void push_back(T const& item) { items_[size_++] = item; }
  constexpr void take(growing_array<T> const& original) {
    for (size_ = 0; size_ != original.size(); ++size_) items_[size_] = original[size_];
  }

 private:
  T items_[Capacity == 0 ? 1 : Capacity] = {};
  std::size_t size_ = 0;
};

/// In place, or growing where the capacity is `dyn`.
template <class T, std::size_t Capacity>
using record_array = std::conditional_t<Capacity == dyn, growing_array<T>, in_place_array<T, Capacity>>;

}  // namespace commfold::detail
