// SPDX-License-Identifier: BSL-1.0
#include <src/wire_answer.hpp>

#include <src/wire_step.hpp>

#include <commfold/size/arithmetic.hpp>
#include <commfold/trace/totals_by.hpp>

namespace commfold::io {

namespace {

template <class Number>
over_ranks over(std::vector<wire::rank_answer> const& ranks, std::size_t first_rank, Number const& number) {
  over_ranks all;
  for (std::size_t i = 0; i != ranks.size(); ++i) {
    std::size_t const here = number(ranks[i]);
    if (i == 0 || here > all.most) {
      all.most = here;
      all.rank_of_most = first_rank + i;
    }
    if (i == 0 || here < all.least) all.least = here;
    all.total = add(all.total, here);
  }
  return all;
}

std::vector<std::string> names_of_links(wire::placement const& in) {
  std::size_t const kinds = in.size();
  if (kinds == 0) return {"all links"};
  std::vector<std::string> names{"within " + std::string(in[0].name)};
  for (std::size_t i = 1; i <= kinds; ++i) {
    std::string const between = "between " + std::string(in[i - 1].name) + "s";
    names.push_back(i == kinds ? between : between + " of a " + std::string(in[i].name));
  }
  return names;
}

/// A call that its own rank alone knows needs one to ask about.
void expect_records_of_all(ledger<dyn> const& traffic) {
  for (ledger_row const& row : traffic.rows())
    if (row.call().group_size() != 1 && wire::is_of_one_rank(row.call()))
      throw input_error("--rank: is needed: " + std::string(row.call().op()) + " over '" + shortened(row.call().group()) +
                        "' is recorded of one rank, and the others are not known; say whose report it is");
}

template <class Step>
std::vector<wire::rank_answer> ranks_of(Step const& step, wire_setup const& by) {
  return by.rank() ? std::vector<wire::rank_answer>{step.of_rank(*by.rank())} : step.of_all_ranks();
}

std::size_t sent(wire::rank_answer const& one) { return one.all().sent_bytes; }
std::size_t received(wire::rank_answer const& one) { return one.all().received_bytes; }

template <class Step>
wire_row row_of(Step const& step, subtotal const& slice, wire_setup const& by) {
  call_record const& like = slice.like();
  wire_row row;
  row.op = like.op();
  row.group = like.group();
  row.phase = like.phase();
  row.group_size = like.group_size();
  row.calls = slice.totals().calls;
  auto const ranks = ranks_of(step, by);
  std::size_t const first = by.rank().value_or(0);
  row.sent = over(ranks, first, sent);
  row.received = over(ranks, first, received);
  for (std::size_t link = 0; link != by.where().domains().link_classes(); ++link)
    row.sent_by_link.push_back(over(ranks, first, [link](auto const& one) { return one[link].sent_bytes; }).total);
  if constexpr (Step::is_timed) {
    bool all = true;
    double sum = 0;
    for (auto const& one : step.rows())
      if (has_estimate(one.call()))
        sum += step.microseconds(one);
      else
        all = false;
    if (all) row.microseconds = sum;
  }
  return row;
}

/// The times of the calls that have one, and the names of the others.
template <class Step>
void add_times(wire_answer& answer, Step const& step) {
  answer.is_timed = true;
  for (auto const& row : step.rows()) {
    call_record const& call = row.call();
    if (has_estimate(call)) {
      answer.microseconds += step.microseconds(row);
      continue;
    }
    auto& all = answer.without_time;
    std::size_t at = 0;
    while (at != all.size() && !(all[at].op == call.op() && all[at].group == call.group())) ++at;
    if (at == all.size()) all.push_back({std::string(call.op()), std::string(call.group()), 0});
    all[at].calls = add(all[at].calls, row.calls());
  }
}

}  // namespace

wire_answer answer_on_wire(ledger<dyn> const& traffic, wire_setup const& by, bool with_pairs) {
  if (!by.rank()) expect_records_of_all(traffic);
  wire_answer answer;
  std::size_t const first = answer.first_rank = by.rank().value_or(0);
  with_step(traffic, by, [&](auto const& step) {
    answer.ranks = ranks_of(step, by);
    auto const add_pair = [&](std::size_t from, std::size_t to, std::size_t bytes) {
      std::size_t& all = answer.pairs[{from, to}];
      all = add(all, bytes);
    };
    if (with_pairs && by.rank())
      step.for_each_pair_of(*by.rank(), add_pair);
    else if (with_pairs)
      step.for_each_pair(add_pair);
    if constexpr (std::remove_cvref_t<decltype(step)>::is_timed) add_times(answer, step);
  });
  answer.sent = over(answer.ranks, first, sent);
  answer.received = over(answer.ranks, first, received);
  answer.sent_payload = over(answer.ranks, first, [](auto const& one) { return one.all().payload.sent_bytes; });
  answer.received_payload = over(answer.ranks, first, [](auto const& one) { return one.all().payload.received_bytes; });
  answer.links = names_of_links(by.where().domains());
  for (std::size_t link = 0; link != answer.links.size(); ++link)
    answer.sent_by_link.push_back(over(answer.ranks, first, [link](auto const& one) { return one[link].sent_bytes; }));

  auto const slices = totals_by(traffic, call_key::op | call_key::group | call_key::phase);
  for (subtotal const& slice : slices.slices()) {
    call_record const& like = slice.like();
    auto const is_alike = [&like](call_record const& c) {
      return c.op() == like.op() && c.group() == like.group() && c.group_size() == like.group_size() && c.phase() == like.phase();
    };
    with_step(traffic.slice(is_alike), by, [&](auto const& step) { answer.rows.push_back(row_of(step, slice, by)); });
  }
  return answer;
}

}  // namespace commfold::io
