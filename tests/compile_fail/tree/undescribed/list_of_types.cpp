// SPDX-License-Identifier: BSL-1.0
// error: commfold::node_traits: this class says nothing of its members, and a tensor among them would not be counted; give node_traits<T> its members
#include <commfold/tree.hpp>

#include <boost/mp11/list.hpp>

using tensor = commfold::tensor<commfold::f32, 4>;
using types = boost::mp11::mp_list<tensor, tensor>;
#ifndef SHOULD_FAIL
template <>
struct commfold::node_traits<types> : commfold::opaque_leaf {};
#endif

int main() { return static_cast<int>(commfold::sum_tensors(std::tuple{types{}, tensor{}})); }
