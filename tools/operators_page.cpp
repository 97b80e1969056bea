// SPDX-License-Identifier: BSL-1.0
// Prints docs/operators.md: what the rows of the operator table say, in words, which public calls emit which operator, and where the table
// departs from PyTorch. `cmake --build <dir> --target update_operators_page` writes the page.
#include <commfold/comm/torch/dist.hpp>
#include <commfold/comm/torch/funcol.hpp>
#include <commfold/op/call_rules.hpp>
#include <commfold/op/schema.hpp>
#include <commfold/op/table.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/log.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <initializer_list>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace cf = commfold;
namespace mp = boost::mp11;
namespace detail = cf::detail;

std::string code(std::string_view text) { return "`" + std::string(text) + "`"; }

std::string joined(std::vector<std::string> const& words, std::string_view between) {
  std::string all;
  for (std::string const& word : words) all += (all.empty() ? "" : std::string(between)) + word;
  return all;
}

// --- rules in words ---------------------------------------------------------------------------------------------------------------------

using parameters = std::span<cf::parameter const>;

std::string words(cf::call_term term, parameters p) {
  return term.is_nothing() ? "nothing" : term.is_result() ? "the result" : code(p[term.index].name);
}

/// What a rule of a row looks at.
std::string words(cf::size_rule rule, parameters p) {
  std::string const a = words(rule.a, p);
  std::string const b = words(rule.b, p);
  switch (rule.how) {
    case cf::size_rule::one:
      return a;
    case cf::size_rule::larger:
      return "the larger of " + a + " and " + b;
    case cf::size_rule::both:
      return a + " and " + b + " together";
    case cf::size_rule::times_ranks:
      return a + " times the ranks";
    case cf::size_rule::on_root:
      return a + " on the root, elsewhere " + b + " times the ranks";
    case cf::size_rule::sends:
      return "the tensors of every `isend`";
    case cf::size_rule::receives:
      return "the tensors of every `irecv`";
  }
  throw std::logic_error("a rule without words");
}

std::string words(cf::part_rule rule, parameters p) {
  std::string const tensors = words(rule.tensors, p);
  std::string const cut = tensors + " cut by " + words(rule.sizes, p);
  switch (rule.how) {
    case cf::part_rule::none:
      return "nothing";
    case cf::part_rule::entries:
      return "for each rank, its entry of " + tensors;
    case cf::part_rule::entries_of_each:
      return "for each rank, its tensor of each list in " + tensors;
    case cf::part_rule::split:
      return cut;
    case cf::part_rule::split_or_even:
      return cut + ", evenly where there are none";
    case cf::part_rule::sends:
      return "the tensors of every `isend`, by its peer";
    case cf::part_rule::receives:
      return "the tensors of every `irecv`, by its peer";
  }
  throw std::logic_error("a rule without words");
}

template <class Row, class Rule>
std::string rule_of(Rule rule) {
  return words(rule, cf::parameters_of<Row>);
}

// --- the public calls -------------------------------------------------------------------------------------------------------------------

constexpr cf::process_group<"g", 2> group;
constexpr cf::tensor<cf::f32, 2, 2> t;
constexpr cf::tensor<cf::f32, 4, 2> whole;
constexpr std::array list{t, t};
constexpr std::array lists{list, list};
constexpr std::array sizes{1, 1};
constexpr std::array counts{2, 1};
constexpr std::array peers{0, 1};
constexpr std::array operations{"isend", "irecv"};
using cf::even_split;
constexpr auto op = cf::sum;
constexpr auto dim = cf::size_c<0>;

/// A call as it is written below, and the operators that it emits when it runs.
struct public_call {
  std::string_view written;
  std::vector<std::string> emits;

  /// Without its arguments: `dist().all_reduce`.
  [[nodiscard]] std::string name() const {
    std::size_t end = written.find('(');
    while (end + 1 < written.size() && written[end + 1] == ')') end = written.find('(', end + 1);
    return "comm." + std::string(written.substr(0, end));
  }
};

template <class Step>
std::vector<std::string> ops_of(Step step) {
  std::vector<std::string> names;
  auto const log = cf::log(step);
  for (cf::call_record const& call : log.calls()) names.emplace_back(call.op());
  return names;
}

