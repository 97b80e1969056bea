// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/structs/names.hpp>

#include <tuple>
#include <utility>

namespace {
namespace cf = commfold;
using cf::detail::last_identifier, cf::detail::name_of_pointer;

// As g++ and clang spell a pointer to a member, a pointer into an object, and members of templates.
static_assert(last_identifier("consteval auto f() [with auto P = &net::layers; std::string_view = std::basic_string_view<char>]") ==
              "layers");
static_assert(last_identifier("auto f() [with auto P = (& object_of<net>.never_built<net>::value.net::norm); x = y]") == "norm");
static_assert(last_identifier("auto f() [P = &object_of.value.wq]") == "wq");
static_assert(last_identifier("auto f() [Pointer = &net<std::tuple<int, char> >::w_1]") == "w_1");

struct net {
  int layers;
  struct {
    int x;
  } inner;
  int i, snake_case_2;
};
template <class T>
struct generic {
  T value;
};
static_assert(name_of_pointer<&net::layers> == "layers" && name_of_pointer<&net::inner> == "inner" && name_of_pointer<&net::i> == "i");
static_assert(name_of_pointer<&net::snake_case_2> == "snake_case_2");
static_assert(name_of_pointer<&generic<std::tuple<int, char>>::value> == "value");

#if COMMFOLD_HAS_FIELD_NAMES
static_assert(cf::detail::names_of_fields<net>(std::make_index_sequence<4>{}) ==
              std::array<std::string_view, 4>{"layers", "inner", "i", "snake_case_2"});
static_assert(cf::detail::names_of_fields<generic<std::tuple<int, char>>>(std::make_index_sequence<1>{})[0] == "value");
#endif

}  // namespace
