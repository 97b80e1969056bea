// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <array>
#include <cstddef>
#include <type_traits>
#include <variant>
#include <vector>

namespace {
namespace cf = commfold;

using t4 = cf::tensor<cf::f32, 4>;  // 16 bytes
using t3 = cf::tensor<cf::f64, 3>;  // 24
using vec = cf::tensor<cf::f32, cf::dyn>;

using some = std::variant<t4, std::array<t3, 2>, int, vec, t4>;

// The sum is that of the alternative that is held.
constexpr std::size_t bytes_of(some const& v) { return cf::sum_tensors(v); }
static_assert(bytes_of(some{std::in_place_index<0>}) == 16 && bytes_of(std::array<t3, 2>{}) == 48 && bytes_of(3) == 0);
static_assert(bytes_of(vec{5}) == 20 && bytes_of(some{std::in_place_index<4>}) == 16);
static_assert(cf::sum_tensors(std::variant<std::monostate, t4>{}) == 0);

// Two alternatives of one type are told apart by position.
constexpr auto id = [](auto const& x) { return x; };
constexpr std::size_t kept(some const& v) { return cf::tree_map(id, v).index(); }
static_assert(kept(some{std::in_place_index<4>}) == 4 && kept(some{std::in_place_index<0>}) == 0 && kept(3) == 2);

// A choice as a user would write it.
class grown_or_fixed {
 public:
  constexpr explicit grown_or_fixed(t4 f) : fixed_(f), grown_(0), is_grown_(false) {}
  constexpr explicit grown_or_fixed(vec g) : grown_(g), is_grown_(true) {}
  constexpr bool grown() const { return is_grown_; }
  constexpr t4 const& as_fixed() const { return fixed_; }
  constexpr vec const& as_grown() const { return grown_; }

 private:
  t4 fixed_;
  vec grown_;
  bool is_grown_;
};
}  // namespace
template <>
struct commfold::node_traits<grown_or_fixed> {
  using alternatives = boost::mp11::mp_list<t4, vec>;
  static constexpr std::size_t index(grown_or_fixed const& node) { return node.grown() ? 1 : 0; }
  template <std::size_t I>
  static constexpr auto const& child(grown_or_fixed const& node) {
    if constexpr (I == 0)
      return node.as_fixed();
    else
      return node.as_grown();
  }
  template <std::size_t I, class... U, class Child>
  static constexpr std::variant<U...> make(Child&& child) {
    return std::variant<U...>(std::in_place_index<I>, std::forward<Child>(child));
  }
};
namespace {
static_assert(cf::kind_of<grown_or_fixed> == cf::node_kind::choice && cf::static_tree_bytes<grown_or_fixed> == cf::dyn);
static_assert(cf::sum_tensors(grown_or_fixed{t4{}}) == 16 && cf::sum_tensors(grown_or_fixed{vec{7}}) == 28);
constexpr bool maps_to_a_variant() {
  auto const mapped = cf::tree_map([](auto const& t) { return std::size_t{cf::sum_bytes(t)}; }, grown_or_fixed{vec{7}});
  return mapped.index() == 1 && std::get<1>(mapped) == 28;
}
static_assert(maps_to_a_variant());

}  // namespace
