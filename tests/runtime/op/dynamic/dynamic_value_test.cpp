// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/dynamic/dynamic_value.hpp>
#include <commfold/tree.hpp>

#include <tests/support/oracle.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace cf = commfold;
using cf::dynamic_value;
using cf::value_kind;

namespace {

using t4 = cf::tensor<cf::f32, 4>;                // 16 bytes
using matrix = cf::tensor<cf::bf16, cf::dyn, 3>;  // 6 a row
constexpr cf::process_group<"dp", 8> dp;

/// One of each kind.
dynamic_value one_of_each() {
  return dynamic_value::list(t4{}, dynamic_value{}, true, 7, 2.5, "sum", dp, cf::reduce_op::max, cf::fake_work<>(9),
                             dynamic_value::tuple(matrix{2}, dynamic_value::tuple()),
                             dynamic_value::dict({{"w", dynamic_value::list(matrix{1})}, {3, dynamic_value::list()}}));
}

std::vector<std::string> paths_of(dynamic_value const& v) {
  std::vector<std::string> paths;
  for (cf::tree_path const& path : cf::tree_paths(v)) paths.push_back(to_string(path));
  return paths;
}

}  // namespace

TEST_CASE("a value knows what it was made of", "[value]") {
  CHECK(dynamic_value{}.kind() == value_kind::none);
  CHECK(dynamic_value(dynamic_value::none{}).kind() == value_kind::none);
  CHECK(dynamic_value(true).as_bool());
  CHECK_FALSE(dynamic_value(false).as_bool());
  CHECK(dynamic_value(-5).as_integer() == -5);
  CHECK(dynamic_value(std::uint8_t{200}).as_integer() == 200);
  CHECK(dynamic_value(std::size_t{6}).as_integer() == 6);
  CHECK(dynamic_value(cf::size_c<7>).as_integer() == 7);
  CHECK(dynamic_value(std::integral_constant<int, 8>{}).as_integer() == 8);
  CHECK(dynamic_value(2.5).as_double() == 2.5);
  CHECK(dynamic_value(0.5f).as_double() == 0.5);
  CHECK(dynamic_value("sum").as_string() == "sum");
  CHECK(dynamic_value(std::string("avg")).as_string() == "avg");
  CHECK(dynamic_value(std::string_view("max")).as_string() == "max");
  CHECK(dynamic_value(t4{}).as_tensor() == cf::dynamic_tensor(cf::f32, {4}));
  CHECK(dynamic_value(matrix{2}).as_tensor() == cf::dynamic_tensor(cf::bf16, {2, 3}));
  CHECK(dynamic_value(cf::dynamic_tensor(cf::u8, {5})).as_tensor() == cf::dynamic_tensor(cf::u8, {5}));
  CHECK(dynamic_value(dp).as_group() == cf::dynamic_group("dp", 8));
  CHECK(dynamic_value(cf::process_group<"tp">{2}).as_group() == cf::dynamic_group("tp", 2));
  CHECK(dynamic_value(cf::reduce_op::premul_sum).as_reduce_op() == cf::reduce_op::premul_sum);
  CHECK(dynamic_value(cf::fake_work<>(4)).as_work().seq_id() == 4);
  CHECK(dynamic_value(cf::fake_work(t4{}, 5)).as_work().seq_id() == 5);
  CHECK(dynamic_value::list(1, 2).as_list().size() == 2);
  CHECK(dynamic_value::tuple(1, 2, 3).as_tuple().size() == 3);
  CHECK(dynamic_value::dict({{"a", 1}}).as_dict().size() == 1);
}

TEST_CASE("each kind, and none but it", "[value]") {
  value_kind const kinds[] = {value_kind::tensor, value_kind::none,   value_kind::truth, value_kind::integer,
                              value_kind::real,   value_kind::string, value_kind::group, value_kind::reduce_op,
                              value_kind::work,   value_kind::tuple,  value_kind::dict};
  dynamic_value const all = one_of_each();
  REQUIRE(all.as_list().size() == std::size(kinds));
  for (std::size_t n = 0; n < std::size(kinds); ++n) {
    CHECK(all.as_list()[n].kind() == kinds[n]);
    for (value_kind const kind : kinds) CHECK(all.as_list()[n].is(kind) == (kind == kinds[n]));
  }
  CHECK(all.is(value_kind::list));
}

