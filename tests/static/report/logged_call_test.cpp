// SPDX-License-Identifier: BSL-1.0
#include <commfold/report/logged_call.hpp>

#include <commfold/op/table.hpp>

#include <string_view>

namespace {
namespace cf = commfold;

struct entry {
  cf::call_record call;
  std::string_view path;
};
constexpr cf::call_record barrier{cf::c10d::barrier, "dp", 4, "", {}, {}};

// An entry is a call, or holds one beside its path.
static_assert(!cf::detail::has_path<cf::call_record> && cf::detail::has_path<entry>);
static_assert(cf::detail::call_of(barrier) == barrier && cf::detail::call_of(entry{barrier, "w"}).op() == "c10d::barrier");
static_assert(cf::detail::path_of(barrier).empty() && cf::detail::path_of(entry{barrier, "layers[3].wq"}) == "layers[3].wq");

// Of one call, in the order in which call_bytes has them.
constexpr cf::call_record gather{cf::c10d::barrier, "dp", 4, "", {}, {1, 4, 5}};
static_assert(cf::detail::totals_of_call(gather) == cf::traffic_totals{1, 1, 4, 5});

}  // namespace
