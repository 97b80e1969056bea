// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/dynamic/op_entry.hpp>

#include <commfold/op/rows/all_reduce.hpp>
#include <commfold/op/rows/barrier.hpp>
#include <commfold/op/rows/p2p.hpp>
#include <commfold/op/rows/wait.hpp>

#include <boost/mp11/list.hpp>

#include <array>
#include <string_view>

namespace {
namespace cf = commfold;
using boost::mp11::mp_list;
using cf::detail::op_entry;

constexpr op_entry named(std::string_view name) {
  op_entry entry{};
  entry.name = name;
  return entry;
}

// Names of one length stand together, in any order of the entries; a part of a name, a longer one and another of its length are none.
constexpr op_entry none_long = named(""), a = named("a"), b = named("b"), ab = named("ab"), longest = named("abcd");
constexpr std::array<op_entry const*, 5> all = {&longest, &b, &none_long, &ab, &a};
constexpr cf::detail::entry_index<5, cf::detail::longest_name(all)> index(all);
static_assert(cf::detail::longest_name(all) == 4 && cf::detail::longest_name({}) == 0);
static_assert(index.find("a") == &a && index.find("b") == &b && index.find("ab") == &ab && index.find("abcd") == &longest);
static_assert(index.find("") == &none_long);
static_assert(index.find("c") == nullptr && index.find("ba") == nullptr && index.find("abc") == nullptr && index.find("abcde") == nullptr);

// One without entries finds nothing.
using nothing = mp_list<>;
static_assert(cf::detail::entries_by_name<nothing>.find("") == nullptr && cf::detail::entries_by_name<nothing>.find("a") == nullptr);

// An entry says what its row says.
using rows = mp_list<cf::c10d::send_t, cf::c10d::allreduce_t, cf::c10d_functional::all_reduce_t, cf::c10d_functional::wait_tensor_t>;
constexpr op_entry const* found(std::string_view name) { return cf::detail::entries_by_name<rows>.find(name); }
static_assert(found("c10d::send") == &cf::detail::entry_of<cf::c10d::send_t> && found("c10d::barrier") == nullptr);
static_assert(found("c10d::send")->kind == cf::collective_kind::send && found("c10d::send")->gives == cf::returns::work);
static_assert(std::string_view(found("c10d::send")->verb) == "commfold::c10d::send" && found("c10d::send")->parameters.size() == 4);
static_assert(found("c10d::send")->schema == cf::c10d::send_t::schema && found("c10d::send")->rules.peer.index == 2);
static_assert(found("c10d::allreduce_")->gives == cf::returns::tensors_and_work && !found("c10d::allreduce_")->gives_one_tensor);
static_assert(found("_c10d_functional::all_reduce")->gives_one_tensor && found("_c10d_functional::wait_tensor")->rules.group.is_nothing());

}  // namespace
