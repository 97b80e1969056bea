// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/support/op_rows.hpp
/// One measured call of an operator beside ours: what PyTorch's accessors answered, what came back, and where we differ on purpose.
#include <commfold/op/dynamic/dynamic_op.hpp>

#include <tests/support/oracle.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace op_rows {

namespace cf = commfold;
using oracle::json;

/// Where we differ from PyTorch on purpose. Whether a rule holds for a row follows from what the row contains, never from which row it is;
/// `words` says what we answer in its place.
enum class rule {
  group_is_an_object,
  group_that_upstream_forgot,
  size_that_upstream_forgot,
  work_that_upstream_forgot,
  empty_list,
  empty_batch,
  backend_refuses,
  uneven_dim_0,
  uneven_shard_dim,
  negative_dim,
  list_length,
  mixed_dtypes,
  splits,
  not_a_rank,
  whole_and_part,
  no_room,
  unknown_name,
  unknown_operation,
  kernel_of_the_cpu,
  strides
};

inline constexpr std::string_view words[] = {
    "the group is an object where PyTorch's accessor wants a name, or not boxed: ours is that group",
    "PyTorch's table does not know where the group is: ours is the argument of that type",
    "PyTorch's table does not know what to count: ours is the storage of the tensors that the call communicates",
    "PyTorch's table does not know that a work is returned: ours is that work",
    "PyTorch's dispatcher finds no tensor in an empty list: ours answers an empty list",
    "PyTorch answers a list of None to an empty batch: ours answers an empty list",
    "a CPU backend refuses what the shapes allow: ours infers the shapes",
    "the group does not divide dimension 0, and PyTorch's fake rounds down: refused",
    "the group does not divide the dimension to shard, and PyTorch's fake rounds down: refused",
    "a dimension is negative: refused",
    "a list does not have one entry a rank, or lists are not of one length: refused",
    "tensors of one call have different dtypes: refused",
    "split sizes are not one a rank, or do not add up to dimension 0: refused",
    "a root, source, destination or peer is not in the group: refused",
    "one buffer is not the other times the group's size: refused",
    "`out` does not have as many elements as the result: refused",
    "a reduction or group has a name that nobody knows: refused by the fake, too",
    "a batched operation is neither isend nor irecv: refused",
    "the CPU kernel returns the argument itself (irecv, wait_tensor, the _out operators) or copies (shard_dim_alltoall), where the meta "
    "kernel does not: dtypes and sizes are compared",
    "a fresh tensor keeps the order of its input's strides (empty_like): dtype, sizes and storage are compared"};

/// Counts what was compared and which rules were needed, and prints both.
class tally {
 public:
  void row() { ++rows_; }
  void departs(rule r) { ++departures_[r]; }
  [[nodiscard]] std::size_t rows() const { return rows_; }
  void print(std::string_view file) const {
    std::cout << file << ": compared " << rows_ << " rows\n";
    for (auto const& [r, count] : departures_) std::cout << "  " << count << " times: " << words[static_cast<std::size_t>(r)] << '\n';
  }

 private:
  std::size_t rows_ = 0;
  std::map<rule, std::size_t> departures_;
};

/// The message of the `commfold::error` that f throws; empty where it throws none. No error of ours has an empty message.
template <class F>
std::string refusal_of(F f) {
  try {
    f();
    return "";
  } catch (cf::error const& e) {
    return e.what();
  }
}
/// Whether the message is one of ours, which open with the name of the function that refuses.
inline bool refuses(std::string const& what) { return what.starts_with("commfold::"); }

inline bool raised(json const& answer) { return answer.is_object() && answer.contains("exc"); }
inline std::string message_of(json const& answer) { return answer.at("msg").get<std::string>(); }
inline bool is_tensor(json const& j) { return j.is_object() && j.contains("dtype"); }

