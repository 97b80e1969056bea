// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/terms.hpp>

#include <commfold/group/process_group.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace {
namespace cf = commfold;
namespace detail = commfold::detail;
using words = cf::detail::rule_words;
using cf::call_term;
using detail::has_argument;
using detail::part_at;
using detail::part_fits_schema;
using detail::type_of_part;

using f32x4 = cf::tensor<cf::f32, 4>;
using u8x3 = cf::tensor<cf::u8, 3>;
constexpr cf::process_group<"g", 4> g;
using group_t = cf::process_group<"g", 4>;

// Arguments are a tuple, another product, or those of a call side by side by reference.
constexpr std::tuple args{f32x4{}, u8x3{}, g};
using args_t = std::remove_const_t<decltype(args)>;
struct named {
  f32x4 a;
  u8x3 b;
};
using referred = detail::arguments<f32x4, group_t>;
static_assert(std::is_same_v<type_of_part<call_term{0}, args_t, int>, f32x4> &&
              std::is_same_v<type_of_part<call_term{2}, args_t, int>, group_t>);
static_assert(std::is_same_v<type_of_part<call_term{1}, named, int>, u8x3> &&
              std::is_same_v<type_of_part<call_term{1}, std::pair<int, u8x3>, int>, u8x3>);
static_assert(std::is_same_v<type_of_part<call_term{0}, referred, int>, f32x4> &&
              std::is_same_v<type_of_part<call_term{1}, referred, int>, group_t>);

// The part itself is one of them, and no copy of it.
static_assert(&part_at<call_term{1}>(args, 0) == &std::get<1>(args) && &detail::argument_at<0>(args) == &std::get<0>(args));
constexpr named fields{};
static_assert(&part_at<call_term{1}>(fields, 0) == &fields.b);
constexpr f32x4 one;
static_assert(&part_at<call_term{0}>(referred(one, g), 0) == &one);

// The result, and nothing.
static_assert(std::is_same_v<type_of_part<words::result, args_t, u8x3>, u8x3> && &part_at<words::result>(args, one) == &one);
static_assert(std::is_same_v<type_of_part<words::nothing, args_t, u8x3>, detail::no_part>);

// Whether an argument is there.
static_assert(has_argument<args_t, 2> && !has_argument<args_t, 3> && has_argument<named, 1> && !has_argument<named, 2>);
static_assert(has_argument<referred, 1> && !has_argument<referred, 2> && !has_argument<std::tuple<>, 0>);
static_assert(!has_argument<int, 0> && !has_argument<f32x4, 0> && !has_argument<std::vector<f32x4>, 0>);

// One tensor where the schema says Tensor; a list, and whatever else, where it says Tensor[].
struct one_row {
  static constexpr std::string_view schema = "(Tensor a, Tensor[] b) -> Tensor";
};
struct list_row {
  static constexpr std::string_view schema = "(Tensor a, Tensor[] b) -> Tensor[]";
};
template <class... Args>
using given = std::tuple<Args...>;
static_assert(part_fits_schema<one_row, call_term{0}, given<f32x4>, int> && !part_fits_schema<one_row, call_term{0}, given<int>, int>);
static_assert(!part_fits_schema<one_row, call_term{0}, given<std::tuple<f32x4>>, int> &&
              !part_fits_schema<one_row, call_term{0}, given<>, int>);
static_assert(part_fits_schema<one_row, call_term{1}, given<int, std::tuple<f32x4>>, int> &&
              part_fits_schema<one_row, call_term{1}, given<int, int>, int> && !part_fits_schema<one_row, call_term{1}, given<f32x4>, int>);
static_assert(part_fits_schema<one_row, words::result, given<>, f32x4> &&
              !part_fits_schema<one_row, words::result, given<>, std::tuple<f32x4>>);
static_assert(part_fits_schema<list_row, words::result, given<>, std::tuple<f32x4>> &&
              part_fits_schema<list_row, words::result, given<>, int>);
static_assert(part_fits_schema<one_row, words::nothing, given<>, int>);

// A batch has names, numbers, a list and a group, whatever its tags are.
using names = std::array<std::string_view, 2>;
using numbers = std::vector<int>;
static_assert(detail::is_batch<given<names, numbers, numbers, std::tuple<f32x4>, group_t>>() &&
              detail::is_batch<given<names, numbers, int, std::tuple<f32x4>, group_t>>());
static_assert(!detail::is_batch<given<names, numbers, numbers, std::tuple<f32x4>>>());
static_assert(!detail::is_batch<given<numbers, numbers, numbers, std::tuple<f32x4>, group_t>>());
static_assert(!detail::is_batch<given<names, names, numbers, std::tuple<f32x4>, group_t>>());
static_assert(!detail::is_batch<given<names, numbers, numbers, f32x4, group_t>>());
static_assert(!detail::is_batch<given<names, numbers, numbers, std::tuple<f32x4>, int>>());

// What a rule reads beside its terms.
static_assert(detail::reads_batch(words::sends({3})) && detail::reads_batch(words::receives({3})) &&
              !detail::reads_batch(words::both({0}, {1})) && !detail::reads_batch(words::on_root({0}, {1})));
static_assert(detail::reads_group(words::times_ranks({0})) && detail::reads_group(words::on_root({0}, {1})) &&
              !detail::reads_group(words::larger({0}, {1})) && !detail::reads_group(words::sends({3})));

}  // namespace