TEST_CASE("another kind than is held is refused, with both in the words", "[value]") {
  dynamic_value const list = dynamic_value::list(1);
  CHECK_THROWS_AS(list.as_tensor(), cf::invalid_argument);
  CHECK_THROWS_WITH(list.as_tensor(), "commfold::dynamic_value: tensor was wanted, and list is held");
  CHECK_THROWS_WITH(list.as_tuple(), "commfold::dynamic_value: tuple was wanted, and list is held");
  CHECK_THROWS_WITH(dynamic_value::tuple().as_list(), "commfold::dynamic_value: list was wanted, and tuple is held");
  CHECK_THROWS_WITH(dynamic_value(1).as_bool(), "commfold::dynamic_value: bool was wanted, and integer is held");
  CHECK_THROWS_WITH(dynamic_value(true).as_integer(), "commfold::dynamic_value: integer was wanted, and bool is held");
  CHECK_THROWS_WITH(dynamic_value(1).as_double(), "commfold::dynamic_value: double was wanted, and integer is held");
  CHECK_THROWS_WITH(dynamic_value(1.5).as_integer(), "commfold::dynamic_value: integer was wanted, and double is held");
  CHECK_THROWS_WITH(dynamic_value(t4{}).as_string(), "commfold::dynamic_value: string was wanted, and tensor is held");
  CHECK_THROWS_WITH(dynamic_value("dp").as_group(), "commfold::dynamic_value: group was wanted, and string is held");
  CHECK_THROWS_WITH(dynamic_value("sum").as_reduce_op(), "commfold::dynamic_value: reduce_op was wanted, and string is held");
  CHECK_THROWS_WITH(dynamic_value{}.as_work(), "commfold::dynamic_value: work was wanted, and none is held");
  CHECK_THROWS_WITH(dynamic_value(dp).as_dict(), "commfold::dynamic_value: dict was wanted, and group is held");
  CHECK_THROWS_WITH(dynamic_value(cf::sum).as_list(), "commfold::dynamic_value: list was wanted, and reduce_op is held");
  CHECK_THROWS_WITH(dynamic_value(cf::fake_work<>(1)).as_list(), "commfold::dynamic_value: list was wanted, and work is held");
  CHECK_THROWS_WITH(dynamic_value::dict().elements(), "commfold::dynamic_value: list was wanted, and dict is held");
  CHECK(dynamic_value::tuple(4, 5).elements()[1] == 5);
  CHECK(list.elements()[0] == 1);
}

TEST_CASE("integers are held as they are, or not at all", "[value]") {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  CHECK(dynamic_value(static_cast<std::uint64_t>(most)).as_integer() == most);
  CHECK(dynamic_value(std::numeric_limits<std::int64_t>::min()).as_integer() == std::numeric_limits<std::int64_t>::min());
  CHECK_THROWS_AS(dynamic_value(static_cast<std::uint64_t>(most) + 1), cf::overflow_error);
  CHECK_THROWS_WITH(dynamic_value(std::uint64_t{9223372036854775808u}),
                    "commfold::dynamic_value: 9223372036854775808 does not fit std::int64_t, which is what an integer is held in");
  CHECK_THROWS_AS(dynamic_value(cf::size_c<cf::dyn>), cf::overflow_error);
  CHECK_THROWS_AS(cf::dict_key(std::uint64_t{9223372036854775808u}), cf::overflow_error);
  CHECK(dynamic_value(12).as_size() == 12);
  CHECK_THROWS_WITH(dynamic_value(-1).as_size(), "commfold::dynamic_value: -1 is negative; a size never is");
  CHECK_THROWS_WITH(dynamic_value("12").as_size(), "commfold::dynamic_value: integer was wanted, and string is held");
}

