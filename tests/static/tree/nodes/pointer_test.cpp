// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/nodes/pointer.hpp>

#include <any>
#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace {
using namespace commfold::detail;

/// Points, and owns nothing: it cannot be made of a new object.
template <class T>
class observer {
 public:
  using element_type = T;
  constexpr observer() = default;
  static constexpr observer of(T* held) {
    observer made;
    made.held_ = held;
    return made;
  }
  constexpr T* get() const { return held_; }
  constexpr T& operator*() const { return *held_; }
  constexpr explicit operator bool() const { return held_ != nullptr; }

 private:
  T* held_ = nullptr;
};
/// Owns what it was made of.
template <class T>
class owner {
 public:
  using element_type = T;
  constexpr owner() = default;
  constexpr explicit owner(T* held) : held_(held) {}
  owner(owner&&);
  constexpr T* get() const { return held_; }
  constexpr T& operator*() const { return *held_; }
  constexpr explicit operator bool() const { return held_ != nullptr; }

 private:
  T* held_ = nullptr;
};
template <class T>
struct expected_like {
  explicit operator bool() const;
  T const& operator*() const;
  T const& value() const;
  int error() const;
};
struct deleter {
  void operator()(int const*) const;
};

template <class Pointer>
using made_of = decltype(pointer_node<Pointer>::template make<char>(std::declval<Pointer const&>(), std::declval<char (&)()>()));

// What each is known by, and is not taken for.
static_assert(pointer_class<std::unique_ptr<int>> && pointer_class<std::unique_ptr<int, deleter>> &&
              pointer_class<std::shared_ptr<int const>>);
static_assert(pointer_class<observer<int>> && !pointer_class<std::optional<int>> && !pointer_class<std::weak_ptr<int>> &&
              !pointer_class<std::string>);
static_assert(array_pointer_class<std::unique_ptr<int[]>> && array_pointer_class<std::shared_ptr<int[4]>> &&
              !array_pointer_class<observer<int>>);
static_assert(optional_class<std::optional<int>> && !optional_class<expected_like<int>> && !optional_class<std::unique_ptr<int>> &&
              !optional_class<std::any>);
static_assert(expiring_class<std::weak_ptr<int>> && !expiring_class<std::shared_ptr<int>>);
static_assert(reference_class<std::reference_wrapper<int>> && reference_class<std::reference_wrapper<int const>> &&
              !reference_class<observer<int>>);

// No child, or the one that is pointed to and not a copy.
constexpr int seven = 7;
constexpr auto there = observer<int const>::of(&seven);
constexpr observer<int const> nowhere;
constexpr std::optional<int> some{1}, none;
using traits = pointer_node<observer<int const>>;
static_assert(std::is_same_v<traits::element, int> && traits::count(there) == 1 && traits::begin(there) == &seven);
static_assert(traits::count(nowhere) == 0 && traits::begin(nowhere) == nullptr);
static_assert(optional_node<int>::make<char>(some, [] { return 'a'; }) == 'a');

// It maps to its like, or to an optional where the template cannot own; where there is nothing, nobody is asked for a child.
constexpr auto letter = [] { return 'b'; };
constexpr auto nobody = []() -> char { throw "asked"; };
static_assert(traits::make<char>(there, letter) == std::optional{'b'} && traits::make<char>(nowhere, nobody) == std::nullopt);
static_assert(optional_node<int>::make<char>(none, nobody) == std::nullopt);
static_assert(std::is_same_v<made_of<owner<int>>, owner<char>> &&
              std::is_same_v<made_of<std::shared_ptr<int const>>, std::shared_ptr<char>>);
// A deleter is for what it deletes, and does not come along.
static_assert(std::is_same_v<made_of<std::unique_ptr<int, deleter>>, std::unique_ptr<char>>);

// A reference has always one child, and maps to what owns it.
static_assert([] {
  int one = 1;
  auto const reference = std::ref(one);
  using referred = reference_node<std::reference_wrapper<int>>;
  return referred::static_count == 1 && referred::count(reference) == 1 && referred::begin(reference) == &one &&
         referred::make<char>(reference, letter) == std::array{'b'};
}());

}  // namespace
