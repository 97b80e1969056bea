// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/nodes/standard.hpp
/// Every node that needs no registration. Whatever looks into trees includes this: a `std::vector` that is a leaf in one header and a node
/// in another would be a wrong number.

#include <commfold/tree/nodes/choice.hpp>
#include <commfold/tree/nodes/nullable.hpp>
#include <commfold/tree/nodes/product.hpp>
#include <commfold/tree/nodes/sequence.hpp>
