// SPDX-License-Identifier: BSL-1.0
#include <commfold/group.hpp>
#include <commfold/tree.hpp>

#include <array>
#include <cstddef>
#include <iterator>
#include <string>
#include <type_traits>
#include <vector>

namespace {
namespace cf = commfold;
using enum cf::node_kind;
using t4 = cf::tensor<cf::f32, 4>;

template <class T>
constexpr bool is(cf::node_kind kind) {
  return cf::kind_of<T> == kind;
}

// An empty class is a leaf, whatever it can do, and one that derives from empty classes is.
struct tag {};
struct tag_with_a_tag : tag {};
struct tag_with_a_constructor {
  constexpr tag_with_a_constructor() {}
};
struct last final {};
constexpr auto calls_nothing = [] {};
static_assert(is<tag>(opaque) && is<tag_with_a_tag>(opaque) && is<tag_with_a_constructor>(opaque) && is<last>(opaque));
static_assert(is<decltype(calls_nothing)>(opaque) && is<std::true_type>(opaque));

// One that derives from a tensor is not: as an aggregate, behind another base, twice, in private, and as a last class.
struct weight : t4 {};
struct tagged_weight : tag, t4 {};
struct two_weights : t4, cf::tensor<cf::f64, 2> {
  constexpr two_weights() {}
};
struct private_weight : private t4 {
  constexpr private_weight() {}
};
struct last_weight final : t4 {
  constexpr last_weight() {}
};
static_assert(is<weight>(undescribed) && is<tagged_weight>(undescribed) && is<two_weights>(undescribed));
static_assert(is<private_weight>(undescribed) && is<last_weight>(undescribed));

// Nor is a list of the types of tensors.
template <class...>
struct list_of_types {};
static_assert(is<list_of_types<t4>>(undescribed) && is<list_of_types<int, std::vector<t4>>>(undescribed) && is<list_of_types<int>>(opaque));

// Nobody can tell what such a class holds.
struct constructed {
  constexpr constructed() {}
  t4 w;
};
class with_private_members {
  [[maybe_unused]] t4 w_;
};
struct with_virtual_functions {
  virtual ~with_virtual_functions() = default;
  t4 w;
};
union number_or_text {
  int number;
  char const* text;
};
struct with_a_c_array {
  t4 w[2];
};
struct based_on_text : std::string {};
struct declared_only;
static_assert(is<constructed>(undescribed) && is<with_private_members>(undescribed) && is<with_virtual_functions>(undescribed));
static_assert(is<number_or_text>(undescribed) && is<with_a_c_array>(undescribed) && is<based_on_text>(undescribed));
static_assert(is<declared_only>(undescribed) && is<t4[]>(undescribed) && is<t4 (*)[]>(sequence));

// A range of a user's own: by its members, or by free functions.
class shelf {
 public:
  constexpr auto begin() const { return all_.begin(); }
  constexpr auto end() const { return all_.end(); }

 private:
  std::array<t4, 2> all_{};
};
class drawer {
 public:
  friend constexpr auto begin(drawer const& d) { return d.all_.begin(); }
  friend constexpr auto end(drawer const& d) { return d.all_.end(); }

 private:
  std::array<t4, 3> all_{};
};
static_assert(is<shelf>(sequence) && cf::sum_tensors(shelf{}) == 32 && is<drawer>(sequence) && cf::sum_tensors(drawer{}) == 48);

// One that can be walked once only is none: to count its elements would be to lose them.
class stream {
 public:
  struct iterator {
    using iterator_category = std::input_iterator_tag;
    using value_type = t4;
    using difference_type = std::ptrdiff_t;
    using pointer = t4*;
    using reference = t4;
    t4 operator*() const;
    iterator& operator++();
    bool operator!=(iterator const&) const;
  };
  explicit stream(int);
  iterator begin() const;
  iterator end() const;
  int state;
};
static_assert(is<stream>(undescribed));

// An aggregate with a C array is a range where it is one, as boost::array is.
template <class T, std::size_t N>
struct array_like {
  T elements[N];
  constexpr T const* begin() const { return elements; }
  constexpr T const* end() const { return elements + N; }
};
static_assert(is<array_like<t4, 3>>(sequence) && cf::sum_tensors(array_like<t4, 3>{}) == 48);

// What is declared outranks what a class offers.
class listed {
 public:
  explicit listed(int);
  std::vector<t4>::const_iterator begin() const;
  std::vector<t4>::const_iterator end() const;
  t4 first;
};
}  // namespace
template <>
struct commfold::node_traits<listed> : commfold::fields<&listed::first> {};
namespace {
static_assert(is<listed>(product) && cf::sum_tensors_v<listed> == 16);

// What the library itself defines holds no tensor that would have to be counted.
static_assert(is<cf::process_group<"dp", 4>>(opaque) && is<cf::process_group<"dp">>(opaque));

}  // namespace