TEST_CASE("values are nested as deep as the limit, and no deeper", "[value]") {
  using cf::dynamic_value;
  auto const nested = [](auto const& one_more, std::size_t depth) {
    dynamic_value value = cf::tensor<cf::f32, 4>{};
    for (std::size_t n = 0; n != depth; ++n) value = one_more(std::move(value));
    return value;
  };
  auto const list = [](dynamic_value inner) { return dynamic_value::list(std::move(inner)); };
  auto const dict = [](dynamic_value inner) { return dynamic_value::dict({{"w", std::move(inner)}}); };
  dynamic_value const deepest = nested(list, cf::max_value_depth);
  CHECK(cf::sum_tensors(deepest) == 16);
  CHECK(cf::sum_tensors(nested(dict, cf::max_value_depth)) == 16);
  std::string const words = "commfold::dynamic_value: lists, tuples and dicts are nested more than 1000 deep";
  CHECK_THROWS_WITH(list(deepest), words);
  CHECK_THROWS_WITH(dynamic_value::tuple(1, deepest), words);
  CHECK_THROWS_WITH(nested(dict, cf::max_value_depth + 1), words);
}

TEST_CASE("a list of one list is that", "[value]") {
  dynamic_value const inner = dynamic_value::list(1, 2);
  dynamic_value const outer = dynamic_value::list(inner);
  REQUIRE(outer.as_list().size() == 1);
  CHECK(outer.as_list()[0] == inner);
  CHECK(dynamic_value::tuple(dynamic_value::tuple()).as_tuple().size() == 1);
  CHECK(dynamic_value::list(dynamic_value::list(dynamic_value::list())).as_list()[0].as_list()[0].as_list().empty());
  dynamic_value const copy = outer;
  CHECK(copy == outer);
  dynamic_value const braced{outer};
  CHECK(braced == outer);
  CHECK(dynamic_value::list_of({inner, 3}) == dynamic_value::list(inner, 3));
  CHECK(dynamic_value::tuple_of(std::vector<dynamic_value>(2, inner)) == dynamic_value::tuple(inner, inner));
  CHECK(dynamic_value::list() == dynamic_value::list_of({}));
}

TEST_CASE("a dict keeps its order, and each key once", "[value]") {
  dynamic_value const v = dynamic_value::dict({{"z", 1}, {3, "three"}, {"3", dynamic_value::list(2)}, {-1, {}}});
  cf::dictionary const& d = v.as_dict();
  REQUIRE(d.size() == 4);
  std::vector<std::string> keys;
  for (auto const& entry : d) keys.push_back(to_string(entry.first));
  CHECK(keys == std::vector<std::string>{"\"z\"", "3", "\"3\"", "-1"});
  CHECK(d.find("z")->second == 1);
  CHECK(d.find(3)->second == "three");
  CHECK(d.find("3")->second == dynamic_value::list(2));
  CHECK(d.find(-1)->second.is(value_kind::none));
  CHECK(d.find("y") == d.end());
  CHECK(d.find(0) == d.end());
  CHECK(*d.begin()->first.text() == "z");
  CHECK(d.begin()->first.integer() == nullptr);
  CHECK(*d.find(3)->first.integer() == 3);
  CHECK(d.find(3)->first.text() == nullptr);
  CHECK(dynamic_value::dict().as_dict().size() == 0);
  CHECK(dynamic_value::dict({{"a", "b"}}).as_dict().begin()->second == "b");
  CHECK_THROWS_AS(dynamic_value::dict({{"a", 1}, {"b", 2}, {"a", 3}}), cf::invalid_argument);
  CHECK_THROWS_WITH(dynamic_value::dict({{"a", 1}, {"b", 2}, {"a", 3}}), "commfold::dictionary: the key \"a\" is given twice");
  CHECK_THROWS_WITH(dynamic_value::dict({{4, 1}, {4, 1}}), "commfold::dictionary: the key 4 is given twice");
}

