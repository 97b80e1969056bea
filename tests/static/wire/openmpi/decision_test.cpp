// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/openmpi/decision.hpp>

#include <limits>

namespace {
namespace decisions = commfold::openmpi::decisions;

constexpr decisions::limit lines[] = {{4, 100, 1}, {4, decisions::any, 2}, {decisions::any, 10, 3}, {decisions::any, decisions::any, 4}};
static_assert(decisions::first_of(lines, 3, 99) == 1 && decisions::first_of(lines, 3, 100) == 2 && decisions::first_of(lines, 4, 9) == 3);
static_assert(decisions::first_of(lines, 4, 10) == 4);
static_assert(decisions::first_of(lines, 3, std::numeric_limits<std::size_t>::max()) == 2);  // no limit is none

namespace openmpi = commfold::openmpi;
using openmpi::collective;
static_assert(openmpi::decide({collective::allreduce, 8, 8191}) == 3 && openmpi::decide({collective::allreduce, 8, 8192}) == 6);
static_assert(openmpi::decide({collective::allreduce, 8, 1 << 20, 0, 1, {}, false}) == 2);
static_assert(openmpi::decide({collective::alltoall, 2, 100}) == 2 && openmpi::decide({collective::alltoall, 3, 100}) == 4);
static_assert(openmpi::decide({collective::barrier, 5000}) == 4);

}  // namespace
