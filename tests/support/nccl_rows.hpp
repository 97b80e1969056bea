// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/support/nccl_rows.hpp
/// The rows of NCCL's own tuning code, and the names in them.

#include <commfold/op/collective_kind.hpp>

#include <tests/support/tsv_rows.hpp>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace oracle {

/// The rows of the directory of rows, else those of `by_default`.
inline std::vector<json> nccl_tuning_rows(std::string const& by_default) {
  return rows_in_table(path_of(by_default, "nccl_tuning.tsv").string(),
                       {"machine", "cc", "channels", "bwIntra", "bwInter", "nodes", "ranks", "coll", "algo", "proto", "lat_us", "bw_GBs"});
}
inline std::vector<json> nccl_choice_rows(std::string const& by_default) {
  return rows_in_table(path_of(by_default, "nccl_choice.tsv").string(),
                       {"machine", "nodes", "ranks", "coll", "bytes", "algo", "proto", "time_us"});
}

/// The kind that NCCL calls by this name.
inline commfold::collective_kind nccl_kind_of(json const& cell) {
  using enum commfold::collective_kind;
  std::string const wanted = cell.get<std::string>();
  for (auto const& [called, kind] :
       {std::pair{"AllReduce", all_reduce}, std::pair{"AllGather", all_gather}, std::pair{"ReduceScatter", reduce_scatter},
        std::pair{"Broadcast", broadcast}, std::pair{"Reduce", reduce}})
    if (wanted == called) return kind;
  throw std::runtime_error("oracle: NCCL has no function " + wanted);
}

/// The one of `all` whose name a cell has.
template <class All>
auto nccl_named(All const& all, json const& cell) {
  std::string const wanted = cell.get<std::string>();
  for (auto const each : all)
    if (name(each) == wanted) return each;
  throw std::runtime_error("oracle: nothing of NCCL's is called " + wanted);
}

}  // namespace oracle
