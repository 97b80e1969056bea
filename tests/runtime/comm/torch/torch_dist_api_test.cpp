// SPDX-License-Identifier: BSL-1.0
// Every public call that was measured, made with the arguments that its row shows: what PyTorch emitted against what our call of that name
// records. Where we differ on purpose, a rule says so by what the row shows, and its rows are counted.
#include <commfold/comm/torch/dist.hpp>
#include <commfold/comm/torch/funcol.hpp>

#include <commfold/op/collective_op.hpp>
#include <commfold/trace/log.hpp>
#include <commfold/tree/for_each.hpp>

#include <tests/support/each_row.hpp>
#include <tests/support/op_rows.hpp>
#include <tests/support/oracle.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iostream>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace {

namespace cf = commfold;
using cf::collective_op;
using oracle::json;
using oracle::value_of;

// --- what our calls emit ----------------------------------------------------------------------------------------------------------------

/// An argument or result of ours as the rows write it.
struct seen_fn {
  cf::dynamic_value operator()(std::convertible_to<cf::dynamic_value> auto const& v) const { return v; }
  cf::dynamic_value operator()(std::nullopt_t) const { return {}; }
  cf::dynamic_value operator()(cf::even_split_t) const { return "even_split"; }
  template <class... T>
  cf::dynamic_value operator()(std::tuple<T...> const& list) const {
    return std::apply([this](auto const&... entries) { return cf::dynamic_value::list((*this)(entries)...); }, list);
  }
  template <class Range>
    requires(!std::convertible_to<Range, cf::dynamic_value>) && requires(Range const& range) { range.begin(); }
  cf::dynamic_value operator()(Range const& range) const {
    std::vector<cf::dynamic_value> elements;
    for (auto const& element : range) elements.push_back((*this)(element));
    return cf::dynamic_value::list_of(std::move(elements));
  }
  /// Tensors and a work.
  template <class Tensors, cf::any_work Work>
  cf::dynamic_value operator()(std::tuple<Tensors, Work> const& result) const {
    return cf::dynamic_value::tuple((*this)(std::get<0>(result)), std::get<1>(result));
  }
};
constexpr seen_fn seen;

struct emitted {
  std::string_view name;
  cf::dynamic_group group;
  std::vector<cf::dynamic_value> args;
  cf::dynamic_value result;
  std::optional<std::size_t> comm_tensor_size;
  bool has_work;
  std::vector<std::uint64_t> works = {};  ///< the ids of those that came back
};

/// A recorder that also keeps what a record has no room for.
class listener {
 public:
  explicit listener(cf::recorder<cf::call_log>& comm) : comm_(comm) {}

  template <cf::operator_row Op, class... Args>
  auto call(Op op, Args const&... args) {
    auto const all = std::tuple<Args...>(args...);
    emitted one{Op::name, collective_op::get_process_group(op, all), {seen(args)...}, {}, {}, returns_a_work<Op>};
    if constexpr (cf::returns_of<Op> == cf::returns::nothing) {
      comm_.call(op, args...);
      calls_.push_back(one);
    } else {
      auto const result = comm_.call(op, args...);
      cf::dynamic_value const held = seen(result);
      cf::tree_for_each(
          [&](auto const& leaf) {
            if constexpr (cf::any_work<decltype(leaf)>) one.works.push_back(leaf.seq_id());
          },
          held);
      one.result = oracle::without_ids(held);
      if constexpr (requires { collective_op::get_comm_tensor_size(op, result, all); })
        one.comm_tensor_size = collective_op::get_comm_tensor_size(op, result, all);
      calls_.push_back(one);
      return result;
    }
  }

  [[nodiscard]] std::vector<emitted> const& calls() const { return calls_; }

 private:
  template <class Op>
  static constexpr bool returns_a_work = cf::returns_of<Op> == cf::returns::work || cf::returns_of<Op> == cf::returns::tensors_and_work;

  cf::recorder<cf::call_log>& comm_;
  std::vector<emitted> calls_;
};

// --- the public calls, by the names that the file gives them ----------------------------------------------------------------------------

using tensor = cf::dynamic_tensor;
using list = std::vector<tensor>;

/// A row, and our communicator to make its call on.
struct asked {
  listener& comm;
  json const& row;

