// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <array>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace {
namespace cf = commfold;
using boost::mp11::mp_list;

using t4 = cf::tensor<cf::f32, 4>;  // 16 bytes
using t3 = cf::tensor<cf::f64, 3>;  // 24
using vec = cf::tensor<cf::f32, cf::dyn>;

// A class with constructors, a private part and a base, none of which a plain struct may have.
class base {
 public:
  int id = 9;
};
class mlp : public base {
 public:
  constexpr mlp() = default;
  constexpr explicit mlp(std::size_t n) : bias(n) {}
  t4 weight;
  vec bias;
  int untouched = 5;
  constexpr int secret() const { return secret_; }

 private:
  int secret_ = 3;
};

// What would be refused as a plain struct: a C array, a base.
struct raw {
  t4 layers[3];
  t3 head;
};

struct backwards {
  t4 first;
  t3 second;
};

// g++ 12 fails inside Boost.PFR on some plain structs; naming the fields is always a way out.
struct owner {
  std::vector<t4> v;
};
struct owners {
  std::array<owner, 3> layers;
  int q = 0;
};

template <class T>
struct generic : base {
  T value;
};
}  // namespace

template <>
struct commfold::node_traits<mlp> : commfold::fields<&mlp::weight, &mlp::bias> {};
template <>
struct commfold::node_traits<raw> : commfold::fields<&raw::layers, &raw::head> {};
template <>
struct commfold::node_traits<backwards> : commfold::fields<&backwards::second, &backwards::first> {};
template <>
struct commfold::node_traits<owners> : commfold::fields<&owners::layers, &owners::q> {};
template <class T>
struct commfold::node_traits<generic<T>> : commfold::fields<&generic<T>::value> {};

namespace {

template <class T>
using children = typename cf::node_traits<T>::children;

static_assert(cf::kind_of<mlp> == cf::node_kind::product && std::is_same_v<children<mlp>, mp_list<t4, vec>>);
static_assert(cf::sum_tensors(mlp{7}) == 16 + 28);
static_assert(cf::node_traits<mlp>::keys() == std::array<std::string_view, 2>{"weight", "bias"});
static_assert(cf::node_traits<generic<t4>>::keys()[0] == "value" && cf::sum_tensors_v<generic<t4>> == 16);

// In the order given, not in that of the class.
static_assert(std::is_same_v<children<backwards>, mp_list<t3, t4>> && cf::node_traits<backwards>::keys()[0] == "second");
static_assert(cf::node_traits<backwards>::position<&backwards::first>() == 1);

static_assert(cf::sum_tensors_v<raw> == 48 + 24 && cf::leaf_count<raw> == 4);

constexpr bool owners_are_a_node() {
  owners o;
  o.layers[1].v.resize(2);
  return cf::sum_tensors(o) == 32;
}
static_assert(owners_are_a_node());

// Mapped to the same types it is the class again, and what is not named holds its default; mapped to others, it is a mapped_struct with its
// keys.
constexpr auto longer = [](auto const& leaf) {
  if constexpr (std::is_same_v<decltype(leaf), vec const&>)
    return vec{leaf.extent(0) + 1};
  else
    return leaf;
};
constexpr bool maps_to_itself() {
  mlp m{7};
  m.untouched = 6;
  auto const mapped = cf::tree_map(longer, m);
  static_assert(std::is_same_v<decltype(mapped), mlp const>);
  return mapped.bias.extent(0) == 8 && mapped.untouched == 5 && mapped.secret() == 3;
}
static_assert(maps_to_itself());

constexpr auto ranks = cf::tree_map([](auto const& t) { return t.rank(); }, mlp{7});
static_assert(std::is_same_v<decltype(ranks), cf::mapped_struct<mlp, std::size_t, std::size_t> const>);
static_assert(get<&mlp::weight>(ranks) == 1 && get<&mlp::bias>(ranks) == 1);
static_assert(cf::node_traits<std::remove_const_t<decltype(ranks)>>::keys()[1] == "bias");

// A member that is not named is no child.
template <class I, auto Member>
concept has_member = requires(I const& mapped) { get<Member>(mapped); };
static_assert(has_member<decltype(ranks), &mlp::bias> && !has_member<decltype(ranks), &mlp::untouched>);

constexpr auto swapped = cf::tree_map([](auto const& t) { return cf::sum_tensors(t) + 0u; }, backwards{});
static_assert(get<&backwards::first>(swapped) == 16 && get<&backwards::second>(swapped) == 24 && get<0>(swapped) == 24);

}  // namespace
