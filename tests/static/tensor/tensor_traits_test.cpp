// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/tensor_traits.hpp>

#include <commfold/tensor/dtype_of_tensor.hpp>
#include <commfold/tensor/extents_of.hpp>
#include <commfold/tensor/payload_bytes.hpp>
#include <commfold/tensor/storage_bytes.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tuple>
#include <type_traits>

namespace {

/// A foreign tensor whose type fixes everything.
struct their_weight {};

/// One of static rank that knows its dtype and its storage only at run time.
struct their_array {
  commfold::dtype element;
  std::size_t rows;
  std::size_t storage;
};

/// One whose storage is in the type and larger than what it shows.
struct their_slice {};

/// Completing this is an error.
template <class T>
struct explosive {
  static_assert(sizeof(T) == 0, "completed");
};

/// As std::mdspan is seen from here; the layout says whether it is always exhaustive.
template <class Element, class Extents, bool Exhaustive>
struct little_mdspan {
  using element_type = Element;
  using extents_type = Extents;
  struct mapping_type {
    std::size_t span = 0;
    constexpr std::size_t required_span_size() const { return span; }
    static constexpr bool is_always_exhaustive() { return Exhaustive; }
  };
  Extents shape{};
  std::size_t span = 0;
  constexpr Extents const& extents() const { return shape; }
  constexpr mapping_type mapping() const { return {span}; }
};

/// mdspan's words with int for sizes, as Kokkos' and std's allow.
struct int_extents {
  using rank_type = std::size_t;
  static constexpr std::size_t rank() { return 2; }
  static constexpr std::size_t rank_dynamic() { return 1; }
  static constexpr std::size_t static_extent(std::size_t r) { return r == 0 ? 3 : static_cast<std::size_t>(-1); }
  int columns = 0;
  constexpr int extent(std::size_t r) const { return r == 0 ? 3 : columns; }
};

}  // namespace

template <>
struct commfold::tensor_traits<their_weight> {
  using extents_type = commfold::extents<3, 5>;
  static constexpr commfold::dtype dtype = commfold::f16;
  static constexpr extents_type extents(their_weight const&) { return {}; }
};
template <>
struct commfold::tensor_traits<their_array> {
  using extents_type = commfold::extents<commfold::dyn, 4>;
  static constexpr commfold::dtype dtype(their_array const& t) { return t.element; }
  static constexpr extents_type extents(their_array const& t) { return extents_type{t.rows}; }
  static constexpr std::size_t storage_bytes(their_array const& t) { return t.storage; }
};
template <>
struct commfold::tensor_traits<their_slice> : commfold::tensor_traits<their_weight> {
  static constexpr extents_type extents(their_slice const&) { return {}; }
  static constexpr commfold::size_constant<1000> storage_bytes(their_slice const&) { return {}; }
};

namespace {
namespace cf = commfold;
using cf::dyn;

static_assert(cf::declared_tensor<cf::tensor<cf::f32, 3>> && cf::declared_tensor<cf::tensor<cf::f32, dyn> const&>);
static_assert(cf::declared_tensor<their_weight> && cf::tensor_like<their_weight&&>);
static_assert(!cf::tensor_like<int> && !cf::tensor_like<std::tuple<int>> && !cf::tensor_like<void*>);
static_assert(!cf::declared_tensor<explosive<int>>);  // asking does not complete
struct incomplete;
static_assert(!cf::declared_tensor<incomplete>);

static_assert(cf::static_tensor<their_weight> && cf::static_tensor<their_slice> && !cf::static_tensor<their_array> &&
              !cf::static_tensor<int>);
static_assert(cf::static_rank_tensor<their_array> && !cf::static_dtype_tensor<their_array> && cf::static_dtype_tensor<their_weight>);
static_assert(!cf::static_tensor<cf::tensor<cf::f32, dyn>> && cf::static_tensor<cf::tensor<cf::f32>>);

static_assert(cf::static_payload_bytes<their_weight> == 30 && cf::static_storage_bytes<their_weight> == 30);
static_assert(cf::static_payload_bytes<their_slice> == 30 && cf::static_storage_bytes<their_slice> == 1000);
static_assert(cf::static_storage_bytes<their_array> == dyn && cf::static_payload_bytes<their_array const&> == dyn);
static_assert(std::is_same_v<decltype(cf::storage_bytes(their_slice{})), cf::size_constant<1000>>);
static_assert(cf::payload_bytes(their_array{cf::f64, 3, 4096}) == 96 && cf::storage_bytes(their_array{cf::f64, 3, 4096}) == 4096);
static_assert(cf::dtype_of_tensor(their_array{cf::f64, 3, 0}) == cf::f64 && cf::dtype_of_tensor(their_weight{}) == cf::f16);

// mdspan's words are enough, const elements and int extents too.
using contiguous_span = little_mdspan<float const, cf::extents<3, 5>, true>;
using strided_span = little_mdspan<double, cf::extents<3, dyn>, false>;
using int_span = little_mdspan<short, int_extents, true>;
static_assert(cf::mdspan_shaped<contiguous_span> && !cf::declared_tensor<contiguous_span> && cf::static_tensor<contiguous_span>);
static_assert(cf::static_storage_bytes<contiguous_span> == 60);
// A layout with holes may span more than it shows, even where all extents are static.
static_assert(cf::static_storage_bytes<little_mdspan<float, cf::extents<3, 5>, false>> == dyn);
static_assert(cf::static_payload_bytes<little_mdspan<float, cf::extents<3, 5>, false>> == 60);
static_assert(cf::storage_bytes(strided_span{cf::extents<3, dyn>{5}, 100}) == 800);
static_assert(cf::payload_bytes(strided_span{cf::extents<3, dyn>{5}, 100}) == 120);
static_assert(std::is_same_v<cf::tensor_extents<int_span>, cf::extents<3, dyn>>);
static_assert(cf::payload_bytes(int_span{{7}, 21}) == 42 && cf::extents_of(int_span{{7}, 21}) == cf::extents<3, 7>{});

struct almost_mdspan {
  using element_type = float;
  using extents_type = cf::extents<3>;
};
static_assert(!cf::tensor_like<almost_mdspan>);  // it cannot show its shape

}  // namespace
