// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/twin.hpp
/// An operator that is another one under a second name: the differentiable forms of functional collectives.

#include <commfold/op/op.hpp>

#include <string_view>

namespace commfold::detail {

/// All of a functional operator's row but its name. What autograd does backward is a call of its own.
template <class Row, class Functional>
struct twin : op<Row> {
  static constexpr std::string_view schema = Functional::schema;
  static constexpr auto kind = Functional::kind;
  static constexpr call_rules rules = Functional::rules;
  static constexpr auto infer(auto const&... arguments)
    requires requires { Functional::template infer<Row>(arguments...); }
  {
    return Functional::template infer<Row>(arguments...);
  }
};

}  // namespace commfold::detail
