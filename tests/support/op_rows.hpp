// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/support/op_rows.hpp
/// One measured call of an operator beside ours: what PyTorch's accessors answered, what came back, and where we differ on purpose.
#include <commfold/op/dynamic/dynamic_op.hpp>

#include <tests/support/each_row.hpp>
#include <tests/support/fresh_strides.hpp>
#include <tests/support/oracle.hpp>
#include <tests/support/torch_errors.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace op_rows {

namespace cf = commfold;
using oracle::json;

/// A call that ours refuses on purpose, and PyTorch's fake answers. Whether a rule holds for a row follows from what the row contains,
/// never from which row it is. `refusal` is what our message must say.
struct rule {
  std::string_view name;
  std::string_view words;
  char const* refusal = "";

  [[nodiscard]] friend bool operator<(rule const& a, rule const& b) { return a.name < b.name; }
};

namespace rules {

inline constexpr rule unknown_name{"unknown_name", "a reduction or group has a name that nobody knows: refused by the fake, too",
                                   "no (group|reduction) is named '"};
inline constexpr rule not_a_rank{"not_a_rank", "a root, source, destination or peer is not in the group: refused",
                                 "\\d+ is not a rank of group '|-\\d+ is negative"};
inline constexpr rule uneven_dim_0{"uneven_dim_0", "the group does not divide dimension 0, and PyTorch's fake rounds down: refused",
                                   "dimension 0 of the input \\(\\d+\\) is not divisible by the group's size|has no dimension 0 to divide"};
inline constexpr rule no_room{"no_room", "`out` does not have as many elements as the result: refused",
                              "out has \\d+ elements, the result \\d+"};
inline constexpr rule negative_dim{"negative_dim", "a dimension is negative: refused", "-\\d+ is negative"};
inline constexpr rule uneven_shard_dim{"uneven_shard_dim",
                                       "the group does not divide the dimension to shard, and PyTorch's fake rounds down: refused",
                                       "dimension \\d+ of the gathered tensor is not divisible|_dim \\d+ of a tensor of rank \\d+"};
inline constexpr rule splits{"splits", "split sizes are not one a rank, or do not add up to dimension 0: refused",
                             "has \\d+ sizes for a group of|add up to|-\\d+ is negative|has no dimension 0 to divide|is not divisible"};
inline constexpr rule list_length{"list_length", "a list does not have one entry a rank, or lists are not of one length: refused",
                                  " has \\d+ entries, for "};
inline constexpr rule unknown_operation{"unknown_operation", "a batched operation is neither isend nor irecv: refused",
                                        "an operation is 'isend' or 'irecv', not '"};
inline constexpr rule whole_and_part{"whole_and_part", "one buffer is not the other times the group's size: refused",
                                     "\\d+ elements are not \\d+ times \\d+"};
inline constexpr rule mixed_dtypes{"mixed_dtypes", "tensors of one call have different dtypes: refused", "different dtypes"};
inline constexpr rule no_such_reduction{"no_such_reduction", "the dtype does not have the reduction, which backends find out: refused",
                                        "\\w+ has no reduction '"};
inline constexpr rule group_size{"group_size",
                                 "group_size is not the size of the group, and PyTorch's fake takes it for the shape: refused",
                                 "group_size is \\d+, and group '"};

// Where what is returned differs.
inline constexpr rule empty_batch{"empty_batch", "PyTorch answers a list of None to an empty batch: ours answers an empty list"};
inline constexpr rule kernel_of_the_cpu{
    "kernel_of_the_cpu",
    "the CPU kernel returns the argument itself (irecv, wait_tensor, the _out operators) or copies (shard_dim_alltoall), where the meta "
    "kernel does not: ours is a fresh tensor"};
inline constexpr rule strides{"strides", "a fresh tensor keeps the order of its input's strides (empty_like): ours is contiguous"};

}  // namespace rules

/// Counts what was compared and which rules were needed.
class tally {
 public:
  using counts = std::map<std::string_view, std::size_t>;

