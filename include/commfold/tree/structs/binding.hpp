// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/structs/binding.hpp
/// The fields of a plain struct, once their number is known: `field_at<I>(s)`, `with_fields(s, g)`, `types_of_fields<T>`.

#include <commfold/tree/structs/count.hpp>

#include <boost/mp11/list.hpp>
#include <boost/pfr/core.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace commfold::detail {

/// field_at<I>(s): the I-th field of a struct in which each slot is one field.
#if defined(__cpp_structured_bindings) && __cpp_structured_bindings >= 202411L && defined(__cpp_pack_indexing)
// C++26 binds any number of fields at once, and PFR's function takes no count there.
template <std::size_t I, class T>
constexpr auto& field_at(T& s) {
  auto& [... fields] = s;
  return fields...[I];
}
#else
template <std::size_t I, class T>
constexpr auto& field_at(T& s) {
  namespace pfr = boost::pfr::detail;
  return pfr::sequence_tuple::get<I>(pfr::tie_as_tuple(s, pfr::size_t_<slot_count<std::remove_cv_t<T>>>{}));
}
#endif

/// Never defined: its return type lists the types of its arguments.
template <class... Fields>
boost::mp11::mp_list<Fields...> list_types(Fields const&...);

/// Binds all fields by one structured binding, which instantiates one function for a struct, where PFR instantiates three for each field.
/// There is a specialisation for each count up to 16, since every struct would go through a chain of `if constexpr`. PFR binds larger ones.
template <std::size_t Count>
struct bound_fields {
  template <class T, class G>
  static constexpr auto with(T& s, G const& g) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) { return g(detail::field_at<I>(s)...); }(std::make_index_sequence<Count>{});
  }
  // Not constexpr: only its return type is asked for.
  template <class T>
  static auto types(T const& s) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return decltype(detail::list_types(detail::field_at<I>(s)...)){};
    }(std::make_index_sequence<Count>{});
  }
};
#define COMMFOLD_BOUND(count, ...)                        \
  template <>                                             \
  struct bound_fields<count> {                            \
    template <class T, class G>                           \
    static constexpr auto with(T& s, G const& g) {        \
      auto& [__VA_ARGS__] = s;                            \
      return g(__VA_ARGS__);                              \
    }                                                     \
    template <class T>                                    \
    static auto types(T const& s) {                       \
      auto& [__VA_ARGS__] = s;                            \
      return decltype(detail::list_types(__VA_ARGS__)){}; \
    }                                                     \
  };
COMMFOLD_BOUND(1, f0)
COMMFOLD_BOUND(2, f0, f1)
COMMFOLD_BOUND(3, f0, f1, f2)
COMMFOLD_BOUND(4, f0, f1, f2, f3)
COMMFOLD_BOUND(5, f0, f1, f2, f3, f4)
COMMFOLD_BOUND(6, f0, f1, f2, f3, f4, f5)
COMMFOLD_BOUND(7, f0, f1, f2, f3, f4, f5, f6)
COMMFOLD_BOUND(8, f0, f1, f2, f3, f4, f5, f6, f7)
COMMFOLD_BOUND(9, f0, f1, f2, f3, f4, f5, f6, f7, f8)
COMMFOLD_BOUND(10, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9)
COMMFOLD_BOUND(11, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10)
COMMFOLD_BOUND(12, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11)
COMMFOLD_BOUND(13, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12)
COMMFOLD_BOUND(14, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13)
COMMFOLD_BOUND(15, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14)
COMMFOLD_BOUND(16, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15)
#undef COMMFOLD_BOUND

/// with_fields(s, g) = g(field...).
template <class T, class G>
constexpr auto with_fields(T& s, G const& g) {
  return bound_fields<slot_count<std::remove_cv_t<T>>>::with(s, g);
}

/// The types of the fields, from one binding of all of them.
template <class T>
using types_of_fields = decltype(bound_fields<slot_count<T>>::types(std::declval<T const&>()));

}  // namespace commfold::detail
