// SPDX-License-Identifier: BSL-1.0
#include <commfold/adapt/hana.hpp>

#include <laws/laws.hpp>

#include <array>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

// Nodes as a user writes them, from the documentation of node_traits alone.
namespace mine {
using namespace laws;

/// A product with an interface of its own.
template <class Q, class K>
class attention {
 public:
  attention(Q q, K k) : q_(std::move(q)), k_(std::move(k)) {}
  Q const& query() const { return q_; }
  K const& key() const { return k_; }
  bool operator==(attention const&) const = default;

 private:
  Q q_;
  K k_;
};

/// A sequence with a fixed capacity.
template <class T>
class ring {
 public:
  void push_back(T item) { items_.push_back(std::move(item)); }
  std::size_t size() const { return items_.size(); }
  auto begin() const { return items_.rbegin(); }  // the newest first
  auto end() const { return items_.rend(); }
  bool operator==(ring const&) const = default;

 private:
  std::vector<T> items_;
};

/// A sequence whose count is in its type.
template <class T>
struct twins {
  T both[2];
  bool operator==(twins const&) const = default;
};

/// A choice of two.
template <class L, class R>
class either {
 public:
  template <std::size_t I, class T>
  either(std::in_place_index_t<I> i, T held) : held_(i, std::move(held)) {}
  bool is_left() const { return held_.index() == 0; }
  L const& left() const { return std::get<0>(held_); }
  R const& right() const { return std::get<1>(held_); }
  bool operator==(either const&) const = default;

 private:
  std::variant<L, R> held_;
};

}  // namespace mine

template <class Q, class K>
struct commfold::node_traits<mine::attention<Q, K>> {
  using children = boost::mp11::mp_list<Q, K>;
  template <std::size_t I, class Node>
  static auto const& child(Node& node) {
    if constexpr (I == 0)
      return node.query();
    else
      return node.key();
  }
  template <class A, class B>
  static mine::attention<A, B> make(A a, B b) {
    return {std::move(a), std::move(b)};
  }
  static constexpr std::array<std::string_view, 2> keys() { return {"query", "key"}; }
};

template <class T>
struct commfold::node_traits<mine::ring<T>> {
  using element = T;
  template <class Node>
  static std::size_t count(Node& node) {
    return node.size();
  }
  template <class Node>
  static auto begin(Node& node) {
    return node.begin();
  }
  template <class U, class Node, class Next>
  static mine::ring<U> make(Node& node, Next&& next) {
    std::vector<U> newest_first;
    for (std::size_t n = node.size(); n != 0; --n) newest_first.push_back(next());
    mine::ring<U> made;
    for (auto item = newest_first.rbegin(); item != newest_first.rend(); ++item) made.push_back(std::move(*item));
    return made;
  }
};

template <class T>
struct commfold::node_traits<mine::twins<T>> {
  using element = T;
  static constexpr std::size_t static_count = 2;
  template <class Node>
  static std::size_t count(Node&) {
    return 2;
  }
  template <class Node>
  static T const* begin(Node& node) {
    return node.both;
  }
  template <class U, class Node, class Next>
  static mine::twins<U> make(Node&, Next&& next) {
    return {{next(), next()}};
  }
};

template <class L, class R>
struct commfold::node_traits<mine::either<L, R>> {
  using alternatives = boost::mp11::mp_list<L, R>;
  template <class Node>
  static std::size_t index(Node& node) {
    return node.is_left() ? 0 : 1;
  }
  template <std::size_t I, class Node>
  static auto const& child(Node& node) {
    if constexpr (I == 0)
      return node.left();
    else
      return node.right();
  }
  template <std::size_t I, class A, class B, class Child>
  static mine::either<A, B> make(Child child) {
    return {std::in_place_index<I>, std::move(child)};
  }
};

namespace {
using namespace laws;
namespace hana = boost::hana;

template <class T, class... More>
mine::ring<T> ring_of(T first, More... more) {
  mine::ring<T> r;
  r.push_back(first);
  (r.push_back(more), ...);
  return r;
}
}  // namespace

TEST_CASE("the laws hold for nodes that users write", "[laws][tree]") {
  int models = 0;
  using either = mine::either<vec, std::tuple<t4, int>>;
  either const left(std::in_place_index<0>, vec{3});
  either const right(std::in_place_index<1>, std::tuple{t4{}, 5});
  mine::attention const a(t4{}, vec{2});
  hold_for_value(models, a, {2, 32});
  hold_for_value(models, ring_of(vec{1}, vec{2}, vec{4}), {3, 56});
  hold_for_value(models, mine::ring<t4>{}, {0, 0});
  hold_for_value(models, left, {1, 24});
  hold_for_value(models, right, {2, 16});
  hold_for_value(models, std::vector{ring_of(left, right), ring_of(right)}, {5, 56});
  hold_for_value(models, mine::attention(ring_of(a, a), std::pair{right, 'x'}), {7, 80});
  hold_for_value(models, mine::twins<vec>{{vec{2}, vec{3}}}, {2, 40});
  hold_for_value(models, std::tuple{mine::twins<std::pair<t4, int>>{}, 'x'}, {5, 32});
  CHECK(models == 9);
}

TEST_CASE("the laws hold for Hana's containers", "[laws][tree][hana]") {
  using w = hana::string<'w'>;
  using bias = hana::string<'b', 'i', 'a', 's'>;
  int models = 0;
  hold_for(models, hana::make_tuple(), {0, 0});
  hold_for(models, hana::make_tuple(t4{}, 3, hana::make_tuple(vec{2})), {3, 32});
  hold_for(models, hana::make_pair(t23{}, 'x'), {2, 12});
  hold_for(models, hana::just(vec{3}), {1, 24});
  hold_for(models, hana::nothing, {0, 0});
  hold_for(models, hana::make_map(hana::make_pair(w{}, t4{}), hana::make_pair(bias{}, hana::make_tuple(vec{1}, 2))), {3, 24});
  hold_for(models, hana::make_map(hana::make_pair(hana::type_c<int>, matrix{3})), {1, 15});
  hold_for(models, std::vector{hana::make_tuple(vec{1}), hana::make_tuple(vec{2})}, {2, 24});
  CHECK(models == 8);
}
