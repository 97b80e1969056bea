// SPDX-License-Identifier: BSL-1.0
// What including costs: HEADER is a header of the library, or left out; the standard headers that all of the library uses are in either
// way.
#include <array>
#include <compare>
#include <concepts>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <initializer_list>
#include <iterator>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>
#ifdef HEADER
#include HEADER
#endif
