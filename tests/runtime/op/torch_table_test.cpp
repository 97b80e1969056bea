// SPDX-License-Identifier: BSL-1.0
// Every operator of torch_table.json against its row of the operator table: what PyTorch's dispatcher and the source of its CollectiveOp
// say of it, and where its sets and accessors forgot something.
#include <commfold/op/call_rules.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/schema.hpp>
#include <commfold/op/table.hpp>

#include <tests/support/rows_directory.hpp>

#include <boost/mp11/algorithm.hpp>
#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {
namespace cf = commfold;
using json = nlohmann::ordered_json;

json table() {
  std::filesystem::path const path = oracle::path_of(COMMFOLD_TEST_DATA, "torch_table.json");
  std::ifstream opened(path);
  if (!opened) throw std::runtime_error("cannot open " + path.string());
  return json::parse(opened);
}

std::string without(std::string text, std::string_view part) {
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part)) text.erase(at, part.size());
  return text;
}

/// A rule of the table in the words of PyTorch's source.
template <class Row>
std::string term_text(cf::call_term term) {
  if (term.is_result()) return cf::detail::returns_one_tensor<Row> ? "res.untyped_storage().nbytes()" : "sum_tensors(res)";
  std::string const argument = "args[" + std::to_string(term.index) + "]";
  bool const one = cf::parameters_of<Row>[term.index].type == cf::parameter_type::tensor;
  return one ? argument + ".untyped_storage().nbytes()" : "sum_tensors(" + argument + ")";
}
template <class Row>
std::optional<std::string> rule_text(cf::size_rule rule) {
  if (rule.is_nothing()) return std::nullopt;
  switch (rule.how) {
    case cf::size_rule::one:
      return term_text<Row>(rule.a);
    case cf::size_rule::larger:
      return "max(" + term_text<Row>(rule.a) + ", " + term_text<Row>(rule.b) + ")";
    case cf::size_rule::both:
      return term_text<Row>(rule.a) + " + " + term_text<Row>(rule.b);
    default:
      return "a rule that PyTorch's table does not have";
  }
}

/// The sets of PyTorch's `CollectiveOp` that an operator should be in, as its row tells. An operator whose size PyTorch computes in a way
/// of its own is in no set of sizes.
template <class Row>
std::set<std::string> sets_of_row() {
  std::set<std::string> sets{"collective_ops"};
  cf::call_rules const& rules = Row::rules;
  bool const functional = !Row::name.starts_with("c10d::");
  sets.insert(functional ? "functional_collectives" : "non_functional_collectives");
  if (rules.counts.is_nothing()) sets.insert("sync_ops");

  // The number in a name is PyTorch's, and not always the index of the group: PG_ARG_2 has an object at 2, PG_ARG_3 a name.
  if (rules.group.is_argument()) sets.insert("CollectiveOp.PG_ARG_" + std::to_string(rules.group.index + (functional ? 1 : 0)));

  auto const counted = [&](cf::size_rule rule, std::string const& of_lists, std::string const& of_one_tensor) {
    if (!(rules.counts == rule)) return;
    bool const one =
        rule.a.is_result() ? cf::detail::returns_one_tensor<Row> : cf::parameters_of<Row>[rule.a.index].type == cf::parameter_type::tensor;
    std::string const& set = one ? of_one_tensor : of_lists;
    if (!set.empty()) sets.insert("CollectiveOp.COMM_TENSOR_" + set);
  };
  using words = cf::detail::rule_words;
  counted(words::arg(0), "ARG_0", "SINGLE_UNTYPED_STORAGE");
  counted(words::arg(1), "ARG_1", "");
  counted(words::result, "RES_SUM", "ARG_RES");
  counted(words::both(words::arg(0), words::result), "", "ARG_0_AND_RES");

  if (cf::returns_of<Row> == cf::returns::work) sets.insert("CollectiveOp.WK");
  if (cf::returns_of<Row> == cf::returns::tensors_and_work) sets.insert("CollectiveOp.WK_ARG_1");
  return sets;
}

