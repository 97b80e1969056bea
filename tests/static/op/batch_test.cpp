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

struct row {
  COMMFOLD_OPERATOR("test::row");
};

static_assert(detail::range_of_names<std::vector<std::string>> && detail::range_of_names<std::array<char const*, 2>> &&
              detail::range_of_names<std::vector<std::string_view>>);
static_assert(!detail::range_of_names<std::vector<int>> && !detail::range_of_names<int>);
static_assert(detail::range_of_integers<std::vector<long>> && detail::range_of_integers<int[2]> &&
              !detail::range_of_integers<std::array<char const*, 2>> && !detail::range_of_integers<int>);

static_assert(detail::is_receive("test", "irecv") && !detail::is_receive("test", "isend"));
static_assert(!is_a_constant<[] { return detail::is_receive("test", "recv"); }>);
static_assert(!is_a_constant<[] { return detail::is_receive("test", ""); }>);

using one = cf::tensor<cf::u8, 1>;
using two = cf::tensor<cf::u8, 2>;
constexpr bool accepted(auto const& operations, auto const& peers, auto const& tags, auto const& tensors) {
  detail::expect_batch<row>(operations, peers, tags, tensors);
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

// Each entry in order, as three digits: 1 for a receive, the peer, the extent.
constexpr std::size_t entries(names const& operations, numbers const& peers) {
  std::size_t digits = 0;
  detail::for_each_in_batch<row>(operations, peers, std::tuple<one, two, one>{}, [&](bool received, int peer, auto const& t) {
    digits = 1000 * digits + (received ? 100 : 0) + 10 * static_cast<std::size_t>(peer) + t.extent(0);
  });
  return digits;
}
static_assert(entries({"isend", "irecv", "isend"}, {7, 8, 9}) == 71'182'091);
static_assert(entries({"irecv", "isend", "irecv"}, {7, 8, 9}) == 171'082'191);
static_assert(!is_a_constant<[] { return entries({"isend", "irecv"}, {7, 8, 9}); }>);

}  // namespace
