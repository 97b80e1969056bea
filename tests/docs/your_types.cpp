// SPDX-License-Identifier: BSL-1.0
// What docs/your_types.md shows; tests/snippets.cmake cuts it from here.
#include <commfold/adapt/hana.hpp>
#include <commfold/commfold.hpp>

#include <boost/hana.hpp>
#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace {

namespace cf = commfold;
namespace hana = boost::hana;

class mlp {
 public:
  explicit constexpr mlp(std::size_t) {}

  cf::tensor<cf::f32, 8, 4> w;
  cf::tensor<cf::f32, 8> b;
};

template <class T>
class small_vector {
 public:
  void push_back(T value) { values_.push_back(std::move(value)); }
  [[nodiscard]] auto begin() const { return values_.begin(); }
  [[nodiscard]] auto end() const { return values_.end(); }
  [[nodiscard]] std::size_t size() const { return values_.size(); }

 private:
  std::vector<T> values_;
};

class my_tensor {
 public:
  explicit constexpr my_tensor(std::size_t rows) : rows_(rows) {}
  [[nodiscard]] constexpr std::size_t rows() const { return rows_; }

 private:
  std::size_t rows_;
};

struct options {
  cf::tensor<cf::f32, 2> seen_by_nobody;
};

// [module]
struct module {
  cf::tensor<cf::f32, cf::dyn> weight;
  std::vector<module> parts;
};
// [/module]

}  // namespace

// [class]
template <>
struct commfold::node_traits<mlp> : commfold::fields<&mlp::w, &mlp::b> {};
// [/class]

// [container]
template <class T>
struct commfold::node_traits<small_vector<T>> : commfold::range_node<T, small_vector> {};
// [/container]

// [tensor]
template <>
struct commfold::tensor_traits<my_tensor> {
  static constexpr commfold::dtype dtype = commfold::f32;      // or a function of the value
  using extents_type = commfold::extents<commfold::dyn, 128>;  // or commfold::dynamic_extents
  static constexpr extents_type extents(my_tensor const& t) { return extents_type(t.rows()); }
  // optional: storage_bytes(t), strides(t)
};
// [/tensor]

// [leaf]
template <>
struct commfold::node_traits<options> : commfold::opaque_leaf {};
// [/leaf]

// [mapped]
template <>
struct commfold::node_traits<module> : commfold::fields<&module::weight, &module::parts> {
  using mapped = module;
};
// [/mapped]

namespace {

static_assert(cf::sum_tensors_v<mlp> == 160);
static_assert(cf::sum_tensors(my_tensor(3)) == 3 * 128 * 4);
static_assert(cf::sum_tensors_v<options> == 0);

constexpr auto hana_model = hana::make_map(hana::make_pair(BOOST_HANA_STRING("w"), cf::tensor<cf::f32, 8>{}));
static_assert(cf::sum_tensors(hana_model) == 32);

}  // namespace

TEST_CASE("the containers and recursive types that your types shows", "[docs]") {
  small_vector<my_tensor> two;
  two.push_back(my_tensor(1));
  two.push_back(my_tensor(2));
  CHECK(cf::sum_tensors(two) == 1536);

  auto const halved = cf::tree_map_only(
      cf::is_tensor, [](auto const& t) { return cf::tensor<cf::f32, cf::dyn>{t.extent(0) / 2}; },
      module{cf::tensor<cf::f32, cf::dyn>{8}, {module{cf::tensor<cf::f32, cf::dyn>{4}, {}}}});
  CHECK(cf::sum_tensors(halved) == 24);
}