/// Makes the call and its text from one spelling, so that they cannot differ.
#define COMMFOLD_PUBLIC_CALL(...)                              \
  public_call {                                                \
    #__VA_ARGS__, ops_of([](auto& comm) { comm.__VA_ARGS__; }) \
  }

std::vector<public_call> const public_calls = {
    COMMFOLD_PUBLIC_CALL(all_reduce(t, op, group)),
    COMMFOLD_PUBLIC_CALL(all_gather(t, group)),
    COMMFOLD_PUBLIC_CALL(reduce_scatter(t, op, group)),
    COMMFOLD_PUBLIC_CALL(broadcast(t, 0, group)),
    COMMFOLD_PUBLIC_CALL(reduce(t, op, 0, group)),
    COMMFOLD_PUBLIC_CALL(gather(t, 0, group)),
    COMMFOLD_PUBLIC_CALL(scatter(t, 0, group)),
    COMMFOLD_PUBLIC_CALL(all_to_all(t, group)),
    COMMFOLD_PUBLIC_CALL(send(t, 0, group)),
    COMMFOLD_PUBLIC_CALL(recv(t, 0, group)),
    COMMFOLD_PUBLIC_CALL(sendrecv(t, 0, t, 1, group)),
    COMMFOLD_PUBLIC_CALL(barrier(group)),
    COMMFOLD_PUBLIC_CALL(all_gather(t, counts, group)),
    COMMFOLD_PUBLIC_CALL(reduce_scatter(t, op, sizes, 0, group)),
    COMMFOLD_PUBLIC_CALL(all_reduce_coalesced(list, op, group)),
    COMMFOLD_PUBLIC_CALL(all_gather_coalesced(list, group)),
    COMMFOLD_PUBLIC_CALL(reduce_scatter_coalesced(list, op, group)),
    COMMFOLD_PUBLIC_CALL(all_gather_into_tensor(whole, t, group)),
    COMMFOLD_PUBLIC_CALL(reduce_scatter_tensor(t, whole, op, group)),

    COMMFOLD_PUBLIC_CALL(dist().all_reduce(t, op, group)),
    COMMFOLD_PUBLIC_CALL(dist().broadcast(t, 0, group)),
    COMMFOLD_PUBLIC_CALL(dist().reduce(t, 0, op, group)),
    COMMFOLD_PUBLIC_CALL(dist().all_gather(list, t, group)),
    COMMFOLD_PUBLIC_CALL(dist().all_gather_into_tensor(whole, t, group)),
    COMMFOLD_PUBLIC_CALL(dist().reduce_scatter(t, list, op, group)),
    COMMFOLD_PUBLIC_CALL(dist().reduce_scatter_tensor(t, whole, op, group)),
    COMMFOLD_PUBLIC_CALL(dist().gather(t, list, 0, group)),
    COMMFOLD_PUBLIC_CALL(dist().gather_single(t, whole, 0, group)),
    COMMFOLD_PUBLIC_CALL(dist().scatter(t, list, 0, group)),
    COMMFOLD_PUBLIC_CALL(dist().all_to_all(list, list, group)),
    COMMFOLD_PUBLIC_CALL(dist().all_to_all_single(t, t, group)),
    COMMFOLD_PUBLIC_CALL(dist().send(t, 0, group)),
    COMMFOLD_PUBLIC_CALL(dist().isend(t, 0, group)),
    COMMFOLD_PUBLIC_CALL(dist().recv(t, 0, group)),
    COMMFOLD_PUBLIC_CALL(dist().irecv(t, 0, group)),
    COMMFOLD_PUBLIC_CALL(dist().recv(t, group)),
    COMMFOLD_PUBLIC_CALL(dist().irecv(t, group)),
    COMMFOLD_PUBLIC_CALL(dist().batch_isend_irecv(cf::p2p_isend{t, 0, group}, cf::p2p_irecv{t, 0, group})),
    COMMFOLD_PUBLIC_CALL(dist().barrier(group)),
    COMMFOLD_PUBLIC_CALL(dist().monitored_barrier(group)),
    COMMFOLD_PUBLIC_CALL(dist().all_reduce_coalesced(list, op, group)),
    COMMFOLD_PUBLIC_CALL(dist().all_gather_coalesced(lists, list, group)),
    COMMFOLD_PUBLIC_CALL(dist().coalescing(group, [](auto& batch) { batch.all_reduce(t, op); })),
    COMMFOLD_PUBLIC_CALL(dist().coalescing(group, [](auto& batch) { batch.all_gather_into_tensor(whole, t); })),
    COMMFOLD_PUBLIC_CALL(dist().coalescing(group, [](auto& batch) { batch.reduce_scatter_tensor(t, whole, op); })),
    COMMFOLD_PUBLIC_CALL(dist().all_gather_object(1, group)),
    COMMFOLD_PUBLIC_CALL(dist().gather_object(1, 0, group)),
    COMMFOLD_PUBLIC_CALL(dist().scatter_object_list(1, 0, group)),
    COMMFOLD_PUBLIC_CALL(dist().broadcast_object_list(sizes, 0, group)),
    COMMFOLD_PUBLIC_CALL(dist().send_object_list(sizes, 0, group)),
    COMMFOLD_PUBLIC_CALL(dist().recv_object_list(sizes, 0, group)),

    COMMFOLD_PUBLIC_CALL(dist().nn().broadcast(t, 0, group)),
    COMMFOLD_PUBLIC_CALL(dist().nn().broadcast_backward(t, 0, group)),
    COMMFOLD_PUBLIC_CALL(dist().nn().gather(t, 0, group)),
    COMMFOLD_PUBLIC_CALL(dist().nn().gather_backward(list, 0, group)),
    COMMFOLD_PUBLIC_CALL(dist().nn().scatter(list, 0, group)),
    COMMFOLD_PUBLIC_CALL(dist().nn().scatter_backward(t, 0, group)),
    COMMFOLD_PUBLIC_CALL(dist().nn().reduce(t, 0, op, group)),
    COMMFOLD_PUBLIC_CALL(dist().nn().reduce_backward(t, 0, group)),
    COMMFOLD_PUBLIC_CALL(dist().nn().reduce_scatter(t, list, op, group)),
    COMMFOLD_PUBLIC_CALL(dist().nn().reduce_scatter_backward(t, group)),
    COMMFOLD_PUBLIC_CALL(dist().nn().all_gather(t, group)),
    COMMFOLD_PUBLIC_CALL(dist().nn().all_gather_backward(list, group)),
    COMMFOLD_PUBLIC_CALL(dist().nn().all_to_all(list, list, group)),
    COMMFOLD_PUBLIC_CALL(dist().nn().all_to_all_backward(list, list, group)),
    COMMFOLD_PUBLIC_CALL(dist().nn().all_to_all_single(t, t, even_split, even_split, group)),
    COMMFOLD_PUBLIC_CALL(dist().nn().all_to_all_single_backward(t, t, even_split, even_split, group)),
    COMMFOLD_PUBLIC_CALL(dist().nn().all_reduce(t, op, group)),
    COMMFOLD_PUBLIC_CALL(dist().nn().all_reduce_backward(t, op, group)),

    COMMFOLD_PUBLIC_CALL(funcol().wait_tensor(t)),
    COMMFOLD_PUBLIC_CALL(funcol().broadcast(t, 0, group)),
    COMMFOLD_PUBLIC_CALL(funcol().all_reduce(t, op, group)),
    COMMFOLD_PUBLIC_CALL(funcol().all_reduce_backward(t, group)),
    COMMFOLD_PUBLIC_CALL(funcol().all_gather_single(t, dim, group)),
    COMMFOLD_PUBLIC_CALL(funcol().all_gather_single_autograd(t, dim, group)),
    COMMFOLD_PUBLIC_CALL(funcol().all_gather_single_autograd_backward(t, dim, group)),
    COMMFOLD_PUBLIC_CALL(funcol().reduce_scatter_single(t, op, dim, group)),
    COMMFOLD_PUBLIC_CALL(funcol().reduce_scatter_single_autograd(t, op, dim, group)),
    COMMFOLD_PUBLIC_CALL(funcol().reduce_scatter_single_autograd_backward(t, dim, group)),
    COMMFOLD_PUBLIC_CALL(funcol().all_to_all_single(t, even_split, even_split, group)),
    COMMFOLD_PUBLIC_CALL(funcol().all_to_all_single_autograd(t, even_split, even_split, group)),
    COMMFOLD_PUBLIC_CALL(funcol().all_to_all_single_autograd_backward(t, even_split, even_split, group)),
    COMMFOLD_PUBLIC_CALL(funcol().all_reduce_coalesced(list, op, group)),
    COMMFOLD_PUBLIC_CALL(funcol().all_gather_single_coalesced(list, group)),
    COMMFOLD_PUBLIC_CALL(funcol().reduce_scatter_single_coalesced(list, op, dim, group)),
    COMMFOLD_PUBLIC_CALL(funcol().isend_inplace(t, 0, 0, group)),
    COMMFOLD_PUBLIC_CALL(funcol().irecv_inplace(t, 0, 0, group)),
    COMMFOLD_PUBLIC_CALL(funcol().batch_p2p_ops_inplace(operations, peers, sizes, list, group)),
    COMMFOLD_PUBLIC_CALL(funcol().permute_tensor(t, peers, 0, group)),
};

