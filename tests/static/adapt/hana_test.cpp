// SPDX-License-Identifier: BSL-1.0
#include <commfold/adapt/hana.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tree.hpp>

#include <boost/hana/at_key.hpp>
#include <boost/hana/equal.hpp>
#include <boost/hana/length.hpp>
#include <boost/hana/plus.hpp>
#include <boost/hana/type.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace {
namespace cf = commfold;
namespace hana = boost::hana;

using t4 = cf::tensor<cf::f32, 4>;  // 16 bytes
using t3 = cf::tensor<cf::f64, 3>;  // 24
using vec = cf::tensor<cf::f32, cf::dyn>;

constexpr auto bytes_of = [](auto const& t) { return std::size_t{cf::sum_bytes(t)}; };

// hana::tuple
constexpr auto tuple = hana::make_tuple(t4{}, hana::make_tuple(t3{}, 1), 'x');
static_assert(cf::kind_of<decltype(tuple)> == cf::node_kind::product && cf::leaf_count<decltype(tuple)> == 4);
static_assert(cf::sum_tensors_v<decltype(tuple)> == 40 && cf::sum_tensors(hana::make_tuple(vec{5}, t4{})) == 36);
static_assert(cf::sum_tensors_v<hana::tuple<>> == 0 && cf::sum_tensors_v<hana::tuple<t4 const&, t3&>> == 40);
constexpr auto mapped = cf::tree_map_only(cf::is_tensor, bytes_of, tuple);
static_assert(std::is_same_v<decltype(mapped), hana::tuple<std::size_t, hana::tuple<std::size_t, int>, char> const>);
static_assert(hana::at_c<0>(mapped) == 16 && hana::at_c<0>(hana::at_c<1>(mapped)) == 24 && hana::at_c<2>(mapped) == 'x');
// A tuple of one tuple stays nested.
static_assert(
    std::is_same_v<decltype(cf::tree_map(bytes_of, hana::make_tuple(hana::make_tuple(t4{})))), hana::tuple<hana::tuple<std::size_t>>>);
// It can be mapped together with a std::tuple.
constexpr auto both = cf::tree_map([](int a, int b) { return a * b; }, hana::make_tuple(2, 3), std::tuple{5, 7});
static_assert(hana::at_c<0>(both) == 10 && hana::at_c<1>(both) == 21);

// Hana's algorithms take a leaf_tuple, also one that holds nothing.
constexpr auto leaves = cf::tree_leaves(std::tuple{7, t4{}, 'x'});
static_assert(hana::at_c<0>(leaves) == 7 && hana::at_c<2>(leaves) == 'x' && decltype(hana::length(leaves))::value == 3);
static_assert(hana::to_tuple(leaves) == hana::make_tuple(7, t4{}, 'x'));
static_assert(hana::unpack(leaves, [](int n, t4, char c) { return n + c; }) == 7 + 'x');
static_assert(std::is_same_v<decltype(hana::to_tuple(cf::tree_leaves(std::tuple{t4{}, std::pair{t3{}, t4{}}}))), hana::tuple<t4, t3, t4>>);

// hana::pair, hana::optional
static_assert(cf::sum_tensors_v<hana::pair<t4, t3>> == 40 && hana::second(cf::tree_map(bytes_of, hana::make_pair(t4{}, t3{}))) == 24);
static_assert(cf::sum_tensors_v<hana::optional<t4>> == 16 && cf::sum_tensors_v<hana::optional<>> == 0);
static_assert(cf::leaf_count<hana::optional<int>> == 1 && cf::leaf_count<hana::optional<>> == 0);
static_assert(*cf::tree_map(bytes_of, hana::just(t3{})) == 24);
static_assert(std::is_same_v<decltype(cf::tree_map(bytes_of, hana::nothing)), hana::optional<>>);

// hana::map, by names
using wq = hana::string<'w', 'q'>;
using bias = hana::string<'b', 'i', 'a', 's'>;
constexpr auto named = hana::make_map(hana::make_pair(wq{}, t4{}), hana::make_pair(bias{}, hana::make_tuple(t3{}, vec{2})));
static_assert(cf::kind_of<decltype(named)> == cf::node_kind::product && cf::sum_tensors(named) == 16 + 24 + 8);
static_assert(cf::node_traits<std::remove_const_t<decltype(named)>>::keys()[1] == "bias");
static_assert(cf::tree_paths(named)[0] == "wq" && cf::tree_paths(named)[2] == "bias[1]");
constexpr auto sizes = cf::tree_map(bytes_of, named);
static_assert(sizes[wq{}] == 16 && hana::at_c<1>(sizes[bias{}]) == 8);
static_assert(cf::tree_structure(sizes) == cf::tree_structure(named));
// Other names make another structure.
using wk = hana::string<'w', 'k'>;
static_assert(std::is_same_v<cf::first_difference<hana::map<hana::pair<wq, int>>, hana::map<hana::pair<wk, int>>>, cf::differs_at<>>);

// Keys that are types or numbers name no children.
constexpr auto typed = hana::make_map(hana::make_pair(hana::type_c<int>, t4{}), hana::make_pair(hana::size_c<7>, t3{}));
static_assert(cf::sum_tensors_v<decltype(typed)> == 40 && cf::tree_paths(typed)[1] == "[1]");
static_assert(cf::tree_map(bytes_of, typed)[hana::type_c<int>] == 16 && cf::tree_map(bytes_of, typed)[hana::size_c<7>] == 24);
static_assert(cf::sum_tensors_v<hana::map<>> == 0);

// Numbers, both ways.
static_assert(std::is_same_v<decltype(cf::to_hana(cf::size_c<3>)), hana::size_t<3>>);
static_assert(std::is_same_v<decltype(cf::from_hana(hana::size_c<3>)), cf::size_constant<3>>);
static_assert(std::is_same_v<decltype(cf::from_hana(hana::int_c<3>)), cf::size_constant<3>>);
static_assert(std::is_same_v<decltype(cf::from_hana(cf::to_hana(cf::size_c<9>))), cf::size_constant<9>>);
static_assert(std::is_same_v<decltype(cf::add(hana::size_c<3>, cf::size_c<4>)), cf::size_constant<7>>);
template <class N>
concept has_size = requires(N n) { cf::from_hana(n); };
static_assert(has_size<hana::size_t<0>> && !has_size<hana::int_<-1>> && !has_size<hana::bool_<true>> && !has_size<int>);
static_assert(hana::value<cf::size_constant<5>>() == 5 && decltype(cf::to_hana(cf::size_c<3>) + hana::size_c<4>)::value == 7);
static_assert(decltype(hana::to<hana::integral_constant_tag<std::size_t>>(cf::size_c<6>))::value == 6);
static_assert(cf::kind_of<hana::size_t<3>> == cf::node_kind::opaque);

}  // namespace
