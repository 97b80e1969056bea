// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/path.hpp
/// `tree_path`: where in a tree something is, as in `layers[3].wq`.

#include <commfold/text/digits.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace commfold {

// All that holds a vector is a template: see CONTRIBUTING, What it costs.

namespace detail::paths {

/// Text that constant expressions can build: in the libstdc++ of g++ 12, std::string cannot be built there.
using text_buffer = std::vector<char>;

template <class Text>
constexpr void append(Text& text, std::string_view more) {
  text.insert(text.end(), more.begin(), more.end());
}

template <class Text>
constexpr void append(Text& text, std::size_t n) {
  paths::append(text, digits(n).view());
}

template <class Text>
constexpr std::string_view view_of(Text const& text) {
  return {text.data(), text.size()};
}

}  // namespace detail::paths

/// One step from a node to a child: by the name of a field, by position, by the key of a map, or to the alternative that a choice holds.
struct path_step {
  enum class by : unsigned char { field, position, key, alternative };

  by how = by::position;
  std::size_t position = 0;  ///< among the children, also where the step has a name
  std::string_view field;    ///< the name, where the step is by field
  /// The text of the key, where the step is by key: a string or character in quotes, a number, a bool, else its to_string.
  detail::paths::text_buffer key;

  friend constexpr bool operator==(path_step const&, path_step const&) = default;
};

/// The steps from the root of a tree to a node or leaf; the path of the root is empty. Users write `tree_path`.
template <class Step>
class basic_tree_path {
 public:
  constexpr basic_tree_path() = default;

  [[nodiscard]] constexpr bool empty() const { return steps_.empty(); }
  [[nodiscard]] constexpr std::size_t size() const { return steps_.size(); }
  [[nodiscard]] constexpr Step const& operator[](std::size_t i) const { return steps_[i]; }
  [[nodiscard]] constexpr auto begin() const { return steps_.begin(); }
  [[nodiscard]] constexpr auto end() const { return steps_.end(); }
  constexpr void push_back(Step step) { steps_.push_back(std::move(step)); }

  friend constexpr bool operator==(basic_tree_path const&, basic_tree_path const&) = default;

  /// A path equals the text it prints as: `path == "layers[3].wq"`.
  friend constexpr bool operator==(basic_tree_path const& path, std::string_view text) {
    return detail::paths::view_of(path.spelled()) == text;
  }

  /// `layers[3].wq`, `["embed"].weight`, `expert<1>.w` under the second alternative of a choice; the root is `(root)`.
  friend std::string to_string(basic_tree_path const& path) { return std::string(detail::paths::view_of(path.spelled())); }

 private:
  [[nodiscard]] constexpr auto spelled() const {
    decltype(Step::key) text;
    for (Step const& step : steps_) {
      if (step.how == Step::by::field) {
        if (!text.empty()) text.push_back('.');
        detail::paths::append(text, step.field);
      } else {
        bool const chosen = step.how == Step::by::alternative;
        text.push_back(chosen ? '<' : '[');
        if (step.how == Step::by::key)
          detail::paths::append(text, detail::paths::view_of(step.key));
        else
          detail::paths::append(text, step.position);
        text.push_back(chosen ? '>' : ']');
      }
    }
    if (steps_.empty()) detail::paths::append(text, "(root)");
    return text;
  }

  std::vector<Step> steps_;
};

using tree_path = basic_tree_path<path_step>;

}  // namespace commfold
