// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/layout/of_tensor.hpp>

#include <commfold/tensor/tensor.hpp>

namespace {

/// Foreign, transposed, its storage larger than it shows.
struct their_transposed {
  std::size_t rows;
};

/// mdspan over every other row, its strides told by the mapping.
struct every_other_row {
  using element_type = double;
  using extents_type = commfold::extents<3, 5>;
  struct mapping_type {
    static constexpr int required_span_size() { return 25; }
    static constexpr bool is_always_exhaustive() { return false; }
  };
  static constexpr extents_type extents() { return {}; }
  static constexpr mapping_type mapping() { return {}; }
  static constexpr int stride(std::size_t r) { return r == 0 ? 10 : 1; }
};

}  // namespace

template <>
struct commfold::tensor_traits<their_transposed> {
  using extents_type = commfold::extents<3, commfold::dyn>;
  static constexpr commfold::dtype dtype = commfold::f32;
  static constexpr extents_type extents(their_transposed const& t) { return extents_type{t.rows}; }
  static constexpr commfold::extents<1, 3> strides(their_transposed const&) { return {}; }
  static constexpr std::size_t storage_bytes(their_transposed const&) { return 4096; }
};

namespace {
namespace cf = commfold;
using cf::detail::static_layout;
using cf::detail::true_layout;

using mixed = cf::tensor<cf::bf16, 2, cf::dyn, 4>;
static_assert(static_layout<mixed>.sizes[1] == cf::dyn && static_layout<mixed>.strides[1] == 4);
static_assert(static_layout<mixed>.strides[0] == cf::dyn && static_layout<mixed>.storage == cf::dyn && static_layout<mixed>.contiguous);
static_assert(true_layout(mixed{3}).strides[0] == 12 && true_layout(mixed{3}).storage == 48);

static_assert(cf::static_payload_bytes<their_transposed> == cf::dyn && cf::dtype_of_tensor(their_transposed{1}) == cf::f32);
static_assert(static_layout<their_transposed>.strides[1] == 3 && static_layout<their_transposed>.sizes[1] == cf::dyn);
static_assert(!static_layout<their_transposed>.contiguous && static_layout<their_transposed>.storage == cf::dyn);
static_assert(true_layout(their_transposed{5}).storage == 4096 && true_layout(their_transposed{5}).sizes[1] == 5);

static_assert(static_layout<every_other_row>.sizes[1] == 5 && static_layout<every_other_row>.strides[0] == cf::dyn);
static_assert(true_layout(every_other_row{}).strides[0] == 10 && true_layout(every_other_row{}).storage == 200);

}  // namespace
