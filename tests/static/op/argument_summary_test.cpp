// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/argument_summary.hpp>

#include <commfold/group/process_group.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/op/refusal.hpp>
#include <commfold/op/splits.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace {
namespace cf = commfold;
namespace detail = commfold::detail;
using call::is_a_constant;
using detail::argument_summary;
using detail::payload_summary;

using f32x4 = cf::tensor<cf::f32, 4>;  // 16 B
using u8x3 = cf::tensor<cf::u8, 3>;    // 3 B
// Shows 4 B of 16 B.
constexpr auto window = cf::narrow(f32x4{}, cf::size_c<0>, cf::size_c<1>, cf::size_c<1>);

// One tensor, whoever's: its payload, and not its storage.
constexpr bool is_tensor_of(std::size_t payload, cf::dtype type, argument_summary const& summary) {
  return summary.bytes == payload && summary.dtypes.last == type && !summary.dtypes.several && summary.length == 0 && summary.number == 0;
}
static_assert(is_tensor_of(16, cf::f32, payload_summary(f32x4{})));
static_assert(is_tensor_of(24, cf::bf16, payload_summary(cf::tensor<cf::bf16, cf::dyn, 3>{4})));
static_assert(is_tensor_of(4, cf::f32, payload_summary(window)));
static_assert(is_tensor_of(10, cf::f16, payload_summary(cf::dynamic_tensor(cf::f16, {5}))));

// A list has a length, and the tensors below it, whatever else is there.
constexpr bool is_list_of(std::size_t length, std::size_t payload, argument_summary const& summary) {
  return summary.length == length && summary.bytes == payload;
}
static_assert(is_list_of(3, 35, payload_summary(std::tuple<f32x4, u8x3, f32x4>{})));
static_assert(is_list_of(2, 19, payload_summary(std::tuple<std::pair<f32x4, int>, u8x3>{})));
static_assert(is_list_of(
    2, 6, payload_summary(std::vector<cf::tensor<cf::u8, cf::dyn>>{cf::tensor<cf::u8, cf::dyn>{1}, cf::tensor<cf::u8, cf::dyn>{5}})));
static_assert(is_list_of(0, 0, payload_summary(std::tuple<>{})) && is_list_of(0, 0, payload_summary(std::vector<f32x4>{})));
static_assert(is_list_of(2, 32, payload_summary(std::array<std::tuple<f32x4>, 2>{})));
static_assert(payload_summary(std::tuple<f32x4, u8x3>{}).dtypes.several && !payload_summary(std::tuple<f32x4, f32x4>{}).dtypes.several);
static_assert(payload_summary(std::array<u8x3, 2>{}).dtypes.only() == cf::u8 && !payload_summary(std::tuple<>{}).dtypes.only());

// A group, static or not.
constexpr bool is_group_of(std::size_t ranks, std::string_view name, argument_summary const& summary) {
  return summary.number == ranks && summary.group_name == name && summary.bytes == 0;
}
static_assert(is_group_of(8, "dp", payload_summary(cf::process_group<"dp", 8>{})));
static_assert(is_group_of(4, "tp", payload_summary(cf::process_group<"tp">{4})));

// A number is a root or a peer, in its type or not.
static_assert(payload_summary(7).number == 7 && payload_summary(cf::size_c<3>).number == 3 && payload_summary(std::size_t{5}).number == 5);
static_assert(payload_summary(7).bytes == 0 && payload_summary(7).length == 0 && !payload_summary(7).dtypes.last);

// Of everything else, nothing.
constexpr bool is_nothing(argument_summary const& summary) {
  return summary.bytes == 0 && !summary.dtypes.last && summary.length == 0 && summary.number == 0 && summary.group_name.empty() &&
         summary.sends == 0 && summary.receives == 0;
}
static_assert(is_nothing(payload_summary(cf::sum)) && is_nothing(payload_summary(cf::even_split)) && is_nothing(payload_summary(true)));
static_assert(is_nothing(payload_summary(std::array{1, 2})) && is_nothing(payload_summary(std::vector<std::size_t>{1, 2})));
static_assert(is_nothing(payload_summary(std::array<std::string_view, 2>{"isend", "irecv"})));

// Trees count the sum of their tensors, whatever else they hold.
struct named {
  f32x4 a;
  u8x3 b;
};
static_assert(payload_summary(std::tuple<f32x4, std::pair<u8x3, int>>{}).bytes == 19 && payload_summary(named{}).bytes == 19);
static_assert(payload_summary(std::array{window, window}).bytes == 8 && payload_summary(std::optional<f32x4>{}).bytes == 0);
static_assert(payload_summary(std::tuple(u8x3{}, window)).bytes == 7);
// Payload is never unknown: it is asked of a value.
static_assert(payload_summary(f32x4{}).known && payload_summary(std::vector<cf::dynamic_tensor>{}).known && payload_summary(7).known);
static_assert(!is_a_constant<[] {
  using bytes = cf::tensor<cf::u8, cf::dyn>;
  return payload_summary(std::array{bytes{std::size_t{1} << 63}, bytes{std::size_t{1} << 63}});
}>);

// The dtype of the tensors: one, none, or several, which is none too.
constexpr auto dtype_in(auto const& argument) { return payload_summary(argument).dtypes.only(); }
static_assert(dtype_in(u8x3{}) == cf::u8 && dtype_in(cf::dynamic_tensor(cf::bf16, {})) == cf::bf16);
static_assert(dtype_in(std::array<u8x3, 2>{}) == cf::u8 && dtype_in(std::pair<int, u8x3>{}) == cf::u8);
static_assert(!dtype_in(named{}) && !dtype_in(3) && !dtype_in(std::tuple<u8x3, f32x4, u8x3>{}));

// A batch, with what is sent and what is received apart.
struct row {
  COMMFOLD_OPERATOR("test::row");
};
constexpr std::array<std::string_view, 3> operations{"isend", "irecv", "isend"};
constexpr argument_summary batch = detail::batch_summary<row>(operations, std::array{1, 0, 2}, std::tuple<f32x4, u8x3, f32x4>{});
static_assert(batch.sends == 32 && batch.receives == 3 && is_list_of(3, 35, batch) && batch.dtypes.several);
static_assert(!is_a_constant<[] { return detail::batch_summary<row>(std::array{"send"}, std::array{1}, std::tuple<f32x4>{}); }>);
static_assert(
    !is_a_constant<[] { return detail::batch_summary<row>(std::vector{"isend"}, std::array{1, 2}, std::tuple<f32x4, f32x4>{}); }>);

// The storage behind tensors: of a value, and of a type that may not tell it.
static_assert(detail::storage_weight(window).bytes == 16 && detail::storage_weight(window).known);
static_assert(detail::storage_weight(std::tuple(window, cf::dynamic_tensor(cf::f16, {5}), 7)).bytes == 26);
static_assert(detail::storage_weight_of_type(16).bytes == 16 && detail::storage_weight_of_type(16).known);
static_assert(detail::storage_weight_of_type(0).bytes == 0 && detail::storage_weight_of_type(0).known);
static_assert(detail::storage_weight_of_type(cf::dyn).bytes == 0 && !detail::storage_weight_of_type(cf::dyn).known);

}  // namespace
