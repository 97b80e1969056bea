// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace {
namespace cf = commfold;

using t4 = cf::tensor<cf::f32, 4>;  // 16 bytes
using t3 = cf::tensor<cf::f64, 3>;  // 24

struct layer {
  t4 wq;
  t3 wo;
};
struct net {
  std::array<layer, 2> layers;
  t3 norm;
};

constexpr auto bytes_of = [](auto const& t) { return std::size_t{cf::sum_bytes(t)}; };
constexpr auto i = cf::tree_map(bytes_of, layer{});
static_assert(std::is_same_v<decltype(i), cf::mapped_struct<layer, std::size_t, std::size_t> const>);
static_assert(std::is_same_v<decltype(i)::origin, layer>);

// Read by position, by member, by structured bindings.
static_assert(i.at<0>() == 16 && i.at<1>() == 24);
static_assert(get<0>(i) == 16 && get<1>(i) == 24);
static_assert(get<&layer::wq>(i) == 16 && get<&layer::wo>(i) == 24);
constexpr std::size_t bound() {
  auto const& [q, o] = i;
  return 100 * q + o;
}
static_assert(bound() == 1624);
static_assert(std::tuple_size_v<decltype(i)> == 2 && std::is_same_v<std::tuple_element_t<1, decltype(i)>, std::size_t const>);

// A position behind the last and a member of another class are refused.
template <class I, std::size_t N>
concept has_child = requires(I const& mapped) { get<N>(mapped); };
static_assert(has_child<decltype(i), 1> && !has_child<decltype(i), 2>);
template <class I, auto Member>
concept has_member = requires(I const& mapped) { get<Member>(mapped); };
static_assert(has_member<decltype(i), &layer::wq> && !has_member<decltype(i), &net::norm>);

// Equal when the children are.
static_assert(i == cf::tree_map(bytes_of, layer{}));
static_assert(!(i == cf::tree_map([](auto const&) { return std::size_t{16}; }, layer{})));

// Children of a non-const mapped_struct can be written to.
constexpr bool is_written() {
  auto copy = i;
  copy.at<1>() = 7;
  return get<&layer::wo>(copy) == 7 && !(copy == i);
}
static_assert(is_written());

// It is a node with the keys of its origin, and maps on, and back to its origin.
static_assert(cf::kind_of<decltype(i)> == cf::node_kind::product && cf::leaf_count<decltype(i)> == 2);
#if COMMFOLD_HAS_FIELD_NAMES
static_assert(cf::node_traits<std::remove_const_t<decltype(i)>>::keys()[1] == "wo");
#endif
constexpr auto halves = cf::tree_map([](std::size_t n) { return static_cast<short>(n / 2); }, i);
static_assert(std::is_same_v<decltype(halves), cf::mapped_struct<layer, short, short> const> && get<&layer::wo>(halves) == 12);
constexpr auto back = cf::tree_map(
    [](auto const& leaf, auto const& original) {
      (void)leaf;
      return original;
    },
    i, layer{});
static_assert(std::is_same_v<decltype(back), layer const>);

// What nodes inside map to stands inside what the outer one maps to.
constexpr auto n = cf::tree_map(bytes_of, net{});
static_assert(std::is_same_v<decltype(n),
                             cf::mapped_struct<net, std::array<cf::mapped_struct<layer, std::size_t, std::size_t>, 2>, std::size_t> const>);
static_assert(get<&layer::wo>(get<&net::layers>(n)[1]) == 24 && get<&net::norm>(n) == 24);

// A mapped_struct of empty children is empty.
static_assert(std::is_empty_v<decltype(cf::tree_structure(layer{}))>);

}  // namespace
