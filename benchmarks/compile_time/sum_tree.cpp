// SPDX-License-Identifier: BSL-1.0
// The bytes of BENCHMARK_SIZE distinct leaves in a tree of 16-wide nodes. What the peers do: sum.hpp.
#include "sum.hpp"
#include "trees.hpp"

using tree = trees::of_16<trees::node, 0, BENCHMARK_SIZE>::type;

#ifdef ASK
static_assert(peer::bytes_of<tree> == trees::bytes_of_all);
#else
extern tree* named;
#endif
