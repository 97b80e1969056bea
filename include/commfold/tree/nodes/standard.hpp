// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/standard_nodes.hpp
/// Every node that needs no registration. Whatever looks into trees includes this: a `std::vector` that is a leaf in one header and a node
/// in another would be a wrong number.

#include <commfold/tree/choice_nodes.hpp>
#include <commfold/tree/maybe_nodes.hpp>
#include <commfold/tree/product_nodes.hpp>
#include <commfold/tree/sequence_nodes.hpp>
