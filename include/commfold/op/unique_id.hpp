// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/unique_id.hpp
/// Numbers that no other call in this process gets: `generate_unique_id`.

#include <cstdint>

namespace commfold {

namespace detail {

/// The library's only global state. No `std::atomic`: <atomic> includes all that threads wait with, for this one number.
inline std::uint64_t ids_given = 0;

/// A bijection of the 64-bit numbers (the finaliser of SplitMix64; Steele, Lea, Flood 2014): different in, different out, and nothing to
/// remember. It maps 0, and only 0, to 0.
constexpr std::uint64_t scrambled(std::uint64_t n) noexcept {
  n = (n ^ (n >> 30)) * 0xbf58476d1ce4e5b9u;
  n = (n ^ (n >> 27)) * 0x94d049bb133111ebu;
  return n ^ (n >> 31);
}

struct generate_unique_id_fn {
  [[nodiscard]] std::uint64_t operator()() const noexcept { return scrambled(__atomic_add_fetch(&ids_given, 1, __ATOMIC_RELAXED)); }
};

}  // namespace detail

/// generate_unique_id(): a number that this process did not get before and will not get again, from any thread, for 2^64 - 1 calls; never
/// 0. It is no constant: the works of a trace are numbered by the trace instead.
inline constexpr detail::generate_unique_id_fn generate_unique_id{};

}  // namespace commfold
