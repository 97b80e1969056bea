// SPDX-License-Identifier: BSL-1.0
// Words of the command line: numbers, percentages, dtypes and operators.
#include <src/diff_reports.hpp>
#include <src/whole_number.hpp>

#include <tests/fuzz/expect.hpp>

#include <commfold/error.hpp>
#include <commfold/op/dynamic/dynamic_op.hpp>
#include <commfold/tensor/dtype_name.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cf = commfold;
namespace io = commfold::io;

namespace {

/// Digit by digit: the number, or nothing where a digit is no digit or the number does not fit.
void expect_right(io::whole_number const& read, std::string_view text) {
  __extension__ using wide = unsigned __int128;
  wide value = 0;
  std::size_t digits = 0;
  while (digits != text.size() && '0' <= text[digits] && text[digits] <= '9' && value >> 64 == 0)
    value = 10 * value + static_cast<unsigned>(text[digits++] - '0');
  if (read.fits) fuzz::expect(digits != 0 && value == read.value, "a number is that of its digits", text);
  if (digits == text.size() && digits != 0) fuzz::expect(read.is_one && read.fits == (value >> 64 == 0), "digits are a number", text);
}

template <class Look>
void look_up(Look const& look) {
  try {
    look();
  } catch (cf::invalid_argument const& error) {
    fuzz::expect_printable(io::shortened(io::reason_of(error), io::longest_message));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text = fuzz::text_of(data, size);
  expect_right(io::whole_number(text), text);
  fuzz::read(
      text,
      [&] {
        io::growth_limit const limit{std::string(text)};
        fuzz::expect(limit.allows(100, 100) && limit.allows(100, 0) && !limit.allows(0, 1), "a limit is of growth alone", text);
      },
      "--fail-on-growth: ");
  look_up([&] { (void)cf::dtype_from_name(text); });
  look_up([&] { (void)cf::find_op(text); });
  return 0;
}
