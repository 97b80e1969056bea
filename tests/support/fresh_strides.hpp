// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/support/fresh_strides.hpp
/// The strides that a tensor of a row must have in ours: those of the row for an argument, contiguous ones for a fresh tensor. PyTorch's
/// `empty_like` keeps the order of its argument's strides. Nothing here asks commfold.

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace fresh_strides {

using json = nlohmann::ordered_json;

/// PyTorch's contiguous strides: an extent of zero counts as one.
inline json contiguous(json const& sizes) {
  std::vector<std::int64_t> strides(sizes.size());
  std::int64_t stride = 1;
  for (std::size_t r = sizes.size(); r-- > 0;) {
    strides[r] = stride;
    stride *= std::max<std::int64_t>(sizes[r].get<std::int64_t>(), 1);
  }
  return strides;
}
inline bool is_contiguous(json const& tensor) { return tensor.at("strides") == contiguous(tensor.at("sizes")); }

/// Whether the elements fill their storage without a gap, in the order of some of the dimensions.
inline bool is_dense(json const& tensor) {
  std::int64_t elements = 1;
  std::int64_t last = 0;
  for (std::size_t r = 0; r != tensor.at("sizes").size(); ++r) {
    std::int64_t const size = tensor.at("sizes")[r].get<std::int64_t>();
    elements *= size;
    last += (size - 1) * tensor.at("strides")[r].get<std::int64_t>();
  }
  return elements == 0 || last + 1 == elements;
}

/// Whether the strides of a fresh tensor are those of an `empty_like`: ours may be contiguous in its place. An argument must show the order
/// that is kept.
inline bool are_of_another(json const& fresh, std::vector<json const*> const& arguments) {
  if (is_contiguous(fresh) || !is_dense(fresh)) return false;
  return std::any_of(arguments.begin(), arguments.end(), [&](json const* argument) {
    return argument->at("sizes").size() == fresh.at("sizes").size() && !is_contiguous(*argument);
  });
}

}  // namespace fresh_strides
