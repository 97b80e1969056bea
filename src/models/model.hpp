// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/models/model.hpp
/// A model that was read: its parameters, and their dtype.

#include <src/models/tree.hpp>

#include <commfold/tensor/dtype.hpp>

#include <optional>
#include <string>
#include <vector>

namespace commfold::io {

struct model {
  model_tree tree;
  std::optional<commfold::dtype> dtype;  ///< of all parameters that have none of their own
  std::string without_dtype;             ///< why there is none: "config.json: the key 'torch_dtype' is missing"
  bool as_saved = false;                 ///< of a checkpoint: parameters are as it holds them, and their family is not known
  std::vector<std::string> notes;        ///< what the file holds beside the model and is not planned, a sentence each
};

}  // namespace commfold::io
