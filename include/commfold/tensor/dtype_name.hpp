// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/dtype_name.hpp
/// From a name to a dtype.

#include <commfold/error.hpp>
#include <commfold/tensor/dtype.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace commfold {
namespace detail {

struct dtype_alias {
  std::string_view name;
  dtype id;
};

// torch's own second names; `bit` is what torch calls `uint1`.
inline constexpr dtype_alias dtype_aliases[] = {
    {"double", f64}, {"float", f32}, {"half", f16},   {"long", i64},     {"int", i32},
    {"short", i16},  {"chalf", c32}, {"cfloat", c64}, {"cdouble", c128}, {"bit", u1},
};

/// Levenshtein's distance, letters compared without regard to case.
constexpr std::size_t edit_distance(std::string_view a, std::string_view b) {
  constexpr std::size_t most = 32;
  if (a.size() > most || b.size() > most) return most;
  auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  std::size_t row[most + 1] = {};
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t const replaced = diagonal + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
      diagonal = row[j];
      std::size_t const shifted = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
      row[j] = replaced < shifted ? replaced : shifted;
    }
  }
  return row[b.size()];
}

/// The best three names, nearest first.
inline std::string nearest_dtypes(std::string_view name) {
  std::string_view best[3];
  std::size_t distance[3] = {64, 64, 64};
  auto const offer = [&](std::string_view candidate) {
    std::size_t d = edit_distance(name, candidate);
    for (int i = 0; i < 3; ++i) {
      if (candidate.empty() || candidate == best[i]) return;
      if (d >= distance[i]) continue;
      std::string_view const pushed = best[i];
      std::size_t const pushed_distance = distance[i];
      best[i] = candidate;
      distance[i] = d;
      candidate = pushed;
      d = pushed_distance;
    }
  };
  for (dtype_facts const& row : dtype_table) {
    offer(row.name);
    offer(row.short_name);
    offer(row.safetensors);
  }
  for (dtype_alias const& alias : dtype_aliases) offer(alias.name);
  return std::string(best[0]) + ", " + std::string(best[1]) + " or " + std::string(best[2]);
}

[[noreturn]] inline void fail_dtype_name(std::string_view name) {
  fail<invalid_argument>("commfold::dtype_from_name: no dtype is called '" + std::string(name) + "'; did you mean " + nearest_dtypes(name) +
                         "?");
}

}  // namespace detail

/// The dtype of a name: torch's, with or without `torch.` (`"torch.bfloat16"`, `"float"`), the short one (`"bf16"`) or that of a
/// safetensors header (`"BF16"`). Names are matched exactly. An unknown one is an `invalid_argument` that offers the nearest three.
[[nodiscard]] constexpr dtype dtype_from_name(std::string_view name) {
  std::string_view const bare = name.starts_with("torch.") ? name.substr(6) : name;
  for (dtype_facts const& row : detail::dtype_table)
    if (bare == row.name || bare == row.short_name || (bare == row.safetensors && !bare.empty())) return row.id;
  for (detail::dtype_alias const& alias : detail::dtype_aliases)
    if (bare == alias.name) return alias.id;
  detail::fail_dtype_name(name);
}

}  // namespace commfold