TEST_CASE("values are equal by kind and by what they hold", "[value]") {
  CHECK(one_of_each() == one_of_each());
  std::vector<dynamic_value> const distinct{dynamic_value{},
                                            false,
                                            true,
                                            0,
                                            1,
                                            0.0,
                                            1.0,
                                            "",
                                            "1",
                                            t4{},
                                            cf::tensor<cf::f32, 5>{},
                                            cf::tensor<cf::i32, 4>{},
                                            cf::dynamic_tensor(cf::f32, {4}, {2}, 32),
                                            cf::dynamic_tensor(cf::f32, {4}, {1}, 32),
                                            dp,
                                            cf::process_group<"tp", 8>{},
                                            cf::sum,
                                            cf::avg,
                                            cf::fake_work<>(1),
                                            cf::fake_work<>(2),
                                            dynamic_value::list(),
                                            dynamic_value::tuple(),
                                            dynamic_value::dict(),
                                            dynamic_value::list(1),
                                            dynamic_value::tuple(1),
                                            dynamic_value::list(1, 2),
                                            dynamic_value::list(2, 1),
                                            dynamic_value::dict({{"a", 1}}),
                                            dynamic_value::dict({{"b", 1}}),
                                            dynamic_value::dict({{"a", 2}}),
                                            dynamic_value::dict({{1, 1}}),
                                            dynamic_value::dict({{"1", 1}}),
                                            dynamic_value::dict({{"a", 1}, {"b", 1}}),
                                            dynamic_value::dict({{"b", 1}, {"a", 1}})};
  for (std::size_t i = 0; i < distinct.size(); ++i)
    for (std::size_t k = 0; k < distinct.size(); ++k) {
      INFO(i << " against " << k);
      CHECK((distinct[i] == distinct[k]) == (i == k));
    }
}

TEST_CASE("the tensors of a value are summed", "[value]") {
  CHECK(cf::sum_tensors(one_of_each()) == 34);
  CHECK(cf::sum_tensors(dynamic_value(t4{})) == 16);
  CHECK(cf::sum_tensors(dynamic_value{}) == 0);
  CHECK(cf::sum_tensors(dynamic_value(7)) == 0);
  CHECK(cf::sum_tensors(std::tuple{t4{}, one_of_each(), std::vector{dynamic_value(t4{})}}) == 66);
  // A view counts all of its storage, and one that is met twice counts twice.
  dynamic_value const view = cf::dynamic_tensor(cf::f32, {4}, {1}, 4096);
  CHECK(cf::sum_tensors(dynamic_value::list(view, view)) == 8192);
  dynamic_value const half = cf::dynamic_tensor(cf::u8, {1}, {1}, std::numeric_limits<std::size_t>::max() / 2 + 1);
  CHECK_THROWS_AS(cf::sum_tensors(dynamic_value::list(half, half)), cf::overflow_error);
}

TEST_CASE("paths go by position and by key; the kind of a leaf is no step", "[value]") {
  CHECK(paths_of(one_of_each()) ==
        std::vector<std::string>{"[0]", "[1]", "[2]", "[3]", "[4]", "[5]", "[6]", "[7]", "[8]", "[9][0]", "[10][\"w\"][0]"});
  CHECK(paths_of(5) == std::vector<std::string>{"(root)"});
  CHECK(paths_of(dynamic_value::list()).empty());
  CHECK(paths_of(dynamic_value::dict({{-3, 1}, {"a", dynamic_value::dict({{"b", 2}})}})) ==
        std::vector<std::string>{"[-3]", "[\"a\"][\"b\"]"});
  // As a std::map spells its keys.
  CHECK(cf::tree_paths(std::map<std::string, dynamic_value>{{"a", dynamic_value::list(1)}})[0] == "[\"a\"][0]");
  CHECK(cf::tree_paths(std::tuple{1, dynamic_value::tuple(2)})[1] == "[1][0]");
}

