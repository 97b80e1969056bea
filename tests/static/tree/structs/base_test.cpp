// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/structs/base.hpp>

#include <any>

namespace {
using commfold::detail::has_base;

struct empty {};
struct one {
  char a;
};
struct of_empty : empty {
  int b;
};
struct of_one : one {
  char b;
};
struct holds_one {
  one a;
  char b;
};
struct holds_anything {
  std::any a;
};

static_assert(has_base<of_empty> && has_base<of_one>);
static_assert(!has_base<empty> && !has_base<one> && !has_base<holds_one>);
static_assert(!has_base<holds_anything>);  // which takes what is to be taken by a base only

}  // namespace
