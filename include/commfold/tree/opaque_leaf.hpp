// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/opaque_leaf.hpp
/// `opaque_leaf`: the word for a type that holds no tensor, for headers that define such a type and need nothing else of trees.

namespace commfold {

template <class T>
struct node_traits;

/// The base of `node_traits<T>` of a leaf by decision: it weighs nothing and nobody looks into it, though its type could be a node.
struct opaque_leaf {};

}  // namespace commfold
