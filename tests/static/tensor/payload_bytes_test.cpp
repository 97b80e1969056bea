// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/payload_bytes.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <type_traits>

namespace {
namespace cf = commfold;
using cf::dyn;

// Static in, static out; the dynamic answer is the same number.
static_assert(std::is_same_v<decltype(cf::payload_bytes(cf::tensor<cf::bf16, 4096, 4096>{})), cf::size_constant<33'554'432>>);
static_assert(cf::payload_bytes(cf::tensor<cf::bf16, dyn, 4096>{4096}) == 33'554'432);
static_assert(cf::payload_bytes(cf::tensor<cf::f64>{}) == 8 && cf::payload_bytes(cf::dynamic_tensor(cf::f64, {})) == 8);
static_assert(cf::payload_bytes(cf::tensor<cf::f32, 0, 5>{}) == 0);

// An extent of 0 undoes an overflow, before it or behind it.
static_assert(cf::payload_bytes(cf::tensor<cf::f32, dyn, (std::size_t{1} << 62), 4>{0}) == 0);
static_assert(cf::payload_bytes(cf::tensor<cf::f32, dyn, dyn, dyn>{std::size_t{1} << 40, std::size_t{1} << 40, 0}) == 0);
constexpr std::size_t many = std::size_t{1} << 40;
static_assert(cf::static_payload_bytes<cf::tensor<cf::f32, many, many, 0>> == 0);
static_assert(cf::static_payload_bytes<cf::tensor<cf::f32, 0, many, many>> == 0);
static_assert(cf::static_payload_bytes<cf::tensor<cf::f32, many, many, cf::dyn>> == cf::dyn);

// The plain product answers below 2^53 alone, and never for a run-time extent, whatever stands beside it.
static_assert(cf::static_payload_bytes<cf::tensor<cf::u8, (std::size_t{1} << 53) - 1>> == (std::size_t{1} << 53) - 1);
static_assert(cf::static_payload_bytes<cf::tensor<cf::u8, (std::size_t{1} << 53) + 1>> == (std::size_t{1} << 53) + 1);
static_assert(cf::static_payload_bytes<cf::tensor<cf::f32, (std::size_t{1} << 53) + 1>> == (std::size_t{1} << 55) + 4);
static_assert(cf::static_payload_bytes<cf::tensor<cf::u8, dyn - 1>> == dyn - 1 && cf::static_payload_bytes<cf::tensor<cf::u8, dyn>> == dyn);
static_assert(cf::static_payload_bytes<cf::tensor<cf::u8, dyn, 0>> == dyn && cf::static_payload_bytes<cf::tensor<cf::u8, 0, dyn>> == dyn);
static_assert(
    cf::static_payload_bytes<cf::tensor<cf::c128, dyn, dyn, dyn, dyn, dyn, dyn, dyn, dyn, dyn, dyn, dyn, dyn, dyn, dyn, dyn, dyn>> == dyn);
static_assert(cf::static_payload_bytes<cf::tensor<cf::dtype::quint4x2, 3, dyn>> == dyn);
static_assert(cf::static_payload_bytes<cf::tensor<cf::dtype::quint4x2, 3, 3>> == 6);

// PyTorch starts every row of a packed quantised tensor on a byte.
static_assert(cf::payload_bytes(cf::tensor<cf::dtype::quint4x2, 3, 3>{}) == 6);
static_assert(cf::payload_bytes(cf::tensor<cf::dtype::quint4x2, dyn, 3>{3}) == 6);
static_assert(cf::payload_bytes(cf::dynamic_tensor(cf::dtype::quint4x2, {3, 3})) == 6);

}  // namespace