/// The public calls that emit an operator, each once.
template <class Row>
std::string emitted_by() {
  if (Row::rules.group.is_nothing()) return "no call: without a group it is no communication, and is not recorded";
  std::vector<std::string> callers;
  for (public_call const& call : public_calls) {
    bool const emits = std::find(call.emits.begin(), call.emits.end(), Row::name) != call.emits.end();
    std::string const caller = code(call.name());
    if (emits && std::find(callers.begin(), callers.end(), caller) == callers.end()) callers.push_back(caller);
  }
  return callers.empty() ? "no call of its own: " + code("comm.call") + " records it" : joined(callers, ", ");
}

// --- an operator ------------------------------------------------------------------------------------------------------------------------

constexpr std::string_view name_of(cf::parameter_type type) {
  constexpr std::string_view names[] = {"tensor", "tensor or none", "list of tensors", "list of lists of tensors",
                                        "group",  "reduction",      "integer",         "list of integers",
                                        "bool",   "list of strings"};
  return names[static_cast<unsigned char>(type)];
}

/// PyTorch's namespaces without the underscore that some begin with.
std::string object_of(std::string_view name) { return "commfold::" + std::string(name.starts_with('_') ? name.substr(1) : name); }

std::string namespace_of(std::string_view name) { return std::string(name.substr(0, name.find("::"))); }