/// The tensors in an argument or result, in order.
inline void add_tensors(std::vector<json>& found, json const& j) {
  if (is_tensor(j))
    found.push_back(j);
  else if (j.is_array() || j.is_object())
    for (json const& child : j) add_tensors(found, child);
}
inline std::vector<json> tensors_in(json const& j) {
  std::vector<json> found;
  add_tensors(found, j);
  return found;
}
inline std::size_t storage_in(json const& j) {
  std::size_t bytes = 0;
  for (json const& t : tensors_in(j)) bytes += t.at("nbytes").get<std::size_t>();
  return bytes;
}
inline std::set<int> storages_in(json const& j) {
  std::set<int> ids;
  for (json const& t : tensors_in(j)) ids.insert(t.at("storage").get<int>());
  return ids;
}
inline std::size_t elements_in(json const& j) {
  std::size_t all = 0;
  for (json const& t : tensors_in(j)) {
    std::size_t n = 1;
    for (json const& size : t.at("sizes")) n *= size.get<std::size_t>();
    all += n;
  }
  return all;
}

/// The groups by the size of their world. A row may give only the name of its group; another row of the file has the size.
inline std::map<std::size_t, std::vector<cf::dynamic_group>> groups_in(std::vector<json> const& rows) {
  std::map<std::pair<std::size_t, std::string>, std::size_t> sizes;
  auto const look = [&](auto const& self, std::size_t world, json const& j) -> void {
    if (j.is_object() && j.contains("pg") && j.at("pg").is_string() && j.contains("size"))
      sizes[{world, j.at("pg").get<std::string>()}] = j.at("size").get<std::size_t>();
    if (j.is_object() || j.is_array())
      for (json const& child : j) self(self, world, child);
  };
  std::map<std::size_t, std::vector<cf::dynamic_group>> found;
  for (json const& row : rows) look(look, row.value("world", std::size_t{4}), row);
  for (auto const& [where, size] : sizes) found[where.first].emplace_back(where.second, size);
  return found;
}

/// A row of torch_ops, torch_helper_calls or an operator of torch_dist_api, and our operator of the same name.
class measured_call {
 public:
  measured_call(json const& row, std::vector<cf::dynamic_group> groups, tally& counts)
      : row_(row), op_(cf::find_op(row.at("op").get<std::string>())), tally_(counts) {
    for (json const& argument : row.at("args")) call_.args.push_back(oracle::value_of(argument));
    if (row.contains("kwargs")) {
      std::vector<cf::dictionary::entry> named;
      for (auto const& [key, held] : row.at("kwargs").items()) named.emplace_back(key, oracle::value_of(held));
      call_.kwargs = cf::dictionary(std::move(named));
    }
    call_.groups = std::move(groups);
  }

  [[nodiscard]] cf::dynamic_op op() const { return op_; }
  [[nodiscard]] cf::call_arguments const& call() const { return call_; }

  /// The i-th argument of the schema as the row has it; null where it is not given.
  [[nodiscard]] json argument(std::size_t i) const {
    if (i < row_.at("args").size()) return row_.at("args")[i];
    std::string const name(op_.parameters()[i].name);
    return row_.contains("kwargs") && row_.at("kwargs").contains(name) ? row_.at("kwargs").at(name) : json();
  }
  [[nodiscard]] json argument(std::string_view name) const {
    for (std::size_t i = 0; i != op_.parameters().size(); ++i)
      if (op_.parameters()[i].name == name) return argument(i);
    return {};
  }

  void compare_group() const {
    json const& theirs = row_.at("pg");
    if (!raised(theirs)) {
      CHECK(cf::collective_op::get_process_group(op_, call_) == oracle::value_of(theirs).as_group());
      return;
    }
    json const given = op_.group() ? argument(*op_.group()) : json();
    if (given.is_object() && given.contains("pg")) {
      bool const forgotten = message_of(theirs).find("not found in") != std::string::npos;
      tally_.departs(forgotten ? rule::group_that_upstream_forgot : rule::group_is_an_object);
      CHECK(cf::collective_op::get_process_group(op_, call_) == oracle::value_of(given).as_group());
    } else if (given.is_string() && known_group(given) != nullptr) {
      tally_.departs(rule::group_that_upstream_forgot);
      CHECK(cf::collective_op::get_process_group(op_, call_) == *known_group(given));
    } else {
      CHECK(is_refused(refusal_of([&] { (void)cf::collective_op::get_process_group(op_, call_); })));
    }
  }

