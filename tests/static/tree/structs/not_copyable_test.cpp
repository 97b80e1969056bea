// SPDX-License-Identifier: BSL-1.0
// Structs with members that cannot be copied, moved or initialised from {}: they are counted, on every compiler alike.
#include <commfold/tensor/tensor.hpp>
#include <commfold/tree/leaf_count.hpp>
#include <commfold/tree/nodes/standard.hpp>
#include <commfold/tree/sum.hpp>

#include <atomic>
#include <cstddef>
#include <mutex>

namespace cf = commfold;

namespace {

using weight = cf::tensor<cf::f32, 4>;

// clang-format off
struct not_movable { explicit not_movable(int); not_movable(not_movable const&) = delete; int number; };
struct of_two { of_two(int, int); of_two(of_two&&) = delete; };
struct not_copyable { not_copyable() = default; not_copyable(not_copyable const&) = delete; int number = 0; };

// clang-format on
}  // namespace

template <>
struct commfold::node_traits<not_movable> : commfold::opaque_leaf {};
template <>
struct commfold::node_traits<of_two> : commfold::opaque_leaf {};
template <>
struct commfold::node_traits<not_copyable> : commfold::opaque_leaf {};
template <>
struct commfold::node_traits<std::mutex> : commfold::opaque_leaf {};

namespace {
// clang-format off
struct first { not_movable state; weight w; };
struct between { std::size_t n; not_movable state; weight w; };
struct last { weight w; weight v; std::size_t n; not_movable state; };
struct both { weight w; not_movable state; not_copyable other; weight v; };
struct pair { of_two state; weight w; std::size_t n; };
struct locked { std::mutex mutex; weight w; };
struct counted { std::atomic<int> counter; weight w; std::size_t const n; };
// clang-format on

static_assert(cf::sum_tensors_v<first> == 16);
static_assert(cf::sum_tensors_v<between> == 16);
static_assert(cf::sum_tensors_v<last> == 32);
static_assert(cf::sum_tensors_v<both> == 32);
static_assert(cf::sum_tensors_v<pair> == 16);
static_assert(cf::sum_tensors_v<locked> == 16);
static_assert(cf::sum_tensors_v<counted> == 16);

}  // namespace