template <class Row>
std::string group_of() {
  return Row::rules.group.is_nothing() ? "none" : rule_of<Row>(Row::rules.group);
}

template <class Row>
std::string comm_tensor_size_of() {
  return Row::rules.counts.is_nothing() ? "refused: it communicates no tensors" : rule_of<Row>(Row::rules.counts);
}

/// The tensors that an operator returns or, where it returns a work alone, that its work holds.
template <class Row>
std::string tensors_of() {
  if constexpr (Row::rules.aliases.is_nothing())
    return detail::returns_one_tensor<Row> ? "a fresh tensor" : "fresh tensors";
  else if constexpr (Row::rules.output.how == cf::size_rule::receives)
    return rule_of<Row>(Row::rules.aliases) + " itself, a tensor without elements in the place of what was sent";
  else
    return rule_of<Row>(Row::rules.aliases) + " itself";
}

template <class Row>
std::string returned_by() {
  switch (cf::returns_of<Row>) {
    case cf::returns::tensors:
      return tensors_of<Row>();
    case cf::returns::tensors_and_work:
      return tensors_of<Row>() + ", and a work";
    case cf::returns::work:
      return "a work; its " + code("result()") + " is " + rule_of<Row>(Row::rules.aliases);
    case cf::returns::nothing:
      break;
  }
  return "nothing";
}

void line(std::string const& text = "") { std::puts(text.c_str()); }
void table_line(std::initializer_list<std::string> cells) {
  std::string text = "|";
  for (std::string const& cell : cells) text += cell.empty() ? " |" : " " + cell + " |";
  line(text);
}