  void compare_size() const {
    json const& theirs = row_.at("comm");
    cf::dynamic_value const result = row_.contains("res") ? oracle::value_of(row_.at("res")) : cf::dynamic_value();
    if (!raised(theirs)) {
      CHECK(cf::collective_op::get_comm_tensor_size(op_, result, call_) == theirs.get<std::size_t>());
    } else if (std::optional<std::size_t> const sensible = size_that_upstream_forgot()) {
      tally_.departs(rule::size_that_upstream_forgot);
      CHECK(cf::collective_op::get_comm_tensor_size(op_, result, call_) == *sensible);
    } else {
      CHECK(is_refused(refusal_of([&] { (void)cf::collective_op::get_comm_tensor_size(op_, result, call_); })));
    }
  }

  void compare_work() const {
    json const& theirs = row_.at("work");
    cf::dynamic_value const result = row_.contains("res") ? oracle::value_of(row_.at("res")) : cf::dynamic_value();
    if (!raised(theirs)) {
      CHECK(theirs == "FakeWork");
      CHECK(cf::collective_op::get_work(op_, result) == cf::fake_work<>(0));
    } else if (forgotten_by_upstream() && result.is(cf::value_kind::work)) {
      tally_.departs(rule::work_that_upstream_forgot);
      CHECK(cf::collective_op::get_work(op_, result) == cf::fake_work<>(0));
    } else {
      CHECK(is_refused(refusal_of([&] { (void)cf::collective_op::get_work(op_, result); })));
    }
  }

  /// Runs our fake where PyTorch ran its kernel.
  void compare_result() const {
    std::optional<cf::dynamic_value> ours;
    std::string const refusal = refusal_of([&] { ours = op_(call_); });
    if (std::optional<rule> const ours_refuses = refused_on_purpose()) {
      INFO("expected a refusal: " << words[static_cast<std::size_t>(*ours_refuses)]);
      CHECK(is_refused(refusal));
      if (!raised(row_.value("exec", json()))) tally_.departs(*ours_refuses);
      return;
    }
    if (row_.contains("exec")) {
      if (message_of(row_.at("exec")).starts_with("There were no tensor arguments"))
        tally_.departs(rule::empty_list);
      else if (row_.at("mode") == "cpu")
        tally_.departs(rule::backend_refuses);
      else {
        CHECK(is_refused(refusal));
        return;
      }
      CHECK(refusal.empty());
      return;
    }
    INFO("refused: " << refusal);
    REQUIRE(ours);
    compare_with(*ours, row_.at("res"));
  }

 private:
  /// Whether the message is a refusal of this operator, which opens with its qualified name.
  [[nodiscard]] bool is_refused(std::string const& what) const { return what.starts_with("commfold::" + std::string(op_.name()) + ": "); }

  void compare_with(cf::dynamic_value const& ours, json const& res) const {
    cf::dynamic_value const theirs = oracle::value_of(res);
    auto const bare = [](cf::dynamic_tensor const& t) { return cf::dynamic_tensor(t.dtype(), t.extents()); };
    auto const storage_only = [](cf::dynamic_tensor const& t) {
      return cf::dynamic_tensor(t.dtype(), t.extents(), t.extents(), t.storage_bytes());
    };
    auto const mapped = [](auto f, cf::dynamic_value const& v) { return cf::tree_map_only(cf::is_tensor, f, oracle::without_ids(v)); };
    std::set<int> const theirs_are = storages_in(res);
    bool const is_cpu = row_.at("mode") == "cpu";
    // The numbers of storages in the row show which returned tensors are arguments.
    std::set<int> const handed_in = op_.aliases() ? storages_in(argument(*op_.aliases())) : std::set<int>();
    bool const all_handed_in = std::includes(handed_in.begin(), handed_in.end(), theirs_are.begin(), theirs_are.end());
    std::set<int> everything = storages_in(row_.at("args"));
    if (row_.contains("kwargs")) everything.merge(storages_in(row_.at("kwargs")));
    bool const any_handed_in = std::any_of(theirs_are.begin(), theirs_are.end(), [&](int id) { return everything.contains(id); });

    if (op_.name().ends_with("batch_p2p_ops") && argument("tensors").empty()) {
      tally_.departs(rule::empty_batch);
      CHECK(ours == cf::dynamic_value::list());
    } else if (op_.name().ends_with("batch_p2p_ops")) {
      CHECK(mapped(storage_only, ours) == mapped(storage_only, theirs));
    } else if (op_.aliases()) {
      CHECK(all_handed_in);
      CHECK(mapped([](cf::dynamic_tensor const& t) { return t; }, ours) == mapped([](cf::dynamic_tensor const& t) { return t; }, theirs));
    } else if (is_cpu && (any_handed_in || op_.name() == "_dtensor::shard_dim_alltoall")) {
      tally_.departs(rule::kernel_of_the_cpu);
      CHECK(mapped(bare, ours) == mapped(bare, theirs));
    } else {
      CHECK(!any_handed_in);
      CHECK(mapped(storage_only, ours) == mapped(storage_only, theirs));
      if (oracle::without_ids(ours) != theirs) tally_.departs(rule::strides);
    }
  }

