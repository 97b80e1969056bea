// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

namespace {
namespace cf = commfold;

using t4 = cf::tensor<cf::f32, 4>;  // 16 bytes
using t3 = cf::tensor<cf::f64, 3>;  // 24
using vec = cf::tensor<cf::f32, cf::dyn>;

struct layer {
  t4 w;
  int steps;
  constexpr bool operator==(layer const&) const = default;
};

constexpr auto twice = [](auto x) { return x + x; };
constexpr auto as_double = [](auto x) { return static_cast<double>(x); };
constexpr auto bytes_of = [](auto const& t) { return std::size_t{cf::sum_bytes(t)}; };

// A node maps to a node of its kind.
static_assert(cf::tree_map(twice, 4) == 8);
static_assert(cf::tree_map(twice, std::tuple{1, std::tuple{2.5, 'a'}}) == std::tuple{2, std::tuple{5.0, 'a' + 'a'}});
static_assert(cf::tree_map(twice, std::pair{1, 2.5}) == std::pair{2, 5.0});
static_assert(cf::tree_map(as_double, std::array{1, 2}) == std::array{1.0, 2.0});
static_assert(cf::tree_map(twice, std::vector{1, 2}) == std::vector{2, 4});
static_assert(cf::tree_map(twice, std::tuple{}) == std::tuple{});
static_assert(std::is_same_v<decltype(cf::tree_map(as_double, std::declval<std::array<int, 3> const&>())), std::array<double, 3>>);
static_assert(std::is_same_v<decltype(cf::tree_map(as_double, std::declval<int const (&)[3]>())), std::array<double, 3>>);
static_assert(std::is_same_v<decltype(cf::tree_map(as_double, std::declval<std::vector<int>>())), std::vector<double>>);
static_assert(std::is_same_v<decltype(cf::tree_map(as_double, std::declval<std::optional<int>>())), std::optional<double>>);
static_assert(std::is_same_v<decltype(cf::tree_map(as_double, std::declval<std::variant<int, float>>())), std::variant<double, double>>);
static_assert(std::is_same_v<decltype(cf::tree_map(bytes_of, std::declval<std::unique_ptr<t4>>())), std::unique_ptr<std::size_t>>);
static_assert(std::is_same_v<decltype(cf::tree_map(bytes_of, std::declval<t4*>())), std::optional<std::size_t>>);
static_assert(std::is_same_v<decltype(cf::tree_map(bytes_of, std::declval<boost::hana::basic_tuple<t4, t3>>())),
                             boost::hana::basic_tuple<std::size_t, std::size_t>>);

// A choice holds the alternative of the same position, also where two alternatives now have one type.
constexpr std::size_t alternative_of(std::variant<int, float> const& v) { return cf::tree_map(as_double, v).index(); }
static_assert(alternative_of(1) == 0 && alternative_of(1.0f) == 1);

// A plain struct maps to itself where the types are kept, and to a mapped_struct where not.
static_assert(cf::tree_map([](auto const& x) { return x; }, layer{{}, 7}) == layer{{}, 7});
static_assert(std::is_same_v<decltype(cf::tree_map([](auto const&) { return 'x'; }, layer{})), cf::mapped_struct<layer, char, char>>);

// A tuple of references is read through.
constexpr int one = 1;
static_assert(cf::tree_map(twice, std::tie(one, one)) == std::tuple{2, 2});

// f returns a node: the leaf has become a subtree.
static_assert(cf::tree_map([](int n) { return std::tuple{n, n}; }, std::array{1, 2}) == std::array{std::tuple{1, 1}, std::tuple{2, 2}});

// f is called once for each leaf, from left to right.
constexpr int order() {
  int digits = 0;
  (void)cf::tree_map([&](int n) { return digits = 10 * digits + n; }, std::tuple{1, std::array{2, 3}, std::vector{4, 5}, std::pair{6, 7}});
  return digits;
}
static_assert(order() == 1234567);

// Several trees: leaf by leaf; where the first has a leaf, the others' whole subtrees are handed over.
constexpr auto plus = [](auto a, auto b) { return a + b; };
static_assert(cf::tree_map(plus, std::tuple{1, std::array{2, 3}}, std::tuple{10, std::array{20, 30}}) ==
              std::tuple{11, std::array{22, 33}});
static_assert(cf::tree_map([](int a, int b, int c) { return a * b + c; }, std::array{2, 3}, std::array{5, 7}, std::array{1, 1}) ==
              std::array{11, 22});
static_assert(cf::tree_map([](int a, std::array<int, 2> const& b) { return a + b[0] * b[1]; }, std::tuple{1, 2},
                           std::tuple{std::array{3, 4}, std::array{5, 6}}) == std::tuple{13, 32});
// Different types of one kind can be mapped together: sequences with sequences, products with products.
static_assert(cf::tree_map(plus, std::array{1, 2}, std::vector{10, 20}) == std::array{11, 22});
static_assert(cf::tree_map(plus, std::vector{10, 20}, std::array{1, 2}) == std::vector{11, 22});
static_assert(cf::tree_map(plus, std::pair{1, 2}, std::tuple{10, 20}) == std::pair{11, 22});
static_assert(cf::tree_map([](auto const&, int b) { return b; }, layer{}, std::tuple{5, 6}).at<1>() == 6);

// tree_map_with_path: the path of each leaf.
constexpr bool paths_come_along() {
  bool ok = true;
  auto const numbered = cf::tree_map_with_path(
      [&](cf::tree_path const& path, int n) {
        ok = ok && (n == 0 ? path == "[0]" : n == 1 ? path == "[1][0]" : path == "[1][1]");
        return path.size();
      },
      std::tuple{0, std::array{1, 2}});
  return ok && numbered == std::tuple{std::size_t{1}, std::array{std::size_t{2}, std::size_t{2}}};
}
static_assert(paths_come_along());

// tree_map_only, selected by type: the others stay as they are, and the selected may change type.
constexpr auto sizes = cf::tree_map_only(cf::is_tensor, bytes_of, std::tuple{t4{}, 7, std::array{t3{}, t3{}}, 'x'});
static_assert(sizes == std::tuple{std::size_t{16}, 7, std::array{std::size_t{24}, std::size_t{24}}, 'x'});
static_assert(cf::tree_map_only(cf::is_type<int>, as_double, std::tuple{1, 2u, 'x'}) == std::tuple{1.0, 2u, 'x'});
static_assert(cf::tree_map_only(cf::is_type<int, char>, as_double, std::tuple{1, 2u, 'A'}) == std::tuple{1.0, 2u, 65.0});
static_assert(cf::tree_map_only(cf::is_type<>, as_double, std::tuple{1, 2u}) == std::tuple{1, 2u});
// Selected by value: the type has to stay.
constexpr auto is_odd = [](auto n) { return n % 2 != 0; };
static_assert(cf::tree_map_only(is_odd, [](int n) { return n * 10; }, std::array{1, 2, 3}) == std::array{10, 2, 30});
static_assert(
    std::is_same_v<
        decltype(cf::tree_map_only(is_odd, [](auto n) { return n * 10; }, std::declval<std::tuple<long, int>>())), std::tuple<long, int>>);
static_assert(cf::tree_map_only([](vec const& v) { return v.extent(0) == 3; }, [](vec const&) { return t4{}; },
                                std::array{vec{2}, vec{3}}) == std::array{vec{2}, vec{4}});
// f is not called with leaves that the predicate refuses by their types.
static_assert(std::get<1>(cf::tree_map_only(
                              cf::is_tensor, [](cf::tensor_like auto const& t) { return t; }, std::tuple{t4{}, layer{{}, 3}}))
                  .steps == 3);

constexpr bool paths_only() {
  auto const m = cf::tree_map_only_with_path(
      cf::is_type<int>, [](cf::tree_path const& path, int n) { return path == "[1][0]" ? n + 100 : n; }, std::tuple{1, std::tuple{2, 'x'}});
  return m == std::tuple{1, std::tuple{102, 'x'}};
}
static_assert(paths_only());

// A leaf may be mapped to a type that can only be moved.
struct only_moved {
  int n;
  constexpr explicit only_moved(int m) : n(m) {}
  constexpr only_moved(only_moved&&) = default;
  constexpr only_moved& operator=(only_moved&&) = default;
};
constexpr auto moved = [](int n) { return only_moved{n}; };
static_assert(std::get<1>(cf::tree_map(moved, std::tuple{1, 2})).n == 2);
static_assert(cf::tree_map(moved, std::array{1, 2})[1].n == 2);
constexpr int through_a_vector() { return cf::tree_map(moved, std::vector{1, 2})[1].n; }
static_assert(through_a_vector() == 2);

}  // namespace
