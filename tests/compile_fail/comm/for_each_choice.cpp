// SPDX-License-Identifier: BSL-1.0
// error: commfold::communicator::for_each: a choice has one alternative, not children; visit it
#include <commfold/trace/trace.hpp>

#include <tuple>
#include <variant>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

using either = std::variant<cf::tensor<cf::f32, 4>, cf::tensor<cf::f32, 8>>;
#ifdef SHOULD_FAIL
using node = either;
#else
using node = std::tuple<either>;
#endif
constexpr auto traffic = cf::trace([](auto& comm) { comm.for_each(node{}, [&](auto const& t) { comm.all_reduce(t, cf::sum, g); }); });

int main() { static_cast<void>(traffic); }
