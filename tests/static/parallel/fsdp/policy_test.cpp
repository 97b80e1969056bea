// SPDX-License-Identifier: BSL-1.0
#include <commfold/parallel/fsdp/policy.hpp>

namespace cf = commfold;
using cf::parallel::fsdp::reshard;

namespace {

// reshard_after_forward over 8 ranks: by how many ranks a unit is held between forward and backward.
static_assert(reshard().ranks(8, false) == 8 && reshard().ranks(8, true) == 1);
static_assert(reshard(true).ranks(8, true) == 8 && reshard(false).ranks(8, false) == 1);
static_assert(reshard(4).ranks(8, true) == 4 && reshard(cf::size_c<2>).ranks(8, false) == 2);
static_assert(reshard(1).ranks(8, false) == 1 && reshard(8).ranks(8, false) == 8);

}  // namespace
