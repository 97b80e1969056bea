// SPDX-License-Identifier: BSL-1.0
// Every measured collective over gloo: by the schedules, and by the operators and the recorder, against what each rank put on its sockets.
#include <commfold/wire/gloo/all_gather.hpp>
#include <commfold/wire/gloo/all_reduce.hpp>
#include <commfold/wire/gloo/all_to_all.hpp>
#include <commfold/wire/gloo/barrier.hpp>
#include <commfold/wire/gloo/broadcast.hpp>
#include <commfold/wire/gloo/calls.hpp>
#include <commfold/wire/gloo/gather.hpp>
#include <commfold/wire/gloo/point_to_point.hpp>
#include <commfold/wire/gloo/reduce.hpp>
#include <commfold/wire/gloo/scatter.hpp>

#include <tests/runtime/wire/gloo_traffic.hpp>
#include <tests/runtime/wire/recorded_calls.hpp>
#include <tests/support/each_row.hpp>
#include <tests/support/gloo_rows.hpp>
#include <tests/support/oracle.hpp>
#include <tests/support/tsv_rows.hpp>

#include <cstddef>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {
namespace cf = commfold;
using oracle::json;
using wire_test::gloo_traffic;
using numbers = std::vector<std::size_t>;

using gloo_rows::measured;
using gloo_rows::operation;
using gloo_rows::times;

/// use(schedule) for each schedule that gloo runs for a row.
template <class Use>
void each_schedule(measured const& m, Use use) {
  using namespace cf::gloo;
  switch (m.what()) {
    case operation::all_reduce:
    case operation::all_reduce_coalesced:
    case operation::reduce_scatter:
      return use(all_reduce(m.in_bytes(), m.ranks, m.element()));
    case operation::reduce:
      return use(reduce(m.in_bytes(), m.ranks, m.element(), m.root));
    case operation::all_gather:
    case operation::all_gather_list:
    case operation::all_gather_coalesced:
      return use(all_gather(m.in_bytes(), m.ranks));
    case operation::reduce_scatter_list:
      for (std::size_t const block : m.in_blocks()) use(all_reduce(block * m.itemsize, m.ranks, m.element()));
      return;
    case operation::reduce_scatter_coalesced:
      for (std::size_t const tensor : m.in_tensors()) use(all_reduce(tensor * m.itemsize, m.ranks, m.element()));
      return;
    case operation::broadcast:
      for (std::size_t const tensor : m.in_tensors()) use(broadcast(tensor * m.itemsize, m.ranks, m.root));
      return;
    case operation::gather:
      return use(gather(m.in_bytes(), m.ranks, m.root));
    case operation::scatter:
      return use(scatter(m.out_bytes(), m.ranks, m.root));
    case operation::all_to_all:
    case operation::all_to_all_list:
      if (m.in_split.empty()) return use(all_to_all(m.in_bytes() / m.ranks, m.ranks));
      [[fallthrough]];
    case operation::all_to_all_v: {
      numbers const to = times(m.in_blocks(), m.itemsize);
      numbers const from = times(m.out_blocks(), m.itemsize);
      return use(
          all_to_all_of_rank(cf::wire::blocks::of({to.data(), to.size()}), cf::wire::blocks::of({from.data(), from.size()}), m.rank));
    }
    case operation::barrier:
      return use(barrier(m.ranks));
    case operation::monitored_barrier:
      return use(monitored_barrier(m.ranks));
    case operation::one_way:
    case operation::both_ways:
      for (auto const& one : m.messages()) use(side_of_rank(point_to_point(one.elements * m.itemsize, m.ranks, one.from, one.to), m.rank));
      return;
    case operation::pickles:
      throw std::runtime_error("pickles have no form");
  }
}

