// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/structs/count_fast_path.hpp>

namespace {
using commfold::detail::has_a_field_a_byte;

struct one {
  char a;
};
struct three {
  char a;
  one b;
  char c;
};
struct three_with_const {
  char const a;
  one b;
  bool c = true;
};
struct wide {
  int a;
  char b;
};
static_assert(has_a_field_a_byte<one> && has_a_field_a_byte<three> && has_a_field_a_byte<three_with_const>);
static_assert(!has_a_field_a_byte<wide>);

// A base takes an initialiser too; has_base is asked before.
struct empty {};
struct of_one : one {
  char b;
};
static_assert(sizeof(of_one) == 2 && has_a_field_a_byte<of_one> && !has_a_field_a_byte<empty>);

// One pair of braces fills a whole C array, so two bytes of one are not two initialisers.
struct c_array {
  char a[2];
};
struct c_array_last {
  char a;
  char b[2];
};
static_assert(!has_a_field_a_byte<c_array> && !has_a_field_a_byte<c_array_last>);

}  // namespace
