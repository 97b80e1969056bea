// SPDX-License-Identifier: BSL-1.0
// error: commfold::node_traits: the specialisation for this type names neither children, nor element, nor alternatives
#include <commfold/tree.hpp>

using tensor = commfold::tensor<commfold::f32, 4>;

struct layer {
  tensor w;
};
template <>
struct commfold::node_traits<layer> {
#ifdef SHOULD_FAIL
  using elements = ::tensor;
#else
  using children = boost::mp11::mp_list<::tensor>;
  template <std::size_t>
  static constexpr auto const& child(layer const& node) {
    return node.w;
  }
#endif
};

int main() { return static_cast<int>(commfold::sum_tensors(layer{})); }
