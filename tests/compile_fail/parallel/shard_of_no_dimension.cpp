// SPDX-License-Identifier: BSL-1.0
// error: a parameter of rank {} is not cut along dimension {}
#include <commfold/group/process_group.hpp>
#include <commfold/parallel/distribute.hpp>
#include <commfold/tensor/tensor.hpp>

namespace cf = commfold;

#ifdef SHOULD_FAIL
constexpr std::size_t dimension = 2;
#else
constexpr std::size_t dimension = 1;
#endif

constexpr auto extent = cf::parallel::shard_of(cf::tensor<cf::bf16, 8, 8>{}, dimension, cf::process_group<"tp", 4>{}).extents().rank();

int main() { static_cast<void>(extent); }