  [[nodiscard]] cf::dist_calls<listener> dist() const { return cf::dist_calls<listener>(comm); }
  [[nodiscard]] cf::dist_nn_calls<cf::dist_calls<listener>> nn() const { return dist().nn(); }
  [[nodiscard]] cf::funcol_calls<listener> funcol() const { return cf::funcol_calls<listener>(comm); }

  /// The operators of the row that move something.
  [[nodiscard]] json const& op(std::size_t n = 0) const {
    for (json const& one : row.at("ops"))
      if (!one.at("op").get<std::string>().starts_with("_c10d_functional::wait_tensor") && n-- == 0) return one;
    throw std::runtime_error("the row has too few operators");
  }
  [[nodiscard]] cf::dynamic_value arg(std::size_t i, std::size_t n = 0) const { return value_of(op(n).at("args").at(i)); }

  /// By value, since a range-for over what a temporary holds dangles.
  [[nodiscard]] std::vector<cf::dynamic_value> entries(std::size_t i) const { return arg(i).as_list(); }

  [[nodiscard]] tensor one(std::size_t i, std::size_t n = 0) const { return arg(i, n).as_tensor(); }
  [[nodiscard]] list many(std::size_t i, std::size_t n = 0) const { return tensors(arg(i, n)); }
  /// The list in a list of one, and the tensor in one.
  [[nodiscard]] list many_in(std::size_t i, std::size_t n = 0) const { return tensors(arg(i, n).as_list().at(0)); }
  [[nodiscard]] tensor one_in(std::size_t i, std::size_t n = 0) const { return many(i, n).at(0); }
  [[nodiscard]] bool has_list(std::size_t i) const { return !arg(i).as_list().empty(); }
  [[nodiscard]] std::vector<list> lists(std::size_t i) const {
    std::vector<list> all;
    for (cf::dynamic_value const& element : entries(i)) all.push_back(tensors(element));
    return all;
  }
  [[nodiscard]] std::size_t number(std::size_t i, std::size_t n = 0) const { return arg(i, n).as_size(); }
  [[nodiscard]] std::vector<std::size_t> numbers(std::size_t i) const {
    std::vector<std::size_t> all;
    for (cf::dynamic_value const& element : entries(i)) all.push_back(element.as_size());
    return all;
  }
  [[nodiscard]] std::vector<std::string> texts(std::size_t i) const {
    std::vector<std::string> all;
    for (cf::dynamic_value const& element : entries(i)) all.push_back(element.as_string());
    return all;
  }
  [[nodiscard]] cf::reduce_op how(std::size_t i) const {
    cf::dynamic_value const held = arg(i);
    return held.is(cf::value_kind::string) ? oracle::reduce_op_of(held.as_string()) : held.as_reduce_op();
  }
  /// The group is given to an operator by itself, or by the name that is its last argument.
  [[nodiscard]] cf::dynamic_group group() const {
    for (json const& held : op().at("args"))
      if (held.is_object() && held.contains("pg")) return value_of(held).as_group();
    return {op().at("args").back().get<std::string>(), row.at("world").get<std::size_t>()};
  }
  /// The k in "dim<k>".
  [[nodiscard]] std::size_t dim() const {
    std::string const api = row.at("api").get<std::string>();
    return std::stoul(api.substr(api.find(" dim") + 4));
  }
  [[nodiscard]] bool says(std::string const& word) const { return row.at("api").get<std::string>().find(word) != std::string::npos; }

 private:
  static list tensors(cf::dynamic_value const& held) {
    list all;
    for (cf::dynamic_value const& element : held.as_list()) all.push_back(element.as_tensor());
    return all;
  }
};

std::vector<std::size_t> sizes_of(tensor const& t) {
  std::vector<std::size_t> sizes;
  for (std::size_t r = 0; r != t.rank(); ++r) sizes.push_back(t.extent(r));
  return sizes;
}
tensor with_sizes(cf::dtype d, std::vector<std::size_t> const& sizes) { return {d, cf::dynamic_extents(sizes.data(), sizes.size())}; }

/// The complex tensor of which this is the pairs of numbers.
tensor as_complex(tensor const& pairs) {
  std::vector<std::size_t> sizes = sizes_of(pairs);
  sizes.pop_back();
  return with_sizes(pairs.dtype() == cf::f64 ? cf::c128 : cf::c64, sizes);
}