  void row() { ++rows_; }
  void departs(std::string_view name, std::string_view words) {
    ++departures_[name];
    words_[name] = words;
  }
  void departs(rule const& r) { departs(r.name, r.words); }
  /// No two calls return one work.
  void work(std::uint64_t id) { CHECK(works_.insert(id).second); }

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] counts const& departures() const { return departures_; }
  void print(std::string_view file) const {
    std::cout << file << ": compared " << rows_ << " rows, with " << works_.size() << " works of their own\n";
    for (auto const& [name, count] : departures_) std::cout << "  " << count << " times: " << name << ": " << words_.at(name) << '\n';
  }

 private:
  std::size_t rows_ = 0;
  counts departures_;
  std::map<std::string_view, std::string_view> words_;
  std::set<std::uint64_t> works_;
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
inline bool raised(json const& answer) { return answer.is_object() && answer.contains("exc"); }
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
/// The numbers of the storages of the tensors, in order.
inline std::vector<int> storages_in(json const& j) {
  std::vector<int> ids;
  for (json const& t : tensors_in(j)) ids.push_back(t.at("storage").get<int>());
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

/// The groups by the size of their world. A row may give only the name of its group; another row of the file has the size. The group "0" is
/// the whole world.
inline std::map<std::size_t, std::vector<cf::dynamic_group>> groups_in(std::vector<json> const& rows) {
  std::map<std::pair<std::size_t, std::string>, std::size_t> sizes;
  auto const look = [&](auto const& self, std::size_t world, json const& j) -> void {
    if (j.is_object() && j.contains("pg") && j.at("pg").is_string() && j.contains("size"))
      sizes[{world, j.at("pg").get<std::string>()}] = j.at("size").get<std::size_t>();
    if (j.is_object() || j.is_array())
      for (json const& child : j) self(self, world, child);
  };
  std::map<std::size_t, std::vector<cf::dynamic_group>> found;
  for (json const& row : rows) {
    std::size_t const world = row.value("world", std::size_t{4});
    sizes[{world, "0"}] = world;
    look(look, world, row);
  }
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
    add_tensors(given_, row.at("args"));
    if (row.contains("kwargs")) add_tensors(given_, row.at("kwargs"));
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

  /// The group that the row gives the operator, whether PyTorch finds it or not.
  [[nodiscard]] std::optional<cf::dynamic_group> given_group() const {
    json const given = op_.group() ? argument(*op_.group()) : json();
    if (given.is_object() && given.contains("pg")) return oracle::value_of(given).as_group();
    cf::dynamic_group const* const named = given.is_string() ? known_group(given) : nullptr;
    return named == nullptr ? std::nullopt : std::optional(*named);
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

  void compare_group() const {
    json const& theirs = row_.at("pg");
    auto const ours = [&] { return cf::collective_op::get_process_group(op_, call_); };
    if (!raised(theirs)) {
      CHECK(ours() == oracle::value_of(theirs).as_group());
      return;
    }
    std::optional<cf::dynamic_group> const given = given_group();
    torch_errors::failure const failed{torch_errors::question::group, row_, theirs, ranks()};
    if (torch_errors::excuse const* const excuse = given ? torch_errors::excuse_of(failed) : nullptr) {
      tally_.departs(excuse->name, excuse->words);
      CHECK(ours() == *given);
    } else {
      check_same_reason(failed, refusal_of(ours));
    }
  }

  void compare_size() const {
    json const& theirs = row_.at("comm");
    auto const ours = [&] { return cf::collective_op::get_comm_tensor_size(op_, result(), call_); };
    if (!raised(theirs)) {
      CHECK(ours() == theirs.get<std::size_t>());
      return;
    }
    std::optional<std::size_t> const sensible = size_that_upstream_forgot();
    torch_errors::failure const failed{torch_errors::question::size, row_, theirs, ranks()};
    if (torch_errors::excuse const* const excuse = sensible ? torch_errors::excuse_of(failed) : nullptr) {
      tally_.departs(excuse->name, excuse->words);
      CHECK(ours() == *sensible);
    } else {
      check_same_reason(failed, refusal_of(ours));
    }
  }

  void compare_work() const {
    json const& theirs = row_.at("work");
    auto const ours = [&] { return cf::collective_op::get_work(op_, result()); };
    if (!raised(theirs)) {
      CHECK(theirs == "FakeWork");
      CHECK(ours() == cf::fake_work<>(0));
      return;
    }
    torch_errors::failure const failed{torch_errors::question::work, row_, theirs, ranks()};
    torch_errors::excuse const* const excuse = torch_errors::excuse_of(failed);
    if (excuse != nullptr && result().is(cf::value_kind::work)) {
      tally_.departs(excuse->name, excuse->words);
      CHECK(ours() == cf::fake_work<>(0));
    } else {
      check_same_reason(failed, refusal_of(ours));
    }
  }

  /// Runs our fake where PyTorch ran its kernel.
  void compare_result() const {
    std::optional<cf::dynamic_value> ours;
    std::string const refusal = refusal_of([&] { ours = op_(call_); });
    std::set<rule> const broken = refused_on_purpose();
    bool const they_raise = row_.contains("exec");
    torch_errors::failure const failed{torch_errors::question::call, row_, they_raise ? row_.at("exec") : row_, ranks()};
    if (!broken.empty()) {
      // One of the rules that the call breaks is the reason.
      INFO("expected a refusal: " << broken.begin()->words << "; ours: " << refusal);
      CHECK(is_refused(refusal));
      auto const why = std::find_if(broken.begin(), broken.end(), [&](rule const& r) { return says(refusal, r.refusal); });
      CHECK(why != broken.end());
      // Where PyTorch fails over what ours would not mind, the reasons differ.
      if (they_raise && (torch_errors::same_reason(failed, refusal) || torch_errors::excuse_of(failed) == nullptr))
        check_same_reason(failed, refusal);
      else if (why != broken.end())
        tally_.departs(*why);
    } else if (!they_raise) {
      INFO("refused: " << refusal);
      CHECK(ours);
      if (ours) compare_with(*ours, row_.at("res"));
    } else if (torch_errors::excuse const* const excuse = torch_errors::excuse_of(failed)) {
      tally_.departs(excuse->name, excuse->words);
      CHECK(refusal.empty());
    } else {
      check_same_reason(failed, refusal);
    }
  }

 private:
  [[nodiscard]] static bool says(std::string const& what, char const* words) { return std::regex_search(what, std::regex(words)); }
  /// Whether the message is a refusal of this operator, which opens with its qualified name.
  [[nodiscard]] bool is_refused(std::string const& what) const { return what.starts_with("commfold::" + std::string(op_.name()) + ": "); }

  void check_same_reason(torch_errors::failure const& failed, std::string const& ours) const {
    INFO("PyTorch raises: " << failed.message() << "; ours: " << (ours.empty() ? "answers" : ours));
    CHECK(is_refused(ours));
    CHECK(torch_errors::same_reason(failed, ours));
  }

  [[nodiscard]] cf::dynamic_value result() const { return row_.contains("res") ? oracle::value_of(row_.at("res")) : cf::dynamic_value(); }

  /// What came back of PyTorch, as it must come back of ours. A returned tensor that is no argument is fresh, and ours is contiguous.
  [[nodiscard]] cf::dynamic_value expected(json res) const {
    std::vector<int> const given = given_storages();
    std::vector<json const*> arguments;
    for (json const& t : given_) arguments.push_back(&t);
    bool of_cpu = false;
    bool of_other_strides = false;
    auto const adapt = [&](auto const& self, json& held) -> void {
      if (!is_tensor(held)) {
        if (held.is_structured())
          for (json& child : held) self(self, child);
        return;
      }
      bool const handed_in = std::find(given.begin(), given.end(), held.at("storage").get<int>()) != given.end();
      json const strides = fresh_strides::contiguous(held.at("sizes"));
      if (torch_errors::is_of_the_cpu(op_.name(), row_.at("mode"), handed_in)) {
        of_cpu = true;
        held["strides"] = strides;
        held["nbytes"] = cf::dynamic_tensor(cf::dtype_from_name(held.at("dtype").get<std::string>()), oracle::extents_of(held.at("sizes")))
                             .storage_bytes();
      } else if (handed_in) {
        CHECK(op_.aliases());
      } else if (fresh_strides::are_of_another(held, arguments)) {
        of_other_strides = true;
        held["strides"] = strides;
      }
    };
    adapt(adapt, res);
    if (of_cpu) tally_.departs(rules::kernel_of_the_cpu);
    if (of_other_strides) tally_.departs(rules::strides);
    return oracle::value_of(res);
  }

  void compare_with(cf::dynamic_value const& ours, json const& res) const {
    note_works(ours);
    if (op_.name() == "_c10d_functional::batch_p2p_ops" && argument("tensors").empty()) {
      tally_.departs(rules::empty_batch);
      CHECK(ours == cf::dynamic_value::list());
      return;
    }
    // The numbers of storages in the row show which returned tensors are arguments: those that our rules name, in their order.
    if (op_.aliases() && !storages_in(res).empty()) CHECK(handed_back(res) == storages_in(argument(*op_.aliases())));
    cf::dynamic_value const theirs = expected(res);
    if (row_.at("mode") == "cpu" && op_.name() == "_dtensor::shard_dim_alltoall")
      // PyTorch's kernel for real tensors copies where that for meta tensors returns a view of what it gathered.
      CHECK(without_storage(ours) == without_storage(theirs));
    else
      CHECK(oracle::without_ids(ours) == theirs);
  }

  /// The storages that come back, with the argument's in the place of what a batch sends: of that, nothing comes back.
  [[nodiscard]] std::vector<int> handed_back(json const& res) const {
    std::vector<int> all = storages_in(res);
    if (op_.name() == "_c10d_functional::batch_p2p_ops") {
      std::vector<int> const given = storages_in(argument("tensors"));
      for (std::size_t i = 0; i != all.size(); ++i)
        if (argument("op_list").at(i) == "isend") {
          CHECK(std::find(given.begin(), given.end(), all[i]) == given.end());
          all[i] = given.at(i);
        }
    }
    return all;
  }

  void note_works(cf::dynamic_value const& held) const {
    if (held.is(cf::value_kind::work)) {
      tally_.work(held.as_work().seq_id());
      CHECK(held.as_work().wait());
    } else if (held.is(cf::value_kind::list) || held.is(cf::value_kind::tuple)) {
      for (cf::dynamic_value const& child : held.elements()) note_works(child);
    }
  }

  [[nodiscard]] static cf::dynamic_value without_storage(cf::dynamic_value const& held) {
    cf::dynamic_tensor const t = held.as_tensor();
    return cf::dynamic_tensor(t.dtype(), t.extents(), t.strides(), 0);
  }

  [[nodiscard]] std::vector<int> given_storages() const {
    std::vector<int> all;
    for (json const& t : given_) all.push_back(t.at("storage").get<int>());
    return all;
  }

  [[nodiscard]] cf::dynamic_group const* known_group(json const& name) const {
    for (cf::dynamic_group const& group : call_.groups)
      if (group.name() == name.get<std::string>()) return &group;
    return nullptr;
  }
  [[nodiscard]] std::optional<std::size_t> ranks() const {
    std::optional<cf::dynamic_group> const group = given_group();
    return group ? std::optional<std::size_t>(group->size) : std::nullopt;
  }

  /// Our checks, which PyTorch does not make, that the call fails. They are decided from the row and our schema alone.
  [[nodiscard]] std::set<rule> refused_on_purpose() const {
    std::set<rule> broken;
    auto const breaks = [&](rule const& r) { broken.insert(r); };
    std::string_view const name = op_.name();
    auto const is = [&](std::string_view part) { return name.find(part) != std::string_view::npos; };
    std::optional<std::size_t> const p = ranks();
    if (op_.group() && !p) return {rules::unknown_name};
    static std::set<std::string> const reductions = {"sum", "avg", "product", "min", "max", "band", "bor", "bxor", "premul_sum"};
    if (json const how = argument("reduce_op"); how.is_string() && !reductions.contains(how.get<std::string>()))
      breaks(rules::unknown_name);

    for (char const* root : {"root_rank", "src", "dst"})
      if (json const rank = argument(root); rank.is_number() && (rank.get<long>() < 0 || rank.get<std::size_t>() >= *p))
        breaks(rules::not_a_rank);

    if (json const size = argument("group_size"); size.is_number() && p && (size.get<long>() < 0 || size.get<std::size_t>() != *p))
      breaks(rules::group_size);

    auto const dim_0_is_even = [](json const& t, std::size_t n) {
      return !t.at("sizes").empty() && n != 0 && t.at("sizes")[0].get<std::size_t>() % n == 0;
    };
    if (is("reduce_scatter_tensor") && !name.starts_with("c10d::"))
      for (json const& t : tensors_in(row_.at("args")))
        if (!dim_0_is_even(t, argument("group_size").get<std::size_t>())) breaks(rules::uneven_dim_0);

    if (name.ends_with("_out")) {
      std::size_t const given = elements_in(argument("input"));
      std::size_t const n = argument("group_size").get<std::size_t>();
      if (elements_in(argument("out")) != (is("gather") ? given * n : given / n)) breaks(rules::no_room);
    }

    if (is("shard_dim_alltoall")) {
      long const gather = argument("gather_dim").get<long>();
      long const shard = argument("shard_dim").get<long>();
      json const sizes = argument("input").at("sizes");
      if (gather < 0 || shard < 0)
        breaks(rules::negative_dim);
      else if (std::size_t(gather) >= sizes.size() || std::size_t(shard) >= sizes.size() ||
               sizes[std::size_t(shard)].get<std::size_t>() * (gather == shard ? *p : 1) % *p != 0)
        breaks(rules::uneven_shard_dim);
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
        breaks(rules::splits);
    }

    if (is("batch_p2p_ops")) {
      std::size_t const length = argument("tensors").size();
      for (char const* list : {"op_list", "peer_list", "tag_list"})
        if (argument(list).size() != length) breaks(rules::list_length);
      for (json const& peer : argument("peer_list"))
        if (peer.get<long>() < 0 || peer.get<std::size_t>() >= *p) breaks(rules::not_a_rank);
      for (json const& operation : argument("op_list"))
        if (operation != "isend" && operation != "irecv") breaks(rules::unknown_operation);
    }

    if (name.starts_with("c10d::")) {
      if (is("::_allgather_base_") || is("::_reduce_scatter_base_")) {
        json const whole = argument(is("gather") ? "output_tensor" : "input_tensor");
        json const part = argument(is("gather") ? "input_tensor" : "output_tensor");
        if (whole.at("dtype") != part.at("dtype")) breaks(rules::mixed_dtypes);
        if (elements_in(whole) != *p * elements_in(part)) breaks(rules::whole_and_part);
      }
      if (is("::allgather_") && !is("coalesced") && !lists_match("output_tensors", "input_tensors", *p)) breaks(rules::list_length);
      if (is("::reduce_scatter_") && !is("tensor") && !lists_match("input_tensors", "output_tensors", *p)) breaks(rules::list_length);
      if (is("::gather_") && !is("into") && !argument("output_tensors").empty() && !lists_match("output_tensors", "input_tensors", *p))
        breaks(rules::list_length);
      if (is("::scatter_") && !argument("input_tensors").empty() && !lists_match("input_tensors", "output_tensors", *p))
        breaks(rules::list_length);
      if (name == "c10d::alltoall_" && (argument("output_tensors").size() != *p || argument("input_tensors").size() != *p))
        breaks(rules::list_length);
    }
    // A batch and a list to send are several messages, each of its own dtype.
    bool const one_message = !is("batch_p2p") && !is("send") && !is("recv");
    std::set<std::string> dtypes;
    for (json const& t : tensors_in(row_.at("args"))) dtypes.insert(t.at("dtype").get<std::string>());
    if (row_.contains("kwargs"))
      for (json const& t : tensors_in(row_.at("kwargs"))) dtypes.insert(t.at("dtype").get<std::string>());
    if (one_message && dtypes.size() > 1) breaks(rules::mixed_dtypes);
    if (json const how = argument("reduce_op"); !how.is_null())
      for (std::string const& dtype : dtypes)
        if (!reduces(dtype, how.is_object() ? how.at("reduce_op").get<std::string>() : how.get<std::string>()))
          breaks(rules::no_such_reduction);
    return broken;
  }

  /// Complex numbers have sums and averages alone, floats no bits to combine, bool no average; a factor belongs to floats of 16 bits and
  /// more, and to complex numbers.
  [[nodiscard]] static bool reduces(std::string const& dtype, std::string const& how) {
    bool const is_complex = dtype.starts_with("complex");
    bool const is_float = dtype.find("float") != std::string::npos;
    if (how == "sum") return true;
    if (how == "avg") return dtype != "bool";
    if (how == "premul_sum") return is_complex || (is_float && !dtype.starts_with("float8"));
    if (how == "product" || how == "min" || how == "max") return !is_complex;
    return !is_complex && !is_float;
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
  std::vector<json> given_;  ///< the tensors among the arguments
  tally& tally_;
};

}  // namespace op_rows
