// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/structs/pfr.hpp>

#include <any>
#include <array>
#include <tuple>

namespace {
using commfold::detail::has_base, commfold::detail::shape_of_struct, commfold::detail::struct_shape;

struct one {
  char a;
};
struct of_one : one {
  char b;
};
struct empty {};
struct of_empty : empty {
  short a;  // has as many bytes as initialisers: see count_fast_path.hpp
};
struct arrays {
  std::array<char, 2> a;
  std::tuple<int, char> b;
};
struct c_array_of_one {
  char a[1];
  char b;
};
struct c_array_of_two {
  char a[2];
  char b;
};
union either {
  char a;
  one b;
};
struct nothing {};

struct holds_one {
  one a;
  char b;
};
struct holds_anything {
  std::any a;
};

static_assert(has_base<of_empty> && has_base<of_one>);
static_assert(!has_base<empty> && !has_base<one> && !has_base<holds_one>);
static_assert(!has_base<holds_anything>);  // a std::any can be initialised from any_base_of too

static_assert(shape_of_struct<one>() == struct_shape::fields && shape_of_struct<arrays>() == struct_shape::fields);
static_assert(shape_of_struct<of_one>() == struct_shape::has_base && shape_of_struct<of_empty>() == struct_shape::has_base);
static_assert(shape_of_struct<c_array_of_one>() == struct_shape::has_c_array);  // as many bytes as initialisers
static_assert(shape_of_struct<c_array_of_two>() == struct_shape::has_c_array);
static_assert(shape_of_struct<either>() == struct_shape::is_union && shape_of_struct<nothing>() == struct_shape::no_fields);

}  // namespace
