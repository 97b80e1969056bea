// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/interned.hpp
/// Names, and lists of parts, that many records share: an array keeps each of them once, and a record holds its index.

#include <commfold/error.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/trace/hash_index.hpp>
#include <commfold/trace/record_array.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace commfold::detail {

/// The index at which a sequence begins in the array that holds them all. 0 is the empty sequence, whatever the array.
using sequence_index = std::uint32_t;

template <class T>
struct sequence {
  T const* items = nullptr;
  std::size_t size = 0;
};

/// Sequences stand one after the other, each as its size and then its items. The size is written in digits of one item each, the lowest
/// digit first; the highest bit of a digit says that another one follows.
template <class T>
struct size_digits {
  static constexpr int bits = 8 * sizeof(T) - 1;
  static constexpr std::size_t more = std::size_t{1} << bits;

  static constexpr std::size_t from(T item) noexcept {
    return static_cast<std::conditional_t<sizeof(T) == 1, unsigned char, std::size_t>>(item);
  }
};

template <class T>
constexpr sequence<T> sequence_at(T const* all, sequence_index at) noexcept {
  using digits = size_digits<T>;
  if (at == 0) return {};
  std::size_t digit = digits::from(all[at++]);
  std::size_t size = digit & (digits::more - 1);
  for (int shift = digits::bits; (digit & digits::more) != 0; shift += digits::bits) {
    digit = digits::from(all[at++]);
    size |= (digit & (digits::more - 1)) << shift;
  }
  return {all + at, size};
}

template <class T>
constexpr bool same_items(T const* a, T const* b, std::size_t count) noexcept {
  if (!std::is_constant_evaluated() && count * sizeof(T) >= 16) return std::memcmp(a, b, count * sizeof(T)) == 0;
  for (; count != 0; --count)
    if (*a++ != *b++) return false;
  return true;
}

/// In a constant, of the size and the last two items alone: there every step counts (clang stops after a million), and names of one length
/// mostly differ in a number at their end. At run time, of eight bytes at a time, the last eight overlapping those before.
template <class T>
constexpr std::uint32_t hash_of_items(T const* items, std::size_t size) noexcept {
  std::uint64_t hash = size;
  if (std::is_constant_evaluated()) {
    for (std::size_t i = size < 2 ? 0 : size - 2; i != size; ++i) hash = hash_with(hash, static_cast<std::uint64_t>(items[i]));
    return static_cast<std::uint32_t>(hash);
  }
  auto const* const bytes = reinterpret_cast<unsigned char const*>(items);
  std::size_t const count = size * sizeof(T);
  std::uint64_t word = 0;
  if (count < sizeof word) {
    for (std::size_t i = 0; i != count; ++i) word = word << 8 | bytes[i];
    return static_cast<std::uint32_t>(hash_with(hash, word));
  }
  for (std::size_t at = 0; at + sizeof word < count; at += sizeof word) {
    std::memcpy(&word, bytes + at, sizeof word);
    hash = hash_with(hash, word);
  }
  std::memcpy(&word, bytes + count - sizeof word, sizeof word);
  return static_cast<std::uint32_t>(hash_with(hash, word));
}

[[noreturn]] constexpr void fail_too_much_to_keep() {
  fail<overflow_error>("commfold::trace", "one ledger or log keeps at most 2^32 characters of names and 2^32 numbers of parts by rank");
}

/// An array of sequences, no two of which are the same, while it is written.
template <class T, class Index = sequence_index>
class interned {
 public:
  [[nodiscard]] constexpr growing_array<T>& items() noexcept { return items_; }
  [[nodiscard]] constexpr growing_array<T> const& items() const noexcept { return items_; }

  [[nodiscard]] constexpr sequence<T> operator[](sequence_index at) const noexcept { return sequence_at(items_.data(), at); }

  /// The index of a sequence, which is added where it is new; 0, and nothing is added, where the array would then have more than `most`
  /// items.
  constexpr sequence_index index_of(sequence<T> wanted, std::size_t most = dyn) {
    if (wanted.size == 0) return 0;
    std::uint32_t const hash = hash_of_items(wanted.items, wanted.size);
    sequence_index at = index_.find(hash, [&](sequence_index candidate) {
      sequence<T> const there = (*this)[candidate];
      return there.size == wanted.size && same_items(there.items, wanted.items, wanted.size);
    });
    if (at != 0) return at;
    at = add(wanted, most);
    if (at != 0) index_.enter(hash, at);
    return at;
  }

 private:
  constexpr sequence_index add(sequence<T> wanted, std::size_t most) {
    using digits = size_digits<T>;
    std::size_t const begin = items_.size() == 0 ? 1 : items_.size();  // index 0 is the empty sequence
    std::size_t end = begin + 1 + wanted.size;
    for (std::size_t rest = wanted.size >> digits::bits; rest != 0; rest >>= digits::bits) ++end;
    if (end > most) return 0;
    if (std::uint64_t{end} > ~sequence_index{0}) fail_too_much_to_keep();
    growing_array<T> const before = items_.make_room(end);  // `wanted` may be a part of it
    if (items_.size() == 0) items_.push_back(T{});
    std::size_t rest = wanted.size;
    for (; (rest >> digits::bits) != 0; rest >>= digits::bits) items_.push_back(static_cast<T>(rest | digits::more));
    items_.push_back(static_cast<T>(rest));
    items_.append(wanted.items, wanted.size);
    return static_cast<sequence_index>(begin);
  }

  growing_array<T> items_;
  hash_index<Index> index_;
};

}  // namespace commfold::detail