/// The tensor whose dimension `dim` was cut into one piece a rank, and the pieces joined along dimension 0.
tensor before_the_cut(tensor const& t, std::size_t dim, std::size_t ranks) {
  std::vector<std::size_t> sizes = sizes_of(t);
  sizes.at(0) /= ranks;
  sizes.at(dim) *= ranks;
  return with_sizes(t.dtype(), sizes);
}

/// Where the operator has no splits, or [2, 2, 2, 2] in their place, nothing was given to the public call.
void all_to_all_single(asked const& a) {
  if (a.has_list(3))
    a.dist().all_to_all_single(a.one(0), a.one(1), a.numbers(3), a.numbers(4), a.group());
  else
    a.dist().all_to_all_single(a.one(0), a.one(1), a.group());
}

/// Every rank sends to its neighbour, as the row's does.
void permute(asked const& a) {
  std::vector<std::size_t> ring(a.group().size);
  for (std::size_t rank = 0; rank != ring.size(); ++rank) ring[rank] = (rank + 1) % ring.size();
  std::vector<std::size_t> const sent = a.numbers(2);
  auto const dst = static_cast<std::size_t>(std::find_if(sent.begin(), sent.end(), [](std::size_t n) { return n != 0; }) - sent.begin());
  CHECK(a.funcol().permute_tensor(a.one(0), ring, (dst + ring.size() - 1) % ring.size(), a.group()) == a.one(0));
}

void gather_along(asked const& a) {
  std::vector<std::size_t> sizes = sizes_of(a.one(0));
  sizes.at(a.dim()) *= a.group().size;
  CHECK(a.funcol().all_gather_single(a.one(0), a.dim(), a.group()) == with_sizes(a.one(0).dtype(), sizes));
}

