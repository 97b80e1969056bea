// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/packed.hpp>

#include <commfold/op/rows/all_gather.hpp>
#include <commfold/op/rows/all_to_all.hpp>
#include <commfold/op/rows/gather.hpp>
#include <commfold/op/rows/reduce_scatter.hpp>
#include <commfold/op/rows/shard_dim_alltoall.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <cstddef>

namespace {
namespace cf = commfold;
namespace fun = cf::c10d_functional;
using call::is_a_constant;
using call::received_from;
using call::sent_to;
using cf::size_c;
using vector = std::vector<std::size_t>;

constexpr auto quint4x2 = cf::dtype::quint4x2;  // two elements a byte
constexpr auto quint2x4 = cf::dtype::quint2x4;  // four
constexpr cf::process_group<"g", 3> g;
constexpr cf::process_group<"g"> any_g{3};
constexpr cf::process_group<"self", 1> self;
constexpr cf::dynamic_tensor five(quint4x2, {5});  // 3 B

static_assert(cf::detail::cuts_a_byte(quint4x2, 1, 3) && !cf::detail::cuts_a_byte(quint4x2, 1, 4) &&
              !cf::detail::cuts_a_byte(quint4x2, 2, 3));
static_assert(cf::detail::cuts_a_byte(quint2x4, 1, 2) && !cf::detail::cuts_a_byte(quint2x4, 0, 8) &&
              !cf::detail::cuts_a_byte(cf::u8, 1, 3));
static_assert(cf::detail::may_be_packed<cf::dynamic_tensor> && cf::detail::may_be_packed<cf::tensor<quint4x2, 5>> &&
              !cf::detail::may_be_packed<cf::tensor<cf::f4e2m1fn_x2, 5>>);

// Splits between two bytes: the parts are the whole.
constexpr std::array whole_bytes{2, 2, 1};
constexpr std::array half_bytes{1, 1, 3};
static_assert(sent_to(fun::all_to_all_single, five, whole_bytes, whole_bytes, g) == vector{1, 1, 1});
static_assert(received_from(fun::all_to_all_single, five, whole_bytes, whole_bytes, g) == vector{1, 1, 1});
static_assert(!is_a_constant<[] { return fun::all_to_all_single(five, half_bytes, half_bytes, g); }> &&
              !is_a_constant<[] { return fun::all_to_all_single(five, half_bytes, whole_bytes, any_g); }> &&
              !is_a_constant<[] { return fun::all_to_all_single(cf::tensor<quint4x2, 5>{}, whole_bytes, half_bytes, g); }>);
static_assert(is_a_constant<[] { return cf::c10d::alltoall_base_(five, five, any_g, whole_bytes, whole_bytes); }> &&
              !is_a_constant<[] { return cf::c10d::alltoall_base_(five, five, any_g, whole_bytes, half_bytes); }> &&
              !is_a_constant<[] { return cf::c10d::alltoall_base_(five, five, any_g, half_bytes, whole_bytes); }>);
// Of two dimensions each part has rows, which start on bytes.
static_assert(sent_to(fun::all_to_all_single, cf::dynamic_tensor(quint4x2, {5, 3}), half_bytes, half_bytes, g) == vector{2, 2, 6});

// Even parts.
constexpr cf::dynamic_tensor nine(quint4x2, {9});
constexpr cf::dynamic_tensor twelve(quint4x2, {12});
static_assert(is_a_constant<[] { return fun::all_to_all_single(twelve, cf::even_split, cf::even_split, g); }> &&
              !is_a_constant<[] { return fun::all_to_all_single(nine, cf::even_split, cf::even_split, g); }>);
static_assert(fun::all_gather_into_tensor(cf::dynamic_tensor(quint4x2, {4}), 3, g) == twelve &&
              !is_a_constant<[] { return fun::all_gather_into_tensor(cf::dynamic_tensor(quint4x2, {3}), 3, g); }> &&
              !is_a_constant<[] { return fun::all_gather_into_tensor(cf::dynamic_tensor(quint4x2, {}), 3, any_g); }>);
static_assert(fun::all_gather_into_tensor(five, 1, self) == five);
static_assert(fun::all_gather_into_tensor(cf::dynamic_tensor(quint4x2, {1, 3}), 3, g) == cf::dynamic_tensor(quint4x2, {3, 3}));

// A whole and its parts, in whatever shapes: the bytes agree, too.
static_assert(
    is_a_constant<[] { return cf::c10d::_allgather_base_(cf::dynamic_tensor(quint4x2, {3, 3}), cf::dynamic_tensor(quint4x2, {3}), g); }> &&
    !is_a_constant<[] { return cf::c10d::_allgather_base_(nine, cf::dynamic_tensor(quint4x2, {3}), g); }> &&
    !is_a_constant<[] { return cf::c10d::_allgather_base_(cf::tensor<quint4x2, 9>{}, cf::tensor<quint4x2, 3>{}, g); }> &&
    !is_a_constant<[] { return cf::c10d::gather_into_tensor_(cf::dynamic_tensor(quint4x2, {3}), nine, g, 0); }>);

// Rows that are sharded anew.
static_assert(is_a_constant<[] { return cf::dtensor::shard_dim_alltoall(cf::dynamic_tensor(quint4x2, {6, 4}), 1, 0, any_g); }> &&
              !is_a_constant<[] { return cf::dtensor::shard_dim_alltoall(cf::dynamic_tensor(quint4x2, {6, 3}), 1, 0, any_g); }> &&
              is_a_constant<[] { return cf::dtensor::shard_dim_alltoall(cf::dynamic_tensor(quint4x2, {2, 6}), 0, 1, any_g); }> &&
              !is_a_constant<[] { return cf::dtensor::shard_dim_alltoall(cf::dynamic_tensor(quint4x2, {2, 9}), 0, 1, any_g); }>);

}  // namespace
