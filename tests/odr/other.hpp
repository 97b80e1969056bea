#pragma once

#include <commfold/commfold.hpp>

#include <cstddef>
#include <tuple>

namespace other {

using tree = std::tuple<commfold::tensor<commfold::f32, 2, 3>, commfold::tensor<commfold::bf16, 5>>;

std::size_t size();
decltype(&commfold::sum_tensors) verb();

}  // namespace other
