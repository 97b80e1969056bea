// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/group/dynamic_group.hpp
/// A group whose name and size are known only at run time: `dynamic_group`.

#include <commfold/error.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tree/opaque_leaf.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace commfold {

/// The group for names and sizes that come from a file or a trace. Every other group converts to it.
class dynamic_group {
 public:
  /// Of `ranks` ranks. `invalid_argument` for less than one.
  template <size_like N>
  dynamic_group(std::string name, N const& ranks) : size(detail::to_size(ranks, "commfold::dynamic_group")), name_(std::move(name)) {
    if (size == 0)
      detail::fail<invalid_argument>("commfold::dynamic_group", "group '{}' has at least one rank, not 0", std::string_view(name_));
  }

  /// The group of that name and size.
  template <fixed_text Name, std::size_t Size>
  dynamic_group(process_group<Name, Size> const& group) : size(group.size), name_(group.name()) {}

  /// The number of ranks.
  std::size_t size;

  [[nodiscard]] std::string_view name() const noexcept { return name_; }

  /// Equal where both have one name and one number of ranks.
  [[nodiscard]] friend bool operator==(dynamic_group const& a, dynamic_group const& b) noexcept {
    return a.size == b.size && a.name_ == b.name_;
  }

 private:
  std::string name_;
};

template <>
inline constexpr bool detail::is_process_group<dynamic_group> = true;

template <>
struct node_traits<dynamic_group> : opaque_leaf {};

}  // namespace commfold