/// A row of the operator table, as far as PyTorch's table tells of it.
struct row {
  std::string_view schema;
  std::span<cf::parameter const> parameters;
  cf::returns gives{};
  std::optional<std::size_t> group;
  std::optional<std::string> counts;
  std::set<std::string> sets;
};

std::map<std::string, row> our_rows() {
  std::map<std::string, row> rows;
  boost::mp11::mp_for_each<cf::all_operators>([&]<class Op>(Op) {
    std::optional<std::size_t> group;
    if (Op::rules.group.is_argument()) group = Op::rules.group.index;
    rows[std::string(Op::name)] = {Op::schema, cf::parameters_of<Op>,           cf::returns_of<Op>,
                                   group,      rule_text<Op>(Op::rules.counts), sets_of_row<Op>()};
  });
  return rows;
}

json or_null(auto const& given) { return given ? json(*given) : json(); }

/// Where ours says more than PyTorch's, or less, on purpose.
enum class rule { group_forgotten, size_forgotten, work_imagined };
constexpr std::string_view words[] = {"PyTorch's sets forgot its group, which the schema shows",
                                      "PyTorch's sets forgot its size, or look for it where it is not",
                                      "PyTorch's sets hold that it returns a work, and the schema shows that it returns a tensor"};

class comparison {
 public:
  comparison(json const& torch, row const& row) : theirs(torch), ours(row) {}

  void schema(std::string const& name) const {
    std::string const text = without(theirs.at("schema"), "__torch__.torch.classes.c10d.");
    CHECK(name + std::string(ours.schema) == text);
    std::vector<std::string> names, keyword_only, defaulted, of_text;
    bool written = false;
    for (cf::parameter const& p : ours.parameters) {
      names.emplace_back(p.name);
      if (p.keyword_only) keyword_only.emplace_back(p.name);
      if (!p.default_value.empty()) defaulted.push_back(names.back() + "=" + std::string(p.default_value));
      written = written || p.written;
    }
    // Their table has no list of the defaulted ones: it is in the schema, between a blank and the next comma or parenthesis.
    for (auto equals = text.find('='); equals != std::string::npos; equals = text.find('=', equals + 1)) {
      auto const begin = text.rfind(' ', equals) + 1;
      of_text.push_back(text.substr(begin, text.find_first_of(",)", equals) - begin));
    }
    CHECK(json(names) == theirs.at("arg_names"));
    CHECK(json(keyword_only) == theirs.at("kwarg_only"));
    CHECK(defaulted == of_text);
    CHECK(json(written) == theirs.at("mutable_schema"));
  }

  void group() {
    if (theirs.at("pg_arg_index").is_null() && ours.group) {
      departs(rule::group_forgotten);
      CHECK(theirs.at("get_process_group") != "ok");
    } else {
      CHECK(or_null(ours.group) == theirs.at("pg_arg_index"));
      CHECK(ours.group.has_value() == (theirs.at("get_process_group") == "ok"));
    }
    // All that is a group by its type, and nothing else.
    std::vector<std::size_t> of_that_type;
    for (std::size_t i = 0; i != ours.parameters.size(); ++i)
      if (ours.parameters[i].type == cf::parameter_type::group) of_that_type.push_back(i);
    CHECK(of_that_type == (ours.group ? std::vector{*ours.group} : std::vector<std::size_t>()));
    if (ours.group && !theirs.at("pg_arg_index").is_null()) CHECK(json(ours.parameters[*ours.group].name) == theirs.at("pg_arg_name"));
  }

  void size() {
    bool const waits = theirs.at("sync").get<bool>();
    CHECK(ours.counts.has_value() == !waits);
    if (theirs.at("get_comm_tensor_size") == "ok") {
      CHECK(or_null(ours.counts) == theirs.at("comm_rule"));
    } else if (!waits) {
      departs(rule::size_forgotten);
      CHECK(or_null(ours.counts) != theirs.at("comm_rule"));
    }
  }

  void work() {
    bool const a_work = ours.gives == cf::returns::work;
    bool const beside = ours.gives == cf::returns::tensors_and_work;
    json const text = a_work ? json("FakeWork.unbox(res)") : beside ? json("FakeWork.unbox(res[1])") : json();
    CHECK((a_work || beside) == (theirs.at("get_work") == "ok"));
    if (!theirs.at("work_rule").is_null() && theirs.at("get_work") != "ok") {
      departs(rule::work_imagined);
      CHECK(text.is_null());
    } else {
      CHECK(text == theirs.at("work_rule"));
    }
  }

