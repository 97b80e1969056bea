// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/work.hpp>
#include <commfold/tree.hpp>

#include <cstdint>
#include <tuple>
#include <type_traits>

namespace {
namespace cf = commfold;

using t4 = cf::tensor<cf::f32, 4>;
using t8 = cf::tensor<cf::f64, 8>;

// Done before it began.
constexpr cf::fake_work<> done;
static_assert(done.wait() && done.is_completed() && done.is_success());

// No counter can tell two constants apart; whoever numbers them does.
static_assert(done.seq_id() == 0 && cf::fake_work<>(7).seq_id() == 7);
static_assert(cf::fake_work<>(7) == cf::fake_work<>(7) && cf::fake_work<>(7) != cf::fake_work<>(8));
static_assert(!std::is_convertible_v<int, cf::fake_work<>> && !std::is_convertible_v<std::uint64_t, cf::fake_work<>>);

// With what the call made.
constexpr cf::fake_work received(std::tuple{t4{}, t8{}}, 3);
static_assert(std::is_same_v<decltype(received), cf::fake_work<std::tuple<t4, t8>> const>);
static_assert(std::is_same_v<decltype(received.result()), std::tuple<t4, t8> const&>);
static_assert(received.seq_id() == 3 && received.wait() && cf::fake_work(t4{}).seq_id() == 0);
static_assert(received == cf::fake_work<>(3) && sizeof(cf::fake_work<t4>) == sizeof(std::uint64_t));
static_assert(std::is_convertible_v<decltype(received), cf::fake_work<>> && !std::is_convertible_v<cf::fake_work<>, cf::fake_work<t4>>);

static_assert(cf::any_work<cf::fake_work<>> && cf::any_work<cf::fake_work<t4> const&> && !cf::any_work<t4> && !cf::any_work<int>);

// A leaf that weighs nothing: the tensors are those of the call.
static_assert(cf::kind_of<cf::fake_work<t4>> == cf::node_kind::opaque && cf::kind_of<cf::fake_work<>> == cf::node_kind::opaque);
static_assert(cf::sum_tensors_v<std::tuple<t4, cf::fake_work<std::tuple<t4, t8>>>> == 16);
static_assert(cf::leaf_count<std::tuple<t4, cf::fake_work<t4>>> == 2);

// (args[0], work), or the work alone.
constexpr auto both = cf::create_fakework(std::tuple{t8{}, t4{}, 5});
static_assert(std::is_same_v<decltype(both), std::tuple<t8, cf::fake_work<t8>> const> && std::get<1>(both).seq_id() == 0);
constexpr auto alone = cf::create_fakework(std::tuple{t8{}, t4{}}, std::false_type{});
static_assert(std::is_same_v<decltype(alone), cf::fake_work<> const>);
static_assert(std::is_same_v<decltype(cf::create_fakework(std::tuple{t8{}}, std::true_type{})), std::tuple<t8, cf::fake_work<t8>>>);
struct arguments {
  t4 output;
  int root;
};
static_assert(std::is_same_v<decltype(cf::create_fakework(arguments{})), std::tuple<t4, cf::fake_work<t4>>>);
static_assert(!std::is_invocable_v<decltype(cf::create_fakework), int> && !std::is_invocable_v<decltype(cf::create_fakework), t4>);

}  // namespace
