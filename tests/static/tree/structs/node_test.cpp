// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <any>
#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace {
namespace cf = commfold;
using boost::mp11::mp_list;

using t4 = cf::tensor<cf::f32, 4>;  // 16 bytes
using t3 = cf::tensor<cf::f64, 3>;  // 24
using vec = cf::tensor<cf::f32, cf::dyn>;

template <class T>
using children = typename cf::node_traits<T>::children;

struct two {
  t4 a;
  int b;
};
static_assert(std::is_same_v<children<two>, mp_list<t4, int>> && cf::sum_tensors_v<two> == 16 && cf::leaf_count<two> == 2);

// The fields in their order, whatever their types.
struct mixed {
  bool flag;
  t4 a;
  std::tuple<t3, int> pair;
  std::array<t4, 3> layers;
  two nested;
  std::string name;
  double rate;
};
static_assert(std::is_same_v<children<mixed>, mp_list<bool, t4, std::tuple<t3, int>, std::array<t4, 3>, two, std::string, double>>);
static_assert(cf::sum_tensors_v<mixed> == 16 + 24 + 48 + 16 && cf::leaf_count<mixed> == 1 + 1 + 2 + 3 + 2 + 1 + 1);

struct small_array {
  std::array<t4, 2> a;
};
static_assert(std::is_same_v<children<small_array>, mp_list<std::array<t4, 2>>> && cf::sum_tensors_v<small_array> == 32);

struct arrays {
  std::array<int, 8> a;
  std::array<two, 3> b;
  std::array<std::array<t4, 2>, 2> c;
  std::array<t4, 1> d;
};
static_assert(cf::sum_tensors_v<arrays> == 48 + 64 + 16 && boost::mp11::mp_size<children<arrays>>::value == 4);

struct empty {};
struct deeper {
  empty e;
  t4 a;
  empty f;
};
static_assert(cf::kind_of<empty> == cf::node_kind::opaque && cf::sum_tensors_v<empty> == 0);
static_assert(std::is_same_v<children<deeper>, mp_list<empty, t4, empty>>);

struct one_field {
  t4 a;
};
struct one_in_one {
  one_field f;
};
static_assert(std::is_same_v<children<one_field>, mp_list<t4>> && std::is_same_v<children<one_in_one>, mp_list<one_field>>);

struct with_const {
  t4 const a;
  int const b = 7;
};
static_assert(std::is_same_v<children<with_const>, mp_list<t4, int>> && cf::sum_tensors_v<with_const> == 16);

struct with_defaults {
  t4 a = {};
  int steps = 3;
  std::string name = "none";
};
static_assert(std::is_same_v<children<with_defaults>, mp_list<t4, int, std::string>>);

class no_default {
 public:
  explicit constexpr no_default(int n) : n_(n) {}

 private:
  [[maybe_unused]] int n_;
};
}  // namespace
template <>
struct commfold::node_traits<no_default> : commfold::opaque_leaf {};
namespace {
struct needs_a_value {
  no_default a;
  t4 b;
};
static_assert(std::is_same_v<children<needs_a_value>, mp_list<no_default, t4>> && cf::sum_tensors_v<needs_a_value> == 16);

struct moves_only {
  std::unique_ptr<int> p;
  t4 a;
};
static_assert(std::is_same_v<children<moves_only>, mp_list<std::unique_ptr<int>, t4>> && cf::sum_tensors_v<moves_only> == 16);
struct moves_only_twice {
  moves_only a;
  std::unique_ptr<t4> b;
};
static_assert(std::is_same_v<children<moves_only_twice>, mp_list<moves_only, std::unique_ptr<t4>>>);

struct no_address {
  [[no_unique_address]] t4 a;
  [[no_unique_address]] t3 b;
  [[no_unique_address]] vec c;
};
static_assert(std::is_same_v<children<no_address>, mp_list<t4, t3, vec>> && cf::sum_tensors(no_address{{}, {}, vec{2}}) == 48);

struct containers {
  std::vector<t4> v;
  std::optional<t4> o;
  t4* p;
};
static_assert(std::is_same_v<children<containers>, mp_list<std::vector<t4>, std::optional<t4>, t4*>>);

// g++ 12 has an internal compiler error inside Boost.PFR's own count of these fields.
struct owner {
  std::vector<int> v;
};
struct owners {
  std::array<owner, 3> a;
  int b;
};
static_assert(std::is_same_v<children<owners>, mp_list<std::array<owner, 3>, int>>);

// Fields that any initialiser fits are not taken for bases.
struct anything {
  std::any a;
  std::function<void()> b;
  std::string_view c;
  std::variant<int, t4> d;
  std::tuple<std::any> e;
  std::span<t4> f;
};
static_assert(boost::mp11::mp_size<children<anything>>::value == 6);

enum class colour { red };
struct scalars {
  colour c;
  char d;
  long long e;
  int scalars::* f;
  void (*g)();
  std::nullptr_t h;
};
static_assert(boost::mp11::mp_size<children<scalars>>::value == 6);

struct of_bases : empty {};
static_assert(cf::kind_of<of_bases> == cf::node_kind::opaque);  // without a field there is nothing to take apart

// A class that is no aggregate says nothing of its members.
class closed {
  [[maybe_unused]] t4 a_;

