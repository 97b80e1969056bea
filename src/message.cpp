// SPDX-License-Identifier: BSL-1.0
#include <src/message.hpp>

#include <commfold/text/printable.hpp>

#include <algorithm>

namespace commfold::io {

namespace {

constexpr std::string_view gap = "...";
constexpr std::size_t shortest_path = 40;

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; }

std::string printable(std::string_view text) { return commfold::detail::printable<std::string>(text); }

/// The end of a text, opened with the gap, in the same way.
std::string shortened_in_front(std::string const& text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t begin = text.size() - (most - gap.size());
  while (begin < text.size() && continues(text[begin])) ++begin;
  return std::string(gap) + text.substr(begin);
}

}  // namespace

std::string shortened(std::string_view text, std::size_t most) {
  // A byte may be shown as four, and none as less than one: what follows cannot be in the result.
  std::string shown = printable(text.substr(0, most + 4));
  if (shown.size() <= most && text.size() <= most + 4) return shown;
  std::size_t end = most - gap.size();
  while (end != 0 && continues(shown[end])) --end;
  return shown.substr(0, end) + std::string(gap);
}

std::string file_name(std::string_view path) { return path == "-" ? "<stdin>" : printable(path); }

std::string reason_of(error const& error) {
  std::string_view const what = error.what();
  std::size_t const end = what.find(": ");
  return std::string(what.starts_with("commfold::") && end != what.npos ? what.substr(end + 2) : what);
}

std::string message_about(std::string_view path, std::string_view place, std::string_view what) {
  std::string name = file_name(path);
  std::string const rest = std::string(place) + ": " + shortened(what, longest_message);
  if (name.size() + rest.size() > longest_message)
    name = shortened_in_front(name, std::max(shortest_path, longest_message - std::min(longest_message, rest.size())));
  return shortened(name + rest, longest_message);
}

}  // namespace commfold::io
