// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/derived.hpp>

#include <commfold/tensor/payload_bytes.hpp>

#include <type_traits>

namespace {
namespace cf = commfold;
using namespace cf::detail;
using cf::dyn;
using cf::size_c;

/// As a view would be written: the first `count` of dimension 0, all of it counted as one dimension that must be there.
struct first_rule {
  static constexpr char const* verb = "commfold::test";

  static constexpr view_result of(cf::dtype, layout l, argument count) {
    if (l.rank == 0) return {l, refusal::dimension_beyond_rank, 0, 0};
    if (known(count.value()) && known(l.sizes[0]) && count.value() > l.sizes[0])
      return {l, refusal::end_beyond_extent, count.value(), l.sizes[0]};
    l.contiguous = false;
    l.sizes[0] = count.value();
    return {l};
  }
  template <class Verdict>
  static consteval bool allows() {
    return accepted<Verdict>;
  }
};
template <class T, class N>
constexpr auto first(T const& t, N const& n) {
  return derived<first_rule>(t, n);
}

// A view's type says what tensor and arguments say.
using of_both = cf::view<cf::f32, cf::extents<2, 3>, cf::extents<3, 1>, 48>;
static_assert(std::is_same_v<decltype(first(cf::tensor<cf::f32, 4, 3>{}, size_c<2>)), of_both>);
using of_argument = cf::view<cf::f32, cf::extents<dyn, 3>, cf::extents<3, 1>, 48>;
static_assert(std::is_same_v<decltype(first(cf::tensor<cf::f32, 4, 3>{}, 2)), of_argument>);
using of_tensor = cf::view<cf::f32, cf::extents<2, 3>, cf::extents<3, 1>, dyn>;
static_assert(std::is_same_v<decltype(first(cf::tensor<cf::f32, dyn, 3>{4}, size_c<2>)), of_tensor>);
static_assert(std::is_same_v<decltype(first(cf::dynamic_tensor(cf::f32, {4, 3}), size_c<2>)), cf::dynamic_tensor>);

// Its value says the rest.
static_assert(first(cf::tensor<cf::f32, 4, 3>{}, 2) == of_both{} && first(cf::tensor<cf::f32, dyn, 3>{4}, size_c<2>) == of_both{});
static_assert(first(cf::dynamic_tensor(cf::f32, {4, 3}), 2) == cf::dynamic_tensor(of_both{}));

// The types tell, and the tensor comes back behind the compile error of `allows`; or the values tell, and there is no constant.
static_assert(std::is_same_v<decltype(first(cf::tensor<cf::f32, 4>{}, size_c<5>)), cf::tensor<cf::f32, 4>>);
template <auto F>
concept is_a_constant = requires { typename std::bool_constant<(F(), true)>; };
static_assert(is_a_constant<[] { return first(cf::tensor<cf::f32, 4>{}, 4); }>);
static_assert(!is_a_constant<[] { return first(cf::tensor<cf::f32, 4>{}, 5); }>);
static_assert(!is_a_constant<[] { return first(cf::tensor<cf::f32, dyn>{4}, size_c<5>); }>);
static_assert(!is_a_constant<[] { return first(cf::dynamic_tensor(cf::f32, {}), 0); }>);

}  // namespace