template <class Row>
void print_operator() {
  line("### " + code(Row::name));
  line();
  line("```");
  line(object_of(Row::name) + std::string(Row::schema));
  line("```");
  line();
  table_line({"argument", "type", "default", ""});
  line("|---|---|---|---|");
  for (cf::parameter const& p : cf::parameters_of<Row>) {
    std::vector<std::string> notes;
    if (code(p.name) == group_of<Row>()) notes.emplace_back("the group");
    if (p.keyword_only) notes.emplace_back("keyword-only: after the others here");
    if (p.written) notes.emplace_back("written to");
    table_line({code(p.name), std::string(name_of(p.type)), p.default_value.empty() ? "" : code(p.default_value), joined(notes, "; ")});
  }
  line();
  table_line({"", ""});
  line("|---|---|");
  table_line({"kind", code(name(Row::kind))});
  table_line({code("comm_tensor_size"), comm_tensor_size_of<Row>()});
  table_line({"input", rule_of<Row>(Row::rules.input)});
  if (!Row::rules.input_by_rank.is_nothing()) table_line({"input by rank", rule_of<Row>(Row::rules.input_by_rank)});
  table_line({"output", rule_of<Row>(Row::rules.output)});
  if (!Row::rules.output_by_rank.is_nothing()) table_line({"output by rank", rule_of<Row>(Row::rules.output_by_rank)});
  table_line({"message", rule_of<Row>(Row::rules.message)});
  table_line({"returns", returned_by<Row>()});
  table_line({"emitted by", emitted_by<Row>()});
  line();
}

void print_operators() {
  std::string current;
  mp::mp_for_each<cf::all_operators>([&](auto row) {
    using row_type = decltype(row);
    if (std::string const mine = namespace_of(row_type::name); mine != current) {
      current = mine;
      line("## " + code("torch.ops." + mine));
      line();
    }
    print_operator<row_type>();
  });
}

// --- departures -------------------------------------------------------------------------------------------------------------------------

/// The operators that PyTorch's public API emits and its table does not hold.
using forgotten = mp::mp_list<cf::c10d::allreduce_coalesced_t, cf::c10d::allgather_coalesced_t, cf::c10d::allgather_into_tensor_coalesced_t,
                              cf::c10d::reduce_scatter_tensor_coalesced_t, cf::c10d::gather_into_tensor_t>;

template <class Row>
void size_departs(std::string const& upstream, std::string const& why) {
  table_line({code(Row::name), "size", upstream, comm_tensor_size_of<Row>(), why});
}
template <class Row>
void group_departs(std::string const& upstream, std::string const& why) {
  table_line({code(Row::name), "group", upstream, group_of<Row>(), why});
}
template <class Row>
void work_departs(std::string const& upstream, std::string const& why) {
  table_line({code(Row::name), "work", upstream, "refused", why});
}

