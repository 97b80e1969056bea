// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/support/torch_errors.hpp
/// What PyTorch raises in the measured rows, and what must stand against each error: an answer of ours, for the listed operators and
/// messages alone (`excuse_of`), or a refusal of ours that gives the same reason (`same_reason`). An error that is in neither list is a
/// failure of the test. Nothing here asks commfold.

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace torch_errors {

using json = nlohmann::ordered_json;

/// What PyTorch was asked: the call itself, or one of its three accessors.
enum class question { call, group, size, work };

/// A question that PyTorch answered with an exception.
struct failure {
  question asked;
  json const& row;                   ///< has "op", "mode", "args" and "kwargs"
  json const& error;                 ///< has "exc" and "msg"
  std::optional<std::size_t> ranks;  ///< of the group, where the row tells

  [[nodiscard]] std::string op() const {
    std::string const full = row.at("op").get<std::string>();
    return full.substr(0, full.rfind(".default"));
  }
  [[nodiscard]] std::string message() const { return error.at("msg").get<std::string>(); }
};

/// Why ours answers where PyTorch raises.
struct excuse {
  question asked;
  std::string_view name;
  std::string_view words;
  std::string exc;
  std::regex message;
  std::set<std::string_view> ops;
  bool (*holds)(failure const&);  ///< what the row must show beside
};

namespace detail {

template <class Visit>
void for_each_tensor(json const& held, Visit const& visit) {
  if (held.is_object() && held.contains("dtype"))
    visit(held);
  else if (held.is_structured())
    for (json const& child : held) for_each_tensor(child, visit);
}
inline std::vector<json> sizes_of(json const& row) {
  std::vector<json> all;
  auto const visit = [&](json const& tensor) { all.push_back(tensor.at("sizes")); };
  for_each_tensor(row.at("args"), visit);
  if (row.contains("kwargs")) for_each_tensor(row.at("kwargs"), visit);
  return all;
}

inline bool always(failure const&) { return true; }
inline bool no_tensors(failure const& f) { return sizes_of(f.row).empty(); }
inline bool real_tensors(failure const& f) { return f.row.at("mode") == "cpu"; }
inline bool shapes_differ(failure const& f) {
  std::vector<json> const all = sizes_of(f.row);
  return real_tensors(f) && std::adjacent_find(all.begin(), all.end(), std::not_equal_to<>()) != all.end();
}
inline bool has_scalar(failure const& f) {
  std::vector<json> const all = sizes_of(f.row);
  return real_tensors(f) && std::any_of(all.begin(), all.end(), [](json const& sizes) { return sizes.empty(); });
}
inline bool has_empty_tensor(failure const& f) {
  std::vector<json> const all = sizes_of(f.row);
  return real_tensors(f) &&
         std::any_of(all.begin(), all.end(), [](json const& sizes) { return std::find(sizes.begin(), sizes.end(), 0) != sizes.end(); });
}
inline bool gathers_what_it_shards(failure const& f) { return real_tensors(f) && f.row.at("args").at(1) == f.row.at("args").at(2); }
inline bool hands_in_no_list(failure const& f) { return real_tensors(f) && f.row.at("args").at(1).empty(); }
inline bool takes_no_list(failure const& f) { return real_tensors(f) && f.row.at("args").at(0).empty(); }
inline bool holds_a_group(failure const& f) {
  json const& args = f.row.at("args");
  return std::any_of(args.begin(), args.end(), [](json const& held) { return held.is_object() && held.contains("pg"); });
}
inline bool group_is_not_boxed(failure const& f) {
  json const& args = f.row.at("args");
  return std::any_of(args.begin(), args.end(), [](json const& held) { return held.is_object() && held.value("boxed", true) == false; });
}

using names = std::set<std::string_view>;

/// Operators that PyTorch registers and emits, and that its table does not hold.
inline names const absent = {"c10d::allreduce_coalesced_", "c10d::allgather_coalesced_", "c10d::allgather_into_tensor_coalesced_",
                             "c10d::reduce_scatter_tensor_coalesced_", "c10d::gather_into_tensor_"};
inline names with_absent(names more) {
  more.insert(absent.begin(), absent.end());
  return more;
}

inline names const functional = {"_c10d_functional::broadcast",
                                 "_c10d_functional::broadcast_",
                                 "_c10d_functional::all_reduce",
                                 "_c10d_functional::all_reduce_",
                                 "_c10d_functional::all_reduce_coalesced",
                                 "_c10d_functional::all_reduce_coalesced_",
                                 "_c10d_functional::all_gather_into_tensor",
                                 "_c10d_functional::all_gather_into_tensor_out",
                                 "_c10d_functional::all_gather_into_tensor_coalesced",
                                 "_c10d_functional::reduce_scatter_tensor",
                                 "_c10d_functional::reduce_scatter_tensor_out",
                                 "_c10d_functional::reduce_scatter_tensor_coalesced",
                                 "_c10d_functional::all_to_all_single",
                                 "_c10d_functional::isend",
                                 "_c10d_functional::irecv",
                                 "_c10d_functional::batch_p2p_ops",
                                 "_c10d_functional_autograd::all_gather_into_tensor",
                                 "_c10d_functional_autograd::reduce_scatter_tensor",
                                 "_c10d_functional_autograd::all_to_all_single",
                                 "_dtensor::shard_dim_alltoall"};

/// Those whose tensors all stand in lists.
inline names const of_lists = {"_c10d_functional::all_reduce_coalesced",
                               "_c10d_functional::all_reduce_coalesced_",
                               "_c10d_functional::all_gather_into_tensor_coalesced",
                               "_c10d_functional::reduce_scatter_tensor_coalesced",
                               "c10d::allreduce_",
                               "c10d::allreduce_coalesced_",
                               "c10d::broadcast_",
                               "c10d::reduce_",
                               "c10d::allgather_",
                               "c10d::allgather_coalesced_",
                               "c10d::allgather_into_tensor_coalesced_",
                               "c10d::reduce_scatter_",
                               "c10d::reduce_scatter_tensor_coalesced_",
                               "c10d::gather_",
                               "c10d::scatter_",
                               "c10d::alltoall_",
                               "c10d::send",
                               "c10d::recv_",
                               "c10d::recv_any_source_"};

/// Those of which PyTorch's backend for tests copies inputs to outputs.
inline names const copying = {"_c10d_functional::all_gather_into_tensor_out",
                              "_c10d_functional::reduce_scatter_tensor_out",
                              "c10d::allgather_",
                              "c10d::_allgather_base_",
                              "c10d::allgather_coalesced_",
                              "c10d::allgather_into_tensor_coalesced_",
                              "c10d::gather_",
                              "c10d::gather_into_tensor_",
                              "c10d::scatter_",
                              "c10d::reduce_scatter_",
                              "c10d::_reduce_scatter_base_",
                              "c10d::reduce_scatter_tensor_coalesced_",
                              "c10d::alltoall_",
                              "c10d::alltoall_base_"};

inline std::vector<excuse> const excuses = {
    {question::call, "empty_list", "PyTorch's dispatcher finds no tensor in an empty list: ours answers an empty list",
     "NotImplementedError", std::regex("There were no tensor arguments to this function .*"), of_lists, no_tensors},
    {question::call, "copy_between_shapes",
     "the backend of real tensors copies between tensors of different shapes: ours compares what it must", "RuntimeError",
     std::regex("The size of tensor a \\(\\d+\\) must match the size of tensor b \\(\\d+\\) at non-singleton dimension \\d+|"
                "output with shape \\[[0-9, ]*\\] doesn't match the broadcast shape \\[[0-9, ]*\\]"),
     copying, shapes_differ},
    {question::call, "chunk_of_scalar", "the backend of real tensors cuts a tensor without dimensions: ours knows that it has one element",
     "RuntimeError", std::regex("chunk expects at least a 1-dimensional tensor"), copying, has_scalar},
    {question::call,
     "no_such_call_of_backend",
     "the backend of real tensors has no such call",
     "RuntimeError",
     std::regex("Backend fake does not support (monitoredBarrier, only GLOO supports monitored barrier\\.|gather_single)"),
     {"c10d::monitored_barrier_", "c10d::gather_into_tensor_"},
     real_tensors},
    {question::call,
     "nothing_to_send",
     "the backend of real tensors receives nothing where nothing is sent",
     "RuntimeError",
     std::regex("alltoall_base: inputBuffer is empty but outputSplitSizes\\[\\d+\\] > 0"),
     {"_c10d_functional::all_to_all_single", "_c10d_functional_autograd::all_to_all_single", "c10d::alltoall_base_"},
     has_empty_tensor},
    {question::call,
     "scatter_of_no_list",
     "the backend of real tensors is the root, and ours may be another rank, which hands in no list",
     "RuntimeError",
     std::regex("FakeProcessGroup::scatter: requires a single-element input list containing a list with \\d+ tensors\\."),
     {"c10d::scatter_"},
     hands_in_no_list},
    {question::call,
     "gather_into_no_list",
     "the backend of real tensors is the root, and ours may be another rank, which takes no list",
     "RuntimeError",
     std::regex("FakeProcessGroup::gather: requires a single-element output list containing a list with \\d+ tensors\\."),
     {"c10d::gather_"},
     takes_no_list},
    {question::call,
     "shards_what_it_gathers",
     "the backend of real tensors does not shard along the dimension that it gathers",
     "RuntimeError",
     std::regex("shape '\\[[0-9, ]*\\]' is invalid for input of size \\d+"),
     {"_dtensor::shard_dim_alltoall"},
     gathers_what_it_shards},
    {question::call, "absent_operator",
     "PyTorch's fake mode refuses an operator that its table does not hold: ours records it, with a size", "UnsupportedOperatorException",
     std::regex("c10d\\.\\w+\\.default"), absent, always},

    {question::group, "group_is_an_object", "the group is an object where PyTorch's accessor wants a name: ours is that group", "TypeError",
     std::regex("_resolve_process_group\\(\\): incompatible function arguments.*"), functional, holds_a_group},
    {question::group, "group_is_not_boxed", "the group is an object that is not boxed: ours is that group", "RuntimeError",
     std::regex("Tried to cast object to type __torch__\\.torch\\.classes\\.c10d\\.ProcessGroup .*"), of_lists, group_is_not_boxed},
    {question::group, "group_that_upstream_forgot", "PyTorch's table does not know where the group is: ours is the argument of that type",
     "TypeError", std::regex("Func .* not found in <collective_ops>"),
     with_absent({"_c10d_functional::reduce_scatter_tensor_out", "c10d::monitored_barrier_"}), always},

    {question::size, "size_that_upstream_forgot",
     "PyTorch's table does not know what to count: ours is the storage of the tensors that the call communicates", "TypeError",
     std::regex("Unknown function: .* in <collective_ops>"),
     with_absent({"_c10d_functional::isend", "_c10d_functional::irecv", "_c10d_functional::reduce_scatter_tensor_out"}), always},
    {question::size,
     "size_of_another_argument",
     "PyTorch looks for the storage of a group: ours is the storage of the tensors that the call communicates",
     "AttributeError",
     std::regex("'(str|torch\\._C\\._distributed_c10d\\.ProcessGroup)' object has no attribute 'untyped_storage'"),
     {"_c10d_functional::all_gather_into_tensor_out"},
     always},

    {question::work, "work_that_upstream_forgot", "PyTorch's table does not know that a work is returned: ours is that work", "TypeError",
     std::regex("Func .* not found in <collective_ops>"), absent, always},
};

/// Two refusals that give one reason. `$1` in ours is what the first parenthesis of theirs found.
struct reason {
  question asked;
  std::regex theirs;
  std::string ours;
  names ops = {};  ///< all, where there is none
};

inline names const never_counted = {"_c10d_functional::wait_tensor", "c10d::barrier", "c10d::monitored_barrier_"};
inline names const tensors_alone = {"_c10d_functional::isend", "_c10d_functional::irecv"};
inline names const argument_and_result = {"_c10d_functional::all_to_all_single", "_c10d_functional_autograd::all_to_all_single",
                                          "_dtensor::shard_dim_alltoall"};
inline std::string const no_dimension = "a tensor without dimensions has no dimension 0 to divide";

inline std::vector<reason> const reasons = {
    {question::call, std::regex("Could not resolve the process group registered under the name (.*)"), "no group is named '$1'"},
    {question::call, std::regex("Unrecognized reduce_op: (.*)"), "no reduction is named '$1'"},
    {question::call, std::regex("Unsupported async op (.*)"), "an operation is 'isend' or 'irecv', not '$1'"},
    {question::call, std::regex("Split sizes must be non-negative.*"), "-\\d+ is negative"},
    {question::call, std::regex("Expected cond to be True, but got False.*"), "-\\d+ is negative"},
    {question::call, std::regex("Split sizes doesn't match total dim 0 size.*"), "add up to"},
    {question::call, std::regex("Number of tensor splits not equal to group size.*"), "sizes for a group of"},
    {question::call, std::regex("Tensor's dim 0 does not divide equally across group size.*"), "is not divisible by the group's size"},
    {question::call, std::regex("alltoall_base: .*"), "sizes for a group of|add up to|is negative"},
    {question::call, std::regex("list index out of range"), no_dimension},
    // Of `[]`, the sizes to split by, PyTorch makes a first entry.
    {question::call, std::regex("list assignment index out of range"),
     no_dimension + "|has \\d+ sizes for a group of|(gather|shard)_dim \\d+ of a tensor of rank \\d+"},
    {question::call, std::regex("Dimension specified as 0 but tensor has no dimensions"), no_dimension},
    {question::call, std::regex("chunk expects at least a 1-dimensional tensor"), no_dimension + "|elements are not"},
    {question::call, std::regex("input tensor must be the same size as output size times world size"),
     "dimension 0 of the input \\(\\d+\\) is not divisible by the group's size|" + no_dimension + "|group_size is \\d+"},
    {question::call, std::regex("shape '\\[.*\\]' is invalid for input of size \\d+"), "of the gathered tensor is not divisible"},
    {question::call, std::regex("Dimension out of range .*"), "_dim \\d+ of a tensor of rank|is negative"},
    {question::call, std::regex("There were no tensor arguments to this function .*"), "has 0 entries, for a group of"},
    {question::call, std::regex("FakeProcessGroup::\\w+: requires .*"), " entries, for "},
    {question::call, std::regex("The size of tensor a .*|output with shape .*"),
     " entries, for | elements are not |out has \\d+ elements|different dtypes|is not divisible by the group's size|" + no_dimension +
         "|group_size is \\d+"},

    {question::group, std::regex("Func .* not found in <collective_ops>"), "it has no group", {"_c10d_functional::wait_tensor"}},
    {question::group, std::regex("Func .* not found in <collective_ops>"), "argument '(process_group|group_name)' is missing",
     with_absent({"_c10d_functional::reduce_scatter_tensor_out", "c10d::monitored_barrier_"})},
    {question::group, std::regex("tuple index out of range"), "argument '(process_group|group_name)' is missing"},
    {question::group, std::regex("Could not resolve the process group registered under the name (.*)"), "no group is named '$1'"},
    {question::group, std::regex("Tried to cast object to type __torch__\\.torch\\.classes\\.c10d\\.ProcessGroup .*"),
     "group was wanted, and \\w+ is held"},
    {question::group, std::regex("_resolve_process_group\\(\\): incompatible function arguments.*"), "group was wanted, and \\w+ is held"},

    {question::size, std::regex("Unknown function: .* in <collective_ops>"), "it communicates no tensors, and has no comm_tensor_size",
     never_counted},
    {question::size, std::regex("Unknown function: .* in <collective_ops>"), "argument '\\w+' is missing",
     with_absent({"_c10d_functional::isend", "_c10d_functional::irecv", "_c10d_functional::reduce_scatter_tensor_out"})},
    {question::size, std::regex("tuple index out of range"), "argument '\\w+' is missing"},
    // PyTorch reads the argument first, ours the result.
    {question::size, std::regex("tuple index out of range"), "its result is one tensor, and none is held", argument_and_result},
    {question::size, std::regex("'NoneType' object has no attribute 'untyped_storage'"), "tensor(, and| was wanted, and) none is held"},
    {question::size, std::regex("'(list|tuple|dict)' object has no attribute 'untyped_storage'"),
     "tensor(, and| was wanted, and) $1 is held"},

    {question::work, std::regex("Func .* not found in <collective_ops>"), "it returns no work"},
    // PyTorch looks for a work in the rows of a tensor.
    {question::work, std::regex("index 1 is out of bounds for dimension 0 with size \\d+"), "it returns no work", tensors_alone},
    {question::work, std::regex("Tried to cast object to type __torch__\\.torch\\.classes\\.c10d\\.Work .*"), "it returns no work",
     tensors_alone},
    {question::work, std::regex("'NoneType' object is not subscriptable"), "it returns no work", tensors_alone},
    {question::work, std::regex("'NoneType' object is not subscriptable"), "it returns tensors and a work, and none is held"},
    {question::work, std::regex("'__getitem__' is not implemented for __torch__\\.torch\\.classes\\.c10d\\.Work"),
     "it returns tensors and a work, and work is held"},
    {question::work, std::regex("(tuple|list) index out of range"), "it returns tensors and a work, and $1 is held"},
    {question::work, std::regex("Tried to cast object to type __torch__\\.torch\\.classes\\.c10d\\.Work .*"),
     "a work was wanted, and \\w+ is held"},
};

inline std::string escaped(std::string const& text) {
  std::string all;
  for (char const c : text) {
    if (std::string_view("\\^$.|?*+()[]{}").find(c) != std::string_view::npos) all += '\\';
    all += c;
  }
  return all;
}

/// PyTorch's messages may have several lines; a dot of these expressions does not match the end of one.
inline std::string first_line(std::string const& text) { return text.substr(0, text.find('\n')); }

/// Of real tensors, these return the argument itself.
inline names const returning_an_argument = {"_c10d_functional::irecv", "_c10d_functional::wait_tensor",
                                            "_c10d_functional::all_gather_into_tensor_out", "_c10d_functional::reduce_scatter_tensor_out"};

}  // namespace detail

/// Whether the kernel for real tensors returns another tensor than that for meta tensors, which ours follows. `handed_in` tells whether the
/// row shows that an argument is returned.
inline bool is_of_the_cpu(std::string_view op, json const& mode, bool handed_in) {
  if (mode != "cpu") return false;
  return (handed_in && detail::returning_an_argument.contains(op)) || op == "_dtensor::shard_dim_alltoall";
}

/// Whether PyTorch registers and emits the operator, and its table does not hold it.
inline bool is_absent(std::string_view op) { return detail::absent.contains(op); }

/// The excuse for which ours may answer; null where it must refuse, too.
inline excuse const* excuse_of(failure const& f) {
  std::string const line = detail::first_line(f.message());
  std::string const op = f.op();
  for (excuse const& one : detail::excuses)
    if (one.asked == f.asked && one.ops.contains(op) && f.error.at("exc") == one.exc && std::regex_match(line, one.message) && one.holds(f))
      return &one;
  return nullptr;
}

/// Whether our refusal gives the reason that PyTorch gives.
inline bool same_reason(failure const& f, std::string const& ours) {
  std::string const line = detail::first_line(f.message());
  std::string const op = f.op();
  for (detail::reason const& one : detail::reasons) {
    std::smatch found;
    if (one.asked != f.asked || (!one.ops.empty() && !one.ops.contains(op)) || !std::regex_match(line, found, one.theirs)) continue;
    std::string wanted = one.ours;
    if (auto const at = wanted.find("$1"); at != std::string::npos) wanted.replace(at, 2, detail::escaped(found[1].str()));
    if (std::regex_search(ours, std::regex(wanted))) return true;
  }
  return false;
}

}  // namespace torch_errors
