// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/structs/struct_fields.hpp>

#include <any>
#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {
namespace cf = commfold;
using cf::detail::shape_of_struct, cf::detail::struct_shape, cf::detail::slot_count;

struct empty {};
struct one {
  int a;
};
struct based : one {
  int b;
};
struct based_on_nothing : empty {
  int b;
};
struct based_twice : one, empty {};
struct only_based : empty {};
struct c_array {
  int a[3];
};
struct c_array_last {
  int a;
  std::string b;
  char c[8];
};
struct c_array_of_structs {
  one a[2];
  int b;
};
struct c_array_of_one {
  int a[1];
};
struct c_array_hidden {
  c_array a;
  int b;
};
union number {
  int a;
  float b;
};
struct many_slots {
  int a[200];
};
class valued {
 public:
  explicit valued(int) {}
};
struct late_default {
  int a;
  valued b;
  int c;
  int d = 3;
};
struct both_ends {
  valued a;
  std::unique_ptr<int> b;
  valued c;
};
struct nested {
  std::array<std::array<int, 2>, 2> a;
  std::pair<int, int> b;
  std::optional<one> c;
  one d;
  std::array<one, 5> e;
};
struct takes_anything {
  std::any a;
  std::function<int()> b;
};

// As many empty fields as the struct has bytes, and one field more: a reference, a type that can only be moved, one that cannot even be
// moved.
template <int>
struct nothing {};
struct stays {
  explicit stays(int) {}
  stays(stays const&) = delete;
};
template <class Last>
struct beyond_its_bytes {
  [[no_unique_address]] nothing<0> a;
  [[no_unique_address]] nothing<1> b;
  [[no_unique_address]] nothing<2> c;
  [[no_unique_address]] nothing<3> d;
  [[no_unique_address]] nothing<4> e;
  [[no_unique_address]] nothing<5> f;
  [[no_unique_address]] nothing<6> g;
  [[no_unique_address]] nothing<7> h;
  Last last;
};
int somewhere = 0;
struct beyond_is_a_reference {
  [[no_unique_address]] nothing<0> a;
  [[no_unique_address]] nothing<1> b;
  [[no_unique_address]] nothing<2> c;
  [[no_unique_address]] nothing<3> d;
  [[no_unique_address]] nothing<4> e;
  [[no_unique_address]] nothing<5> f;
  [[no_unique_address]] nothing<6> g;
  [[no_unique_address]] nothing<7> h;
  int& last = somewhere;
};
struct beyond_stays {
  [[no_unique_address]] nothing<0> a;
  stays last = stays(1);
};
static_assert(sizeof(beyond_its_bytes<int*>) == 8 && slot_count<beyond_its_bytes<int*>> == 9);
static_assert(sizeof(beyond_its_bytes<std::unique_ptr<int>>) == 8 && slot_count<beyond_its_bytes<std::unique_ptr<int>>> == 9);
static_assert(sizeof(beyond_is_a_reference) == 8 && slot_count<beyond_is_a_reference> == 9);
static_assert(sizeof(beyond_stays) == 1 && slot_count<beyond_stays> == 2);

static_assert(slot_count<empty> == 0 && slot_count<one> == 1 && slot_count<nested> == 5 && slot_count<takes_anything> == 2);
static_assert(slot_count<late_default> == 4 && slot_count<both_ends> == 3);
#if !COMMFOLD_HAS_REFLECTION
static_assert(slot_count<c_array_last> == 10);  // braces may be left out around an array
static_assert(slot_count<many_slots> == 101);   // and there the search ends
#endif

static_assert(shape_of_struct<one>() == struct_shape::fields && shape_of_struct<nested>() == struct_shape::fields);
static_assert(shape_of_struct<takes_anything>() == struct_shape::fields && shape_of_struct<late_default>() == struct_shape::fields);
static_assert(shape_of_struct<both_ends>() == struct_shape::fields);
static_assert(shape_of_struct<empty>() == struct_shape::no_fields && shape_of_struct<only_based>() == struct_shape::no_fields);
static_assert(shape_of_struct<based>() == struct_shape::has_base && shape_of_struct<based_on_nothing>() == struct_shape::has_base);
static_assert(shape_of_struct<based_twice>() == struct_shape::has_base);
static_assert(shape_of_struct<c_array>() == struct_shape::has_c_array && shape_of_struct<c_array_last>() == struct_shape::has_c_array);
static_assert(shape_of_struct<c_array_of_structs>() == struct_shape::has_c_array &&
              shape_of_struct<many_slots>() == struct_shape::has_c_array);
static_assert(shape_of_struct<number>() == struct_shape::is_union);
// A C array of one element takes one initialiser, as a field does; a C array inside of a field is not looked for.
static_assert(shape_of_struct<c_array_of_one>() == struct_shape::has_c_array && shape_of_struct<c_array_hidden>() == struct_shape::fields);

constexpr bool reaches_fields() {
  nested n{};
  cf::detail::field_at<3>(n).a = 7;
  return n.d.a == 7 && &cf::detail::field_at<0>(n) == &n.a && &cf::detail::field_at<4>(std::as_const(n)) == &n.e;
}
static_assert(reaches_fields());

}  // namespace