/// "a b" means the call a in the variant b; what the arguments tell needs no entry.
std::map<std::string, void (*)(asked const&), std::less<>> const public_calls = {
    {"dist.all_reduce", [](asked const& a) { a.dist().all_reduce(a.one_in(0), a.how(2), a.group()); }},
    {"dist.all_reduce async + wait", [](asked const& a) { CHECK(a.dist().all_reduce(a.one_in(0), a.how(2), a.group()).wait()); }},
    {"dist.all_reduce complex", [](asked const& a) { a.dist().all_reduce(as_complex(a.one_in(0)), a.how(2), a.group()); }},
    {"dist.broadcast", [](asked const& a) { a.dist().broadcast(a.one_in(0), a.number(2), a.group()); }},
    {"dist.reduce", [](asked const& a) { a.dist().reduce(a.one_in(0), a.number(3), a.how(2), a.group()); }},
    {"dist.all_gather", [](asked const& a) { a.dist().all_gather(a.many_in(0), a.one_in(1), a.group()); }},
    {"dist.all_gather_into_tensor", [](asked const& a) { a.dist().all_gather_into_tensor(a.one(0), a.one(1), a.group()); }},
    {"dist.reduce_scatter", [](asked const& a) { a.dist().reduce_scatter(a.one_in(0), a.many_in(1), a.how(3), a.group()); }},
    {"dist.reduce_scatter_tensor", [](asked const& a) { a.dist().reduce_scatter_tensor(a.one(0), a.one(1), a.how(3), a.group()); }},
    {"dist.gather", [](asked const& a) { a.dist().gather(a.one_in(1), a.many_in(0), a.number(3), a.group()); }},
    {"dist.gather (non-root)", [](asked const& a) { a.dist().gather(a.one_in(1), a.number(3), a.group()); }},
    {"dist.gather_single", [](asked const& a) { a.dist().gather_single(a.one(0), a.one(1), a.number(3), a.group()); }},
    {"dist.scatter", [](asked const& a) { a.dist().scatter(a.one_in(0), a.many_in(1), a.number(3), a.group()); }},
    {"dist.scatter (non-root)", [](asked const& a) { a.dist().scatter(a.one_in(0), a.number(3), a.group()); }},
    {"dist.all_to_all", [](asked const& a) { a.dist().all_to_all(a.many(0), a.many(1), a.group()); }},
    {"dist.all_to_all_single", all_to_all_single},
    {"dist.send / dist.recv",
     [](asked const& a) {
       a.dist().send(a.one_in(0), a.number(2), a.group(), a.number(3));
       a.dist().recv(a.one_in(0, 1), a.number(2, 1), a.group(), a.number(3, 1));
     }},
    {"dist.isend / dist.irecv + wait",
     [](asked const& a) {
       CHECK(a.dist().isend(a.one_in(0), a.number(2), a.group(), a.number(3)).wait());
       CHECK(a.dist().irecv(a.one_in(0, 1), a.number(2, 1), a.group(), a.number(3, 1)).wait());
     }},
    {"dist.irecv any source", [](asked const& a) { a.dist().irecv(a.one_in(0), a.group(), a.number(2)); }},
    {"dist.batch_isend_irecv",
     [](asked const& a) {
       auto const [sent, received] = a.dist().batch_isend_irecv(cf::p2p_isend{a.one_in(0), a.number(2), a.group()},
                                                                cf::p2p_irecv{a.one_in(0, 1), a.number(2, 1), a.group()});
       CHECK(sent.wait());
       CHECK(received.wait());
     }},
    {"dist.barrier", [](asked const& a) { a.dist().barrier(a.group()); }},
    {"dist.monitored_barrier", [](asked const& a) { a.dist().monitored_barrier(a.group()); }},
    {"dist.all_reduce_coalesced", [](asked const& a) { a.dist().all_reduce_coalesced(a.many(0), a.how(2), a.group()); }},
    {"dist.all_gather_coalesced", [](asked const& a) { a.dist().all_gather_coalesced(a.lists(0), a.many(1), a.group()); }},
    {"_coalescing_manager 2x all_reduce",
     [](asked const& a) {
       a.dist().coalescing(a.group(), [&](auto& batch) {
         for (tensor const& t : a.many(0)) batch.all_reduce(t, a.how(2));
       });
     }},
    {"_coalescing_manager 2x all_gather_into_tensor",
     [](asked const& a) {
       a.dist().coalescing(a.group(), [&](auto& batch) {
         for (std::size_t i = 0; i != a.many(0).size(); ++i) batch.all_gather_into_tensor(a.many(0)[i], a.many(1)[i]);
       });
     }},
    {"_coalescing_manager 2x reduce_scatter_tensor",
     [](asked const& a) {
       a.dist().coalescing(a.group(), [&](auto& batch) {
         for (std::size_t i = 0; i != a.many(0).size(); ++i) batch.reduce_scatter_tensor(a.many(0)[i], a.many(1)[i], a.how(3));
       });
     }},
    {"all_gather_object", [](asked const& a) { a.dist().all_gather_object(a.one_in(1, 1).numel(), a.group()); }},
    {"broadcast_object_list",
     [](asked const& a) {
       // The row tells how many objects there are, and how large they are together.
       std::vector<std::size_t> sizes(a.one_in(0).numel(), 0);
       sizes.at(0) = a.one_in(0, 1).numel();
       a.dist().broadcast_object_list(sizes, a.number(2), a.group());
     }},
    {"dist.nn.all_reduce fwd+bwd",
     [](asked const& a) { a.nn().all_reduce_backward(a.nn().all_reduce(a.one_in(0), a.how(2), a.group()), a.how(2), a.group()); }},
    {"dist.nn.all_gather fwd+bwd",
     [](asked const& a) { CHECK(a.nn().all_gather_backward(a.nn().all_gather(a.one_in(1), a.group()), a.group()) == a.one_in(1)); }},
    {"dist.nn.all_to_all_single fwd+bwd",
     [](asked const& a) {
       tensor const gradient = a.nn().all_to_all_single(a.one(0), a.one(1), cf::even_split, cf::even_split, a.group());
       CHECK(a.nn().all_to_all_single_backward(gradient, a.one(1), cf::even_split, cf::even_split, a.group()) == a.one(1));
     }},

    {"funcol.all_reduce", [](asked const& a) { a.funcol().wait_tensor(a.funcol().all_reduce(a.one(0), a.how(1), a.group())); }},
    {"funcol.all_reduce fwd+bwd",
     [](asked const& a) { a.funcol().all_reduce_backward(a.funcol().all_reduce(a.one(0), a.how(1), a.group()), a.group()); }},
    {"legacy torch.ops.c10d_functional.all_reduce",
     [](asked const& a) { a.funcol().all_reduce(a.one(0), a.how(1), a.group()); }},
    {"funcol.broadcast", [](asked const& a) { a.funcol().broadcast(a.one(0), a.number(1), a.group()); }},
    {"funcol.all_gather_single", gather_along},
    {"funcol.all_gather_single_autograd fwd+bwd",
     [](asked const& a) {
       tensor const gradient = a.funcol().all_gather_single_autograd(a.one(0), 0, a.group());
       CHECK(a.funcol().all_gather_single_autograd_backward(gradient, 0, a.group()) == a.one(0));
     }},
    {"funcol.reduce_scatter_single",
     [](asked const& a) {
       a.funcol().reduce_scatter_single(before_the_cut(a.one(0), a.dim(), a.group().size), a.how(1), a.dim(), a.group());
     }},
    {"funcol.reduce_scatter_single_autograd fwd+bwd",
     [](asked const& a) {
       tensor const gradient = a.funcol().reduce_scatter_single_autograd(a.one(0), a.how(1), 0, a.group());
       CHECK(a.funcol().reduce_scatter_single_autograd_backward(gradient, 0, a.group()) == a.one(0));
     }},
    {"funcol.all_to_all_single", [](asked const& a) { a.funcol().all_to_all_single(a.one(0), a.numbers(1), a.numbers(2), a.group()); }},
    {"funcol.all_to_all_single None splits",
     [](asked const& a) { a.funcol().all_to_all_single(a.one(0), cf::even_split, cf::even_split, a.group()); }},
    {"funcol.all_to_all_single_autograd fwd+bwd",
     [](asked const& a) {
       tensor const gradient = a.funcol().all_to_all_single_autograd(a.one(0), a.numbers(1), a.numbers(2), a.group());
       CHECK(a.funcol().all_to_all_single_autograd_backward(gradient, a.numbers(1), a.numbers(2), a.group()) == a.one(0));
     }},
    {"funcol.all_reduce_coalesced", [](asked const& a) { a.funcol().all_reduce_coalesced(a.many(0), a.how(1), a.group()); }},
    {"funcol.all_gather_single_coalesced", [](asked const& a) { a.funcol().all_gather_single_coalesced(a.many(0), a.group()); }},
    {"funcol.reduce_scatter_single_coalesced",
     [](asked const& a) {
       a.funcol().reduce_scatter_single_coalesced(a.many(0), a.how(1), std::vector<int>(a.many(0).size(), 0), a.group());
     }},
    {"funcol.isend_inplace/irecv_inplace",
     [](asked const& a) {
       a.funcol().isend_inplace(a.one(0), a.number(1), a.number(2), a.group());
       a.funcol().irecv_inplace(a.one(0, 1), a.number(1, 1), a.number(2, 1), a.group());
     }},
    {"funcol.batch_p2p_ops_inplace",
     [](asked const& a) { a.funcol().batch_p2p_ops_inplace(a.texts(0), a.numbers(1), a.numbers(2), a.many(3), a.group()); }},
    {"funcol.permute_tensor", permute},
};

