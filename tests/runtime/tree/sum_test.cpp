// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <array>
#include <cstddef>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <tuple>
#include <unordered_map>
#include <variant>
#include <vector>

namespace cf = commfold;
using Catch::Matchers::StartsWith;

namespace {

using t4 = cf::tensor<cf::f32, 4>;         // 16 bytes
using vec = cf::tensor<cf::f32, cf::dyn>;  // 4 an element
using bytes = cf::tensor<cf::u8, cf::dyn>;

struct block {
  t4 weight;
  vec bias;
  std::string name;
  int steps = 0;
};

/// A tree that holds itself. What a raw pointer leads to is weighed like what is held: one back up must be null, or it would never end.
struct node {
  vec weight;
  std::vector<node> kids;
  node* next = nullptr;
};
struct linked {
  vec weight;
  std::unique_ptr<linked> next;
  std::map<std::string, linked> named;
};

/// Throws when it is moved into a variant.
struct throws_when_moved {
  throws_when_moved() = default;
  throws_when_moved(throws_when_moved const&) {}
  throws_when_moved(throws_when_moved&&) { throw std::runtime_error("moved"); }
  throws_when_moved& operator=(throws_when_moved&&) = default;
};
using fragile = std::variant<t4, vec, throws_when_moved>;

fragile valueless() {
  fragile v{vec{3}};
  try {
    v = throws_when_moved{};
  } catch (std::runtime_error const&) {
  }
  return v;
}

}  // namespace

TEST_CASE("every container is weighed", "[tree][sum]") {
  vec const few[] = {vec{1}, vec{2}, vec{4}};
  std::vector<vec> const v(few, few + 3);
  CHECK(cf::sum_tensors(v) == 28);
  CHECK(cf::sum_tensors(std::deque<vec>(few, few + 3)) == 28);
  CHECK(cf::sum_tensors(std::list<vec>(few, few + 3)) == 28);
  CHECK(cf::sum_tensors(std::span<vec const>(v)) == 28);
  CHECK(cf::sum_tensors(std::span<vec const, 2>(v.data(), 2)) == 12);
  CHECK(cf::sum_tensors(std::map<std::string, vec>{{"a", vec{3}}, {"b", vec{5}}}) == 32);
  CHECK(cf::sum_tensors(std::unordered_map<int, std::vector<vec>>{{7, v}, {9, v}, {11, {}}}) == 56);
  CHECK(cf::sum_tensors(std::map<std::string, t4>{{"a", {}}, {"b", {}}, {"c", {}}}) == 48);
  CHECK(cf::sum_tensors(std::vector<vec>{}) == 0);
  CHECK(cf::sum_tensors(block{{}, vec{3}, "a name is no tensor", 9}) == 28);
  CHECK(cf::sum_tensors(std::array<block, 2>{block{{}, vec{1}, {}, 0}, block{{}, vec{2}, {}, 0}}) == 44);
}

TEST_CASE("null has no child", "[tree][sum]") {
  vec three{3};
  CHECK(cf::sum_tensors(std::make_shared<vec>(std::size_t{5})) == 20);
  CHECK(cf::sum_tensors(std::make_unique<vec>(std::size_t{6})) == 24);
  CHECK(cf::sum_tensors(&three) == 12);
  CHECK(cf::sum_tensors(std::shared_ptr<vec>{}) == 0);
  CHECK(cf::sum_tensors(std::unique_ptr<t4>{}) == 0);
  CHECK(cf::sum_tensors(static_cast<vec*>(nullptr)) == 0);
  CHECK(cf::sum_tensors(std::optional<vec>{}) == 0);
  auto const shared = std::make_shared<t4>();
  CHECK(cf::sum_tensors(std::vector{shared, shared, std::shared_ptr<t4>{}}) == 32);  // each occurrence counts
}

TEST_CASE("a type that holds itself is weighed", "[tree][sum]") {
  node root{vec{1}, {}};
  root.kids.push_back({vec{2}, {}});
  root.kids.push_back({vec{3}, {}});
  root.kids[1].kids.push_back({vec{4}, {}});
  CHECK(cf::sum_tensors(root) == 40);
  root.next = &root.kids[1];
  CHECK(cf::sum_tensors(root) == 68);
  CHECK(cf::tree_leaves(root).size() == 6);

  linked first{vec{1}, std::make_unique<linked>(), {}};
  first.next->weight = vec{10};
  first.next->named["side"].weight = vec{100};
  CHECK(cf::sum_tensors(first) == 444);
}

TEST_CASE("the held alternative is weighed, and without one it is an error", "[tree][sum]") {
  CHECK(cf::sum_tensors(fragile{t4{}}) == 16);
  CHECK(cf::sum_tensors(fragile{vec{3}}) == 12);
  fragile const v = valueless();
  REQUIRE(v.valueless_by_exception());
  CHECK_THROWS_AS(cf::sum_tensors(v), cf::invalid_argument);
  CHECK_THROWS_AS(cf::sum_tensors(std::vector{v}), std::invalid_argument);
  CHECK_THROWS_AS(cf::tree_map([](auto const& x) { return x; }, v), cf::error);
}

TEST_CASE("a sum that does not fit is an error, never a wrong number", "[tree][sum]") {
  std::size_t const half = std::size_t{1} << 63;
  CHECK(cf::sum_tensors(std::vector{bytes{half}, bytes{half - 1}}) == 18446744073709551615u);
  CHECK_THROWS_AS(cf::sum_tensors(std::vector{bytes{half}, bytes{half}}), cf::overflow_error);
  CHECK_THROWS_AS(cf::sum_tensors(std::tuple{bytes{half}, bytes{half}}), std::overflow_error);
  CHECK_THROWS_AS(cf::sum_tensors(std::tuple{bytes{half}, std::vector<bytes>{bytes{half}}}), cf::error);
  CHECK_THROWS_AS(cf::sum_tensors(std::tuple{bytes{~std::size_t{0}}, cf::tensor<cf::u8, 1>{}}), cf::overflow_error);
  // One tensor alone that does not fit.
  CHECK_THROWS_AS(cf::sum_tensors(std::vector{cf::tensor<cf::f64, cf::dyn>{half}}), cf::overflow_error);
  // Static tensors whose count is known at run time.
  using quarter = cf::tensor<cf::u8, (std::size_t{1} << 62)>;
  CHECK(cf::sum_tensors(std::vector<quarter>(3)) == 13835058055282163712u);
  CHECK_THROWS_AS(cf::sum_tensors(std::vector<quarter>(4)), cf::overflow_error);
  std::string said;
  try {
    (void)cf::sum_tensors(std::vector{bytes{half}, bytes{half}});
  } catch (cf::overflow_error const& e) {
    said = e.what();
  }
  CHECK_THAT(said, StartsWith("commfold::sum_tensors: "));
}
