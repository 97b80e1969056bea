// SPDX-License-Identifier: BSL-1.0
// This header first: it is all that one who defines a leaf needs.
#include <commfold/tree/opaque_leaf.hpp>

namespace {
template <class T>
struct cache;
}
template <class T>
struct commfold::node_traits<cache<T>> : commfold::opaque_leaf {};

#include <commfold/tree.hpp>

#include <tuple>
#include <vector>

namespace {
namespace cf = commfold;
using t4 = cf::tensor<cf::f32, 4>;  // 16 B

/// Would be a plain struct of tensors.
template <class T>
struct cache {
  T kept;
  int hits;
};

// Nobody looks into it: it is one leaf, which weighs nothing, and whose class need not be complete.
static_assert(cf::kind_of<cache<t4>> == cf::node_kind::opaque && cf::leaf_count<std::tuple<cache<t4>, t4>> == 2);
static_assert(cf::sum_tensors(std::tuple<cache<t4>, t4>{}) == 16 && !cf::holds_tensors<cache<t4>>);
struct declared_only;
static_assert(cf::kind_of<cache<declared_only>> == cf::node_kind::opaque);

// It comes through a map with its value.
static_assert(std::get<0>(cf::tree_map_only(cf::is_tensor, [](auto const&) { return 1; }, std::tuple{cache<t4>{{}, 7}, t4{}})).hits == 7);

// A tensor that is declared one outranks it; a range that is declared one does not.
struct numbers {
  t4 const* begin() const;
  t4 const* end() const;
};
}  // namespace
template <>
struct commfold::node_traits<numbers> : commfold::opaque_leaf {};
template <>
struct commfold::node_traits<commfold::tensor<commfold::f64, 3>> : commfold::opaque_leaf {};
namespace {
static_assert(cf::kind_of<numbers> == cf::node_kind::opaque && cf::kind_of<cf::tensor<cf::f64, 3>> == cf::node_kind::tensor);

}  // namespace
