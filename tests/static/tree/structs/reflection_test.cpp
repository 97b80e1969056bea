// SPDX-License-Identifier: BSL-1.0
// The header is read everywhere and says something only where there is reflection; struct_fields_test asks both ways the same.
#include <commfold/tree/structs/reflection.hpp>

#if defined(__cpp_impl_reflection)
namespace {
using namespace commfold::detail;

struct base {};
struct two {
  int a;
  char b;
};
struct derived : base {
  int a;
};
struct c_array {
  int a[2];
};
static_assert(slot_count<two> == 2 && shape_of_struct<two>() == struct_shape::fields);
static_assert(shape_of_struct<derived>() == struct_shape::has_base && shape_of_struct<c_array>() == struct_shape::has_c_array);

}  // namespace
#endif
