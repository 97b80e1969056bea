// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/refusal.hpp>

#include <commfold/op/table.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <cstddef>
#include <iterator>
#include <string_view>
#include <type_traits>

namespace {
namespace cf = commfold;

struct row {
  COMMFOLD_OPERATOR("test::row");
};
static_assert(row::name == "test::row" && row::verb == std::string_view("commfold::test::row"));
static_assert(cf::detail::name_in_verb("commfold::c10d::send") == "c10d::send");

// Every operator is refused under its own qualified name, and no two under one.
template <class Op>
constexpr bool verb_is_name =
    std::string_view(Op::verb).starts_with("commfold::") && std::string_view(Op::verb).substr(sizeof "commfold::" - 1) == Op::name;
template <class Op>
using is_refused_by_name = std::bool_constant<verb_is_name<Op>>;
static_assert(boost::mp11::mp_all_of<cf::all_operators, is_refused_by_name>::value);

template <class... Op>
constexpr bool verbs_differ(boost::mp11::mp_list<Op...>) {
  std::string_view const verbs[] = {Op::verb...};
  for (std::size_t i = 0; i != std::size(verbs); ++i)
    for (std::size_t j = 0; j != i; ++j)
      if (verbs[i] == verbs[j]) return false;
  return true;
}
static_assert(verbs_differ(cf::all_operators{}) && !verbs_differ(boost::mp11::mp_list<row, cf::c10d::send_t, row>{}));

}  // namespace