TEST_CASE("values are visited, folded and searched like any tree", "[value]") {
  dynamic_value const all = one_of_each();
  std::string seen;
  cf::tree_for_each(
      [&]<class Leaf>(Leaf const& leaf) {
        if constexpr (cf::tensor_like<Leaf>)
          seen += "t" + std::to_string(cf::numel(leaf));
        else if constexpr (std::is_same_v<Leaf, std::int64_t>)
          seen += "i" + std::to_string(leaf);
        else if constexpr (std::is_same_v<Leaf, std::string>)
          seen += "s" + leaf;
        else
          seen += ".";
      },
      all);
  CHECK(seen == "t4..i7.ssum...t6t3");
  std::size_t const elements = cf::tree_fold_with_path(
      [](std::size_t n, cf::tree_path const& path, auto const& leaf) {
        if constexpr (cf::tensor_like<decltype(leaf)>)
          return n + path.size() * cf::numel(leaf);
        else
          return n;
      },
      std::size_t{0}, all);
  CHECK(elements == 1 * 4 + 2 * 6 + 3 * 3);
  CHECK(cf::tree_any(cf::is_tensor, all));
  CHECK_FALSE(cf::tree_any(cf::is_type<cf::dynamic_group>, dynamic_value::list(1, "x")));
  CHECK(cf::tree_all(cf::is_type<std::int64_t, std::string>, dynamic_value::list(1, "x", dynamic_value::tuple(2))));
  CHECK_FALSE(cf::tree_all(cf::is_type<std::int64_t>, dynamic_value::list(1, true)));
  CHECK(cf::tree_all(cf::is_tensor, dynamic_value::tuple()));
}

TEST_CASE("a value maps to a value", "[value]") {
  dynamic_value const all = one_of_each();
  CHECK(cf::tree_map([](auto const& leaf) { return leaf; }, all) == all);
  int n = 0;
  dynamic_value const named = cf::tree_map_only(cf::is_tensor, [&](auto const&) { return "T" + std::to_string(++n); }, all);
  CHECK(named == dynamic_value::list("T1", dynamic_value{}, true, 7, 2.5, "sum", dp, cf::reduce_op::max, cf::fake_work<>(9),
                                     dynamic_value::tuple("T2", dynamic_value::tuple()),
                                     dynamic_value::dict({{"w", dynamic_value::list("T3")}, {3, dynamic_value::list()}})));
  CHECK(cf::tree_map_only(
            cf::is_type<std::int64_t>, [](std::int64_t i) { return static_cast<double>(i) / 2; }, dynamic_value::list(3, true, "x")) ==
        dynamic_value::list(1.5, true, "x"));
  CHECK(cf::tree_map_with_path([](cf::tree_path const& path, auto const&) { return to_string(path); },
                               dynamic_value::list(3, dynamic_value::dict({{"k", 1}}))) ==
        dynamic_value::list("[0]", dynamic_value::dict({{"k", "[1][\"k\"]"}})));
  CHECK(cf::tree_map_only_with_path(
            cf::is_type<bool>, [](cf::tree_path const& path, bool) { return path.size(); },
            dynamic_value::tuple(true, 1, dynamic_value::list(false))) == dynamic_value::tuple(1, 1, dynamic_value::list(2)));
  // A leaf may become a subtree, and a predicate that reads the value keeps the kind.
  CHECK(cf::tree_map([](auto const& leaf) { return dynamic_value::list(leaf, leaf); }, dynamic_value::tuple(1, "x")) ==
        dynamic_value::tuple(dynamic_value::list(1, 1), dynamic_value::list("x", "x")));
  CHECK(cf::tree_map_only([](auto const& leaf) { return dynamic_value(leaf) == 1; }, [](auto const& leaf) { return leaf; },
                          dynamic_value::list(1, 2)) == dynamic_value::list(1, 2));
}

