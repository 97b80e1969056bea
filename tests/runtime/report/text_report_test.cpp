// SPDX-License-Identifier: BSL-1.0
#include <commfold/report/text_report.hpp>

#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/log.hpp>
#include <commfold/trace/path_log.hpp>
#include <commfold/trace/trace.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <string>

namespace cf = commfold;

namespace {

constexpr cf::process_group<"dp", 4> dp;
constexpr cf::process_group<"tp", 2> tp;

template <std::size_t Bytes>
using block = cf::tensor<cf::u8, Bytes>;

constexpr auto step = [](auto& comm) {
  comm.barrier(dp);
  comm.phase("forward", [&] {
    comm.repeat(1200, [&] { comm.all_gather(block<250>{}, dp); });
    comm.all_gather(block<125'000>{}, dp);
  });
  comm.phase("backward", [&] { comm.phase("layer", [&] { comm.reduce_scatter(block<300'000>{}, cf::sum, tp); }); });
  comm.barrier(dp);
};

/// The share column of a report over sends of these sizes.
template <std::size_t... Bytes>
std::string shares() {
  auto const traffic = cf::trace([](auto& comm) {
    std::size_t phase = 0;
    (comm.phase(std::to_string(phase++), [&] { comm.send(block<Bytes>{}, 0, dp); }), ...);
  });
  std::string const report = cf::text_report(traffic);
  std::string column;
  for (std::size_t end = report.find('\n'); end != std::string::npos; end = report.find('\n', end + 1)) {
    std::size_t const begin = report.rfind("  ", end) + 2;
    column += report.substr(begin, end - begin) + "|";
  }
  return column;
}

}  // namespace

// Two sizes of one operator, group and phase are one line; 85 % and 15 % of two million bytes.
TEST_CASE("the report of a small step, to the character", "[report]") {
  std::string const expected =
      "operator                                  group   phase           calls  message bytes                 share\n"
      "c10d::barrier                             dp (4)  -                   2            0 B                 0.0 %\n"
      "_c10d_functional::all_gather_into_tensor  dp (4)  forward         1 201    1 700 000 B    (1.6 MiB)   85.0 %\n"
      "_c10d_functional::reduce_scatter_tensor   tp (2)  backward/layer      1      300 000 B  (293.0 KiB)   15.0 %\n"
      "total                                                             1 204    2 000 000 B    (1.9 MiB)  100.0 %\n";
  CHECK(cf::text_report(cf::trace(step)) == expected);
  CHECK(cf::text_report(cf::trace<cf::dyn>(step)) == expected);
}

TEST_CASE("the report of nothing", "[report]") {
  CHECK(cf::text_report(cf::ledger<>()) ==
        "operator  group  phase  calls  message bytes    share\n"
        "total                       0            0 B        -\n");
  CHECK(cf::text_report(cf::trace([](auto& comm) { comm.barrier(tp); })) ==
        "operator       group   phase  calls  message bytes    share\n"
        "c10d::barrier  tp (2)  -          1            0 B        -\n"
        "total                             1            0 B        -\n");
}

TEST_CASE("one operator over two groups of one name is two lines", "[report]") {
  auto const traffic = cf::trace([](auto& comm) {
    comm.barrier(cf::process_group<"g", 2>{});
    comm.barrier(cf::process_group<"g", 3>{});
  });
  CHECK(cf::text_report(traffic) ==
        "operator       group  phase  calls  message bytes    share\n"
        "c10d::barrier  g (2)  -          1            0 B        -\n"
        "c10d::barrier  g (3)  -          1            0 B        -\n"
        "total                            2            0 B        -\n");
}

TEST_CASE("shares are rounded to the nearest tenth", "[report]") {
  CHECK(shares<1, 2>() == "share|33.3 %|66.7 %|100.0 %|");
  CHECK(shares<1, 1, 1>() == "share|33.3 %|33.3 %|33.3 %|100.0 %|");
  CHECK(shares<1, 7>() == "share|12.5 %|87.5 %|100.0 %|");
  CHECK(shares<1, 1999>() == "share|0.1 %|100.0 %|100.0 %|");  // 0.05 % and 99.95 %: ties go up
  CHECK(shares<1, 2000>() == "share|0.0 %|100.0 %|100.0 %|");
  // 2^61 and twice 3 x 2^60: a thousand times the part would not fit.
  CHECK(shares<(std::size_t{1} << 61), (std::size_t{3} << 60), (std::size_t{3} << 60)>() == "share|25.0 %|37.5 %|37.5 %|100.0 %|");
}

TEST_CASE("the report of a log is every call in order", "[report]") {
  auto const log = cf::log([](auto& comm) {
    comm.repeat(2, [&] { comm.all_gather(cf::tensor<cf::bf16, 300>{}, dp); });
    comm.phase("p", [&] { comm.barrier(tp); });
  });
  CHECK(cf::text_report(log) ==
        "call  operator                                  group   phase  dtype     message bytes\n"
        "   0  _c10d_functional::all_gather_into_tensor  dp (4)  -      bfloat16        2 400 B  (2.3 KiB)\n"
        "   1  _c10d_functional::all_gather_into_tensor  dp (4)  -      bfloat16        2 400 B  (2.3 KiB)\n"
        "   2  c10d::barrier                             tp (2)  p      -                   0 B\n");
}

TEST_CASE("the report of a log with paths has the path of each call", "[report]") {
  auto const log = cf::log_with_paths([](auto& comm) {
    comm.all_reduce(std::array<cf::tensor<cf::f32, 2>, 2>{}, cf::sum, dp);
    comm.phase("end", [&] { comm.barrier(dp); });
  });
  CHECK(cf::text_report(log) ==
        "call  operator                      group   phase  dtype    message bytes    path\n"
        "   0  _c10d_functional::all_reduce  dp (4)  -      float32            8 B    [0]\n"
        "   1  _c10d_functional::all_reduce  dp (4)  -      float32            8 B    [1]\n"
        "   2  c10d::barrier                 dp (4)  end    -                  0 B    -\n");
}
