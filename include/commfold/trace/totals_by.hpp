// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/totals_by.hpp
/// The totals of a ledger sliced by some of its keys: `totals_by`.

#include <commfold/op/call_bytes.hpp>
#include <commfold/trace/call_record.hpp>
#include <commfold/trace/call_store.hpp>
#include <commfold/trace/ledger.hpp>
#include <commfold/trace/record_range.hpp>
#include <commfold/trace/traffic_totals.hpp>

#include <cstddef>

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

  /// Of a subtotal that is a temporary it is a value, as in `slices()[0].like()`.
  [[nodiscard]] constexpr call_record const& like() const& noexcept { return like_; }
  [[nodiscard]] constexpr call_record like() const&& noexcept { return like_; }
  [[nodiscard]] constexpr traffic_totals const& totals() const& noexcept { return totals_; }
  [[nodiscard]] constexpr traffic_totals totals() const&& noexcept { return totals_; }

 private:
  call_record like_;
  traffic_totals totals_;
};

namespace detail {

/// Whether two calls of one ledger have these keys in common. A group is its name and its size.
constexpr bool alike(call_key keys, stored_call const& a, stored_call const& b) noexcept {
  auto const asked = [keys](call_key key) { return (static_cast<unsigned>(keys) & static_cast<unsigned>(key)) != 0; };
  return (!asked(call_key::message_size) || a.message_bytes == b.message_bytes) &&
         (!asked(call_key::dtype) || ((a.has & stored_call::a_dtype) == (b.has & stored_call::a_dtype) && a.dtype == b.dtype)) &&
         (!asked(call_key::group) || (a.group_size == b.group_size && a.group == b.group)) &&
         (!asked(call_key::phase) || a.phase == b.phase) && (!asked(call_key::op) || same_op(a, b));
}

struct stored_subtotal {
  stored_call like;
  traffic_totals totals;
};

template <class Stored>
struct subtotal_source {
  Stored const* subtotals = nullptr;
  call_texts texts{};

  constexpr subtotal operator()(std::size_t i) const noexcept { return {record_of(subtotals[i].like, texts), subtotals[i].totals}; }
};

}  // namespace detail

/// As many slices as the ledger has rows, at most. By value, like a ledger.
template <std::size_t Rows>
class traffic_slices {
  using kept = detail::kept_calls<detail::stored_subtotal, Rows>;

 public:
  constexpr traffic_slices(ledger<Rows> const& from, call_key keys) {
    kept_.names = from.kept_.names;
    kept_.parts = from.kept_.parts;
    for (std::size_t i = 0; i != from.kept_.entries.size(); ++i) {
      detail::stored_row const& row = from.kept_.entries[i];
      std::size_t at = 0;
      while (at != kept_.entries.size() && !detail::alike(keys, kept_.entries[at].like, row.call)) ++at;
      if (at == kept_.entries.size())
        kept_.entries.push_back({row.call, detail::totals_of(row)});
      else
        kept_.entries[at].totals = kept_.entries[at].totals + detail::totals_of(row);
    }
  }

  /// A range with random access, in the order of the first call of each slice. Its elements are made on request, and live as long as this
  /// object.
  [[nodiscard]] constexpr detail::record_range<subtotal, detail::subtotal_source<typename kept::entry>> slices() const noexcept {
    return {{kept_.entries.data(), kept_.texts()}, kept_.entries.size()};
  }

 private:
  kept kept_{};
};

namespace detail {
struct totals_by_fn {
  template <std::size_t Rows>
  [[nodiscard]] constexpr traffic_slices<Rows> operator()(ledger<Rows> const& traffic, call_key keys) const {
    return {traffic, keys};
  }
};
}  // namespace detail

/// totals_by(ledger, keys): the totals of each combination of the keys that occurs, in the order of its first call:
/// `cf::totals_by(traffic, cf::call_key::group | cf::call_key::phase).slices()`. `overflow_error` where a sum does not fit.
inline constexpr detail::totals_by_fn totals_by{};

}  // namespace commfold
