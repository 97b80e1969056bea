// SPDX-License-Identifier: BSL-1.0
#include <commfold/group.hpp>
#include <commfold/tree.hpp>

#include <array>
#include <cstddef>
#include <iterator>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace {
namespace cf = commfold;
using enum cf::node_kind;
using t4 = cf::tensor<cf::f32, 4>;

template <class T>
constexpr bool is(cf::node_kind kind) {
  return cf::kind_of<T> == kind;
}

// An empty class without a constructor is a leaf, and so is one that derives from such classes.
struct tag {};
struct tag_with_a_tag : tag {};
struct last final {};
constexpr auto calls_nothing = [] {};
static_assert(is<tag>(opaque) && is<tag_with_a_tag>(opaque) && is<last>(opaque) && is<decltype(calls_nothing)>(opaque));
static_assert(is<std::true_type>(opaque) && is<std::in_place_t>(opaque));

// With a constructor nobody can tell: a tensor whose shape is static is empty and has one, and so has a class that derives from it, as an
// aggregate, behind another base, twice, in private, or as a last class, and one that has it as a member without an address of its own.
struct constructed_tag {
  constexpr constructed_tag() {}
};
struct weight : t4 {};
struct tagged_weight : tag, t4 {};
using other = cf::tensor<cf::f64, 2>;
struct two_weights : t4, other {
  constexpr two_weights() {}
};
struct private_weight : private t4 {
  constexpr private_weight() {}
};
struct last_weight final : private t4 {
  constexpr last_weight() {}
};
struct last_two final : t4, other {};
struct without_address {
  constexpr without_address() {}
  [[no_unique_address]] t4 w;
};
static_assert(is<constructed_tag>(undescribed) && is<weight>(undescribed) && is<tagged_weight>(undescribed));
static_assert(is<two_weights>(undescribed) && is<private_weight>(undescribed) && is<last_weight>(undescribed));
static_assert(is<last_two>(undescribed) && std::is_empty_v<without_address> && is<without_address>(undescribed));

// Nor is a list of the types of tensors.
template <class...>
struct list_of_types {};
template <class, int>
struct numbered_type {};
static_assert(is<numbered_type<t4, 3>>(undescribed) && is<numbered_type<int, 3>>(opaque));
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

// A declaration of the user outranks what the class offers.
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
