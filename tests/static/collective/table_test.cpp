// SPDX-License-Identifier: BSL-1.0
#include <commfold/collective/table.hpp>

#include <boost/mp11/algorithm.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace {
namespace cf = commfold;

template <class List>
constexpr std::array<std::string_view, 0> names;
template <class... Op>
constexpr std::array<std::string_view, sizeof...(Op)> names<boost::mp11::mp_list<Op...>> = {Op::name...};

// As PyTorch 2.14 registers them.
static_assert(names<cf::all_operators> == std::array<std::string_view, 13>{
                                              "_c10d_functional::all_reduce",
                                              "_c10d_functional::all_gather_into_tensor",
                                              "_c10d_functional::reduce_scatter_tensor",
                                              "_c10d_functional::broadcast",
                                              "_c10d_functional::all_to_all_single",
                                              "_c10d_functional::all_reduce_coalesced",
                                              "_c10d_functional::all_gather_into_tensor_coalesced",
                                              "_c10d_functional::reduce_scatter_tensor_coalesced",
                                              "c10d::_allgather_base_",
                                              "c10d::_reduce_scatter_base_",
                                              "c10d::send",
                                              "c10d::recv_",
                                              "c10d::barrier",
                                          });
static_assert(boost::mp11::mp_is_set<cf::all_operators>::value);

template <class T>
using is_row = std::bool_constant<cf::operator_row<T>>;
static_assert(boost::mp11::mp_all_of<cf::all_operators, is_row>::value);

// The argument that a row calls the group is one by its schema: Any group_name, or ProcessGroup process_group.
consteval std::string_view argument(std::string_view schema, std::size_t position) {
  schema = schema.substr(1, schema.find(") ->") - 1);
  for (; position != 0; --position) schema = schema.substr(schema.find(", ") + 2);
  return schema.substr(0, schema.find(", "));
}
template <class Rule>
constexpr std::size_t position_of = 99;
template <std::size_t I>
constexpr std::size_t position_of<cf::detail::arg<I>> = I;
template <class Op>
using group_is_a_group = std::bool_constant<argument(Op::schema, position_of<typename Op::group>) == "Any group_name" ||
                                            argument(Op::schema, position_of<typename Op::group>) == "ProcessGroup process_group">;
static_assert(boost::mp11::mp_all_of<cf::all_operators, group_is_a_group>::value);

}  // namespace
