// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/nodes/range.hpp>

#include <array>
#include <cstddef>
#include <deque>
#include <forward_list>
#include <iterator>
#include <list>
#include <memory>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

namespace {
using namespace commfold::detail;

/// Numbers in place, with and without a size.
template <class T>
class few {
 public:
  constexpr void push_back(T item) { items_[size_++] = item; }
  constexpr T const* begin() const { return items_; }
  constexpr T const* end() const { return items_ + size_; }

 private:
  T items_[8] = {};
  std::size_t size_ = 0;
};
template <class T>
struct sized_few : few<T> {
  static constexpr std::size_t told = 2;
  constexpr std::size_t size() const { return told; }
};

constexpr few<int> three = [] {
  few<int> all;
  for (int i = 7; i != 10; ++i) all.push_back(i);
  return all;
}();

constexpr few<int> empty;
constexpr sized_few<int> two;

// A registered range counts by its size where it tells one, else by a walk; and maps in order to what was named.
using traits = commfold::range_node<int, few>;
static_assert(traits::count(three) == 3 && traits::begin(three) == three.begin() && traits::count(empty) == 0);
static_assert(commfold::range_node<int>::count(two) == 2 && !ranges::tells_size<few<int>> && ranges::tells_size<sized_few<int>>);
constexpr few<long> numbered = [] {
  long next = 40;
  return traits::make<long>(three, [&] { return ++next; });
}();
static_assert(traits::count(numbered) == 3 && numbered.begin()[0] == 41 && numbered.begin()[2] == 43);

// Members come before functions of a class's namespace.
struct both {
  constexpr int const* begin() const { return &one; }
  constexpr int const* end() const { return &one + 1; }
  friend int const* begin(both const&) = delete;
  friend int const* end(both const&) = delete;
  int one;
};
struct free_only {
  friend constexpr long const* begin(free_only const& r) { return &r.one; }
  friend constexpr long const* end(free_only const& r) { return &r.one + 1; }
  long one;
};
constexpr both a{5};
constexpr free_only b{6};
static_assert(ranges::first(a) == &a.one && ranges::last(a) == &a.one + 1 && ranges::first(b) == &b.one && ranges::last(b) == &b.one + 1);
static_assert(std::is_same_v<ranges::element_of<both>, int> && std::is_same_v<ranges::element_of<free_only>, long>);

// A range that can be walked once is none, and neither is what has no iterators.
struct once {
  struct iterator {
    using iterator_category = std::input_iterator_tag;
    using value_type = int;
    using difference_type = std::ptrdiff_t;
    using pointer = int*;
    using reference = int;
  };
  iterator begin() const;
  iterator end() const;
};
static_assert(ranges::forward_range<few<int>> && ranges::forward_range<free_only> && ranges::forward_range<std::set<int>>);
static_assert(!ranges::forward_range<once> && !ranges::forward_range<int>);
// The concept of an iterator is asked before its category: some are more than their category says.
struct modern {
  struct iterator : once::iterator {
    using iterator_concept = std::random_access_iterator_tag;
  };
  iterator begin() const;
  iterator end() const;
};
static_assert(ranges::forward_range<modern>);

// Another container of the same template, with the defaults of its other parameters; a vector where that takes nothing at its back.
template <class T, std::size_t N, class Allocator = std::allocator<T>>
struct small_vector {
  void push_back(T);
};
template <class T, class U>
using rebound = typename rebound_container<T, U>::type;
struct other_allocator : std::allocator<int> {};
static_assert(std::is_same_v<rebound<std::list<int>, char>, std::list<char>> &&
              std::is_same_v<rebound<std::set<int>, char>, std::vector<char>>);
static_assert(std::is_same_v<rebound<std::deque<int, other_allocator>, char>, std::deque<char>>);
static_assert(std::is_same_v<rebound<small_vector<int, 4>, char>, small_vector<char, 4>> &&
              std::is_same_v<rebound<both, char>, std::vector<char>>);

// A template of its elements with the names of containers is one of them; any other class, or a template of something else, may have other
// members.
template <class Tag>
struct tagged {
  int const* begin() const;
  int const* end() const;
};
template <class T>
struct with_names : tagged<T> {
  using value_type = int;
  using const_iterator = int const*;
};
static_assert(!class_range_node<std::list<int>>::may_hold_more && !class_range_node<std::array<int, 4>>::may_hold_more);
static_assert(class_range_node<both>::may_hold_more && class_range_node<tagged<char>>::may_hold_more &&
              class_range_node<tagged<int>>::may_hold_more);
static_assert(!class_range_node<with_names<int>>::may_hold_more && class_range_node<with_names<char>>::may_hold_more);

// A list that is filled behind its front.
static_assert(front_range<std::forward_list<int>> && !front_range<std::list<int>>);

}  // namespace
