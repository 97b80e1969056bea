// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/structs/count.hpp>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace {
using commfold::detail::slot_count;

struct empty {};
struct bytes {
  char a, b, c;
};
struct numbers {
  int a;
  double b;
};
class valued {
 public:
  explicit valued(int) {}
};
struct late {
  int a;
  valued b;
  int c = 1;
};
struct moves_only {
  std::unique_ptr<int> a;
  int b;
};
struct owners {
  std::array<std::vector<std::string>, 3> a;
  std::array<double, 1000> b;
};
struct array_of_ten {
  int a[10];
  int b;
};
static_assert(slot_count<empty> == 0 && slot_count<bytes> == 3 && slot_count<numbers> == 2);
static_assert(slot_count<late> == 3 && slot_count<moves_only> == 2 && slot_count<owners> == 2);
static_assert(slot_count<array_of_ten> == 11);  // of a C array, each element

}  // namespace
