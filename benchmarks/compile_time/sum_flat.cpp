// SPDX-License-Identifier: BSL-1.0
// The bytes of BENCHMARK_SIZE distinct leaves in one node. What the peers do: sum.hpp.
#define FLAT
#include "sum.hpp"
#include "trees.hpp"

using tree = trees::flat<trees::node>::type;

#ifdef ASK
static_assert(peer::bytes_of<tree> == trees::bytes_of_all);
#else
extern tree* named;
#endif
