// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <tuple>
#include <type_traits>

namespace {
namespace cf = commfold;

using t4 = cf::tensor<cf::f32, 4>;
using vec = cf::tensor<cf::f32, cf::dyn>;

// The answer is a type.
static_assert(std::is_same_v<decltype(cf::is_tensor(t4{})), std::true_type> &&
              std::is_same_v<decltype(cf::is_tensor(vec{})), std::true_type>);
static_assert(std::is_same_v<decltype(cf::is_tensor(1)), std::false_type> &&
              std::is_same_v<decltype(cf::is_tensor(std::tuple{t4{}})), std::false_type>);

// Exactly one of these types: neither a type that converts to one nor a derived class.
struct base {};
struct derived : base {};
static_assert(std::is_same_v<decltype(cf::is_type<int>(1)), std::true_type> &&
              std::is_same_v<decltype(cf::is_type<int>(1u)), std::false_type>);
static_assert(cf::is_type<char, int>(1) && cf::is_type<int, char>('x') && !cf::is_type<char, int>(1L) && !cf::is_type<>(1));
static_assert(!cf::is_type<base>(derived{}) && cf::is_type<derived>(derived{}));
constexpr int constant = 1;
static_assert(cf::is_type<int>(constant));

static_assert(cf::tree_all(cf::is_tensor, std::tuple{t4{}, std::tuple{vec{3}}}) && !cf::tree_all(cf::is_tensor, std::tuple{t4{}, 1}));
static_assert(cf::tree_any(cf::is_type<char>, std::tuple{1, 'x'}) && !cf::tree_any(cf::is_type<char>, std::tuple{1, 2}));

}  // namespace
