// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/structs/shape.hpp
/// Which aggregates can be taken apart into their fields, and the refusals of those that cannot.

#include <boost/mp11/list.hpp>

#include <cstddef>

namespace commfold::detail {

/// What an aggregate is made of. `fields` can be taken apart, `no_fields` is a leaf, every other shape is refused.
enum class struct_shape : unsigned char { fields, no_fields, has_base, has_c_array, is_union, too_many_fields };

/// The most fields of a plain struct: as many as the structured bindings of Boost.PFR name.
inline constexpr std::size_t max_fields = 100;

/// The traits of a struct that is refused. It has no children, so that the refusal is the only error.
template <class T, struct_shape Shape>
struct refused_struct {
  using children = boost::mp11::mp_list<>;
  static_assert(Shape != struct_shape::has_base,
                "commfold::node_traits: a plain struct with a base class cannot be taken apart; specialise node_traits, for instance "
                "from commfold::fields<&T::a, &T::b>");
  static_assert(Shape != struct_shape::has_c_array,
                "commfold::node_traits: a plain struct with a C array (or a field that cannot be initialised from {}) cannot be taken "
                "apart; use std::array, or specialise node_traits, for instance from commfold::fields<&T::a, &T::b>");
  static_assert(Shape != struct_shape::is_union,
                "commfold::node_traits: which member of a union is alive is not known; specialise node_traits, for instance from "
                "commfold::opaque_leaf");
  static_assert(Shape != struct_shape::too_many_fields,
                "commfold::node_traits: a plain struct is taken apart up to 100 fields; nest it, or specialise node_traits, for "
                "instance from commfold::fields<&T::a, &T::b>");
};

}  // namespace commfold::detail
