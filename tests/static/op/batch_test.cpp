// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/batch.hpp>

#include <commfold/tensor/tensor.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace {
namespace cf = commfold;
namespace detail = commfold::detail;
using call::is_a_constant;

static_assert(detail::range_of_names<std::vector<std::string>> && detail::range_of_names<std::array<char const*, 2>> &&
              detail::range_of_names<std::vector<std::string_view>>);
static_assert(!detail::range_of_names<std::vector<int>> && !detail::range_of_names<int>);
static_assert(detail::range_of_integers<std::vector<long>> && detail::range_of_integers<int[2]> &&
              !detail::range_of_integers<std::array<char const*, 2>> && !detail::range_of_integers<int>);

static_assert(detail::is_receive("irecv") && !detail::is_receive("isend"));
static_assert(!is_a_constant<[] { return detail::is_receive("recv"); }>);
static_assert(!is_a_constant<[] { return detail::is_receive(""); }>);

using one = cf::tensor<cf::u8, 1>;
using two = cf::tensor<cf::u8, 2>;
constexpr bool accepted(auto const& operations, auto const& peers, auto const& tags, auto const& tensors) {
  detail::expect_batch(operations, peers, tags, tensors);
  return true;
}
using names = std::vector<std::string_view>;
using numbers = std::vector<int>;
static_assert(accepted(std::array{"isend", "irecv"}, std::array{0, 1}, numbers{0, 0}, std::tuple<one, two>{}));
static_assert(accepted(names{}, numbers{}, numbers{}, std::tuple<>{}));
static_assert(!is_a_constant<[] { return accepted(names{"isend"}, numbers{0, 0}, numbers{0, 0}, std::tuple<one, two>{}); }>);
static_assert(!is_a_constant<[] { return accepted(names{"isend", "isend"}, numbers{0}, numbers{0, 0}, std::tuple<one, two>{}); }>);
static_assert(!is_a_constant<[] { return accepted(names{"isend", "isend"}, numbers{0, 0}, numbers{0}, std::tuple<one, two>{}); }>);
static_assert(!is_a_constant<[] { return accepted(names{"isend", "put"}, numbers{0, 0}, numbers{0, 0}, std::tuple<one, two>{}); }>);

// Each entry of the operation with its peer, in order.
template <cf::fixed_string Operation>
constexpr std::size_t entries(names const& operations, numbers const& peers) {
  std::size_t digits = 0;
  detail::for_each_in_batch<Operation>(operations, peers, std::tuple<one, two, one>{}, [&](int peer, auto const& t) {
    digits = 100 * digits + 10 * static_cast<std::size_t>(peer) + t.extent(0);
  });
  return digits;
}
static_assert(entries<"isend">({"isend", "irecv", "isend"}, {7, 8, 9}) == 7191);
static_assert(entries<"irecv">({"isend", "irecv", "isend"}, {7, 8, 9}) == 82);
static_assert(!is_a_constant<[] { return entries<"isend">({"isend", "irecv"}, {7, 8, 9}); }>);

}  // namespace
