// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/call_bytes.hpp>

#include <type_traits>

namespace {
using commfold::call_bytes;

// Three numbers, each of which tells calls apart; what is not said is 0.
static_assert(call_bytes{} == call_bytes{0, 0, 0} &&
              call_bytes{1, 2, 3} == call_bytes{.input_bytes = 1, .output_bytes = 2, .message_bytes = 3});
static_assert(call_bytes{1, 2, 3} != call_bytes{9, 2, 3} && call_bytes{1, 2, 3} != call_bytes{1, 9, 3} &&
              call_bytes{1, 2, 3} != call_bytes{1, 2, 9});

// Reports and records copy them as bytes.
static_assert(std::is_trivially_copyable_v<call_bytes> && std::is_aggregate_v<call_bytes>);

}  // namespace
