// SPDX-License-Identifier: BSL-1.0
// Lists as a call hands them to an operator.
#include <commfold/comm/rank_lists.hpp>

#include <commfold/tensor/view_functions.hpp>

#include <array>
#include <concepts>
#include <tuple>
#include <vector>

namespace cf = commfold;
using namespace cf::detail;

constexpr cf::process_group<"dp", 4> dp;
constexpr cf::process_group<"dp"> dp_of_4{4};
constexpr cf::tensor<cf::bf16, 8> t;

// One of one, also of a list of one.
static_assert(std::same_as<decltype(list_of_one(std::tuple{t})), std::tuple<std::tuple<cf::tensor<cf::bf16, 8>>>>);

// A tensor a rank, each of its own: a view is not copied with its base.
static_assert(std::same_as<decltype(one_a_rank(t, dp)), std::array<cf::tensor<cf::bf16, 8>, 4>>);
static_assert(one_a_rank(t, dp_of_4).size() == 4);
static_assert(cf::storage_bytes(one_a_rank(cf::narrow(t, cf::size_c<0>, cf::size_c<0>, cf::size_c<2>), dp)[3]) == 4);
