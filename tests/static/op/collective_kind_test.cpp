// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/collective_kind.hpp>

#include <commfold/op/table.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace {
namespace cf = commfold;
using cf::collective_kind;

static_assert(cf::name(collective_kind::all_reduce) == "all_reduce" && cf::name(collective_kind::all_gather) == "all_gather" &&
              cf::name(collective_kind::reduce_scatter) == "reduce_scatter" && cf::name(collective_kind::broadcast) == "broadcast");
static_assert(cf::name(collective_kind::reduce) == "reduce" && cf::name(collective_kind::gather) == "gather" &&
              cf::name(collective_kind::scatter) == "scatter" && cf::name(collective_kind::all_to_all) == "all_to_all");
static_assert(cf::name(collective_kind::send) == "send" && cf::name(collective_kind::recv) == "recv" &&
              cf::name(collective_kind::send_recv) == "send_recv");
static_assert(cf::name(collective_kind::barrier) == "barrier" && cf::name(collective_kind::wait) == "wait");

/// The letters of an operator's name, after its namespace and without underscores: PyTorch writes all_gather and allgather.
struct letters {
  char text[64] = {};
  std::size_t size = 0;

  constexpr explicit letters(std::string_view name) {
    name.remove_prefix(name.find("::") + 2);
    for (char const c : name)
      if (c != '_') text[size++] = c;
  }
  [[nodiscard]] constexpr bool have(std::string_view word) const {
    return std::string_view(text, size).find(word) != std::string_view::npos;
  }
};

/// The kind that a name says: the first word that is in it, where a longer word comes before those that are parts of it.
constexpr collective_kind kind_by_name(std::string_view name) {
  struct {
    std::string_view word;
    collective_kind kind;
  } constexpr words[] = {{"allreduce", collective_kind::all_reduce},
                         {"allgather", collective_kind::all_gather},
                         {"alltoall", collective_kind::all_to_all},
                         {"reducescatter", collective_kind::reduce_scatter},
                         {"broadcast", collective_kind::broadcast},
                         {"barrier", collective_kind::barrier},
                         {"reduce", collective_kind::reduce},
                         {"scatter", collective_kind::scatter},
                         {"gather", collective_kind::gather},
                         {"batchp2p", collective_kind::send_recv},
                         {"send", collective_kind::send},
                         {"recv", collective_kind::recv}};
  letters const of_name(name);
  for (auto const& [word, kind] : words)
    if (of_name.have(word)) return kind;
  return collective_kind::wait;
}
static_assert(kind_by_name("c10d::_allgather_base_") == collective_kind::all_gather);
static_assert(kind_by_name("c10d::reduce_scatter_tensor_coalesced_") == collective_kind::reduce_scatter);

template <class Op>
using has_the_kind_of_its_name = std::bool_constant<Op::kind == kind_by_name(Op::name)>;
static_assert(boost::mp11::mp_all_of<cf::all_operators, has_the_kind_of_its_name>::value);

// Every kind has a row, and one alone waits.
template <collective_kind Kind>
struct is_of {
  template <class Op>
  using fn = std::bool_constant<Op::kind == Kind>;
};
template <collective_kind Kind>
constexpr std::size_t rows_of = boost::mp11::mp_count_if_q<cf::all_operators, is_of<Kind>>::value;
static_assert(rows_of<collective_kind::all_reduce> == 6 && rows_of<collective_kind::all_gather> == 8 &&
              rows_of<collective_kind::reduce_scatter> == 7 && rows_of<collective_kind::broadcast> == 3);
static_assert(rows_of<collective_kind::reduce> == 1 && rows_of<collective_kind::gather> == 2 && rows_of<collective_kind::scatter> == 1 &&
              rows_of<collective_kind::all_to_all> == 5);
static_assert(rows_of<collective_kind::send> == 2 && rows_of<collective_kind::recv> == 3 && rows_of<collective_kind::send_recv> == 1 &&
              rows_of<collective_kind::barrier> == 2 && rows_of<collective_kind::wait> == 1);

}  // namespace
