// SPDX-License-Identifier: BSL-1.0
#include <src/diff_reports.hpp>

#include <src/input_error.hpp>
#include <src/markdown.hpp>

#include <commfold/commfold.hpp>
#include <commfold/report/cells.hpp>
#include <commfold/report/text_table.hpp>
#include <commfold/text/printable.hpp>

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>
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

/// The calls with one operator, group, group size, phase and dtype, in both reports. Where a group has one size in one report and another
/// in the other, these are one kind, too.
struct kind {
  call_record like;
  traffic_totals before, after;
  std::size_t group_size_after = like.group_size();

  [[nodiscard]] change calls() const { return {before.calls, after.calls}; }
  [[nodiscard]] change bytes() const { return {before.message_bytes, after.message_bytes}; }
  [[nodiscard]] bool is_resized() const { return group_size_after != like.group_size(); }
  [[nodiscard]] bool is_listed() const { return calls().size() != 0 || bytes().size() != 0 || is_resized(); }

  [[nodiscard]] char const* what_happened() const {
    if (before.calls == 0) return "appeared";
    if (after.calls == 0) return "vanished";
    change const c = bytes().size() != 0 ? bytes() : calls();
    if (c.size() == 0) return "resized";
    return c.grew() ? "grew" : "shrank";
  }
};

auto key_of(call_record const& c) { return std::tuple(c.op(), c.group(), c.phase(), c.dtype(), c.group_size()); }

bool differ_in_size_alone(call_record const& a, call_record const& b) {
  return a.op() == b.op() && a.group() == b.group() && a.phase() == b.phase() && a.dtype() == b.dtype();
}

/// The kinds in the order of their keys, so that those which differ in the size of the group alone follow each other. Where there are two
/// of these, one in the first report alone and one in the second alone, the group has been resized, and they become one. Which of several
/// sizes became which of several others cannot be known.
void join_resized(std::vector<kind>& kinds) {
  std::vector<kind> joined;
  for (auto first = kinds.begin(); first != kinds.end();) {
    auto const end = std::find_if(first, kinds.end(), [&](kind const& k) { return !differ_in_size_alone(k.like, first->like); });
    bool const is_pair = end - first == 2;
    kind const &one = *first, &other = *(end - 1);
    bool const grew = is_pair && one.after.calls == 0 && other.before.calls == 0;
    bool const shrank = is_pair && one.before.calls == 0 && other.after.calls == 0;
    if (grew || shrank) {
      kind const &was = grew ? one : other, &is = grew ? other : one;
      joined.push_back({.like = was.like, .before = was.before, .after = is.after, .group_size_after = is.like.group_size()});
    } else {
      joined.insert(joined.end(), first, end);
    }
    first = end;
  }
  kinds = std::move(joined);
}

/// The largest change first; equal ones in the order of their names.
std::vector<kind> kinds_of(ledger<dyn> const& before, ledger<dyn> const& after) {
  std::map<decltype(key_of(std::declval<call_record const&>())), kind> kinds;
  auto const kind_of = [&](call_record const& call) -> kind& {
    return kinds.try_emplace(key_of(call), kind{.like = call, .before = {}, .after = {}}).first->second;
  };
  for (auto const& row : before.rows()) kind_of(row.call()).before = kind_of(row.call()).before + row.totals();
  for (auto const& row : after.rows()) kind_of(row.call()).after = kind_of(row.call()).after + row.totals();
  std::vector<kind> all;
  for (auto const& [key, k] : kinds) all.push_back(k);
  join_resized(all);
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

/// How names are written: `printable`, `code` or `code_in_table`.
using spelling = std::string (*)(std::string_view);

std::string printable(std::string_view name) { return name.empty() ? "-" : commfold::detail::printable<std::string>(name); }

/// "dp (8)", "dp (8 to 16 ranks)"
std::string group_of(kind const& k, spelling name) {
  std::string const to = k.is_resized() ? " to " + std::to_string(k.group_size_after) + " ranks" : "";
  return name(k.like.group()) + " (" + std::to_string(k.like.group_size()) + to + ")";
}
std::string dtype_of(kind const& k) { return commfold::detail::dtype_cell<std::string>(k.like); }

class table {
 public:
  explicit table(wording as) : as_(as) {
    add({"change", "operator", "group", "phase", "dtype", "old calls", "new calls", "delta", "old message bytes", "new message bytes",
         "delta", "percent"});
    if (as_ == wording::markdown) markdown_ += "|---|---|---|---|---|--:|--:|--:|--:|--:|--:|--:|\n";
  }

  void add(std::vector<std::string> const& cells) {
    if (as_ == wording::text) return lines_.add(cells);
    for (std::string const& cell : cells) markdown_ += "| " + cell + " ";
    markdown_ += "|\n";
  }
  void add(kind const& k) {
    spelling const name = as_ == wording::markdown ? code_in_table : printable;
    add({k.what_happened(), name(k.like.op()), group_of(k, name), name(k.like.phase()), dtype_of(k)}, k.calls(), k.bytes());
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
  auto const refuse = [&](char const* why) { throw input_error("--fail-on-growth: '" + shortened(text) + "' " + why); };
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
      lines.add(k);
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
  spelling const name = as == wording::markdown ? code : printable;
  for (kind const& k : kinds) {
    if (!k.bytes().grew()) continue;
    all.words += "- " + name(k.like.op()) + " over " + group_of(k, name);
    if (!k.like.phase().empty()) all.words += " in " + name(k.like.phase());
    if (k.like.dtype()) all.words += " in " + dtype_of(k);
    all.words += ": " + delta_of(k.bytes()) + " B\n";
  }
  return all;
}

}  // namespace commfold::io