  [[nodiscard]] cf::dynamic_group const* known_group(json const& name) const {
    for (cf::dynamic_group const& group : call_.groups)
      if (group.name() == name.get<std::string>()) return &group;
    return nullptr;
  }
  [[nodiscard]] std::optional<std::size_t> ranks() const {
    if (!op_.group()) return std::nullopt;
    json const given = argument(*op_.group());
    if (given.is_object() && given.contains("size")) return given.at("size").get<std::size_t>();
    cf::dynamic_group const* const named = given.is_string() ? known_group(given) : nullptr;
    return named == nullptr ? std::nullopt : std::optional(named->size);
  }

  [[nodiscard]] bool forgotten_by_upstream() const {
    static std::set<std::string_view> const names = {"c10d::allreduce_coalesced_", "c10d::allgather_coalesced_",
                                                     "c10d::allgather_into_tensor_coalesced_", "c10d::reduce_scatter_tensor_coalesced_",
                                                     "c10d::gather_into_tensor_"};
    return names.contains(op_.name());
  }

  /// PyTorch's size function forgot these operators. We count the storage of the argument of this name.
  [[nodiscard]] std::optional<std::size_t> size_that_upstream_forgot() const {
    static std::map<std::string_view, std::string_view> const counted = {{"_c10d_functional::all_gather_into_tensor_out", "out"},
                                                                         {"_c10d_functional::reduce_scatter_tensor_out", "input"},
                                                                         {"_c10d_functional::isend", "tensor"},
                                                                         {"_c10d_functional::irecv", "tensor"},
                                                                         {"c10d::allreduce_coalesced_", "tensors"},
                                                                         {"c10d::allgather_coalesced_", "output_lists"},
                                                                         {"c10d::allgather_into_tensor_coalesced_", "outputs"},
                                                                         {"c10d::reduce_scatter_tensor_coalesced_", "inputs"},
                                                                         {"c10d::gather_into_tensor_", "output_tensor"}};
    auto const found = counted.find(op_.name());
    if (found == counted.end() || argument(found->second).is_null()) return std::nullopt;
    return storage_in(argument(found->second));
  }