/// The entry for a name in the file: without what the arguments tell as well ("dst=1", "even", "dim1"), where there is none for all of it.
auto public_call(std::string const& api) {
  auto found = public_calls.find(api);
  if (found != public_calls.end()) return found;
  std::string kept;
  for (std::size_t at = 0; at < api.size();) {
    std::size_t const end = std::min(api.find(' ', at), api.size());
    std::string const word = api.substr(at, end - at);
    at = end + 1;
    bool const told = word.find('=') != std::string::npos || word == "even" || word == "uneven" ||
                      (word.starts_with("dim") && word.find_first_not_of("0123456789", 3) == std::string::npos);
    if (!told) kept += (kept.empty() ? "" : " ") + word;
  }
  return public_calls.find(kept);
}

// --- the two held against each other ----------------------------------------------------------------------------------------------------

bool raised(json const& answer) { return answer.is_object() && answer.contains("exc"); }

/// The same argument: a group for its name, a reduction for its name, and an even split for the equal sizes that it means.
bool same_argument(cf::dynamic_value const& ours, cf::dynamic_value const& theirs) {
  using kind = cf::value_kind;
  if (ours.is(kind::group) && theirs.is(kind::string)) return ours.as_group().name() == theirs.as_string();
  if (ours.is(kind::reduce_op) && theirs.is(kind::string)) return name(ours.as_reduce_op()) == theirs.as_string();
  if (ours == cf::dynamic_value("even_split") && theirs.is(kind::list)) {
    std::vector<cf::dynamic_value> const& sizes = theirs.as_list();
    return std::adjacent_find(sizes.begin(), sizes.end(), std::not_equal_to<>()) == sizes.end();
  }
  return ours == theirs;
}

