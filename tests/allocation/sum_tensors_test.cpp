// SPDX-License-Identifier: BSL-1.0
// sum_tensors asks for no memory, whatever the tree is made of. Every operator new of this program counts its calls.
#include <commfold/op/dynamic/dynamic_value.hpp>
#include <commfold/tree.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace {
std::size_t volatile allocations = 0;
}  // namespace

// The other forms of new and delete come to these.
void* operator new(std::size_t size) {
  allocations = allocations + 1;
  if (void* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace cf = commfold;

namespace {

using t4 = cf::tensor<cf::f32, 4>;         // 16 bytes
using vec = cf::tensor<cf::f32, cf::dyn>;  // 4 an element

struct block {
  t4 weight;
  vec bias;
  std::string name;
};
struct node {
  vec weight;
  std::vector<node> kids;
};

struct answer {
  std::size_t bytes;
  std::size_t allocations;
  friend bool operator==(answer const&, answer const&) = default;
};

template <class Tree>
answer sum_of(Tree const& tree) {
  std::size_t const before = allocations;
  std::size_t const bytes = cf::sum_tensors(tree);
  return {bytes, allocations - before};
}

/// What a sum would be that makes a row of the leaves first.
std::size_t sum_with_a_row(std::vector<vec> const& tree) {
  std::size_t bytes = 0;
  for (std::size_t const one : [&] {
         std::vector<std::size_t> row;
         for (vec const& leaf : tree) row.push_back(cf::sum_bytes(leaf));
         return row;
       }())
    bytes += one;
  return bytes;
}

}  // namespace

TEST_CASE("an allocation is noticed", "[allocation]") {
  std::vector<vec> const tree{vec{1}, vec{2}};
  std::size_t const before = allocations;
  CHECK(sum_with_a_row(tree) == 12);
  CHECK(allocations > before);
}

TEST_CASE("sum_tensors allocates nothing in a product", "[allocation]") {
  CHECK(sum_of(vec{7}) == answer{28, 0});
  CHECK(sum_of(std::tuple{vec{1}, t4{}, 3}) == answer{20, 0});
  CHECK(sum_of(std::pair{vec{2}, vec{3}}) == answer{20, 0});
  CHECK(sum_of(block{{}, vec{3}, "a name that is too long to be kept in place"}) == answer{28, 0});
  CHECK(sum_of(std::array<block, 2>{}) == answer{32, 0});
  vec const row[] = {vec{1}, vec{2}};
  CHECK(sum_of(row) == answer{12, 0});
  CHECK(sum_of(cf::dynamic_tensor(cf::f32, {3, 5})) == answer{60, 0});
}

TEST_CASE("sum_tensors allocates nothing in a sequence", "[allocation]") {
  std::vector<vec> const few{vec{1}, vec{2}, vec{4}};
  CHECK(sum_of(few) == answer{28, 0});
  CHECK(sum_of(std::vector<t4>(3)) == answer{48, 0});
  CHECK(sum_of(std::deque<vec>(few.begin(), few.end())) == answer{28, 0});
  CHECK(sum_of(std::list<vec>(few.begin(), few.end())) == answer{28, 0});
  CHECK(sum_of(std::span<vec const>(few)) == answer{28, 0});
  CHECK(sum_of(std::map<std::string, vec>{{"one", vec{3}}, {"another", vec{5}}}) == answer{32, 0});
  CHECK(sum_of(std::unordered_map<int, std::vector<vec>>{{7, few}, {9, few}}) == answer{56, 0});
  CHECK(sum_of(std::vector{few, few, {}}) == answer{56, 0});
}

TEST_CASE("sum_tensors allocates nothing behind a pointer", "[allocation]") {
  vec const three{3};
  CHECK(sum_of(&three) == answer{12, 0});
  CHECK(sum_of(std::optional<vec>(three)) == answer{12, 0});
  CHECK(sum_of(std::make_unique<vec>(std::size_t{5})) == answer{20, 0});
  CHECK(sum_of(std::make_shared<vec>(std::size_t{6})) == answer{24, 0});
}

TEST_CASE("sum_tensors allocates nothing in a choice", "[allocation]") {
  using choice = std::variant<t4, vec, std::vector<vec>, int>;
  CHECK(sum_of(choice{t4{}}) == answer{16, 0});
  CHECK(sum_of(choice{std::vector<vec>{vec{1}, vec{2}}}) == answer{12, 0});
  CHECK(sum_of(std::vector<choice>{vec{1}, t4{}, 7}) == answer{20, 0});
}

TEST_CASE("sum_tensors allocates nothing in a type that holds itself", "[allocation]") {
  node root{vec{1}, {}};
  root.kids.push_back({vec{2}, {}});
  root.kids[0].kids.push_back({vec{4}, {}});
  CHECK(sum_of(root) == answer{28, 0});
  using cf::dynamic_value;
  CHECK(sum_of(dynamic_value::list(vec{1}, dynamic_value::tuple(t4{}, "a string that is too long to be kept in place"),
                                   dynamic_value::dict({{"weight", vec{2}}, {3, 7}}))) == answer{28, 0});
}
