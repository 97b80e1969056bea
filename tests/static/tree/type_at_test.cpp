// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/type_at.hpp>

#include <boost/mp11/list.hpp>

#include <type_traits>

namespace {
namespace cf = commfold;
using boost::mp11::mp_list;

struct incomplete;

// Position by position, also where a type occurs twice, and without completing any.
using list = mp_list<int, char, int, incomplete, void>;
static_assert(std::is_same_v<cf::detail::type_at<0, list>, int> && std::is_same_v<cf::detail::type_at<1, list>, char>);
static_assert(std::is_same_v<cf::detail::type_at<2, list>, int> && std::is_same_v<cf::detail::type_at<3, list>, incomplete>);
static_assert(std::is_same_v<cf::detail::type_at<4, list>, void> &&
              std::is_same_v<cf::detail::type_at<0, mp_list<char const&>>, char const&>);

}  // namespace