/// An operator of a row as a row of its own, as those of torch_ops.jsonl are.
json own_row(json const& op, json const& row) {
  json alone = op;
  alone["mode"] = row.at("mode");
  alone["world"] = row.at("world");
  return alone;
}

class comparison {
 public:
  explicit comparison(std::vector<json> const& rows) : groups_(op_rows::groups_in(rows)) {}

  void row(json const& row) {
    tally_.row();
    std::string const api = row.at("api").get<std::string>();
    auto const call = public_call(api);
    if (call == public_calls.end()) {
      FAIL_CHECK("no public call of ours is named " << api);
      return;
    }

    cf::call_log log;
    cf::recorder<cf::call_log> comm(log);
    listener ours(comm);
    call->second({ours, row});

    std::vector<cf::dynamic_tensor> pending;
    std::size_t next = 0;
    for (json const& theirs : row.at("ops")) {
      if (theirs.at("op") == "_c10d_functional::wait_tensor.default") {
        wait(theirs, row, pending);
      } else if (next == ours.calls().size()) {
        FAIL_CHECK("ours does not emit " << theirs.at("op"));
      } else {
        INFO("operator " << next);
        CHECK(log.calls()[next].op() == ours.calls()[next].name);
        op(ours.calls()[next], theirs, row);
        if (!ours.calls()[next].name.starts_with("c10d::")) to_wait_for(ours.calls()[next].result, pending);
        ++next;
      }
    }
    CHECK(next == ours.calls().size());
    CHECK(log.calls().size() == ours.calls().size());
    // No two calls of a trace return one work.
    std::set<std::uint64_t> works;
    for (emitted const& one : ours.calls())
      for (std::uint64_t const id : one.works) CHECK(works.insert(id).second);
    // PyTorch waits where a tensor is used, and some calls use none of what they get: those of meta tensors, and those that are told so.
    bool const never_waits = row.at("mode") == "meta" || api.starts_with("legacy ") || api.find("_inplace") != std::string::npos;
    CHECK((pending.empty() || never_waits));
    for (std::size_t n = 0; n != pending.size(); ++n) tally_.departs("not_waited_for", "PyTorch's caller did not use what came back");
  }

  [[nodiscard]] op_rows::tally const& tally() const { return tally_; }
  [[nodiscard]] std::size_t ops() const { return ops_; }
  [[nodiscard]] std::size_t waits() const { return waits_; }

 private:
  /// Ours records no wait, which has no group and moves nothing. PyTorch's is one for a tensor that a call of ours returned, once.
  void wait(json const& theirs, json const& row, std::vector<cf::dynamic_tensor>& pending) {
    ++waits_;
    json const alone = own_row(theirs, row);
    op_rows::measured_call const call(alone, groups_.at(row.at("world").get<std::size_t>()), tally_);
    call.compare_result();
    ask(call);
    auto const found = std::find(pending.begin(), pending.end(), oracle::value_of(theirs.at("args").at(0)).as_tensor());
    CHECK(found != pending.end());
    if (found != pending.end()) pending.erase(found);
  }
  static void to_wait_for(cf::dynamic_value const& result, std::vector<cf::dynamic_tensor>& pending) {
    cf::tree_for_each(
        [&](auto const& leaf) {
          if constexpr (cf::tensor_like<decltype(leaf)>) pending.emplace_back(leaf);
        },
        result);
  }

  static void ask(op_rows::measured_call const& call) {
    call.compare_group();
    call.compare_size();
    call.compare_work();
  }

