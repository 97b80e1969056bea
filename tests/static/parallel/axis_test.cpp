// SPDX-License-Identifier: BSL-1.0
#include <commfold/parallel/axis.hpp>

#include <commfold/group/dynamic_group.hpp>

#include <cstddef>
#include <optional>

namespace cf = commfold;
namespace parallel = cf::parallel;

namespace {

constexpr cf::process_group<"dp", 8> dp;
constexpr cf::process_group<"one", 1> one;
using run_time_axis = std::optional<cf::process_group<"tp">>;

static_assert(parallel::is_there(dp) && parallel::is_there(one) && !parallel::is_there(parallel::no_axis{}));
static_assert(parallel::is_there(run_time_axis(2)) && !parallel::is_there(run_time_axis()));
static_assert(parallel::ranks(dp) == 8 && parallel::ranks(parallel::no_axis{}) == 1);
static_assert(parallel::ranks(run_time_axis(3)) == 3 && parallel::ranks(run_time_axis()) == 1);

constexpr std::size_t used(auto const& axis, bool several) {
  std::size_t times = 0;
  auto const count = [&](auto const&) { ++times; };
  if (several)
    parallel::over_several(axis, count);
  else
    parallel::over(axis, count);
  return times;
}
static_assert(used(dp, false) == 1 && used(one, false) == 1 && used(parallel::no_axis{}, false) == 0 && used(run_time_axis(), false) == 0);
static_assert(used(dp, true) == 1 && used(one, true) == 0 && used(run_time_axis(1), true) == 0);

}  // namespace
