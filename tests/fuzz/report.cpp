// SPDX-License-Identifier: BSL-1.0
// A report is refused, or is the same when it is written and read again, is no different from itself, and can be drawn.
#include <src/diff_reports.hpp>
#include <src/report_file.hpp>

#include <tests/fuzz/expect.hpp>

#include <commfold/commfold.hpp>
#include <commfold/report.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cf = commfold;
namespace io = commfold::io;

namespace {

void expect_right(io::report_contents const& read) {
  std::string const json = read.calls ? cf::json_report(read.traffic, *read.calls) : cf::json_report(read.traffic);
  fuzz::expect_printable_lines(json);
  io::report_contents const again = io::read_whole_report("again.json", json);
  fuzz::expect(again.traffic == read.traffic, "the rows are written and read", json);
  fuzz::expect(again.calls.has_value() == read.calls.has_value(), "the calls are written and read", json);
  fuzz::expect((again.calls ? cf::json_report(again.traffic, *again.calls) : cf::json_report(again.traffic)) == json,
               "a report is one text", json);
  for (io::wording const as : {io::wording::text, io::wording::markdown})
    fuzz::expect(io::diff_reports(read.traffic, again.traffic, io::growth_limit("0%"), as).words == "no difference\n", "no difference");

  fuzz::expect_printable_lines(cf::text_report(read.traffic));
  fuzz::expect_printable_lines(cf::markdown_report(read.traffic));
  fuzz::expect_printable_lines(cf::csv_report(read.traffic));
  (void)cf::html_report(read.traffic);
  if (!read.calls) return;
  fuzz::expect_printable_lines(cf::text_report(*read.calls));
  fuzz::expect_printable_lines(cf::csv_report(*read.calls));
  (void)cf::html_report(read.traffic, *read.calls);
  try {
    fuzz::expect_printable_lines(cf::chrome_trace(*read.calls));
  } catch (cf::overflow_error const&) {
    // The widths of the calls may not fit, which is said.
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text = fuzz::text_of(data, size);
  fuzz::read(text, [&] { expect_right(io::read_whole_report("report.json", text)); }, "report.json:");
  return 0;
}