 public:
  t4 b;
};
struct constructed {
  constexpr constructed(int) {}
  t4 a;
};
struct virtually {
  virtual ~virtually() = default;
  t4 a;
};
static_assert(cf::kind_of<closed> == cf::node_kind::undescribed && cf::kind_of<constructed> == cf::node_kind::undescribed);
static_assert(cf::kind_of<virtually> == cf::node_kind::undescribed);

// Integral constants are leaves.
static_assert(cf::kind_of<cf::size_constant<3>> == cf::node_kind::opaque && cf::kind_of<std::true_type> == cf::node_kind::opaque);

template <class T>
struct generic {
  T a;
  int b;
};
static_assert(std::is_same_v<children<generic<std::vector<t4>>>, mp_list<std::vector<t4>, int>>);

// Large members cost no more to take apart than small ones.
struct large {
  std::array<vec, 4096> many;
  std::array<double, 100000> numbers;
  t4 a;
};
static_assert(boost::mp11::mp_size<children<large>>::value == 3);

// A hundred fields and no more.
#define COMMFOLD_TEN(n) t4 n##0, n##1, n##2, n##3, n##4, n##5, n##6, n##7, n##8, n##9;
struct hundred {
  COMMFOLD_TEN(a)
  COMMFOLD_TEN(b)
  COMMFOLD_TEN(c)
  COMMFOLD_TEN(d)
  COMMFOLD_TEN(e)
  COMMFOLD_TEN(f)
  COMMFOLD_TEN(g)
  COMMFOLD_TEN(h)
  COMMFOLD_TEN(i)
  COMMFOLD_TEN(j)
};
static_assert(boost::mp11::mp_size<children<hundred>>::value == 100 && cf::sum_tensors_v<hundred> == 1600);
struct ninety_and_numbers {
  COMMFOLD_TEN(a)
  COMMFOLD_TEN(b)
  COMMFOLD_TEN(c)
  COMMFOLD_TEN(d)
  COMMFOLD_TEN(e)
  COMMFOLD_TEN(f)
  COMMFOLD_TEN(g)
  COMMFOLD_TEN(h)
  COMMFOLD_TEN(i)
  int x;
  std::array<t4, 2> y;
};
static_assert(boost::mp11::mp_size<children<ninety_and_numbers>>::value == 92 && cf::sum_tensors_v<ninety_and_numbers> == 1472);
#undef COMMFOLD_TEN

// Fields are reached by reference, and by their names.
constexpr bool reaches_the_fields() {
  arrays s{};
  using traits = cf::node_traits<arrays>;
  traits::child<0>(s)[3] = 5;
  return s.a[3] == 5 && &traits::child<1>(s) == &s.b && &traits::child<3>(std::as_const(s)) == &s.d;
}
static_assert(reaches_the_fields());

static_assert(cf::node_traits<two>::position<&two::a>() == 0 && cf::node_traits<two>::position<&two::b>() == 1);
static_assert(cf::node_traits<mixed>::position<&mixed::layers>() == 3 && cf::node_traits<mixed>::position<&mixed::rate>() == 6);
static_assert(cf::node_traits<no_address>::position<&no_address::b>() == 1);

#if COMMFOLD_HAS_FIELD_NAMES
static_assert(cf::node_traits<mixed>::keys().size() == 7);
static_assert(cf::node_traits<mixed>::keys()[0] == "flag" && cf::node_traits<mixed>::keys()[3] == "layers");
static_assert(cf::node_traits<mixed>::keys()[6] == "rate");
static_assert(cf::node_traits<hundred>::keys()[0] == "a0" && cf::node_traits<hundred>::keys()[99] == "j9");
static_assert(cf::node_traits<generic<std::vector<t4>>>::keys()[1] == "b");
static_assert(cf::node_traits<no_address>::keys()[0] == "a" && cf::node_traits<no_address>::keys()[2] == "c");
static_assert(cf::node_traits<moves_only>::keys()[0] == "p" && cf::node_traits<needs_a_value>::keys()[0] == "a");
#endif

}  // namespace