/// Records the calls of a row, with the operators that PyTorch's public calls come to.
void record(cf::call_log& log, measured const& m) {
  using value = cf::dynamic_value;
  using values = std::vector<value>;
  cf::dynamic_group const group("world", m.ranks);
  auto const size = static_cast<std::int64_t>(m.ranks);
  cf::dtype const type = cf::dtype_from_name(m.dtype);
  auto const root = static_cast<std::int64_t>(m.root);
  auto const tensor = [&](std::size_t elements) { return cf::dynamic_tensor(type, {elements}); };
  auto const list = [&](numbers const& elements) {
    values all;
    for (std::size_t const n : elements) all.push_back(tensor(n));
    return value::list_of(all);
  };
  auto const one = [&](value const& held) { return value::list_of(values{held}); };
  auto const integers = [&](numbers const& all) {
    values held;
    for (std::size_t const n : all) held.push_back(static_cast<std::int64_t>(n));
    return value::list_of(held);
  };
  auto const call = [&](std::string const& op, values const& arguments) { wire_test::record(log, op, {.args = arguments}); };
  std::string const functional = "_c10d_functional::";
  value const in = tensor(m.in_elements);
  value const out = tensor(m.out_elements);
  value const none;
  switch (m.what()) {
    case operation::all_reduce:
      if (m.is_functional) return call(functional + "all_reduce", {in, "sum", group});
      return call("c10d::allreduce_", {one(in), group, cf::sum, none});
    case operation::all_reduce_coalesced:
      if (m.is_functional) return call(functional + "all_reduce_coalesced", {list(m.in_tensors()), "sum", group});
      return call("c10d::allreduce_coalesced_", {list(m.in_tensors()), group, cf::sum});
    case operation::reduce:
      return call("c10d::reduce_", {one(in), group, cf::sum, root, 0});
    case operation::all_gather:
      if (m.is_functional) return call(functional + "all_gather_into_tensor", {in, size, group});
      return call("c10d::_allgather_base_", {out, in, group});
    case operation::all_gather_list:
      return call("c10d::allgather_", {one(list(m.out_blocks())), one(in), group});
    case operation::all_gather_coalesced: {
      if (m.is_functional) return call(functional + "all_gather_into_tensor_coalesced", {list(m.in_tensors()), size, group});
      if (!m.is_coalesced)
        return call("c10d::allgather_coalesced_", {value::list_of(values(m.ranks, list(m.in_tensors()))), list(m.in_tensors()), group});
      return call("c10d::allgather_into_tensor_coalesced_", {list(times(m.in_tensors(), m.ranks)), list(m.in_tensors()), group});
    }
    case operation::reduce_scatter:
      if (m.is_functional) return call(functional + "reduce_scatter_tensor", {in, "sum", size, group});
      return call("c10d::_reduce_scatter_base_", {out, in, group, cf::sum});
    case operation::reduce_scatter_list:
      return call("c10d::reduce_scatter_", {one(out), one(list(m.in_blocks())), group, cf::sum});
    case operation::reduce_scatter_coalesced: {
      if (m.is_functional) return call(functional + "reduce_scatter_tensor_coalesced", {list(m.in_tensors()), "sum", size, group});
      numbers parts = m.in_tensors();
      for (std::size_t& part : parts) part /= m.ranks;
      return call("c10d::reduce_scatter_tensor_coalesced_", {list(parts), list(m.in_tensors()), group, cf::sum});
    }
    case operation::broadcast:
      if (m.is_functional) return call(functional + "broadcast", {in, root, group});
      for (std::size_t const elements : m.in_tensors()) call("c10d::broadcast_", {one(tensor(elements)), group, root, 0});
      return;
    case operation::gather:
      return call("c10d::gather_",
                  {m.rank == m.root ? one(list(numbers(m.ranks, m.in_elements))) : value::list_of(values{}), one(in), group, root});
    case operation::scatter:
      return call("c10d::scatter_",
                  {one(out), m.rank == m.root ? one(list(numbers(m.ranks, m.out_elements))) : value::list_of(values{}), group, root});
    case operation::all_to_all_list:
      return call("c10d::alltoall_", {list(m.out_blocks()), list(m.in_blocks()), group});
    case operation::all_to_all:
      if (m.is_functional) return call(functional + "all_to_all_single", {in, integers(m.out_blocks()), integers(m.in_blocks()), group});
      return call("c10d::alltoall_base_", {out, in, group, integers(m.out_split), integers(m.in_split)});
    case operation::all_to_all_v:
      return call("c10d::alltoall_base_", {out, in, group, integers(m.out_blocks()), integers(m.in_blocks())});
    case operation::barrier:
      return call("c10d::barrier", {tensor(1), group, integers({})});
    case operation::monitored_barrier:
      return call("c10d::monitored_barrier_", {tensor(0), group, integers({}), 1000, false});
    case operation::one_way:
    case operation::both_ways:
      for (auto const& message : m.messages()) {
        bool const sends = message.from == m.rank;
        call(sends ? "c10d::send" : "c10d::recv_",
             {one(tensor(message.elements)), group, static_cast<std::int64_t>(sends ? message.to : message.from), 0});
      }
      return;
    case operation::pickles:
      throw std::runtime_error("pickles have no form");
  }
}

/// The sizes of messages to each peer in their order, as a row writes them: `3:58x2,4 5:0`.
std::vector<numbers> order_in(std::string const& text, std::size_t ranks) {
  std::vector<numbers> sizes(ranks);
  if (text.empty()) return sizes;
  for (std::string const& peer : oracle::split(text, ' ')) {
    auto const parts = oracle::split(peer, ':');
    for (std::string const& sized : oracle::split(parts.at(1), ',')) {
      auto const times = oracle::split(sized, 'x');
      std::size_t const count = times.size() == 1 ? 1 : std::stoull(times.at(1));
      sizes.at(std::stoul(parts.at(0))).insert(sizes.at(std::stoul(parts.at(0))).end(), count, std::stoull(times.at(0)));
    }
  }
  return sizes;
}

