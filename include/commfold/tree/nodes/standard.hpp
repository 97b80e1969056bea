// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/nodes/standard.hpp
/// Every node that needs no registration. Each header that looks into trees includes this one: if a `std::vector` were a leaf where its
/// traits were not included, it would silently weigh nothing.

#include <commfold/tree/nodes/choice.hpp>
#include <commfold/tree/nodes/nullable.hpp>
#include <commfold/tree/nodes/product.hpp>
#include <commfold/tree/nodes/sequence.hpp>