void print_departures() {
  line("## Where PyTorch raises by accident");
  line();
  line("Sizes, groups and works equal PyTorch's wherever PyTorch answers. These are the questions at which it raises, and should not.");
  line();
  table_line({"operator", "question", "PyTorch", "here", "why"});
  line("|---|---|---|---|---|");
  size_departs<cf::c10d_functional::all_gather_into_tensor_out_t>(
      "reads its last positional argument, which is the group's name: `AttributeError`",
      "`out` is keyword-only; called by hand with `out` last, PyTorch's function answers the same");
  size_departs<cf::c10d_functional::reduce_scatter_tensor_out_t>("is in no set of sizes: `TypeError`",
                                                                 "as `reduce_scatter_tensor`, which does the same");
  group_departs<cf::c10d_functional::reduce_scatter_tensor_out_t>("is in no set of groups: `TypeError`",
                                                                  "as `reduce_scatter_tensor`, which does the same");
  size_departs<cf::c10d_functional::isend_t>("is in no set of sizes: `TypeError`", "`batch_p2p_ops` of the same tensor has a size");
  size_departs<cf::c10d_functional::irecv_t>("is in no set of sizes: `TypeError`", "`batch_p2p_ops` of the same tensor has a size");
  work_departs<cf::c10d_functional::isend_t>("takes the result apart as if it held a work: `IndexError`",
                                             "it returns a tensor, and no work");
  work_departs<cf::c10d_functional::irecv_t>("takes the result apart as if it held a work: `IndexError` or `RuntimeError`",
                                             "it returns a tensor, and no work");
  group_departs<cf::c10d::monitored_barrier_t>("is in no set of groups: `TypeError`", "it has the argument that `barrier` has");
  mp::mp_for_each<forgotten>([](auto row) {
    using row_type = decltype(row);
    table_line({code(row_type::name), "size, group, work", "is not in its table: `TypeError`, and its fake tensors refuse the operator",
                comm_tensor_size_of<row_type>() + "; " + group_of<row_type>() + "; its work", "PyTorch's public API emits it"});
  });
  table_line({"functional operators", "group", "wants a name: an object, which the schema allows, is a `TypeError`",
              "the group, as an object; over run-time values a name, too, of a group that the call is told of",
              "there is no global registry"});
  line();

  line("## What comes back");
  line();
  table_line({"where", "PyTorch", "here"});
  line("|---|---|---|");
  table_line({"a fresh tensor like one that is not contiguous", "keeps the order of its strides", "is contiguous: no size depends on it"});
  table_line({"`irecv`, `wait_tensor` and the `_out` operators", "return the argument from a CPU kernel, a fresh tensor from a meta kernel",
              "a fresh tensor"});
  table_line({"an operator over an empty list", "is not found by the dispatcher, or answers a list of `None`", "answers an empty list"});
  line();

  line("## What is refused");
  line();
  line("PyTorch's fakes let these pass, and leave them to a backend. Here they are errors: while compiling where types tell, an");
  line("`invalid_argument` where values do.");
  line();
  table_line({"refused", "PyTorch's fakes"});
  line("|---|---|");
  table_line({"a dimension that the group does not divide, to be scattered or exchanged evenly", "round down"});
  table_line({"a list that does not have one entry a rank; lists of inputs and outputs of different lengths", "take them as they are"});
  table_line({"a whole that is not the group's size times the part", "take it as it is"});
  table_line({"tensors of different dtypes in one call, coalesced or not", "take them as they are"});
  table_line({"a `group_size` that is not the size of the group", "take it for the shape of the result"});
  table_line(
      {"a reduction that the dtype does not have: min, max and product of complex numbers, bits of floats, an average of bool, a factor "
       "for anything but float16, bfloat16, float32, float64 and complex numbers, any of bits, quantized and packed values",
       "do not look at it"});
  table_line({"a part of `quint4x2` or `quint2x4` that does not end on a whole byte", "take it as it is"});
  table_line({"another number of split sizes than ranks; sizes that do not add up to dimension 0",
              "make a result of as many rows as the sizes say"});
  table_line({"no split sizes for a functional `all_to_all_single`", "make a result without rows"});
  table_line({"a root, source, destination or peer that is not a rank of the group", "do not look at it"});
  table_line({"a negative dimension", "count from the end"});
  table_line({"a reduction or a group of an unknown name", "do not look at it"});
  table_line({"an operation of a batch that is neither `isend` nor `irecv`", "take it for a send"});
  table_line({"an `out` of another dtype, or with another number of elements", "do not look at it"});
  line();

  line("The public calls refuse, besides:");
  line();
  table_line({"refused", "PyTorch"});
  line("|---|---|");
  table_line({"calls of different operations or reductions in one " + code("dist().coalescing"), "makes all of them the first one's"});
  table_line(
      {"calls of different dtypes in one " + code("dist().coalescing"), "takes them; gloo refuses them, NCCL makes several messages"});
  table_line({"a reduction of complex tensors other than sum and average, by " + code("dist()") +
                  ", which hands them over as pairs of real numbers",
              "refuses it, too"});
  table_line({"a batch of " + code("dist().batch_isend_irecv") + " over several groups", "refuses it, too"});
  table_line({"in " + code("funcol().permute_tensor") + ", pairs that are not one a rank",
              "takes them, and puts the number of elements where the rows belong, which backends refuse above one dimension"});
  line();
}

}  // namespace

int main() {
  line(R"(# Operators

Written by `tools/operators_page.cpp` from the rows of the operator table; `cmake --build <dir> --target update_operators_page`
writes it anew.

An operator is an object: calling it infers what PyTorch's meta kernels infer, and moves nothing. `collective_op` answers what it
communicates, and `comm.call(operator, arguments...)` records it in a trace. Its arguments are those of the schema, in that order;
defaulted ones may be left out.

`comm_tensor_size` is PyTorch's: the storage behind the tensors that it looks at, a view's whole base included. Input, output and
message are payload: what this rank hands in, what it gets out, and the S of nccl-tests; by rank, the part for each rank or from it.
[What "size" means](sizes.md) tells them apart.
)");
  print_operators();
  line("# Departures from PyTorch");
  line();
  print_departures();
}
