// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree.hpp
/// Trees of tensors: every header of commfold/tree.

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // g++ 12 warns of a lambda's parameter that has the name of any global of the program
#endif

#include <commfold/tree/congruence.hpp>
#include <commfold/tree/flatten.hpp>
#include <commfold/tree/for_each.hpp>
#include <commfold/tree/leaf_count.hpp>
#include <commfold/tree/leaf_tuple.hpp>
#include <commfold/tree/leaf_types.hpp>
#include <commfold/tree/leaves.hpp>
#include <commfold/tree/map.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/nodes/choice.hpp>
#include <commfold/tree/nodes/nullable.hpp>
#include <commfold/tree/nodes/product.hpp>
#include <commfold/tree/nodes/sequence.hpp>
#include <commfold/tree/nodes/standard.hpp>
#include <commfold/tree/packs.hpp>
#include <commfold/tree/path.hpp>
#include <commfold/tree/path_link.hpp>
#include <commfold/tree/predicates.hpp>
#include <commfold/tree/rebuild.hpp>
#include <commfold/tree/recursive.hpp>
#include <commfold/tree/same_structure.hpp>
#include <commfold/tree/stateless.hpp>
#include <commfold/tree/static_tree_bytes.hpp>
#include <commfold/tree/structs/fields.hpp>
#include <commfold/tree/structs/mapped_struct.hpp>
#include <commfold/tree/structure.hpp>
#include <commfold/tree/sum.hpp>
#include <commfold/tree/type_proxy.hpp>
#include <commfold/tree/visit.hpp>
#include <commfold/tree/walk.hpp>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
