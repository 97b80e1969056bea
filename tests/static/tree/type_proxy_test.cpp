// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/type_proxy.hpp>

#include <commfold/tensor/tensor.hpp>
#include <commfold/tree/structs/mapped_struct.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace {
namespace cf = commfold;

using t4 = cf::tensor<cf::f32, 4>;
using vec = cf::tensor<cf::f32, cf::dyn>;
struct layer {
  t4 w;
};

// A stateless tuple is walked by its type; a tuple with a dynamic tensor or a number is not, and neither is a plain struct.
static_assert(cf::detail::read_by_type<std::tuple<t4, std::pair<t4, t4>>> && cf::detail::read_by_type<std::tuple<> const>);
static_assert(!cf::detail::read_by_type<std::tuple<t4, vec>> && !cf::detail::read_by_type<std::tuple<t4, int>>);
static_assert(!cf::detail::read_by_type<layer> && !cf::detail::read_by_type<t4>);

// A proxy has the children of the tuple that it stands for.
using walked = std::remove_cvref_t<decltype(cf::detail::walk_target(std::declval<std::tuple<t4, std::tuple<t4>> const&>()))>;
static_assert(std::is_same_v<walked, cf::detail::type_proxy<std::tuple<t4, std::tuple<t4>>>>);
static_assert(std::is_same_v<cf::node_traits<walked>::children, cf::node_traits<std::tuple<t4, std::tuple<t4>>>::children>);

// Any other node is walked itself, and so is every node that may be written to.
constexpr std::tuple<t4, vec> mixed{t4{}, vec(7)};
static_assert(&cf::detail::walk_target(mixed) == &mixed);
static_assert(&cf::detail::child_of<1, vec>(mixed) == &std::get<1>(mixed));
static_assert(&cf::detail::child_of<0, t4>(mixed) == &cf::detail::instead_of<t4>);
constexpr bool written_to() {
  std::tuple<t4, vec> node{t4{}, vec(7)};
  return &cf::detail::child_of<0, t4>(node) == &std::get<0>(node);
}
static_assert(written_to());
}  // namespace
