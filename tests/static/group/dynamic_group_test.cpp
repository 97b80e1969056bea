// SPDX-License-Identifier: BSL-1.0
#include <commfold/group/dynamic_group.hpp>
#include <commfold/tree.hpp>

#include <cstddef>
#include <string>
#include <type_traits>

namespace {
namespace cf = commfold;

static_assert(cf::any_group<cf::dynamic_group> && cf::any_group<cf::dynamic_group const&>);
static_assert(std::is_same_v<decltype(cf::dynamic_group::size), std::size_t>);

// Any group converts; a name or a number alone is none, and nothing is assumed of a group that nobody named.
static_assert(std::is_convertible_v<cf::process_group<"dp", 4>, cf::dynamic_group>);
static_assert(std::is_convertible_v<cf::process_group<"dp">, cf::dynamic_group>);
static_assert(!std::is_constructible_v<cf::dynamic_group, std::string> && !std::is_constructible_v<cf::dynamic_group, int>);
static_assert(!std::is_default_constructible_v<cf::dynamic_group>);
static_assert(std::is_constructible_v<cf::dynamic_group, char const*, int>);
static_assert(std::is_constructible_v<cf::dynamic_group, std::string, cf::size_constant<4>>);
static_assert(!std::is_constructible_v<cf::dynamic_group, std::string, double>);

// Back only by hand: a type that says its size cannot take one that is read.
static_assert(!std::is_constructible_v<cf::process_group<"dp", 4>, cf::dynamic_group>);

// To a tree a group is a leaf that weighs nothing.
static_assert(cf::kind_of<cf::dynamic_group> == cf::node_kind::opaque);

}  // namespace
