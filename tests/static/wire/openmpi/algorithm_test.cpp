// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/openmpi/algorithm.hpp>

namespace {
namespace openmpi = commfold::openmpi;
using openmpi::collective;

static_assert(openmpi::algorithm_named(collective::allreduce, "ring") == 4 && openmpi::name_of(collective::allreduce, 4) == "ring");
static_assert(openmpi::algorithm_named(collective::reduce, "in_order_binary") == 6);
static_assert(openmpi::algorithm_named(collective::allgather, "basic_linear") == 1 &&
              openmpi::algorithm_named(collective::allgather, "linear") == 1);
static_assert(openmpi::collective_named("reduce_scatter_block") == collective::reduce_scatter_block);
static_assert(openmpi::name_of(collective::alltoallv, 3).empty() && openmpi::name_of(collective::barrier, 0).empty());

}  // namespace
