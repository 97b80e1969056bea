// SPDX-License-Identifier: BSL-1.0
#include <src/wire_report.hpp>

#include <src/microseconds.hpp>
#include <src/table.hpp>
#include <src/wire_answer.hpp>

#include <commfold/report/csv_report.hpp>
#include <commfold/report/json_text.hpp>
#include <commfold/size/format.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/text/printable.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace commfold::io {

namespace {

constexpr std::size_t most_ranks_of_matrix = 16;

using json_object = commfold::detail::json_object<std::string>;
using json_lines = commfold::detail::json_lines<std::string>;

/// To the nanosecond, below which no model is.
std::string bytes(std::size_t n) { return format_bytes(n); }

/// "dp=4, tp=8 on nccl (h100-8nic), 32 ranks; node=8"
std::string setup_in_words(wire_setup const& by) {
  std::string words(by.library_name());
  if (by.machine()) words += " (" + std::string(by.machine()->name) + ")";
  std::size_t const ranks = by.where().ranks();
  words += ", " + group_digits(ranks) + (ranks == 1 ? " rank: " : " ranks: ");
  for (std::size_t i = 0; i != by.axes().size(); ++i)
    words += (i == 0 ? "" : ", ") + std::string(by.axes()[i].name) + "=" + std::to_string(by.axes()[i].size);
  wire::placement const& in = by.where().domains();
  for (std::size_t i = 0; i != in.size(); ++i)
    words += (i == 0 ? "; " : ", ") + std::string(in[i].name) + "=" + std::to_string(in[i].ranks);
  return commfold::detail::printable<std::string>(std::string_view(words));
}

std::string rank_table(wire_answer const& a, bool alone, bool markdown) {
  if (alone) {
    table lines(markdown, "lrr", {"rank " + std::to_string(a.first_rank), "sent", "received"});
    lines.add({"on the wire", bytes(a.sent.total), bytes(a.received.total)});
    lines.add({"payload", bytes(a.sent_payload.total), bytes(a.received_payload.total)});
    return lines.drawn();
  }
  table lines(markdown, "lrlrl", {"ranks", "sent", "by", "received", "by"});
  auto const rank = [](over_ranks const& of) { return of.most == 0 ? std::string("-") : "rank " + std::to_string(of.rank_of_most); };
  auto const three = [&](std::string const& what, over_ranks const& out, over_ranks const& in) {
    lines.add({"most" + what, bytes(out.most), rank(out), bytes(in.most), rank(in)});
    lines.add({"least" + what, bytes(out.least), "", bytes(in.least), ""});
    lines.add({"all" + what, bytes(out.total), "", bytes(in.total), ""});
  };
  three("", a.sent, a.received);
  three(" payload", a.sent_payload, a.received_payload);
  return lines.drawn();
}

std::string link_table(wire_answer const& a, bool alone, bool markdown) {
  if (alone) {
    table lines(markdown, "lr", {"links", "sent"});
    for (std::size_t i = 0; i != a.links.size(); ++i) lines.add({lines.name(a.links[i]), bytes(a.sent_by_link[i].total)});
    return lines.drawn();
  }
  table lines(markdown, "lrr", {"links", "sent by all ranks", "most of one rank"});
  for (std::size_t i = 0; i != a.links.size(); ++i)
    lines.add({lines.name(a.links[i]), bytes(a.sent_by_link[i].total), bytes(a.sent_by_link[i].most)});
  return lines.drawn();
}

std::string row_table(wire_answer const& a, bool alone, bool markdown) {
  std::string flush = alone ? "lllrrr" : "lllrrrr";
  std::vector<std::string> head{"operator", "group", "phase", "calls"};
  if (alone)
    head.insert(head.end(), {"sent", "received"});
  else
    head.insert(head.end(), {"most sent", "most received", "sent by all"});
  for (std::size_t i = 1; i < a.links.size(); ++i) {
    head.push_back(a.links[i]);
    flush += 'r';
  }
  if (a.is_timed) {
    head.emplace_back("us");
    flush += 'r';
  }
  table lines(markdown, flush, head);
  for (wire_row const& row : a.rows) {
    std::vector<std::string> cells{lines.name(row.op),    lines.name(row.group) + " (" + std::to_string(row.group_size) + ")",
                                   lines.name(row.phase), group_digits(row.calls),
                                   bytes(row.sent.most),  bytes(row.received.most)};
    if (!alone) cells.push_back(bytes(row.sent.total));
    for (std::size_t i = 1; i < row.sent_by_link.size(); ++i) cells.push_back(bytes(row.sent_by_link[i]));
    if (a.is_timed) cells.push_back(row.microseconds ? microseconds_of(*row.microseconds) : "not known");
    lines.add(std::move(cells));
  }
  return lines.drawn();
}

/// Sentences, a line each.
std::string time_in_words(wire_answer const& a, bool markdown) {
  auto const quoted = [markdown](std::string_view name) { return markdown ? code(name) : commfold::detail::printable<std::string>(name); };
  std::string words = "time: " + microseconds_of(a.microseconds) + " us by NCCL's own model, one call after the other\n";
  for (call_without_time const& one : a.without_time)
    words += "not in it, since NCCL estimates nothing for it: " + quoted(one.op) + " over " + quoted(one.group) + ", " +
             group_digits(one.calls) + (one.calls == 1 ? " call\n" : " calls\n");
  return words;
}

bool has_switch(wire_answer const& a) {
  for (auto const& [pair, sent] : a.pairs)
    if (pair.first == dyn || pair.second == dyn) return true;
  return false;
}

std::string matrix_table(wire_answer const& a, std::size_t ranks, bool markdown) {
  std::vector<std::size_t> ends;
  for (std::size_t rank = 0; rank != ranks; ++rank) ends.push_back(rank);
  if (has_switch(a)) ends.push_back(dyn);
  std::vector<std::string> head{"bytes from"};
  for (std::size_t const to : ends) head.push_back(to == dyn ? "to the switch" : "to " + std::to_string(to));
  table lines(markdown, "l" + std::string(ends.size(), 'r'), std::move(head));
  for (std::size_t const from : ends) {
    std::vector<std::string> cells{from == dyn ? "the switch" : "rank " + std::to_string(from)};
    for (std::size_t const to : ends) {
      auto const found = a.pairs.find({from, to});
      cells.push_back(found == a.pairs.end() ? "-" : group_digits(found->second));
    }
    lines.add(std::move(cells));
  }
  return lines.drawn();
}

std::string in_words(wire_answer const& a, wire_setup const& by, bool markdown, std::string_view title) {
  bool const alone = by.rank().has_value();
  std::string text = markdown ? code(title) + ": " : std::string(title) + "\n";
  text += setup_in_words(by) + (markdown ? ".\n" : "\n");
  if (alone)
    text += "Rank " + std::to_string(*by.rank()) +
            " alone: the report is taken for the record of this rank, and nothing is said of the others.\n";
  text += "\n" + rank_table(a, alone, markdown) + "\n" + link_table(a, alone, markdown) + "\n" + row_table(a, alone, markdown);
  if (a.is_timed) text += "\n" + time_in_words(a, markdown);
  if (by.where().ranks() <= most_ranks_of_matrix) text += "\n" + matrix_table(a, by.where().ranks(), markdown);
  return text;
}

std::string json_of(over_ranks const& of, bool alone) {
  json_object all("wire_report");
  if (!alone) all.number("most", of.most).number("rank_of_most", of.rank_of_most).number("least", of.least);
  return all.number("total", of.total).closed();
}

template <class Numbers>
std::string json_list(Numbers const& numbers) {
  std::string list;
  for (std::size_t const one : numbers) list += (list.empty() ? "" : ", ") + std::to_string(one);
  return "[" + list + "]";
}

std::string json_rank(wire::rank_answer const& one, std::size_t rank) {
  wire::link_traffic const all = one.all();
  std::vector<std::size_t> by_link;
  for (std::size_t link = 0; link != one.link_classes(); ++link) by_link.push_back(one[link].sent_bytes);
  json_object line("wire_report");
  line.number("rank", rank).number("sent_bytes", all.sent_bytes).number("received_bytes", all.received_bytes);
  line.number("sent_payload_bytes", all.payload.sent_bytes).number("received_payload_bytes", all.payload.received_bytes);
  line.number("sent_messages", all.payload.sent_messages).number("received_messages", all.payload.received_messages);
  return line.json("sent_bytes_by_link", json_list(by_link)).closed();
}

std::string json_row(wire_row const& row, bool alone) {
  json_object line("wire_report");
  line.text("operator", row.op).text("group", row.group).number("group_size", row.group_size).text("phase", row.phase);
  line.number("calls", row.calls).json("sent_bytes", json_of(row.sent, alone)).json("received_bytes", json_of(row.received, alone));
  line.json("sent_bytes_by_link", json_list(row.sent_by_link));
  return line.json("microseconds", row.microseconds ? microseconds_of(*row.microseconds) : "null").closed();
}

std::string in_json(wire_answer const& a, wire_setup const& by) {
  bool const alone = by.rank().has_value();
  json_object mesh("wire_report"), domains("wire_report");
  for (std::size_t i = 0; i != by.axes().size(); ++i) mesh.number_of_name(by.axes()[i].name, by.axes()[i].size);
  wire::placement const& in = by.where().domains();
  for (std::size_t i = 0; i != in.size(); ++i) domains.number_of_name(in[i].name, in[i].ranks);
  json_lines links, ranks, rows, without_time, matrix;
  for (std::size_t i = 0; i != a.links.size(); ++i)
    links.add(json_object("wire_report").text("link", a.links[i]).json("sent_bytes", json_of(a.sent_by_link[i], alone)).closed());
  for (std::size_t i = 0; i != a.ranks.size(); ++i) ranks.add(json_rank(a.ranks[i], a.first_rank + i));
  for (wire_row const& row : a.rows) rows.add(json_row(row, alone));
  for (call_without_time const& one : a.without_time)
    without_time.add(json_object("wire_report").text("operator", one.op).text("group", one.group).number("calls", one.calls).closed());
  auto const end = [](std::size_t rank) { return rank == dyn ? std::string("\"switch\"") : std::to_string(rank); };
  for (auto const& [pair, sent] : a.pairs)
    matrix.add(json_object("wire_report").json("from", end(pair.first)).json("to", end(pair.second)).number("sent_bytes", sent).closed());

  std::string text = "{\n  \"commfold_wire\": 1";
  auto const member = [&text](char const* key, std::string const& value) { text += ",\n  \"" + std::string(key) + "\": " + value; };
  member("backend", "\"" + std::string(by.library_name()) + "\"");
  member("machine", by.machine() ? "\"" + std::string(by.machine()->name) + "\"" : "null");
  member("ranks", std::to_string(by.where().ranks()));
  member("mesh", mesh.closed());
  member("domains", domains.closed());
  member("rank", alone ? std::to_string(*by.rank()) : "null");
  member("sent_bytes", json_of(a.sent, alone));
  member("received_bytes", json_of(a.received, alone));
  member("sent_payload_bytes", json_of(a.sent_payload, alone));
  member("received_payload_bytes", json_of(a.received_payload, alone));
  member("microseconds", a.is_timed ? microseconds_of(a.microseconds) : "null");
  member("without_time", without_time.closed());
  member("links", links.closed());
  member("rows", rows.closed());
  member("by_rank", ranks.closed());
  member("matrix", matrix.closed());
  return text + "\n}\n";
}

std::string in_csv(wire_answer const& a) {
  commfold::detail::csv_lines<std::string> lines;
  auto const end = [](std::size_t rank) { return rank == dyn ? std::string("switch") : std::to_string(rank); };
  for (auto const& [pair, sent] : a.pairs) lines.field(end(pair.first)).field(end(pair.second)).field(sent).end_line();
  return "from,to,sent_bytes\n" + lines.text();
}

}  // namespace

std::string wire_report(ledger<dyn> const& traffic, wire_setup const& by, wire_format as, std::string_view title) {
  bool const in_full = as == wire_format::json || as == wire_format::csv;
  wire_answer const answer = answer_on_wire(traffic, by, in_full || by.where().ranks() <= most_ranks_of_matrix);
  if (as == wire_format::json) return in_json(answer, by);
  if (as == wire_format::csv) return in_csv(answer);
  return in_words(answer, by, as == wire_format::markdown, title);
}

}  // namespace commfold::io
