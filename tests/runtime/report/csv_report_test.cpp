// SPDX-License-Identifier: BSL-1.0
#include <commfold/report/csv_report.hpp>

#include <commfold/trace/path_log.hpp>

#include <tests/support/report_steps.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

namespace cf = commfold;

namespace {

std::string const ledger_head =
    "operator,group,group_size,phase,dtype,calls,input_bytes,output_bytes,message_bytes,all_input_bytes,all_output_bytes,all_message_"
    "bytes\n";
std::string const log_head = "call,operator,group,group_size,phase,dtype,input_bytes,output_bytes,message_bytes";

}  // namespace

TEST_CASE("CSV of a ledger, to the character", "[report]") {
  CHECK(cf::csv_report(cf::trace(reported::step)) ==
        ledger_head +
            "_c10d_functional::all_gather_into_tensor,dp,4,forward,uint8,2,250,1000,1000,500,2000,2000\n"
            "_c10d_functional::all_gather_into_tensor,dp,4,forward,uint8,1,125000,500000,500000,125000,500000,500000\n"
            "c10d::barrier,dp,4,,,1,0,0,0,0,0,0\n"
            "_c10d_functional::reduce_scatter_tensor,tp,2,backward/layer,uint8,1,298000,149000,298000,298000,149000,298000\n");
  CHECK(cf::csv_report(cf::ledger<>()) == ledger_head);
}

TEST_CASE("CSV of a log, to the character", "[report]") {
  auto const log = cf::log([](auto& comm) {
    comm.all_gather(reported::block<250>{}, reported::dp);
    comm.barrier(reported::tp);
  });
  CHECK(cf::csv_report(log) == log_head +
                                   "\n0,_c10d_functional::all_gather_into_tensor,dp,4,,uint8,250,1000,1000\n"
                                   "1,c10d::barrier,tp,2,,,0,0,0\n");
  cf::path_log paths;
  paths.add({log.calls()[0], "experts[\"a,b\"]"}, 1);
  paths.add({log.calls()[1], ""}, 1);
  CHECK(cf::csv_report(paths) ==
        log_head +
            ",path\n0,_c10d_functional::all_gather_into_tensor,dp,4,,uint8,250,1000,1000,\"experts[\"\"a,b\"\"]\"\n"
            "1,c10d::barrier,tp,2,,,0,0,0,\n");
}

TEST_CASE("CSV quotes a comma and a quote, shows what is no text, and holds each row in one line", "[report]") {
  auto const field = [](std::string_view phase) {
    std::string const report = cf::csv_report(cf::trace([&](auto& comm) { comm.phase(phase, [&] { comm.barrier(reported::dp); }); }));
    std::string const before = ledger_head + "c10d::barrier,dp,4,", after = ",,1,0,0,0,0,0,0\n";
    REQUIRE(report.starts_with(before));
    REQUIRE(report.ends_with(after));
    return report.substr(before.size(), report.size() - before.size() - after.size());
  };
  CHECK(field("a,b") == "\"a,b\"");
  CHECK(field("\"") == "\"\"\"\"");
  CHECK(field("a\nb") == "a\\nb");
  CHECK(field("a\r,\x1b[2J") == "\"a\\r,\\x1b[2J\"");
  CHECK(field("=1+2; a|b 'c'") == "=1+2; a|b 'c'");
}
