// SPDX-License-Identifier: BSL-1.0
#include <commfold/parallel/flat_buffer.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>

namespace cf = commfold;
using cf::parallel::flat_buffer;

namespace {

static_assert(cf::tensor_like<flat_buffer>);
constexpr flat_buffer whole{cf::bf16, 24};
static_assert(cf::dynamic_tensor(whole) == cf::dynamic_tensor(cf::bf16, {24}));

// A piece is a view: it has a part of the elements and the storage of all.
constexpr cf::dynamic_tensor piece = whole.piece(8);
static_assert(piece.numel() == 3 && piece.storage_bytes() == 48);
static_assert(cf::dynamic_tensor(flat_buffer{cf::u8, 0}).storage_bytes() == 0);

}  // namespace
