// SPDX-License-Identifier: BSL-1.0
// Why a type is refused: each reason is found where its sentence is right. That the sentences are printed, compile_fail holds.
#include <commfold/tree/undescribed.hpp>

#include <commfold/tree/node_traits.hpp>

#include <any>
#include <memory>
#include <queue>
#include <stack>
#include <string>

namespace {
namespace cf = commfold;
using enum cf::detail::undescribed;
using t4 = cf::tensor<cf::f32, 4>;

template <class T>
constexpr bool is_refused(cf::detail::undescribed why) {
  return cf::kind_of<T> == cf::node_kind::undescribed && cf::node_traits<T>::why == why;
}

class with_private_members {
  [[maybe_unused]] t4 w_;
};
struct plain {
  t4 w;
};
struct with_base : plain {
  int more;
};
struct with_c_array {
  t4 w[2];
};
union number_or_text {
  int number;
  char const* text;
};
struct of_101 {
  int a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, d0, d1, d2,
      d3, d4, d5, d6, d7, d8, d9, e0, e1, e2, e3, e4, e5, e6, e7, e8, e9, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, g0, g1, g2, g3, g4, g5,
      g6, g7, g8, g9, h0, h1, h2, h3, h4, h5, h6, h7, h8, h9, i0, i1, i2, i3, i4, i5, i6, i7, i8, i9, j0, j1, j2, j3, j4, j5, j6, j7, j8,
      j9, k0;
};
struct is_a_tensor : t4 {};
struct declared_only;

static_assert(is_refused<with_private_members>(members));
static_assert(is_refused<with_base>(base) && is_refused<with_c_array>(c_array));
static_assert(is_refused<number_or_text>(union_members) && is_refused<of_101>(too_many_fields) &&
              is_refused<is_a_tensor>(constructed_empty));
static_assert(is_refused<std::stack<t4>>(adaptor) && is_refused<std::queue<t4>>(adaptor) && is_refused<std::priority_queue<int>>(adaptor));
static_assert(is_refused<std::weak_ptr<t4>>(expiring) && is_refused<std::unique_ptr<t4[]>>(array_pointer));
static_assert(is_refused<std::shared_ptr<t4[]>>(array_pointer) && is_refused<std::any>(any_value) && is_refused<declared_only>(incomplete));

// Whoever says so by the base gets the same.
struct known_by_others {};
}  // namespace
template <>
struct commfold::node_traits<known_by_others> : commfold::detail::undescribed_node<commfold::detail::undescribed::any_value> {};
namespace {
static_assert(is_refused<known_by_others>(any_value));

// A specialisation that says nothing is none, and has no reason of its own.
struct said_nothing {};
}  // namespace
template <>
struct commfold::node_traits<said_nothing> {};
namespace {
template <class T>
concept has_a_reason = requires { cf::node_traits<T>::why; };
static_assert(cf::kind_of<said_nothing> == cf::node_kind::undescribed && !has_a_reason<said_nothing> && has_a_reason<known_by_others>);

}  // namespace
