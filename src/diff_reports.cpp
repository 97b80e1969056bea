// SPDX-License-Identifier: BSL-1.0
#include <src/diff_reports.hpp>

#include <src/input_error.hpp>
#include <src/output.hpp>

#include <commfold/commfold.hpp>
#include <commfold/report/cells.hpp>
#include <commfold/report/text_table.hpp>

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <vector>

namespace commfold::io {

namespace {

__extension__ using wide = unsigned __int128;  // holds 64 bits of bytes times 64 bits of a percentage

constexpr std::uint64_t millionths = 1'000'000;

/// A number before and after.
struct change {
  std::size_t before = 0;
  std::size_t after = 0;

  [[nodiscard]] std::size_t size() const { return before < after ? after - before : before - after; }
  [[nodiscard]] bool grew() const { return before < after; }
};

/// The calls with one operator, group, group size, phase and dtype, in both reports.
struct kind {
  call_record like;
  traffic_totals before, after;

  [[nodiscard]] change calls() const { return {before.calls, after.calls}; }
  [[nodiscard]] change bytes() const { return {before.message_bytes, after.message_bytes}; }
  [[nodiscard]] bool is_listed() const { return calls().size() != 0 || bytes().size() != 0; }

  [[nodiscard]] char const* what_happened() const {
    if (before.calls == 0) return "appeared";
    if (after.calls == 0) return "vanished";
    change const c = bytes().size() != 0 ? bytes() : calls();
    return c.grew() ? "grew" : "shrank";
  }
};

auto key_of(call_record const& c) { return std::tuple(c.op(), c.group(), c.group_size(), c.phase(), c.dtype()); }

/// The largest change first; equal ones in the order of their names.
std::vector<kind> kinds_of(ledger<dyn> const& before, ledger<dyn> const& after) {
  std::map<decltype(key_of(std::declval<call_record const&>())), kind> kinds;
  auto const kind_of = [&](call_record const& call) -> kind& { return kinds.try_emplace(key_of(call), kind{call, {}, {}}).first->second; };
  for (auto const& row : before.rows()) kind_of(row.call()).before = kind_of(row.call()).before + row.totals();
  for (auto const& row : after.rows()) kind_of(row.call()).after = kind_of(row.call()).after + row.totals();
  std::vector<kind> all;
  for (auto const& [key, k] : kinds) all.push_back(k);
  std::sort(all.begin(), all.end(), [](kind const& a, kind const& b) {
    auto const sizes = [](kind const& k) { return std::pair(k.bytes().size(), k.calls().size()); };
    return sizes(a) != sizes(b) ? sizes(a) > sizes(b) : key_of(a.like) < key_of(b.like);
  });
  return all;
}

std::string delta_of(change const& c) { return c.size() == 0 ? "0" : (c.grew() ? "+" : "-") + group_digits(c.size()); }

/// To the nearest tenth of a percent; "-" where there was nothing before.
std::string percent_of(change const& c) {
  if (c.before == 0) return "-";
  std::string const sign = c.size() == 0 ? "" : c.grew() ? "+" : "-";
  wide const tenths = (wide{c.size()} * 2000 + c.before) / (wide{2} * c.before);
  if (tenths > 9'999'999) return "> 999 999.9 %";
  auto const number = static_cast<std::size_t>(tenths);
  return sign + group_digits(number / 10) + "." + std::to_string(number % 10) + " %";
}

std::string group_of(call_record const& c) { return commfold::detail::group_cell<std::string>(c); }
std::string phase_of(call_record const& c) { return commfold::detail::phase_cell<std::string>(c); }
std::string dtype_of(call_record const& c) { return commfold::detail::dtype_cell<std::string>(c); }

class table {
 public:
  explicit table(wording as) : as_(as) {
    add({"change", "operator", "group", "phase", "dtype", "old calls", "new calls", "delta", "old message bytes", "new message bytes",
         "delta", "percent"});
    if (as_ == wording::markdown) markdown_ += "|---|---|---|---|---|--:|--:|--:|--:|--:|--:|--:|\n";
  }

