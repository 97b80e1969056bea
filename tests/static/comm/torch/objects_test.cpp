// SPDX-License-Identifier: BSL-1.0
// The buffers of serialized objects.
#include <commfold/comm/torch/objects.hpp>

#include <array>

namespace cf = commfold;
using namespace cf::detail;

constexpr cf::process_group<"dp", 4> dp;
constexpr cf::tensor<cf::bf16, 8> t;

// Parts of one buffer share its storage.
static_assert(parts_of_a_buffer("commfold::test", t, dp).size() == 4);
static_assert(parts_of_a_buffer("commfold::test", t, dp)[1].numel() == 8 &&
              parts_of_a_buffer("commfold::test", t, dp)[1].storage_bytes() == 64);

// Objects are bytes.
static_assert(cf::payload_bytes(serialized("commfold::test", 100)) == 100);
static_assert(cf::payload_bytes(serialized("commfold::test", std::array{3, 0, 4})) == 7);
