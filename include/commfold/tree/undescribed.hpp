// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/undescribed.hpp
/// The types that may hold tensors and do not say so, and the compile error that each of them is. A leaf that weighs nothing because nobody
/// can look into it would be a wrong number without a word.

namespace commfold::detail {

/// Why nobody can tell what a type holds.
enum class undescribed : unsigned char {
  members,            ///< a class that is neither a plain struct nor a container
  base,               ///< a plain struct with a base class
  c_array,            ///< a plain struct with a C array
  union_members,      ///< a union
  too_many_fields,    ///< a plain struct with more fields than can be bound
  constructed_empty,  ///< an empty class with a constructor, which may derive from a tensor
  elements,           ///< a range that may have members beside its elements, of which none can be a tensor
  tensor_keys,        ///< a map whose keys hold tensors
  adaptor,            ///< a stack or a queue
  expiring,           ///< a std::weak_ptr
  array_pointer,      ///< an array of unknown length behind a pointer
  any_value,          ///< a std::any
  incomplete,         ///< a class that is declared and not defined, behind a pointer
  empty_traits        ///< node_traits is specialised, and says nothing that is understood
};

/// The base of `node_traits<T>` where nobody can tell what a `T` holds.
template <undescribed Why>
struct undescribed_node {
  static constexpr undescribed why = Why;
};

/// The compile error.
template <class T, undescribed Why>
constexpr void refuse_leaf() {
  using enum undescribed;
  static_assert(Why != members,
                "commfold::node_traits: this class says nothing of its members, and a tensor among them would not be counted; give "
                "node_traits<T> its members, as commfold::fields<&T::a, &T::b>, or commfold::opaque_leaf if it holds no tensor");
  static_assert(Why != base,
                "commfold::node_traits: a plain struct with a base class cannot be taken apart; specialise node_traits, for instance "
                "from commfold::fields<&T::a, &T::b>");
  static_assert(Why != c_array,
                "commfold::node_traits: a plain struct with a C array (or a field that cannot be initialised from {}) cannot be taken "
                "apart; use std::array, or specialise node_traits, for instance from commfold::fields<&T::a, &T::b>");
  static_assert(Why != union_members,
                "commfold::node_traits: which member of a union is alive is not known; specialise node_traits, for instance from "
                "commfold::opaque_leaf");
  static_assert(Why != too_many_fields,
                "commfold::node_traits: a plain struct is taken apart up to 100 fields; nest it, or specialise node_traits, for "
                "instance from commfold::fields<&T::a, &T::b>");
  static_assert(
      Why != constructed_empty,
      "commfold::node_traits: this class is empty and has a constructor, as a class has that derives from a tensor; make the tensor "
      "a member of a plain struct, or give node_traits<T> commfold::opaque_leaf if it holds no tensor");
  static_assert(
      Why != elements,
      "commfold::node_traits: what this range or pointer shows holds no tensor, and its class says nothing of its other members; give "
      "node_traits<T> its members, or commfold::opaque_leaf if it holds no tensor");
  static_assert(Why != tensor_keys,
                "commfold::node_traits: the keys of this map hold tensors, and the children of a map are its values; keep the tensors as "
                "values");
  static_assert(Why != adaptor,
                "commfold::node_traits: a stack or a queue does not show its elements; hold a container, or give commfold::opaque_leaf to "
                "node_traits<T> if it holds no tensor");
  static_assert(Why != expiring,
                "commfold::node_traits: what a weak_ptr points to may be gone; hold a shared_ptr, or give commfold::opaque_leaf to "
                "node_traits<T> if it is not to be counted");
  static_assert(Why != array_pointer,
                "commfold::node_traits: a pointer to an array does not tell the number of its elements; hold a container or a std::span");
  static_assert(Why != any_value,
                "commfold::node_traits: the type of what a std::any holds is not known; use a std::variant, or give commfold::opaque_leaf "
                "to node_traits<T> if it holds no tensor");
  static_assert(Why != incomplete,
                "commfold::node_traits: this class, which something points to, is not defined here; include its definition, or give "
                "node_traits<T> commfold::opaque_leaf if it holds no tensor");
  static_assert(Why != empty_traits,
                "commfold::node_traits: the specialisation for this type names neither children, nor element, nor alternatives; see "
                "commfold/tree/node_traits.hpp, or derive it from commfold::opaque_leaf if the type holds no tensor");
}

}  // namespace commfold::detail
