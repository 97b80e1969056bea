// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/dtype_name.hpp
/// The dtype of a name: `dtype_from_name`.

#include <commfold/error.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/text/nearest_names.hpp>

#include <string_view>

namespace commfold {
namespace detail {

struct dtype_alias {
  std::string_view name;
  dtype id;
};

// torch's own second names, of which `bit` is one of `uint1`, and the words of papers and command lines.
inline constexpr dtype_alias dtype_aliases[] = {
    {"double"sv, f64}, {"float"sv, f32},    {"half"sv, f16}, {"long"sv, i64}, {"int"sv, i32},  {"short"sv, i16}, {"chalf"sv, c32},
    {"cfloat"sv, c64}, {"cdouble"sv, c128}, {"bit"sv, u1},   {"fp64"sv, f64}, {"fp32"sv, f32}, {"fp16"sv, f16},
};

[[noreturn]] constexpr void fail_dtype_name(std::string_view name) {
  nearest_names nearest(name);
  for (dtype_entry const& entry : dtype_table) {
    nearest.consider(entry.name);
    nearest.consider(entry.short_name);
    nearest.consider(entry.safetensors);
  }
  for (dtype_alias const& alias : dtype_aliases) nearest.consider(alias.name);
  fail<invalid_argument>("commfold::dtype_from_name", "no dtype is called '{}'; did you mean {}, {} or {}?", name, nearest[0], nearest[1],
                         nearest[2]);
}

}  // namespace detail

/// The dtype of a name: torch's, with or without `torch.` (`"torch.bfloat16"`, `"float"`), the short one (`"bf16"`), that of a
/// safetensors header (`"BF16"`), or `"fp16"`, `"fp32"` or `"fp64"`. Names are matched exactly. An unknown one is an `invalid_argument`
/// that offers the nearest three.
[[nodiscard]] constexpr dtype dtype_from_name(std::string_view name) {
  std::string_view const bare = name.starts_with("torch.") ? name.substr(6) : name;
  for (detail::dtype_entry const& entry : detail::dtype_table)
    if (bare == entry.name || bare == entry.short_name || (bare == entry.safetensors && !bare.empty())) return entry.id;
  for (detail::dtype_alias const& alias : detail::dtype_aliases)
    if (bare == alias.name) return alias.id;
  detail::fail_dtype_name(name);
}

}  // namespace commfold
