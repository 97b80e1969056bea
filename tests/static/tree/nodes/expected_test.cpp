// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/nodes/expected.hpp>

#include <boost/mp11/list.hpp>

#include <optional>
#include <type_traits>
#include <utility>

namespace {
using namespace commfold::detail;
using boost::mp11::mp_list;

/// What `std::expected` offers, as far as a constant needs it.
template <class E>
struct failure {
  E error;
  constexpr explicit failure(E e) : error(std::move(e)) {}
};
template <class T, class E>
class result {
 public:
  using value_type = T;
  using error_type = E;
  using unexpected_type = failure<E>;
  constexpr explicit result(T value) : value_(value) {}
  constexpr explicit result(unexpected_type failed) : error_(failed.error) {}
  constexpr bool has_value() const { return value_.has_value(); }
  constexpr T const& operator*() const { return *value_; }
  constexpr E const& error() const { return *error_; }

 private:
  std::optional<T> value_;
  std::optional<E> error_;
};
template <class E>
class result<void, E> {
 public:
  using value_type = void;
  using error_type = E;
  using unexpected_type = failure<E>;
  constexpr result() = default;
  constexpr explicit result(unexpected_type failed) : error_(failed.error) {}
  constexpr bool has_value() const { return !error_.has_value(); }
  constexpr void operator*() const {}
  constexpr E const& error() const { return *error_; }

 private:
  std::optional<E> error_;
};

static_assert(expected_class<result<int, char>> && expected_class<result<void, char>> && !expected_class<std::optional<int>>);

// The value is the first alternative, the error the second, also where both are of one type.
using traits = expected_node<result<int, int>>;
constexpr result<int, int> good(7), bad(failure(8));
static_assert(std::is_same_v<traits::alternatives, mp_list<int, int>> && traits::index(good) == 0 && traits::index(bad) == 1);
static_assert(traits::child<0>(good) == 7 && traits::child<1>(bad) == 8 && &traits::child<1>(bad) == &bad.error());

// An expected with a value maps to one with a value, and one with an error to one with an error.
static_assert(std::is_same_v<decltype(traits::make<0, char, long>('a')), result<char, long>>);
static_assert(*traits::make<0, int, int>(3) == 3 && traits::make<1, int, int>(4).error() == 4 && !traits::make<1, int, int>(4).has_value());

// One of nothing has a leaf that says so in the place of the value, and stays one of nothing.
using of_nothing = expected_node<result<void, char>>;
constexpr result<void, char> done, failed(failure('x'));
static_assert(std::is_same_v<of_nothing::alternatives, mp_list<no_value, char>> && std::is_empty_v<no_value>);
static_assert(of_nothing::index(done) == 0 && of_nothing::index(failed) == 1 && of_nothing::child<1>(failed) == 'x');
static_assert(std::is_same_v<std::remove_cvref_t<decltype(of_nothing::child<0>(done))>, no_value>);
static_assert(std::is_same_v<decltype(of_nothing::make<0, no_value, int>(no_value{})), result<void, int>>);
static_assert(of_nothing::make<0, no_value, int>(no_value{}).has_value() && of_nothing::make<1, no_value, int>(5).error() == 5);

}  // namespace
