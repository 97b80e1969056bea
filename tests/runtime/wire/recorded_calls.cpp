// SPDX-License-Identifier: BSL-1.0
#include <tests/runtime/wire/recorded_calls.hpp>

#include <commfold/op/dynamic/dynamic_op.hpp>
#include <commfold/op/dynamic/typed_arguments.hpp>
#include <commfold/op/table.hpp>
#include <commfold/trace/recorder.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <stdexcept>
#include <string>
#include <tuple>

namespace wire_test {
namespace {
namespace cf = commfold;

template <class Row>
void record_row(cf::call_log& log, cf::call_arguments const& arguments) {
  cf::recorder<cf::call_log> comm(log);
  cf::detail::bound_arguments const bound(Row::verb, cf::parameters_of<Row>, arguments);
  std::apply([&](auto const&... each) { static_cast<void>(comm.call(Row{}, each...)); }, cf::detail::typed_arguments<Row>(bound));
}

}  // namespace

void record(cf::call_log& log, std::string_view op, cf::call_arguments const& arguments) {
  std::string_view const name = cf::find_op(op).name();
  bool found = false;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, cf::all_operators>>(
      [&]<class Row>(boost::mp11::mp_identity<Row>) {
        if constexpr (!Row::rules.group.is_nothing())
          if (Row::name == name) {
            record_row<Row>(log, arguments);
            found = true;
          }
      });
  if (!found) throw std::runtime_error("recorded_calls: no recorder writes " + std::string(op));
}

}  // namespace wire_test
