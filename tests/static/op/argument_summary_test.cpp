// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/argument_summary.hpp>

#include <commfold/group/process_group.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/op/rules.hpp>
#include <commfold/op/splits.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

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
using detail::argument_summary;
using detail::facts_of;

using f32x4 = cf::tensor<cf::f32, 4>;  // 16 B
using u8x3 = cf::tensor<cf::u8, 3>;    // 3 B
// Shows 4 B of 16 B.
constexpr auto window = cf::narrow(f32x4{}, cf::size_c<0>, cf::size_c<1>, cf::size_c<1>);

// One tensor, whoever's: its payload, and not its storage.
constexpr bool is_tensor_of(std::size_t payload, cf::dtype type, argument_summary const& facts) {
  return facts.payload == payload && facts.dtypes.one == type && !facts.dtypes.several && facts.length == 0 && facts.size == 0;
}
static_assert(is_tensor_of(16, cf::f32, facts_of(f32x4{})));
static_assert(is_tensor_of(24, cf::bf16, facts_of(cf::tensor<cf::bf16, cf::dyn, 3>{4})));
static_assert(is_tensor_of(4, cf::f32, facts_of(window)));
static_assert(is_tensor_of(10, cf::f16, facts_of(cf::dynamic_tensor(cf::f16, {5}))));

// A list has a length, and the tensors below it, whatever else is there.
constexpr bool is_list_of(std::size_t length, std::size_t payload, argument_summary const& facts) {
  return facts.length == length && facts.payload == payload;
}
static_assert(is_list_of(3, 35, facts_of(std::tuple<f32x4, u8x3, f32x4>{})));
static_assert(is_list_of(2, 19, facts_of(std::tuple<std::pair<f32x4, int>, u8x3>{})));
static_assert(
    is_list_of(2, 6, facts_of(std::vector<cf::tensor<cf::u8, cf::dyn>>{cf::tensor<cf::u8, cf::dyn>{1}, cf::tensor<cf::u8, cf::dyn>{5}})));
static_assert(is_list_of(0, 0, facts_of(std::tuple<>{})) && is_list_of(0, 0, facts_of(std::vector<f32x4>{})));
static_assert(is_list_of(2, 32, facts_of(std::array<std::tuple<f32x4>, 2>{})));
static_assert(facts_of(std::tuple<f32x4, u8x3>{}).dtypes.several && !facts_of(std::tuple<f32x4, f32x4>{}).dtypes.several);
static_assert(facts_of(std::array<u8x3, 2>{}).dtypes.one == cf::u8 && !facts_of(std::tuple<>{}).dtypes.one);

// A group, static or not.
constexpr bool is_group_of(std::size_t ranks, std::string_view name, argument_summary const& facts) {
  return facts.size == ranks && facts.group_name == name && facts.payload == 0;
}
static_assert(is_group_of(8, "dp", facts_of(cf::process_group<"dp", 8>{})));
static_assert(is_group_of(4, "tp", facts_of(cf::process_group<"tp">{4})));

// Of everything else, nothing.
constexpr bool is_nothing(argument_summary const& facts) {
  return facts.payload == 0 && !facts.dtypes.one && facts.length == 0 && facts.size == 0 && facts.group_name.empty();
}
static_assert(is_nothing(facts_of(7)) && is_nothing(facts_of(cf::sum)) && is_nothing(facts_of(cf::even_split)));
static_assert(is_nothing(facts_of(std::array{1, 2})) && is_nothing(facts_of(std::vector<std::size_t>{1, 2})));
static_assert(is_nothing(facts_of(std::array<std::string_view, 2>{"isend", "irecv"})));

// The rules look at facts as at arguments.
constexpr detail::call_facts<3> given{{facts_of(u8x3{}), facts_of(std::tuple<f32x4, u8x3>{}), facts_of(cf::process_group<"g", 4>{})}};
constexpr detail::call_facts<3> not_root{{facts_of(u8x3{}), facts_of(std::tuple<>{}), facts_of(cf::process_group<"g", 4>{})}};
constexpr argument_summary made = facts_of(f32x4{});
template <class Rule, std::size_t Count>
constexpr std::size_t payload(detail::call_facts<Count> const& facts) {
  return detail::weighed<Rule>::as(detail::tree_payload, facts, made);
}
using detail::arg;
using scattered = detail::on_root<arg<1>, detail::times_ranks<arg<0>, arg<2>>>;
static_assert(payload<arg<0>>(given) == 3 && payload<arg<1>>(given) == 19 && payload<detail::result>(given) == 16);
static_assert(payload<detail::nothing>(given) == 0 && payload<detail::both<arg<0>, detail::result>>(given) == 19);
static_assert(payload<detail::larger<arg<0>, detail::result>>(given) == 16 && payload<detail::larger<arg<1>, arg<0>>>(given) == 19);
static_assert(payload<detail::times_ranks<arg<0>, arg<2>>>(given) == 12);
static_assert(payload<scattered>(given) == 19 && payload<scattered>(not_root) == 12);
static_assert(detail::dtype_under<arg<0>>::of(given, made) == cf::u8 && !detail::dtype_under<arg<1>>::of(given, made));
static_assert(detail::dtype_under<detail::result>::of(given, made) == cf::f32 && detail::dtype_under<scattered>::of(given, made) == cf::u8);
static_assert(arg<2>::of(given, made).group_name == "g" && arg<2>::of(given, made).size == 4);

// A batch is looked at itself.
static_assert(detail::reads_arguments<detail::batched<"isend">> && !detail::reads_arguments<arg<0>>);

}  // namespace