  /// Which of our checks, which PyTorch does not make, the call fails. It is decided from the row and our schema alone.
  [[nodiscard]] std::optional<rule> refused_on_purpose() const {
    std::string_view const name = op_.name();
    auto const is = [&](std::string_view part) { return name.find(part) != std::string_view::npos; };
    std::optional<std::size_t> const p = ranks();
    if (op_.group() && !p) return rule::unknown_name;
    static std::set<std::string> const reductions = {"sum", "avg", "product", "min", "max", "band", "bor", "bxor", "premul_sum"};
    if (json const how = argument("reduce_op"); how.is_string() && !reductions.contains(how.get<std::string>())) return rule::unknown_name;

    for (char const* root : {"root_rank", "src", "dst"})
      if (json const rank = argument(root); rank.is_number() && (rank.get<long>() < 0 || rank.get<std::size_t>() >= *p))
        return rule::not_a_rank;

    auto const dim_0_is_even = [](json const& t, std::size_t n) {
      return !t.at("sizes").empty() && n != 0 && t.at("sizes")[0].get<std::size_t>() % n == 0;
    };
    if (is("reduce_scatter_tensor") && !name.starts_with("c10d::"))
      for (json const& t : tensors_in(row_.at("args")))
        if (!dim_0_is_even(t, argument("group_size").get<std::size_t>())) return rule::uneven_dim_0;

    if (name.ends_with("_out")) {
      std::size_t const given = elements_in(argument("input"));
      std::size_t const n = argument("group_size").get<std::size_t>();
      if (elements_in(argument("out")) != (is("gather") ? given * n : given / n)) return rule::no_room;
    }

    if (is("shard_dim_alltoall")) {
      long const gather = argument("gather_dim").get<long>();
      long const shard = argument("shard_dim").get<long>();
      if (gather < 0 || shard < 0) return rule::negative_dim;
      json const sizes = argument("input").at("sizes");
      if (sizes.empty()) return rule::uneven_shard_dim;
      std::size_t const extent = sizes[static_cast<std::size_t>(shard)].get<std::size_t>() * (gather == shard ? *p : 1);
      if (extent % *p != 0) return rule::uneven_shard_dim;
    }

    if (is("all_to_all_single") || is("alltoall_base_")) {
      auto const cut = [&](json const& sizes, json const* tensor, bool none_is_even) {
        if (sizes.empty() && none_is_even) return tensor == nullptr || dim_0_is_even(*tensor, *p);
        long total = 0;
        for (json const& size : sizes) {
          if (size.get<long>() < 0) return false;
          total += size.get<long>();
        }
        if (sizes.size() != *p) return false;
        return tensor == nullptr || (!tensor->at("sizes").empty() && tensor->at("sizes")[0].get<long>() == total);
      };
      json const input = argument("input");
      json const output = argument("output");
      bool const base = is("alltoall_base_");
      if (!cut(argument("input_split_sizes"), &input, base) || !cut(argument("output_split_sizes"), base ? &output : nullptr, base))
        return rule::splits;
    }

    if (is("batch_p2p_ops")) {
      std::size_t const length = argument("tensors").size();
      for (char const* list : {"op_list", "peer_list", "tag_list"})
        if (argument(list).size() != length) return rule::list_length;
      for (json const& peer : argument("peer_list"))
        if (peer.get<long>() < 0 || peer.get<std::size_t>() >= *p) return rule::not_a_rank;
      for (json const& operation : argument("op_list"))
        if (operation != "isend" && operation != "irecv") return rule::unknown_operation;
    }

    if (name.starts_with("c10d::")) {
      if (is("::_allgather_base_") || is("::_reduce_scatter_base_")) {
        json const whole = argument(is("gather") ? "output_tensor" : "input_tensor");
        json const part = argument(is("gather") ? "input_tensor" : "output_tensor");
        if (whole.at("dtype") != part.at("dtype")) return rule::mixed_dtypes;
        if (elements_in(whole) != *p * elements_in(part)) return rule::whole_and_part;
      }
      if (is("::allgather_") && !is("coalesced") && !lists_match("output_tensors", "input_tensors", *p)) return rule::list_length;
      if (is("::reduce_scatter_") && !is("tensor") && !lists_match("input_tensors", "output_tensors", *p)) return rule::list_length;
      if (is("::gather_") && !is("into") && !argument("output_tensors").empty() && !lists_match("output_tensors", "input_tensors", *p))
        return rule::list_length;
      if (is("::scatter_") && !argument("input_tensors").empty() && !lists_match("input_tensors", "output_tensors", *p))
        return rule::list_length;
      if (name == "c10d::alltoall_" && (argument("output_tensors").size() != *p || argument("input_tensors").size() != *p))
        return rule::list_length;
    }
    // A batch, a coalesced call and a list to send are several messages, each of its own dtype.
    bool const one_message = !is("coalesced") && !is("batch_p2p") && !is("send") && !is("recv");
    std::set<std::string> dtypes;
    for (json const& t : tensors_in(row_.at("args"))) dtypes.insert(t.at("dtype").get<std::string>());
    if (row_.contains("kwargs"))
      for (json const& t : tensors_in(row_.at("kwargs"))) dtypes.insert(t.at("dtype").get<std::string>());
    if (one_message && dtypes.size() > 1) return rule::mixed_dtypes;
    return std::nullopt;
  }

  [[nodiscard]] bool lists_match(char const* lists, char const* singles, std::size_t ranks) const {
    if (argument(lists).size() != argument(singles).size()) return false;
    for (json const& list : argument(lists))
      if (list.size() != ranks) return false;
    return true;
  }

  json const& row_;
  cf::dynamic_op op_;
  cf::call_arguments call_{};
  tally& tally_;
};

}  // namespace op_rows
