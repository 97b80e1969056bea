// SPDX-License-Identifier: BSL-1.0
// The header of the sum alone makes every container of the standard library a node: a leaf would silently weigh nothing.
#include <commfold/tree/sum.hpp>

#include <map>
#include <optional>
#include <unordered_map>
#include <variant>

namespace {

namespace cf = commfold;
using t4 = cf::tensor<cf::f32, 4>;

static_assert(cf::sum_tensors_v<std::tuple<t4, std::pair<t4, int>>> == 32);
static_assert(cf::sum_tensors_v<std::array<t4, 3>> == 48);
static_assert(cf::sequence_node<std::vector<t4>> && cf::sequence_node<std::map<int, t4>> && cf::sequence_node<std::unordered_map<int, t4>>);
static_assert(cf::sequence_node<std::optional<t4>> && cf::sequence_node<t4*> && cf::choice_node<std::variant<t4, int>>);

}  // namespace
