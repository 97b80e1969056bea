// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <array>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

namespace {
namespace cf = commfold;

using f32x4 = cf::tensor<cf::f32, 4>;      // 16 bytes
using f64x3 = cf::tensor<cf::f64, 3>;      // 24
using bf16x5 = cf::tensor<cf::bf16, 5>;    // 10
using vec = cf::tensor<cf::f32, cf::dyn>;  // 4 an element

// A tensor, and trees of them: each occurrence is counted, and nothing else is.
static_assert(cf::sum_tensors_v<f32x4> == 16 && cf::sum_tensors_v<cf::tensor<cf::f32>> == 4 &&
              cf::sum_tensors_v<cf::tensor<cf::f32, 0>> == 0);
static_assert(cf::sum_tensors_v<int> == 0 && cf::sum_tensors_v<std::string> == 0 && cf::sum_tensors_v<std::tuple<>> == 0);
static_assert(cf::sum_tensors_v<std::tuple<f32x4, f64x3, f32x4>> == 56);
static_assert(cf::sum_tensors_v<std::pair<int, bf16x5>> == 10);
static_assert(cf::sum_tensors_v<std::tuple<std::tuple<std::tuple<bf16x5>>, char, std::string>> == 10);
static_assert(cf::sum_tensors_v<std::tuple<f32x4&, f64x3 const&>> == 40);

// A fixed sequence is its element times its count.
static_assert(cf::sum_tensors_v<std::array<f32x4, 1000000>> == 16000000 && cf::sum_tensors_v<f64x3[7]> == 168);
static_assert(cf::sum_tensors_v<f64x3[2][7]> == 336 && cf::sum_tensors_v<std::array<f32x4, 0>> == 0);
static_assert(cf::sum_tensors_v<std::array<std::tuple<f32x4, bf16x5>, 3>> == 78);
static_assert(cf::sum_tensors_v<std::span<f32x4 const, 3>> == 48);
static_assert(cf::sum_tensors_v<std::array<vec, 0>> == 0);

// A sequence without tensors weighs 0, whatever its count.
static_assert(cf::sum_tensors_v<std::vector<int>> == 0 && cf::sum_tensors_v<std::map<std::string, double>> == 0);
static_assert(cf::sum_tensors_v<std::optional<int>> == 0 && cf::sum_tensors_v<std::variant<int, char>> == 0);
static_assert(cf::sum_tensors_v<char const*> == 0 && cf::sum_tensors_v<void*> == 0);

// Which types tell all their bytes: those that sum_tensors_v takes.
template <class T>
concept has_sum = cf::static_tree<T>;
static_assert(has_sum<f32x4> && has_sum<std::tuple<f32x4, int>>);
static_assert(!has_sum<vec> && !has_sum<std::tuple<f32x4, vec>> && !has_sum<std::array<vec, 3>>);
static_assert(!has_sum<std::vector<f32x4>> && !has_sum<std::optional<f32x4>> && !has_sum<std::span<f32x4>> && !has_sum<f32x4*>);
static_assert(!has_sum<std::map<int, f32x4>> && !has_sum<std::variant<f32x4, int>> && !has_sum<std::unique_ptr<f32x4>>);

// Static in, static out: through a reference, a constant still.
template <class T>
constexpr std::size_t through(T const& tree) {
  return decltype(cf::sum_tensors(tree))::value;
}
static_assert(through(std::tuple{f32x4{}, std::array<f64x3, 2>{}}) == 64);
static_assert(std::is_same_v<decltype(cf::sum_tensors(std::tuple{f32x4{}, 1})), cf::size_constant<16>>);
static_assert(std::is_same_v<decltype(cf::sum_tensors(std::tuple{f32x4{}, vec{}})), std::size_t>);
static_assert(std::is_same_v<decltype(cf::sum_tensors(std::vector<f32x4>{})), std::size_t>);
static_assert(std::is_same_v<decltype(cf::sum_tensors(std::vector<int>{})), cf::size_constant<0>>);

// Dynamic trees, in constant expressions.
static_assert(cf::sum_tensors(vec{7}) == 28 && cf::sum_tensors(std::tuple{vec{7}, f32x4{}, 3}) == 44);
static_assert(cf::sum_tensors(std::array{vec{1}, vec{2}, vec{4}}) == 28);
static_assert(cf::sum_tensors(std::vector<f32x4>(3)) == 48);
constexpr std::size_t nested() {
  return cf::sum_tensors(std::vector{std::vector{vec{1}, vec{2}}, std::vector<vec>{}, std::vector{vec{3}}});
}
static_assert(nested() == 24);
static_assert(cf::sum_tensors(std::optional<f64x3>{}) == 0 && cf::sum_tensors(std::optional{f64x3{}}) == 24);
static_assert(cf::sum_tensors(std::variant<f32x4, f64x3, int>{f64x3{}}) == 24 && cf::sum_tensors(std::variant<f32x4, int>{1}) == 0);
static_assert(cf::sum_tensors(std::variant<vec, int>{vec{5}}) == 20);
constexpr f64x3 somewhere;
static_assert(cf::sum_tensors(&somewhere) == 24 && cf::sum_tensors(static_cast<f64x3 const*>(nullptr)) == 0);
constexpr vec few[] = {vec{1}, vec{2}};
static_assert(cf::sum_tensors(few) == 12 && cf::sum_tensors(std::span(few)) == 12 && cf::sum_tensors(std::span<vec const>(few)) == 12);
// Two pointers to one tensor are two occurrences of it.
static_assert(cf::sum_tensors(std::tuple{&somewhere, &somewhere}) == 48);
static_assert(cf::sum_tensors(std::tie(somewhere, few)) == 36);

// The static part is never read: this child cannot be.
struct half_read {
  vec tokens;
};
}  // namespace
template <>
struct commfold::node_traits<half_read> {
  using children = boost::mp11::mp_list<f32x4, vec>;
  template <std::size_t I, class Node>
  static constexpr auto& child(Node& node) {
    static_assert(I == 1, "the static child was read");
    return node.tokens;
  }
};
namespace {
static_assert(cf::sum_tensors(half_read{vec{3}}) == 28);

// A count of zero and a size of zero never overflow; the largest sizes that fit are exact.
using huge = cf::tensor<cf::u8, (std::size_t{1} << 62)>;
static_assert(cf::sum_tensors_v<std::tuple<huge, huge, huge>> == 13835058055282163712u);
static_assert(cf::sum_tensors_v<std::array<huge, 3>> == 13835058055282163712u);
static_assert(cf::sum_tensors_v<std::array<huge, 0>> == 0);

// sum_bytes takes one tensor and nothing else. A view counts all of its storage.
template <class T>
concept has_bytes = requires(T const& t) { cf::sum_bytes(t); };
static_assert(cf::sum_bytes(f32x4{}) == 16 && cf::sum_bytes(vec{3}) == 12);
static_assert(std::is_same_v<decltype(cf::sum_bytes(f32x4{})), cf::size_constant<16>>);
static_assert(has_bytes<vec> && !has_bytes<int> && !has_bytes<std::tuple<f32x4>>);

// A type that holds itself.
struct node {
  vec weight;
  std::vector<node> kids;
};
constexpr std::size_t family() {
  node n{vec{1}, {}};
  n.kids.push_back({vec{2}, {}});
  n.kids.push_back({vec{4}, {}});
  n.kids[1].kids.push_back({vec{8}, {}});
  return cf::sum_tensors(n);
}
static_assert(family() == 60);

}  // namespace