  void add(std::vector<std::string> const& cells) {
    if (as_ == wording::text) return lines_.add(cells);
    for (std::string const& cell : cells) markdown_ += "| " + markdown_escaped(cell) + " ";
    markdown_ += "|\n";
  }
  void add(std::vector<std::string> cells, change const& calls, change const& bytes) {
    for (change const& c : {calls, bytes})
      for (std::string const& cell : {group_digits(c.before), group_digits(c.after), delta_of(c)}) cells.push_back(cell);
    cells.push_back(percent_of(bytes));
    add(cells);
  }

  [[nodiscard]] std::string text() const {
    if (as_ == wording::markdown) return markdown_;
    return lines_.aligned("lllllrrrrrrr");
  }

 private:
  wording as_;
  commfold::detail::text_table<std::string> lines_;
  std::string markdown_;
};

std::string counted(std::size_t n, char const* what) { return group_digits(n) + (n == 1 ? " row " : " rows ") + what; }

}  // namespace

growth_limit::growth_limit(std::string const& text) : text_(text) {
  auto const refuse = [&](char const* why) { throw input_error("--fail-on-growth: '" + text + "' " + why); };
  if (!text.ends_with('%')) refuse("has no percent sign; write 5% for five percent");
  std::string_view const number = std::string_view(text).substr(0, text.size() - 1);
  std::size_t const point = std::min(number.find('.'), number.size());
  std::string_view const whole = number.substr(0, point);
  std::string_view const decimals = number.substr(std::min(point + 1, number.size()));
  auto const is_digits = [](std::string_view s) {
    return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  if (!is_digits(whole) || (point != number.size() && !is_digits(decimals))) refuse("is no percentage; write 5% or 2.5%");
  if (whole.size() > 9 || decimals.size() > 6) refuse("has more than nine digits before the point, or six after it");
  std::uint64_t scale = millionths;
  for (char const c : whole) millionths_of_a_percent_ = 10 * millionths_of_a_percent_ + static_cast<std::uint64_t>(c - '0') * millionths;
  for (char const c : decimals) millionths_of_a_percent_ += static_cast<std::uint64_t>(c - '0') * (scale /= 10);
}

bool growth_limit::allows(std::size_t before, std::size_t after) const noexcept {
  if (after <= before) return true;
  return wide{after - before} * 100 * millionths <= wide{before} * millionths_of_a_percent_;
}

verdict diff_reports(ledger<dyn> const& before, ledger<dyn> const& after, std::optional<growth_limit> const& limit, wording as) {
  std::vector<kind> const kinds = kinds_of(before, after);
  traffic_totals const old_total = before.total(), new_total = after.total();
  change const bytes{old_total.message_bytes, new_total.message_bytes};

  table lines(as);
  std::size_t listed = 0, same_size = 0;
  for (kind const& k : kinds) {
    if (k.is_listed()) {
      ++listed;
      lines.add({k.what_happened(), std::string(k.like.op()), group_of(k.like), phase_of(k.like), dtype_of(k.like)}, k.calls(), k.bytes());
    } else if (!(k.before == k.after)) {
      ++same_size;
    }
  }
  verdict all;
  if (listed == 0 && same_size == 0) {
    all.words = "no difference\n";
    return all;
  }
  lines.add({"total", "", "", "", ""}, {old_total.calls, new_total.calls}, bytes);
  all.words = lines.text();
  std::string gap = "\n";
  auto const add_line = [&](std::string const& words) {
    all.words += gap + words + "\n";
    if (as == wording::text) gap.clear();  // to Markdown, lines that follow each other are one paragraph
  };
  if (same_size != 0) add_line(counted(same_size, "changed in input or output bytes alone"));
  if (kinds.size() != listed + same_size) add_line(counted(kinds.size() - listed - same_size, "unchanged"));
  if (!limit || limit->allows(bytes.before, bytes.after)) return all;

  all.kept = false;
  add_line("message bytes grew by more than " + limit->text() + ", from " + group_digits(bytes.before) + " B to " +
           group_digits(bytes.after) + " B:");
  all.words += gap;
  for (kind const& k : kinds) {
    if (!k.bytes().grew()) continue;
    std::string words = std::string(k.like.op()) + " over " + group_of(k.like);
    if (!k.like.phase().empty()) words += " in " + phase_of(k.like);
    if (k.like.dtype()) words += " in " + dtype_of(k.like);
    words += ": " + delta_of(k.bytes()) + " B";
    all.words += "- " + (as == wording::markdown ? markdown_escaped(words) : words) + "\n";
  }
  return all;
}

}  // namespace commfold::io
