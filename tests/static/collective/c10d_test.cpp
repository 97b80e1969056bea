// SPDX-License-Identifier: BSL-1.0
#include <commfold/collective/c10d.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/views.hpp>

#include <array>
#include <tuple>
#include <type_traits>

namespace {
namespace cf = commfold;
using cf::dyn;
using cf::size_c;
using cf::c10d::_allgather_base_;
using cf::c10d::_reduce_scatter_base_;

constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"g"> any_g{4};

template <class Op, class... Args>
constexpr cf::call_bytes bytes(Op op, Args const&... args) {
  return cf::detail::bytes_of_call(op, cf::detail::arguments<Args...>(args...), op(args...));
}

using whole = cf::tensor<cf::f32, 32>;   // 128 B
using part = cf::tensor<cf::f32, 2, 4>;  // 32 B; the shapes need not agree, the elements must
constexpr cf::tensor<cf::f32, dyn> any_whole{32};
constexpr cf::dynamic_tensor dynamic_part(cf::f32, {8});

// Both write into what they are given first: it is what comes back, and what counts as output.
static_assert(std::is_same_v<decltype(_allgather_base_(whole{}, part{}, g)), whole>);
static_assert(_allgather_base_(any_whole, dynamic_part, any_g) == any_whole);
static_assert(bytes(_allgather_base_, whole{}, part{}, g) == cf::call_bytes{.input = 32, .output = 128, .message = 128});
static_assert(bytes(_allgather_base_, any_whole, part{}, any_g) == cf::call_bytes{32, 128, 128});
static_assert(bytes(_allgather_base_, any_whole, dynamic_part, g) == cf::call_bytes{32, 128, 128});

static_assert(std::is_same_v<decltype(_reduce_scatter_base_(part{}, whole{}, g, cf::sum)), part>);
static_assert(bytes(_reduce_scatter_base_, part{}, whole{}, g, cf::sum) == cf::call_bytes{.input = 128, .output = 32, .message = 128});
static_assert(bytes(_reduce_scatter_base_, dynamic_part, any_whole, any_g, cf::sum) == cf::call_bytes{128, 32, 128});

// A part that is a window on a larger buffer, as FSDP's is, counts what it shows.
constexpr auto window = cf::narrow(cf::tensor<cf::f32, 4096>{}, size_c<0>, size_c<64>, size_c<8>);
static_assert(bytes(_allgather_base_, whole{}, window, g) == cf::call_bytes{32, 128, 128});
static_assert(std::is_same_v<decltype(_reduce_scatter_base_(window, whole{}, g, cf::sum)), std::remove_const_t<decltype(window)>>);
// Nothing of nothing.
static_assert(bytes(_allgather_base_, cf::tensor<cf::f32, 0>{}, cf::tensor<cf::f32, 0, 3>{}, g) == cf::call_bytes{0, 0, 0});
static_assert(bytes(_allgather_base_, cf::tensor<cf::f32, 4>{}, cf::tensor<cf::f32>{}, g) == cf::call_bytes{4, 16, 16});

// send has no output and recv_ no input; both carry N, of one tensor or several.
static_assert(bytes(cf::c10d::send, whole{}, g, 3) == cf::call_bytes{.input = 128, .output = 0, .message = 128});
static_assert(bytes(cf::c10d::recv_, whole{}, g, size_c<0>) == cf::call_bytes{.input = 0, .output = 128, .message = 128});
static_assert(bytes(cf::c10d::send, std::tuple<whole, part>{}, any_g, 0) == cf::call_bytes{160, 0, 160});
static_assert(bytes(cf::c10d::recv_, std::array<part, 3>{}, any_g, 1) == cf::call_bytes{0, 96, 96});
static_assert(std::is_same_v<decltype(cf::c10d::recv_(window, g, 1)), std::remove_const_t<decltype(window)>>);

// barrier carries nothing, whatever tensor names the device.
static_assert(bytes(cf::c10d::barrier, cf::tensor<cf::u8, 1>{}, g) == cf::call_bytes{});

static_assert(!std::is_invocable_v<cf::c10d::allgather_base_t, std::tuple<whole>, part, decltype(g)>);
static_assert(!std::is_invocable_v<cf::c10d::reduce_scatter_base_t, part, whole, decltype(g)>);
static_assert(!std::is_invocable_v<cf::c10d::send_t, whole, int, int>);

template <auto F>
concept is_a_constant = requires {
  typename std::integral_constant<bool, F()>;
};
static_assert(is_a_constant<[] { return _allgather_base_(any_whole, dynamic_part, any_g).rank() == 1; }>);
static_assert(!is_a_constant<[] { return _allgather_base_(cf::tensor<cf::f32, dyn>{31}, dynamic_part, any_g).rank() == 1; }>);
static_assert(!is_a_constant<[] { return _allgather_base_(cf::tensor<cf::i32, dyn>{32}, dynamic_part, any_g).rank() == 1; }>);
static_assert(!is_a_constant<[] { return _reduce_scatter_base_(any_whole, dynamic_part, any_g, cf::sum).rank() == 1; }>);
static_assert(!is_a_constant<[] { return cf::c10d::send(whole{}, g, 4).rank() == 1; }>);
static_assert(!is_a_constant<[] { return cf::c10d::recv_(whole{}, any_g, 4).rank() == 1; }>);

}  // namespace