  void op(emitted const& ours, json const& theirs, json const& row) {
    ++ops_;
    CHECK(std::string(ours.name) + ".default" == theirs.at("op").get<std::string>());
    arguments(ours, theirs.at("args"));
    json const alone = own_row(theirs, row);
    op_rows::measured_call const call(alone, groups_.at(row.at("world").get<std::size_t>()), tally_);
    CHECK(ours.works.empty() == !ours.has_work);
    std::optional<cf::dynamic_group> const given = call.given_group();
    CHECK(given);
    if (given) CHECK(ours.group == *given);

    if (raised(row.at("error")) && !theirs.contains("res")) {
      // Nothing after it in the row: PyTorch refused the call there.
      CHECK(theirs == row.at("ops").back());
      torch_errors::excuse const* const excuse = torch_errors::excuse_of({torch_errors::question::call, alone, row.at("error"), {}});
      INFO("PyTorch raises " << row.at("error"));
      CHECK(excuse != nullptr);
      if (excuse != nullptr) tally_.departs(excuse->name, excuse->words);
      return;
    }
    CHECK(ours.result == oracle::value_of(theirs.at("res")));
    if (theirs.contains("not_in_collective_ops")) {
      CHECK(torch_errors::is_absent(ours.name));
      CHECK(ours.comm_tensor_size == call.size_that_upstream_forgot());
      CHECK(ours.has_work);
      tally_.departs("size_of_absent_operator", "PyTorch's table does not hold the operator, and nothing was asked: ours is its storage");
      return;
    }
    ask(call);
    if (!raised(theirs.at("comm")))
      CHECK(ours.comm_tensor_size == theirs.at("comm").get<std::size_t>());
    else
      CHECK(ours.comm_tensor_size == call.size_that_upstream_forgot());
    CHECK(ours.has_work == (theirs.at("work") == "FakeWork"));
  }

  /// Ours, and nothing more than the `async_op` that says whether PyTorch waits.
  void arguments(emitted const& ours, json const& theirs) {
    CHECK(ours.args.size() <= theirs.size());
    for (std::size_t i = 0; i != theirs.size(); ++i) {
      cf::dynamic_value const wanted = value_of(theirs[i]);
      INFO("argument " << i << ": " << oracle::text_of(wanted));
      if (i >= ours.args.size()) {
        CHECK(i == ours.args.size());
        CHECK(i + 1 == theirs.size());
        CHECK(cf::find_op(ours.name).parameters()[i].name == "async_op");
        CHECK(wanted == cf::dynamic_value(false));
        tally_.departs("async_op", "the flag says whether PyTorch's caller waits, and changes no byte: ours has none");
      } else {
        INFO("ours: " << oracle::text_of(ours.args[i]));
        CHECK(same_argument(ours.args[i], wanted));
      }
    }
  }

  std::map<std::size_t, std::vector<cf::dynamic_group>> groups_;
  op_rows::tally tally_;
  std::size_t ops_ = 0;
  std::size_t waits_ = 0;
};

}  // namespace

TEST_CASE("the public calls emit the operators that PyTorch's emit", "[trace][torch]") {
  std::vector<json> const rows = oracle::rows("torch_dist_api.jsonl");
  comparison compared(rows);
  oracle::compare_each(rows, [&](json const& row) { compared.row(row); });
  compared.tally().print("torch_dist_api.jsonl");
  std::cout << "  " << compared.ops() << " operators compared, and " << compared.waits() << " waits for them\n";

  std::size_t const ops =
      std::accumulate(rows.begin(), rows.end(), std::size_t{0}, [](std::size_t n, json const& row) { return n + row.at("ops").size(); });
  CHECK(compared.tally().rows() == rows.size());
  CHECK(compared.ops() + compared.waits() == ops);
  if (!oracle::reads_own("torch_dist_api.jsonl")) return;
  CHECK(compared.tally().departures() == op_rows::tally::counts{{"absent_operator", 6},
                                                                {"async_op", 60},
                                                                {"group_that_upstream_forgot", 1},
                                                                {"kernel_of_the_cpu", 25},
                                                                {"no_such_call_of_backend", 2},
                                                                {"not_waited_for", 30},
                                                                {"size_of_absent_operator", 5},
                                                                {"size_that_upstream_forgot", 6}});
}
