// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/text/nearest_names.hpp
/// The known names that are most like one that is not known, for "did you mean …?". No user need name it.

#include <cstddef>
#include <string>
#include <string_view>

namespace commfold::detail {

/// Levenshtein's distance: how many characters have to be put in, taken out or changed to make one text the other. Letters are compared
/// without regard to case. Where a text is longer than 128 characters, every character counts as changed.
constexpr std::size_t edit_distance(std::string_view a, std::string_view b) {
  constexpr std::size_t longest = 128;
  if (a.size() > longest || b.size() > longest) return a.size() < b.size() ? b.size() : a.size();
  auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  // After round i, distance[j] is the distance between the first i characters of a and the first j of b.
  std::size_t distance[longest + 1] = {};
  for (std::size_t j = 0; j <= b.size(); ++j) distance[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = distance[0];
    distance[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t const changed = diagonal + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
      diagonal = distance[j];
      std::size_t const put_in_or_out = (distance[j] < distance[j - 1] ? distance[j] : distance[j - 1]) + 1;
      distance[j] = changed < put_in_or_out ? changed : put_in_or_out;
    }
  }
  return distance[b.size()];
}

/// Of the candidates that it is shown, the three nearest to a name that is not known: nearest first, and equally near ones in the order in
/// which they came. It keeps views of them.
class nearest_names {
 public:
  constexpr explicit nearest_names(std::string_view unknown) : unknown_(unknown) {}

  /// From a range of names, such as a `std::span<std::string_view const>`.
  template <class Names>
  constexpr nearest_names(std::string_view unknown, Names const& candidates) : unknown_(unknown) {
    for (std::string_view const candidate : candidates) consider(candidate);
  }

  /// An empty name is no candidate, and one that comes twice is one.
  constexpr void consider(std::string_view candidate) { enter(candidate, edit_distance(unknown_, candidate)); }
  /// A candidate of which only a part, such as a name without its namespace, is compared with what is not known.
  constexpr void consider(std::string_view candidate, std::string_view part) { enter(candidate, edit_distance(unknown_, part)); }
  /// A candidate that is nearer than any other.
  constexpr void prefer(std::string_view candidate) { enter(candidate, 0); }

  [[nodiscard]] constexpr std::size_t size() const noexcept { return count_; }
  [[nodiscard]] constexpr std::string_view operator[](std::size_t i) const noexcept { return names_[i]; }

  /// "float32, float64 or float16"
  [[nodiscard]] std::string joined() const {
    std::string text;
    for (std::size_t i = 0; i < count_; ++i) {
      if (i != 0) text += i + 1 == count_ ? " or " : ", ";
      text += std::string(names_[i]);
    }
    return text;
  }

 private:
  static constexpr std::size_t most = 3;

  constexpr void enter(std::string_view candidate, std::size_t distance) {
    if (candidate.empty()) return;
    for (std::size_t i = 0; i < count_; ++i)
      if (names_[i] == candidate) return;
    std::size_t place = count_;
    while (place != 0 && distance < distances_[place - 1]) --place;
    if (place == most) return;
    if (count_ != most) ++count_;
    for (std::size_t i = count_ - 1; i != place; --i) {
      names_[i] = names_[i - 1];
      distances_[i] = distances_[i - 1];
    }
    names_[place] = candidate;
    distances_[place] = distance;
  }

  std::string_view unknown_;
  std::string_view names_[most];
  std::size_t distances_[most] = {};
  std::size_t count_ = 0;
};

}  // namespace commfold::detail
