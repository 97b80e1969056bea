// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree.hpp
/// Trees of tensors: every header of commfold/tree.

#include <commfold/tree/child_of.hpp>
#include <commfold/tree/choice_nodes.hpp>
#include <commfold/tree/congruence.hpp>
#include <commfold/tree/fields.hpp>
#include <commfold/tree/flatten.hpp>
#include <commfold/tree/for_each.hpp>
#include <commfold/tree/image.hpp>
#include <commfold/tree/leaves.hpp>
#include <commfold/tree/map.hpp>
#include <commfold/tree/maybe_nodes.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/path.hpp>
#include <commfold/tree/predicates.hpp>
#include <commfold/tree/product_nodes.hpp>
#include <commfold/tree/recursive.hpp>
#include <commfold/tree/row.hpp>
#include <commfold/tree/sequence_nodes.hpp>
#include <commfold/tree/standard_nodes.hpp>
#include <commfold/tree/stateless.hpp>
#include <commfold/tree/structure.hpp>
#include <commfold/tree/sum.hpp>
#include <commfold/tree/walk.hpp>
