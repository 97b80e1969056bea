// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/generator/nccl_checks.hpp
/// The functions that the generated sources of NCCL's rows assert with. They include this header and no other.

#include <commfold/op/collective_kind.hpp>
#include <commfold/wire/nccl/choice.hpp>
#include <commfold/wire/nccl/machine.hpp>
#include <commfold/wire/nccl/topology.hpp>
#include <commfold/wire/nccl/tuning.hpp>

#include <cstddef>
#include <string_view>

namespace generated {

namespace nccl = commfold::nccl;
using enum commfold::collective_kind;

/// Where a row was measured.
constexpr nccl::topology on(std::string_view machine, std::size_t ranks, std::size_t nodes) {
  return {nccl::machine_from_name(machine), ranks, nodes};
}

/// The one of `all` that NCCL calls by this name.
template <class All>
consteval auto named(All const& all, std::string_view wanted) {
  for (auto const each : all)
    if (name(each) == wanted) return each;
  throw "nothing of NCCL's has this name";
}

consteval bool is_tuned(nccl::topology const& on, commfold::collective_kind kind, std::string_view algorithm, std::string_view protocol,
                        float latency_us, float bandwidth) {
  return nccl::tuning_of(kind, named(nccl::all_algorithms, algorithm), named(nccl::all_protocols, protocol), on) ==
         nccl::tuning{latency_us, bandwidth};
}
consteval bool is_chosen(nccl::topology const& on, commfold::collective_kind kind, std::size_t bytes, std::string_view algorithm,
                         std::string_view protocol, float time_us) {
  return nccl::choose(kind, bytes, on) ==
         nccl::choice{named(nccl::all_algorithms, algorithm), named(nccl::all_protocols, protocol), time_us};
}

}  // namespace generated
