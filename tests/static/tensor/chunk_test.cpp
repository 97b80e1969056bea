// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/chunk.hpp>

#include <type_traits>

namespace {
namespace cf = commfold;
using cf::dyn;
using cf::size_c;

constexpr cf::tensor<cf::f32, 6, 4> t64{};

// Equal pieces: an array of one static type.
constexpr auto thirds = cf::chunk(t64, size_c<3>);
static_assert(std::is_same_v<decltype(thirds), std::array<cf::view<cf::f32, cf::extents<2, 4>, cf::extents<4, 1>, 96>, 3> const>);
static_assert(cf::static_payload_bytes<decltype(thirds)::value_type> == 32 && cf::static_storage_bytes<decltype(thirds)::value_type> == 96);
static_assert(cf::chunk(t64, size_c<2>, size_c<1>)[1].extents() == cf::extents<6, 2>{});

// Uneven ones: the last is smaller, and there may be fewer than asked for. torch.empty(6, 4).chunk(4): 2, 2, 2; (5, …).chunk(4): 2, 2, 1.
static_assert(cf::chunk(t64, size_c<4>).size() == 3);
constexpr auto uneven = cf::chunk(cf::tensor<cf::f32, 5>{}, size_c<4>);
static_assert(std::tuple_size_v<decltype(uneven)> == 3);
static_assert(std::get<1>(uneven).extent(0) == 2 && std::get<2>(uneven).extent(0) == 1 && cf::storage_bytes(std::get<2>(uneven)) == 20);
// More pieces than slices: one each.
static_assert(cf::chunk(cf::tensor<cf::f32, 3>{}, size_c<8>).size() == 3);
// Nothing is cut into as many nothings as are asked for.
static_assert(cf::chunk(cf::tensor<cf::f32, 0>{}, size_c<4>).size() == 4 && cf::chunk(cf::tensor<cf::f32, dyn>{0}, 4).size() == 4);

// At run time: a vector.
static_assert(cf::chunk(t64, 4).size() == 3 && cf::chunk(t64, 4, 1).size() == 4 && cf::chunk(t64, 4, -1).size() == 4);
static_assert(cf::chunk(cf::tensor<cf::f32, dyn>{5}, size_c<4>).back().extent(0) == 1);
static_assert(cf::storage_bytes(cf::chunk(cf::tensor<cf::f32, dyn>{5}, size_c<4>).back()) == 20);
static_assert(cf::chunk(cf::dynamic_tensor(cf::f32, {5, 2}), 4).back() == cf::dynamic_tensor(cf::f32, {1, 2}, {2, 1}, 40));

// The payloads of the chunks add up to the tensor's.
constexpr std::size_t payload_of_chunks(std::size_t extent, std::size_t n) {
  std::size_t sum = 0;
  for (auto const& c : cf::chunk(cf::tensor<cf::bf16, dyn, 3>{extent}, n)) sum += cf::payload_bytes(c);
  return sum;
}
static_assert(payload_of_chunks(17, 1) == 102 && payload_of_chunks(17, 4) == 102 && payload_of_chunks(17, 17) == 102 &&
              payload_of_chunks(17, 99) == 102);

template <auto F>
concept is_a_constant = requires { typename std::bool_constant<(F(), true)>; };
static_assert(is_a_constant<[] { return cf::chunk(t64, 2).size(); }>);
static_assert(!is_a_constant<[] { return cf::chunk(t64, 0).size(); }>);
static_assert(!is_a_constant<[] { return cf::chunk(t64, -1).size(); }>);
static_assert(!is_a_constant<[] { return cf::chunk(t64, 2, 2).size(); }>);
static_assert(!is_a_constant<[] { return cf::chunk(cf::dynamic_tensor(cf::f32, {}), 2).size(); }>);

}  // namespace
