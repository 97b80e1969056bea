// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/structs/binding.hpp>

#include <memory>
#include <type_traits>
#include <utility>

namespace {
using boost::mp11::mp_list;
using commfold::detail::types_of_fields, commfold::detail::field_at, commfold::detail::with_fields;

struct two {
  int const a;
  std::unique_ptr<int> b;
};
static_assert(std::is_same_v<types_of_fields<two>, mp_list<int, std::unique_ptr<int>>>);

// One field more than one structured binding of ours takes.
struct seventeen {
  int a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p;
  long q;
};
static_assert(std::is_same_v<types_of_fields<seventeen>,
                             mp_list<int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, long>>);

struct three {
  int a;
  long b;
  int c;
};
struct last_of {
  template <class... F>
  constexpr long operator()(F const&... f) const {
    long last = 0;
    ((last = f), ...);
    return last;
  }
};
constexpr bool reaches_fields() {
  three s{1, 2, 3};
  seventeen many{};
  many.q = 9;
  field_at<1>(s) = 5;
  return s.b == 5 && &field_at<2>(std::as_const(s)) == &s.c && with_fields(s, last_of{}) == 3 && with_fields(many, last_of{}) == 9;
}
static_assert(reaches_fields());

}  // namespace