TEST_CASE("values are walked along with others", "[value]") {
  // As in a pytree, a leaf takes what the others have in its place, whatever that is.
  auto const pair = [](auto const& leaf, dynamic_value const& other) { return dynamic_value::tuple(leaf, other); };
  CHECK(cf::tree_map(pair, dynamic_value::list(1, dynamic_value::dict({{"a", 2}, {"b", 3}})),
                     dynamic_value::list("x", dynamic_value::dict({{"b", dynamic_value::list()}, {"a", t4{}}}))) ==
        dynamic_value::list(dynamic_value::tuple(1, "x"), dynamic_value::dict({{"a", dynamic_value::tuple(2, t4{})},
                                                                               {"b", dynamic_value::tuple(3, dynamic_value::list())}})));
  CHECK_THROWS_AS(cf::tree_map(pair, dynamic_value::list(1, 2), dynamic_value::list(1)), cf::structure_error);
  CHECK_THROWS_WITH(cf::tree_map(pair, dynamic_value::list(1, dynamic_value::list(2)), dynamic_value::list(1, dynamic_value::list())),
                    "commfold::tree_map: the trees differ in structure at [1]: 1 children against 0");
  CHECK_THROWS_WITH(cf::tree_map(pair, dynamic_value::list(dynamic_value::list()), dynamic_value::list(dynamic_value::tuple())),
                    "commfold::tree_map: the trees differ in structure at [0]: alternative 9 against 10");
  CHECK_THROWS_WITH(cf::tree_map(pair, dynamic_value::list(), dynamic_value(3)),
                    "commfold::tree_map: the trees differ in structure at (root): alternative 9 against 2");
  CHECK_THROWS_WITH(
      cf::tree_for_each([](auto const&, dynamic_value const&) {}, dynamic_value::dict({{"a", 1}}), dynamic_value::dict({{"b", 1}})),
      "commfold::tree_for_each: the trees differ in structure at [\"a\"]: no such key in a following tree");
  CHECK_THROWS_WITH(cf::tree_for_each([](auto const&, dynamic_value const&) {}, dynamic_value::list(dynamic_value::tuple()),
                                      dynamic_value::list(dynamic_value::list())),
                    "commfold::tree_for_each: the trees differ in structure at [0]: alternative 10 against 9");
  std::size_t same = 0;
  cf::tree_for_each([&](auto const& leaf, dynamic_value const& other) { same += leaf == other ? 1 : 0; }, dynamic_value::list(1, "a", 2.0),
                    dynamic_value::list(1, "b", 2.0));
  CHECK(same == 2);
}

TEST_CASE("the structure of a value is that of its containers", "[value]") {
  auto const structure = cf::tree_structure(one_of_each());
  CHECK(to_string(structure) == "[*, *, *, *, *, *, *, *, *, [*, []], [\"w\": [*], 3: []]]");
  CHECK(structure == cf::tree_structure(cf::tree_map([](auto const&) { return "leaf"; }, one_of_each())));
  CHECK(cf::tree_structure(dynamic_value(1)) == cf::tree_structure(dynamic_value("x")));
  CHECK_FALSE(cf::tree_structure(dynamic_value(1)) == cf::tree_structure(dynamic_value::list()));
  CHECK_FALSE(cf::tree_structure(dynamic_value::list()) == cf::tree_structure(dynamic_value(1)));
  CHECK_FALSE(cf::tree_structure(dynamic_value::list()) == cf::tree_structure(dynamic_value::tuple()));
  CHECK_FALSE(cf::tree_structure(dynamic_value::list(1)) == cf::tree_structure(dynamic_value::list(1, 2)));
  CHECK_FALSE(cf::tree_structure(dynamic_value::dict({{"a", 1}})) == cf::tree_structure(dynamic_value::dict({{"b", 1}})));
  CHECK_FALSE(cf::tree_structure(dynamic_value::list(dynamic_value::list(1))) == cf::tree_structure(dynamic_value::list(1)));
}

TEST_CASE("a value is flattened, and unflattened with leaves of any kind", "[value]") {
  auto const [leaves, structure] = cf::tree_flatten(dynamic_value::list(1, dynamic_value::dict({{"a", t4{}}})));
  REQUIRE(leaves.size() == 2);
  CHECK(std::get<std::int64_t>(leaves[0]) == 1);
  CHECK(std::get<cf::dynamic_tensor>(leaves[1]) == cf::dynamic_tensor(cf::f32, {4}));
  CHECK(cf::tree_unflatten(structure, leaves) == dynamic_value::list(1, dynamic_value::dict({{"a", t4{}}})));
  CHECK(cf::tree_unflatten(structure, std::vector<dynamic_value>{"x", dynamic_value{}}) ==
        dynamic_value::list("x", dynamic_value::dict({{"a", dynamic_value{}}})));
  CHECK_THROWS_AS(cf::tree_unflatten(structure, std::vector<dynamic_value>{"x"}), cf::structure_error);
}
