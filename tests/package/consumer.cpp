#include <commfold/commfold.hpp>
#include <commfold/report/json_report.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace cf = commfold;

static_assert(cf::sum_tensors_v<cf::tensor<cf::f32, 2, 3>> == 24);

namespace {

constexpr cf::process_group<"dp", 2> dp;
constexpr auto step = [](auto& comm, auto const& gradient) { comm.all_reduce(gradient, cf::sum, dp); };
constexpr auto traffic = cf::trace(step, cf::tensor<cf::f32, 2, 3>{});
static_assert(traffic.message_bytes() == 24);

int write(std::FILE* file) {
  return file != nullptr && std::fputs(cf::json_report(traffic).c_str(), file) >= 0 && std::fflush(file) == 0 ? 0 : 1;
}

}  // namespace

/// consumer [print | write FILE | fail]: the report of a step, here or there, or printed by a program that then fails.
int main(int argc, char** argv) {
  std::string_view const what = argc > 1 ? argv[1] : "";
  if (what == "print") return write(stdout);
  if (what == "fail") return write(stdout) == 0 ? 3 : 1;
  if (what == "write" && argc == 3) return write(std::fopen(argv[2], "w"));
  return argc == 1 && cf::sum_tensors(cf::tensor<cf::f32, cf::dyn>{3}) == 12 ? 0 : 1;
}
