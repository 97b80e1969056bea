// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/report/chrome_trace.hpp
/// A log as trace events, which Perfetto and chrome://tracing show.

#include <commfold/report/json_text.hpp>
#include <commfold/report/logged_call.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/trace/log.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace commfold {

namespace detail {

/// The events of one log, in order of time. Viewers draw a track for each thread of a process: here the first thread has the phases, and
/// each further thread the calls over one group.
template <class Text>
class chrome_events {
 public:
  template <class Entry>
  void add(Entry const& entry) {
    auto const& call = call_of(entry);
    enter(call.phase());
    traffic_totals const bytes = totals_of_call(call);
    std::size_t const lasts = bytes.message_bytes == 0 ? 1 : (bytes.message_bytes - 1) / bytes_a_tick + 1;

    json_object<Text> about(verb);
    about.number("call", calls_++).text("group", call.group()).number("group_size", call.group_size()).text("phase", call.phase());
    if (call.dtype()) about.text("dtype", name(*call.dtype()));
    if (!path_of(entry).empty()) about.text("path", path_of(entry));
    json_object<Text> event(verb);
    event.text("name", call.op()).text("cat", "call").text("ph", "X").number("pid", 1).number("tid", track_of(call));
    events_.add(event.number("ts", now_).number("dur", lasts).json("args", about.bytes_of(bytes).closed()).closed());
    now_ = checked_add(now_, lasts, "commfold::chrome_trace");
  }

  [[nodiscard]] Text closed() {
    enter(std::string_view());
    json_lines<Text> all;
    all.add(label("process_name", 1, "calls in order; a width is message bytes, not time"));
    all.add(label("thread_name", phase_track, "phases"));
    for (std::size_t i = 0; i < groups_.size(); ++i)
      all.add(label("thread_name", first_group_track + i, groups_[i].first + " (" + std::to_string(groups_[i].second) + ")"));
    all.add(events_);
    json_object<Text> about(verb);
    about.number("commfold_trace", 1)
        .text("time", "none is known: the calls stand one after the other, in the order in which they are made");
    about.text("unit", "1 us is 1 KiB of message bytes, begun or full; a call without any is 1 us");
    return "{\n  \"displayTimeUnit\": \"ms\",\n  \"otherData\": " + about.closed() + ",\n  \"traceEvents\": " + all.closed() + "\n}\n";
  }

 private:
  static constexpr char const* verb = "chrome_trace";
  static constexpr std::size_t bytes_a_tick = 1024, phase_track = 1, first_group_track = 2;

  Text label(char const* what, std::size_t track, Text const& name) const {
    json_object<Text> event(verb), about(verb);
    return event.text("name", what)
        .text("ph", "M")
        .number("pid", 1)
        .number("tid", track)
        .json("args", about.text("name", name).closed())
        .closed();
  }

  template <class Record>
  std::size_t track_of(Record const& call) {
    std::size_t at = 0;
    while (at != groups_.size() && !(groups_[at].second == call.group_size() && groups_[at].first == call.group())) ++at;
    if (at == groups_.size()) groups_.emplace_back(call.group(), call.group_size());
    return first_group_track + at;
  }

  /// Goes from the phase of the call before to this one: ends the phases that do not contain it, and begins those around it that are not
  /// open.
  template <class View>
  void enter(View phase) {
    std::vector<Text> wanted;
    while (!phase.empty()) {
      std::size_t const end = phase.find('/');
      wanted.emplace_back(phase.substr(0, end));
      phase = end == View::npos ? View() : phase.substr(end + 1);
    }
    std::size_t common = 0;
    while (common < wanted.size() && common < phases_.size() && wanted[common] == phases_[common]) ++common;
    while (phases_.size() > common) {
      events_.add(turn("E", phases_.back()));
      phases_.pop_back();
    }
    for (; common < wanted.size(); ++common) {
      events_.add(turn("B", wanted[common]));
      phases_.push_back(wanted[common]);
    }
  }

  Text turn(char const* which, Text const& phase) const {
    json_object<Text> event(verb);
    return event.text("name", phase)
        .text("cat", "phase")
        .text("ph", which)
        .number("pid", 1)
        .number("tid", phase_track)
        .number("ts", now_)
        .closed();
  }

  json_lines<Text> events_;
  std::vector<Text> phases_;
  std::vector<std::pair<Text, std::size_t>> groups_;
  std::size_t now_ = 0;
  std::size_t calls_ = 0;
};

struct chrome_trace_fn {
  template <class Record, class Text = std::string>
  [[nodiscard]] Text operator()(basic_call_log<Record> const& log) const {
    chrome_events<Text> events;
    for (auto const& entry : log.calls()) events.add(entry);
    return events.closed();
  }
};

}  // namespace detail

/// chrome_trace(log): trace events in JSON, for Perfetto's viewer or chrome://tracing: a track of phases, and a track of calls for each
/// group. The library knows no time: calls stand one after the other, and each is 1 us wide for each KiB of message bytes, rounded up, and
/// at least 1 us. A call's arguments hold the exact bytes, and its path where the log is a `path_log`.
inline constexpr detail::chrome_trace_fn chrome_trace{};

}  // namespace commfold