/// False where the row does not write the order of what was sent.
bool compare(json const& row, gloo_traffic const& ours) {
  CHECK(ours.socket_bytes() == oracle::number_in(row, "bytes"));
  CHECK(ours.all.sent_bytes == oracle::number_in(row, "payload"));
  CHECK(ours.all.sent_messages == oracle::number_in(row, "data_msgs"));
  CHECK(ours.all.received_messages == oracle::number_in(row, "recv_msgs"));
  CHECK(ours.payload_to == oracle::numbers_in(row, "peer_payload"));
  CHECK(ours.messages_to == oracle::numbers_in(row, "peer_data_msgs"));
  CHECK(ours.messages_from == oracle::numbers_in(row, "peer_recv_msgs"));
  std::string const order = row.at("send_order").get<std::string>();
  if (order.empty() && ours.all.sent_messages != 0) return false;
  CHECK(ours.sizes_to == order_in(order, ours.sizes_to.size()));
  return true;
}

}  // namespace

TEST_CASE("every collective over gloo puts the measured bytes on the wire", "[wire][gloo][oracle]") {
  std::vector<json> const rows = oracle::rows_in_table(oracle::path_of(COMMFOLD_TEST_DATA, "gloo_collectives.tsv").string());
  std::map<std::string, std::size_t> left_out;
  std::size_t compared = 0, ordered = 0, recorded = 0;
  oracle::compare_each(rows, [&](json const& row) {
    CHECK(row.at("reps") == row.at("same"));
    measured const m(row);
    if (m.what() == operation::pickles) {
      ++left_out[m.op];
      return;
    }
    gloo_traffic by_schedule(m.ranks, m.rank);
    each_schedule(m, [&](auto const& schedule) { by_schedule.add(schedule); });
    bool const has_order = compare(row, by_schedule);

    cf::call_log log;
    record(log, m);
    gloo_traffic by_call(m.ranks, m.rank);
    for (cf::call_record const& call : log.calls())
      cf::gloo::schedules_of(call, m.rank, [&](auto const& schedule) { by_call.add(schedule); });
    static_cast<void>(compare(row, by_call));
    ++recorded;
    if (has_order) ++ordered;
    ++compared;
  });
  std::cout << "gloo_collectives.tsv: compared " << compared << " of " << rows.size() << " rows, " << recorded << " by recorded calls, "
            << ordered << " with the order of their messages\n";
  std::size_t all = compared;
  for (auto const& [op, n] : left_out) {
    std::cout << "  " << n << " rows of " << op << " have no form: pickles\n";
    all += n;
  }
  CHECK(all == rows.size());
}

// A row has the splits of its rank. The rows of all ranks of a call are a matrix, of which one schedule says what each of them sends.
TEST_CASE("an uneven all_to_all over gloo puts the measured bytes on the wire, by the matrix of all ranks", "[wire][gloo][oracle]") {
  using call = std::map<std::size_t, json>;
  std::map<std::string, std::vector<call>> calls_like;
  for (json const& row : oracle::rows_in_table(oracle::path_of(COMMFOLD_TEST_DATA, "gloo_collectives.tsv").string())) {
    measured const m(row);
    if (m.what() != operation::all_to_all_v) continue;
    std::string key;
    for (char const* const column : {"world", "group", "dtype", "variant"}) key += row.at(column).get<std::string>() + " ";
    std::vector<call>& calls = calls_like[key];
    // Calls that differ in their sizes alone stand in the same order for each rank.
    std::size_t nth = 0;
    while (nth != calls.size() && calls[nth].contains(m.rank)) ++nth;
    if (nth == calls.size()) calls.emplace_back();
    calls[nth].emplace(m.rank, row);
  }
  std::size_t whole = 0, rows = 0, others = 0;
  for (auto const& [key, calls] : calls_like)
    for (call const& one : calls) {
      INFO(key);
      std::size_t const ranks = measured(one.begin()->second).ranks;
      numbers matrix, transposed(ranks * ranks, 0);
      for (auto const& [rank, row] : one) {
        measured const m(row);
        for (std::size_t const n : times(m.in_blocks(), m.itemsize)) matrix.push_back(n);
        for (std::size_t from = 0; from != ranks; ++from) transposed[from * ranks + rank] = m.out_blocks()[from] * m.itemsize;
      }
      if (matrix != transposed) {
        others += one.size();  // the rows of some ranks are not here
        continue;
      }
      ++whole;
      for (auto const& [rank, row] : one) {
        gloo_traffic traffic(ranks, rank);
        traffic.add(cf::gloo::all_to_all_v({matrix.data(), matrix.size()}, ranks));
        static_cast<void>(compare(row, traffic));
        ++rows;
      }
    }
  std::cout << "gloo_collectives.tsv: " << whole << " uneven all_to_all of all ranks, " << rows << " rows; " << others
            << " rows of calls without some ranks\n";
  CHECK((whole > 0 || others > 0 || calls_like.empty()));
}
