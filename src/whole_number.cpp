// SPDX-License-Identifier: BSL-1.0
#include <src/whole_number.hpp>

#include <charconv>
#include <system_error>

namespace commfold::io {

whole_number::whole_number(std::string_view text) {
  bool const negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (std::size_t const point = text.find('.'); point != text.npos) {
    std::string_view const decimals = text.substr(point + 1);
    if (decimals.empty() || decimals.find_first_not_of('0') != decimals.npos) return;
    text = text.substr(0, point);
  }
  is_one = !text.empty() && text.find_first_not_of("0123456789") == text.npos;
  if (!is_one) return;
  is_positive = !negative && text.find_first_not_of('0') != text.npos;
  fits = !negative && std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc();
}

}  // namespace commfold::io
