// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/totals_by.hpp
/// The totals of a ledger sliced by some of its keys: `totals_by`.

#include <commfold/trace/call_record.hpp>
#include <commfold/trace/ledger.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

namespace commfold {

/// What two calls of one slice have in common. Keys are joined: `call_key::op | call_key::group`.
enum class call_key : unsigned { none = 0, op = 1, group = 2, phase = 4, dtype = 8, message_size = 16 };

[[nodiscard]] constexpr call_key operator|(call_key a, call_key b) noexcept {
  return static_cast<call_key>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}

/// The totals of all calls that are like one in the keys asked for. Its other properties are those of the first such call.
class subtotal {
 public:
  constexpr subtotal() = default;
  constexpr subtotal(call_record const& like, traffic_totals const& totals) : like_(like), totals_(totals) {}

  [[nodiscard]] constexpr call_record const& like() const noexcept { return like_; }
  [[nodiscard]] constexpr traffic_totals const& totals() const noexcept { return totals_; }
  constexpr void add(traffic_totals const& more) { totals_ = totals_ + more; }

 private:
  call_record like_;
  traffic_totals totals_;
};

namespace detail {

/// A group is its name and its size.
constexpr bool alike(call_key keys, call_record const& a, call_record const& b) noexcept {
  auto const asked = [keys](call_key key) { return (static_cast<unsigned>(keys) & static_cast<unsigned>(key)) != 0; };
  return (!asked(call_key::message_size) || a.bytes().message_bytes == b.bytes().message_bytes) &&
         (!asked(call_key::dtype) || a.dtype() == b.dtype()) &&
         (!asked(call_key::group) || (a.group_size() == b.group_size() && a.group() == b.group())) &&
         (!asked(call_key::op) || a.op() == b.op()) && (!asked(call_key::phase) || a.phase() == b.phase());
}

}  // namespace detail

/// As many slices as the ledger has rows, at most. By value, like a ledger.
template <std::size_t Rows>
class traffic_slices {
 public:
  constexpr traffic_slices(std::span<ledger_row const> rows, call_key keys) {
    if constexpr (Rows == dyn) slices_.reserve(rows.size());
    for (ledger_row const& row : rows) {
      std::size_t at = 0;
      while (at != size_ && !detail::alike(keys, slices_[at].like(), row.call())) ++at;
      if (at != size_) {
        slices_[at].add(row.totals());
        continue;
      }
      ++size_;
      if constexpr (Rows == dyn)
        slices_.emplace_back(row.call(), row.totals());
      else
        slices_[at] = {row.call(), row.totals()};
    }
  }

  /// They live as long as this object. In the order of the first call of each.
  [[nodiscard]] constexpr std::span<subtotal const> slices() const noexcept { return {slices_.data(), size_}; }

 private:
  std::conditional_t<Rows == dyn, std::vector<subtotal>, std::array<subtotal, Rows == dyn ? 0 : Rows>> slices_{};
  std::size_t size_ = 0;
};

namespace detail {
struct totals_by_fn {
  template <std::size_t Rows>
  [[nodiscard]] constexpr traffic_slices<Rows> operator()(ledger<Rows> const& traffic, call_key keys) const {
    return {traffic.rows(), keys};
  }
};
}  // namespace detail

/// totals_by(ledger, keys): the totals of each combination of the keys that occurs, in the order of its first call:
/// `cf::totals_by(traffic, cf::call_key::group | cf::call_key::phase).slices()`. `overflow_error` where a sum does not fit.
inline constexpr detail::totals_by_fn totals_by{};

}  // namespace commfold