  /// After the others, which tell in what the sets may differ.
  void sets() const {
    CHECK(ours.sets.contains("functional_collectives") == theirs.at("functional").get<bool>());
    CHECK(ours.sets.contains("sync_ops") == theirs.at("sync").get<bool>());
    auto const in_torch = theirs.at("sets").get<std::set<std::string>>();
    std::vector<std::string> added, removed;
    std::set_difference(ours.sets.begin(), ours.sets.end(), in_torch.begin(), in_torch.end(), std::back_inserter(added));
    std::set_difference(in_torch.begin(), in_torch.end(), ours.sets.begin(), ours.sets.end(), std::back_inserter(removed));
    for (std::string const& set : added) {
      INFO("only in ours: " << set);
      CHECK(((set.starts_with("CollectiveOp.PG_") && departed(rule::group_forgotten)) ||
             (set.starts_with("CollectiveOp.COMM_") && departed(rule::size_forgotten))));
    }
    for (std::string const& set : removed) {
      INFO("only in PyTorch's: " << set);
      CHECK((set.starts_with("CollectiveOp.WK") && departed(rule::work_imagined)));
    }
    if (departed(rule::group_forgotten)) CHECK(any_with(added, "CollectiveOp.PG_"));
    if (departed(rule::work_imagined)) CHECK(any_with(removed, "CollectiveOp.WK"));
  }

  [[nodiscard]] std::set<rule> const& departures() const { return departures_; }

 private:
  json const& theirs;
  row const& ours;
  std::set<rule> departures_;

  void departs(rule r) { departures_.insert(r); }
  [[nodiscard]] bool departed(rule r) const { return departures_.contains(r); }
  [[nodiscard]] static bool any_with(std::vector<std::string> const& all, std::string_view prefix) {
    return std::any_of(all.begin(), all.end(), [&](std::string const& one) { return one.starts_with(prefix); });
  }
};

}  // namespace

TEST_CASE("operators: rows and sets are those of PyTorch's table", "[oracle]") {
  json const torch = table();
  std::map<std::string, row> const ours = our_rows();
  std::map<rule, std::size_t> departures;
  std::set<std::string> compared;
  for (auto const& [full, theirs] : torch.at("ops").items()) {
    INFO(full);
    CHECK(full.ends_with(".default"));
    std::string const name = full.substr(0, full.rfind('.'));
    CHECK(ours.contains(name));
    if (!ours.contains(name)) continue;
    comparison c(theirs, ours.at(name));
    c.schema(name);
    c.group();
    c.size();
    c.work();
    c.sets();
    for (rule const r : c.departures()) ++departures[r];
    compared.insert(name);
  }

  // What we have beside them is what PyTorch registers and its table forgot.
  auto const forgotten = torch.at("gaps").at("registered_ops_of_these_namespaces_absent_from_collective_ops").get<std::set<std::string>>();
  std::size_t more = 0;
  for (auto const& [name, row] : ours) {
    if (compared.contains(name)) continue;
    INFO(name);
    CHECK(forgotten.contains(name + ".default"));
    ++more;
  }

  // Those that write into their arguments are all collectives; the others of the list are checks, and the same operators under older names.
  for (std::string const& name : forgotten)
    if (name.starts_with("c10d::") && name.ends_with("_.default")) CHECK(ours.contains(name.substr(0, name.rfind('.'))));

  std::cout << "torch_table.json: compared " << compared.size() << " operators\n";
  for (auto const& [r, count] : departures) std::cout << "  " << count << " times: " << words[static_cast<std::size_t>(r)] << '\n';
  std::cout << "  " << more << " operators are ours beside those: PyTorch registers them, and its table forgot them\n";
  CHECK(compared.size() == torch.at("n_ops").get<std::size_t>());
  CHECK(compared.size() == torch.at("ops").size());
  CHECK(compared.size() + more == ours.size());
}
