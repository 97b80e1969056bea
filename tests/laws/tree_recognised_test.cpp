// SPDX-License-Identifier: BSL-1.0
// Containers and pointers that no line of the library names: they are known by what they offer.
#include <laws/laws.hpp>

#include <array>
#include <cstddef>
#include <forward_list>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <valarray>
#include <vector>

namespace mine {

/// A vector with room in place, as `boost::container::small_vector` and `std::inplace_vector` are: a size among its parameters.
template <class T, std::size_t Room, class Allocator = std::allocator<T>>
class small_vector {
 public:
  using value_type = T;
  using const_iterator = typename std::vector<T, Allocator>::const_iterator;
  small_vector() = default;
  void push_back(T item) { items_.push_back(std::move(item)); }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }
  std::size_t size() const { return items_.size(); }
  friend bool operator==(small_vector const&, small_vector const&) = default;

 private:
  std::vector<T, Allocator> items_;
};

/// A range that is no template and holds tensors: what its iterators show is counted.
class blocks {
 public:
  explicit blocks(std::vector<laws::vec> all) : all_(std::move(all)) {}
  auto begin() const { return all_.begin(); }
  auto end() const { return all_.end(); }

 private:
  std::vector<laws::vec> all_;
};

/// A smart pointer and an optional of a user's own.
template <class T>
class box {
 public:
  using element_type = T;
  box() = default;
  explicit box(T* held) : held_(held) {}
  T* get() const { return held_.get(); }
  T& operator*() const { return *held_; }
  explicit operator bool() const { return held_ != nullptr; }

 private:
  std::shared_ptr<T> held_;
};

/// What `std::expected` of C++23 offers.
template <class E>
struct unexpected {
  E error;
  explicit unexpected(E e) : error(std::move(e)) {}
};
template <class T, class E>
class expected {
 public:
  using value_type = T;
  using error_type = E;
  using unexpected_type = mine::unexpected<E>;
  explicit expected(T value) : value_(std::move(value)) {}
  explicit expected(unexpected_type failed) : error_(std::move(failed.error)) {}
  bool has_value() const { return value_.has_value(); }
  explicit operator bool() const { return has_value(); }
  T const& operator*() const { return *value_; }
  T const& value() const { return *value_; }
  E const& error() const { return *error_; }

 private:
  std::optional<T> value_;
  std::optional<E> error_;
};

}  // namespace mine

namespace {
using namespace laws;

struct longer {
  bool operator()(vec const& a, vec const& b) const { return a.extent(0) > b.extent(0); }
};
struct by_length {
  std::size_t operator()(vec const& t) const { return t.extent(0) % 3; }
};

}  // namespace

TEST_CASE("the laws hold for containers that are known by what they offer", "[laws][tree]") {
  int models = 0;
  hold_for_value(models, std::forward_list<t4>(3), {3, 48});
  hold_for_value(models, std::forward_list{vec{1}, vec{2}}, {2, 24});
  hold_for_value(models, mine::small_vector<vec, 4>{}, {0, 0});
  mine::small_vector<vec, 4> two;
  two.push_back(vec{1});
  two.push_back(vec{4});
  hold_for_value(models, two, {2, 40});
  hold_for(models, mine::blocks({vec{2}, vec{3}}), {2, 40});
  hold_for(models, std::valarray<vec>(vec{3}, 4), {4, 96});
  hold_for(models, std::initializer_list<vec>{vec{1}, vec{2}}, {2, 24});
  hold_for(models, std::vector<bool>{true, false}, {2, 0});
  CHECK(models == 8);
}

TEST_CASE("the laws hold for sets, whose elements are the children", "[laws][tree]") {
  int models = 0;
  hold_for(models, std::set<vec, longer>{vec{1}, vec{5}, vec{3}}, {3, 72});
  hold_for(models, std::multiset<vec, longer>{vec{1}, vec{1}, vec{3}}, {3, 40});
  hold_for(models, std::unordered_set<vec, by_length>{vec{1}, vec{5}, vec{3}}, {3, 72});
  hold_for(models, std::unordered_multiset<vec, by_length>{vec{1}, vec{1}, vec{3}}, {3, 40});
  hold_for(models, std::set<int>{3, 1}, {2, 0});
  CHECK(models == 5);
}

TEST_CASE("the laws hold for maps in which a key may come twice", "[laws][tree]") {
  int models = 0;
  hold_for_value(models, std::multimap<int, vec>{{1, vec{1}}, {1, vec{2}}, {0, vec{4}}}, {3, 56});
  std::unordered_multimap<int, vec> many;
  for (int k = 1; k <= 60; ++k) many.emplace(37 * (k % 7), vec{static_cast<std::size_t>(k)});
  hold_for_value(models, many, {60, 14640});
  hold_for_value(models, std::multimap<int, std::unordered_map<int, t4>>{{1, {{2, {}}}}, {1, {}}}, {1, 16});
  CHECK(models == 3);
}

TEST_CASE("the laws hold for pointers and references", "[laws][tree]") {
  int models = 0;
  vec one{1};
  vec const two{2};
  hold_for(models, std::ref(one), {1, 8});
  hold_for(models, std::cref(two), {1, 16});
  hold_for(models, std::vector<std::reference_wrapper<vec>>(3, one), {3, 24});
  hold_for(models, mine::box<vec>(new vec{3}), {1, 24});
  hold_for(models, mine::box<vec>(), {0, 0});
  hold_for(models, std::make_shared<vec>(5), {1, 40});
  hold_for(models, std::vector<std::shared_ptr<std::forward_list<t4>>>{nullptr, std::make_shared<std::forward_list<t4>>(2)}, {2, 32});
  CHECK(models == 7);
}

TEST_CASE("the laws hold for a result or an error", "[laws][tree]") {
  int models = 0;
  using result = mine::expected<vec, t4>;
  hold_for(models, result(vec{3}), {1, 24});
  hold_for(models, result(mine::unexpected(t4{})), {1, 16});
  CHECK(models == 2);
}

// A map makes a container of the same template, where that can hold what the function returns, else a vector.
TEST_CASE("containers that are known by what they offer map to their like", "[laws][tree]") {
  auto const mapped = [](auto const& tree) { return cf::tree_map(number_of, tree); };
  STATIC_REQUIRE(std::is_same_v<decltype(mapped(std::forward_list<vec>{})), std::forward_list<std::size_t>>);
  STATIC_REQUIRE(std::is_same_v<decltype(mapped(mine::small_vector<vec, 4>{})), mine::small_vector<std::size_t, 4>>);
  STATIC_REQUIRE(std::is_same_v<decltype(mapped(mine::blocks({}))), std::vector<std::size_t>>);
  STATIC_REQUIRE(std::is_same_v<decltype(mapped(std::set<vec, longer>{})), std::vector<std::size_t>>);
  STATIC_REQUIRE(
      std::is_same_v<decltype(mapped(std::multimap<int, vec, std::greater<>>{})), std::multimap<int, std::size_t, std::greater<>>>);
  STATIC_REQUIRE(std::is_same_v<decltype(mapped(mine::box<vec>{})), mine::box<std::size_t>>);
  STATIC_REQUIRE(std::is_same_v<decltype(mapped(std::cref(std::declval<vec const&>()))), std::array<std::size_t, 1>>);
  STATIC_REQUIRE(std::is_same_v<decltype(mapped(mine::expected<vec, t4>(vec{}))), mine::expected<std::size_t, std::size_t>>);
}
