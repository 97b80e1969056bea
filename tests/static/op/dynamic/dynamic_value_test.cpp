// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/dynamic/dynamic_value.hpp>
#include <commfold/tree.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace {
namespace cf = commfold;

using cf::dynamic_value;

static_assert(cf::name(cf::value_kind::none) == "none" && cf::name(cf::value_kind::truth) == "bool");
static_assert(cf::name(cf::value_kind::integer) == "integer" && cf::name(cf::value_kind::real) == "double");
static_assert(cf::name(cf::value_kind::string) == "string" && cf::name(cf::value_kind::tensor) == "tensor");
static_assert(cf::name(cf::value_kind::group) == "group" && cf::name(cf::value_kind::reduce_op) == "reduce_op");
static_assert(cf::name(cf::value_kind::work) == "work" && cf::name(cf::value_kind::list) == "list");
static_assert(cf::name(cf::value_kind::tuple) == "tuple" && cf::name(cf::value_kind::dict) == "dict");

// What converts silently: whatever an operator takes or returns.
template <class... T>
inline constexpr bool converts = (std::is_convertible_v<T, dynamic_value> && ...);
static_assert(converts<dynamic_value::none, bool, int, unsigned char, std::size_t, std::int64_t, float, double>);
static_assert(converts<cf::size_constant<3>, std::integral_constant<int, 3>>);
static_assert(converts<char const*, char const (&)[4], std::string, std::string const&, std::string_view>);
static_assert(converts<cf::tensor<cf::f32, 4>, cf::tensor<cf::f32, cf::dyn>, cf::dynamic_tensor>);
static_assert(converts<cf::process_group<"dp", 4>, cf::process_group<"dp">, cf::dynamic_group>);
static_assert(converts<cf::reduce_op, cf::fake_work<>, cf::fake_work<std::tuple<cf::tensor<cf::f32, 4>>>, cf::dictionary>);

// And what does not, not even by force: no bool of a pointer, no number of a character or of what is none, no string of a null.
struct thing {};
enum unscoped { one };
enum class scoped { one };
template <class... T>
inline constexpr bool refused = !(std::is_constructible_v<dynamic_value, T> || ...);
static_assert(refused<void*, int*, thing const*, std::nullptr_t, thing, std::vector<bool>, void (*)()>);
static_assert(refused<char, wchar_t, char8_t, char16_t, char32_t, long double, unscoped, scoped>);
static_assert(refused<std::vector<int>, std::map<std::string, int>, std::tuple<int, int>, std::pair<int, int>>);

// A key is a string or an integer.
template <class... T>
inline constexpr bool is_key = (std::is_convertible_v<T, cf::dict_key> && ...);
static_assert(is_key<char const*, std::string, std::string_view, int, std::size_t, std::int64_t>);
static_assert(!is_key<bool> && !is_key<char> && !is_key<double> && !is_key<std::nullptr_t> && !is_key<int*>);

// A tree: a choice that maps to itself.
static_assert(cf::choice_node<dynamic_value> && cf::sequence_node<cf::dictionary> && cf::mappable_tree<dynamic_value> &&
              !cf::static_tree<dynamic_value>);
static_assert(cf::leaf_count<dynamic_value> == cf::dyn && cf::tree_leaf<dynamic_value::none> && cf::tree_leaf<cf::dict_key>);
constexpr auto size_or_leaf = [](auto const& leaf) {
  if constexpr (cf::tensor_like<decltype(leaf)>)
    return cf::sum_bytes(leaf);
  else
    return leaf;
};
template <class T>
using image_of = decltype(cf::tree_map(size_or_leaf, std::declval<T const&>()));
static_assert(std::is_same_v<image_of<dynamic_value>, dynamic_value> &&
              std::is_same_v<image_of<std::vector<dynamic_value>>, std::vector<dynamic_value>>);
static_assert(std::is_same_v<image_of<cf::dictionary>, cf::dictionary>);
static_assert(std::is_same_v<image_of<std::map<int, dynamic_value>>, std::map<int, dynamic_value>>);
static_assert(
    std::is_same_v<image_of<std::tuple<cf::tensor<cf::f32, 4>, dynamic_value>>, std::tuple<cf::size_constant<16>, dynamic_value>>);
static_assert(std::is_same_v<decltype(cf::sum_tensors(std::declval<dynamic_value const&>())), std::size_t>);

}  // namespace
