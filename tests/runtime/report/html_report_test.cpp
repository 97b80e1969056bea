// SPDX-License-Identifier: BSL-1.0
// What the text of a page holds; what a browser makes of it is in tests/browser.
#include <commfold/report/html_report.hpp>

#include <commfold/op/table.hpp>
#include <commfold/report/json_report.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/path_log.hpp>
#include <commfold/trace/trace.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace cf = commfold;

namespace {

constexpr cf::process_group<"dp", 4> dp;

constexpr auto step = [](auto& comm) { comm.phase("forward", [&] { comm.all_gather(cf::tensor<cf::u8, 250>{}, dp); }); };

cf::call_record odd_call() { return {cf::c10d::allreduce_, "</script><!--<script>", 2, "\"&'", cf::u8, {1, 1, 1}}; }

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t n = 0;
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++n;
  return n;
}

/// The JSON report in a page, with "<" spelled as it was.
std::string report_in(std::string const& page) {
  std::string_view const opening = "<script type=\"application/json\" id=\"report\">\n";
  std::size_t const begin = page.find(opening) + opening.size();
  std::string report = page.substr(begin, page.find("</script>", begin) - begin);
  std::string_view const spelled = "\\u003c";
  for (std::size_t at = report.find(spelled); at != report.npos; at = report.find(spelled, at)) report.replace(at, spelled.size(), "<");
  return report;
}

}  // namespace

TEST_CASE("a page is one document with the JSON report in it", "[report]") {
  auto const traffic = cf::trace(step);
  auto const calls = cf::log(step);
  cf::path_log at;
  for (cf::call_record const& call : calls.calls()) at.add({call, "layers[7].w2"}, 1);

  CHECK(report_in(cf::html_report(traffic)) == cf::json_report(traffic));
  CHECK(report_in(cf::html_report(traffic, calls)) == cf::json_report(traffic, calls));
  CHECK(report_in(cf::html_report(traffic, at)) == cf::json_report(traffic, at));
  CHECK(report_in(cf::html_report(cf::trace<cf::dyn>(step))) == cf::json_report(traffic));

  std::string const page = cf::html_report(traffic, at);
  CHECK(page.starts_with("<!doctype html>\n"));
  CHECK(page.ends_with("</html>\n"));
  CHECK(count(page, "layers[7].w2") == 1);
}

// A browser ends a script at "</script", and begins to overlook that at "<!--<script".
TEST_CASE("no name can end the element that holds the report", "[report]") {
  cf::detail::open_ledger open;
  open.add(odd_call(), 1);
  cf::ledger<> const traffic(open);
  cf::path_log at;
  at.add({odd_call(), "<b>"}, 1);
  std::string const page = cf::html_report(traffic, at);
  CHECK(count(page, "<script") == 2);
  CHECK(count(page, "</script") == 2);
  CHECK(count(page, "<!--") == 0);
  CHECK(count(page, "<b>") == 0);
  CHECK(report_in(page) == cf::json_report(traffic, at));
}

// The browser's test says that it asks for nothing; this says that it does not even name another place.
TEST_CASE("a page names no other place", "[report]") {
  std::string const page = cf::html_report(cf::trace(step), cf::log(step));
  CHECK(count(page, "http") == 1);
  CHECK(count(page, "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ") == 1);
  CHECK(count(page, "src=") == 0);
  CHECK(count(page, "href=") == 0);
  CHECK(count(page, "url(") == 0);
  CHECK(count(page, "@import") == 0);
  CHECK(count(page, "innerHTML") == 0);
}
