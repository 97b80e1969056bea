// SPDX-License-Identifier: BSL-1.0
// By hand, from get_num_bytes_per_token in csrc/kernels/internode.cu of DeepEP.
#include <commfold/parallel/expert/deep_ep.hpp>

#include <cstddef>

namespace cf = commfold;
namespace expert = cf::parallel::expert;

namespace {

constexpr bool has(expert::token_shapes const& shapes, std::size_t dispatch, std::size_t combine, std::size_t combine_backward,
                   std::size_t dispatch_backward) {
  return shapes.dispatch.dtype == cf::u8 && shapes.dispatch.hidden == dispatch && shapes.combine.hidden == combine &&
         shapes.combine_backward.hidden == combine_backward && shapes.dispatch_backward.hidden == dispatch_backward;
}

// DeepSeek-V3: 7168 elements for 8 experts. 14336 + 8 + 64 = 14408, rounded up to 14416; 14344 to 14352; 14376 to 14384.
static_assert(has(expert::deep_ep_shapes({cf::bf16, 7168}, 8), 14416, 14352, 14352, 14384));
// In fp8: 7168 + 56 * 4 + 8 = 7400, to 7408; with 64 for 8 experts 7464, to 7472.
static_assert(has(expert::deep_ep_shapes({cf::f8e4m3fn, 7168}, 8), 7472, 14352, 7408, 14384));
// Where rounding hides nothing: 16 + 8 + 24 = 48, 16 + 8 = 24 to 32, 16 + 8 + 12 = 36 to 48.
static_assert(has(expert::deep_ep_shapes({cf::bf16, 8}, 3), 48, 32, 32, 48));

}  // namespace
