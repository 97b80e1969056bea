// SPDX-License-Identifier: BSL-1.0
// The tool as a shell meets it: what it prints where, and its exit status.
#include <tests/support/shell.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>

using namespace shell;

namespace {

std::string const models = COMMFOLD_MODELS;

nlohmann::json tiny() { return nlohmann::json::parse(contents(models + "/tiny.json")); }

std::string saved(std::string const& text) { return shell::saved("config.json", text); }

}  // namespace

TEST_CASE("plan prints the parameters and the report", "[tool]") {
  outcome const o = run("plan " + models + "/tiny.json");
  CHECK(o.status == 0);
  CHECK(o.err.empty());
  CHECK(o.out == models + R"(/tiny.json
parameters  38 406 656
memory      9 601 664 B (9.2 MiB) parameters, 9 601 664 B (9.2 MiB) gradients, 19 203 328 B (18.3 MiB) optimizer
FSDP2 over 8 ranks, gathered in bfloat16, reduced in bfloat16, resharded after the forward; per rank and step:
Message bytes are those of the whole buffer that is gathered or reduced: more ranks change them by padding alone.

operator                     group   phase     calls  message bytes                 share
c10d::_allgather_base_       dp (8)  forward       3   76 813 312 B   (73.3 MiB)   46.6 %
c10d::_allgather_base_       dp (8)  backward      2   11 276 288 B   (10.8 MiB)    6.8 %
c10d::_reduce_scatter_base_  dp (8)  backward      3   76 813 312 B   (73.3 MiB)   46.6 %
total                                              8  164 902 912 B  (157.3 MiB)  100.0 %
)");
}

TEST_CASE("plan --calls prints every call in order", "[tool]") {
  outcome const o = run("plan --calls --reduce-dtype F32 " + models + "/tiny.json");
  CHECK(o.status == 0);
  CHECK(o.out.find(R"(
call  operator                     group   phase     dtype     message bytes
   0  c10d::_allgather_base_       dp (8)  forward   bfloat16   65 537 024 B   (62.5 MiB)
   1  c10d::_allgather_base_       dp (8)  forward   bfloat16    5 638 144 B    (5.4 MiB)
   2  c10d::_allgather_base_       dp (8)  forward   bfloat16    5 638 144 B    (5.4 MiB)
   3  c10d::_allgather_base_       dp (8)  backward  bfloat16    5 638 144 B    (5.4 MiB)
   4  c10d::_allgather_base_       dp (8)  backward  bfloat16    5 638 144 B    (5.4 MiB)
   5  c10d::_reduce_scatter_base_  dp (8)  backward  float32    11 276 288 B   (10.8 MiB)
   6  c10d::_reduce_scatter_base_  dp (8)  backward  float32    11 276 288 B   (10.8 MiB)
   7  c10d::_reduce_scatter_base_  dp (8)  backward  float32   131 074 048 B  (125.0 MiB)
)") != std::string::npos);
}

TEST_CASE("ranks are decimal", "[tool]") {
  CHECK(run("plan --pad --ranks 010 " + models + "/tiny.json").out.find("FSDP2 over 10 ranks,") != std::string::npos);
  CHECK(run("plan --pad --ranks 0100 " + models + "/tiny.json").out.find("FSDP2 over 100 ranks,") != std::string::npos);
  CHECK(run("plan --ranks 64.0 " + models + "/tiny.json").out.find("FSDP2 over 64 ranks,") != std::string::npos);
}

TEST_CASE("the words of papers are dtypes", "[tool]") {
  auto const [word, name] =
      GENERATE(std::pair{"fp32", "float32"}, std::pair{"fp16", "float16"}, std::pair{"bf16", "bfloat16"}, std::pair{"float32", "float32"});
  outcome const o = run(std::string("plan --reduce-dtype ") + word + " " + models + "/tiny.json");
  CHECK(o.status == 0);
  CHECK(o.out.find(std::string("reduced in ") + name) != std::string::npos);
}

TEST_CASE("a dtype that is \"auto\" is to be given", "[tool]") {
  nlohmann::json c = tiny();
  c["torch_dtype"] = "auto";
  std::string const file = saved(c.dump());
  refused(run("plan " + file), "key 'torch_dtype' is \"auto\"; give a dtype there, or --param-dtype");
  CHECK(run("plan --param-dtype bf16 " + file).status == 0);
}

TEST_CASE("experts are separate or fused, and the report says which", "[tool]") {
  nlohmann::json c = tiny();
  c.erase("model_type");
  c["architectures"] = {"MixtralForCausalLM"};
  c["num_local_experts"] = 8;
  std::string const file = saved(c.dump());
  outcome const separate = run("plan --ranks 16 --pad " + file), fused = run("plan --ranks 16 --pad --experts fused " + file);
  CHECK(separate.out.find("experts separate; per rank and step") != std::string::npos);
  CHECK(run("plan --ranks 16 --pad --experts separate " + file).out == separate.out);
  CHECK(fused.out.find("experts fused; per rank and step") != std::string::npos);
  CHECK(run("plan --ranks 16 --experts fused --pad --format markdown " + file).out.find("experts fused") != std::string::npos);
  CHECK(fused.out.substr(fused.out.find("total")) != separate.out.substr(separate.out.find("total")));
  refused(run("plan --experts stacked " + file), "--experts: stacked not in {separate,fused}");
}

TEST_CASE("a key that is not planned can be answered for", "[tool]") {
  nlohmann::json c = tiny();
  c["draft_vocab_size"] = 8000;
  c["quantization_config"] = {{"bits", 4}};
  std::string const file = saved(c.dump());
  refused(run("plan --ignore-key draft_vocab_size " + file), "the key 'quantization_config' is not planned");
  CHECK(run("plan --ignore-key draft_vocab_size --ignore-key quantization_config " + file).status == 0);
  refused_with(run("plan --ignore-key no_such_key " + file), "commfold plan: --ignore-key: the configuration has no key 'no_such_key'");
}

TEST_CASE("the standard input and the standard output are named -", "[tool]") {
  std::string const file = models + "/tiny.json";
  std::string const json = run("plan --format json " + file).out;
  CHECK(run_line("\"$COMMFOLD\" plan - --format json -o - <" + file).out == json);
  CHECK(run_line("\"$COMMFOLD\" plan - --format json <" + file + " | \"$COMMFOLD\" show - --format json").out == json);
  CHECK(run_line("\"$COMMFOLD\" plan - <" + file).out.starts_with("<stdin>\nparameters "));
  std::string const report = shell::saved("report.json", json);
  std::string const budget = shell::saved("budget.json", R"({"commfold_budget": 1, "rules": [{}]})");
  CHECK(run_line("\"$COMMFOLD\" check - " + budget + " <" + report).out == "within budget: 1 rule\n");
  CHECK(run_line("\"$COMMFOLD\" check " + report + " - <" + budget).out == "within budget: 1 rule\n");
  CHECK(run_line("\"$COMMFOLD\" diff " + report + " - <" + report).out == "no difference\n");
  refused_with(
      run_line("echo '[' | \"$COMMFOLD\" show -"),
      "commfold show: <stdin>:2:1: is no JSON: syntax error while parsing value - unexpected end of input; expected '[', '{', or a "
      "literal");
  refused_with(run("check - -"), "commfold check: only one of the two files can be the standard input");
  refused_with(run("diff - -"), "commfold diff: only one of the two files can be the standard input");
}

TEST_CASE("show draws a report as plan does", "[tool]") {
  std::string const file = models + "/tiny.json";
  std::string const report = (scratch() / "shown.json").string();
  REQUIRE(run("plan --format json --calls -o " + report + " " + file).status == 0);
  std::string const format = GENERATE("json", "csv", "html", "chrome");
  CHECK(run("show --format " + format + " " + report).out == run("plan --format " + format + " " + file).out);
  if (format == "json" || format == "html")
    CHECK(run("show --calls --format " + format + " " + report).out == run("plan --calls --format " + format + " " + file).out);
  auto const table = [](std::string const& text, char const* opening) { return text.substr(text.find(opening)); };
  CHECK(table(run("show " + report).out, "operator") == table(run("plan " + file).out, "operator"));
  CHECK(table(run("show --calls " + report).out, "call ") == table(run("plan --calls " + file).out, "call "));
  CHECK(table(run("show --format markdown " + report).out, "| operator") == table(run("plan --format markdown " + file).out, "| operator"));
  CHECK(run("show " + report).out.starts_with(report + "\n\noperator "));
}

TEST_CASE("show refuses what is no report, and calls that are not listed", "[tool]") {
  std::string const report = (scratch() / "no_calls.json").string();
  REQUIRE(run("plan --format json -o " + report + " " + models + "/tiny.json").status == 0);
  std::string const says =
      "commfold show: " + report + ": lists no calls; write it with them, as commfold plan --calls and cf::json_report(";
  refused(run("show --calls " + report), says);
  refused(run("show --format chrome " + report), says);
  refused_with(run("show --calls --format csv " + report),
               "commfold show: --calls: a report in csv holds no single calls; text, json, html and chrome do");
  refused(run("show " + models + "/tiny.json"), "tiny.json:1:1: the key 'commfold_report' is missing");
  refused_with(run("show"), "commfold show: report is required (see commfold show --help)");
}

TEST_CASE("an error is one line of less than 200 characters, with the file, whatever the input", "[tool]") {
  std::string const name(5000, 'x');
  auto const told = [](outcome const& o, std::string const& says) {
    refused(o, says);
    CHECK(o.err.size() < 200);
    CHECK(o.err.find('\x1b') == std::string::npos);
  };
  told(run("plan " + saved(R"({"x": 1e400})")), "config.json:1:7: the number 1e400 is too large to be read");
  told(run("plan " + saved("{\"" + name)), "config.json:1:");
  told(run("plan " + saved("{\"architectures\": [\"\\u001b[2J" + name + "\"]}")), "config.json:1:20: the architecture '\\x1b[2J");
  told(run("plan " + saved("{\"model_type\": \"llama\", \"" + name + "_size\": 1}")), "config.json:1:25: the key 'xxx");
  told(run("plan /" + std::string(200, 'd') + "/" + std::string(200, 'f') + "/config.json"), "/config.json: cannot be opened");
  told(run("plan --ranks " + std::string(50'000, '9') + " x.json"), "--ranks: must be at most ");
  told(run("plan --format " + name + " x.json"), "--format: ");
  told(run("plan --" + name + " x.json"), "commfold plan: ");
  told(run("diff --fail-on-growth " + name + " x.json y.json"), "--fail-on-growth: ");
  told(run("plan -o /no/such/folder/" + name + " " + models + "/tiny.json"), "cannot be written");
  told(run("show /proc/self/mem"), "/proc/self/mem: cannot be ");
  told(run_line("head -c 100000000 /dev/zero | tr '\\0' x | sed 's/^/{\"a\": \"/' | \"$COMMFOLD\" show -"), "<stdin>:1:");
}

TEST_CASE("plan --no-reshard-after-forward gathers once", "[tool]") {
  outcome const o = run("plan --no-reshard-after-forward " + models + "/tiny.json");
  CHECK(o.status == 0);
  CHECK(o.out.find("total                                              6") != std::string::npos);
}

TEST_CASE("one rank has nobody to communicate with: FSDP2 makes no call", "[tool]") {
  outcome const o = run("plan --ranks 1 " + models + "/tiny.json");
  CHECK(o.status == 0);
  CHECK(o.out.find("over 1 rank,") != std::string::npos);
  CHECK(o.out.ends_with("operator  group  phase  calls  message bytes    share\ntotal                       0            0 B        -\n"));
}

TEST_CASE("files that cannot be read are refused", "[tool]") {
  refused(run("plan " + (scratch() / "nowhere.json").string()), "nowhere.json: cannot be opened");
  refused(run("plan " + scratch().string()), "is a directory");
  refused(run("plan " + saved("")), "config.json:1:1: is no JSON: the file is empty");
  refused(run("plan " + saved("{\n \"hidden_size\": }")), "config.json:2:17: is no JSON: syntax error");
  refused(run("plan " + saved("[1, 2]")), "config.json:1:1: must be an object, and is an array");
}

TEST_CASE("keys that are missing are refused by name", "[tool]") {
  std::string const key =
      GENERATE("hidden_size", "intermediate_size", "num_attention_heads", "num_hidden_layers", "vocab_size", "torch_dtype");
  nlohmann::json c = tiny();
  c.erase(key);
  refused(run("plan " + saved(c.dump())), "key '" + key + "' is missing");
}

TEST_CASE("numbers that are none, or too small, or too large are refused by name", "[tool]") {
  std::string const key =
      GENERATE("hidden_size", "intermediate_size", "num_attention_heads", "num_key_value_heads", "num_hidden_layers", "vocab_size");
  nlohmann::json c = tiny();
  auto const [value, says] =
      GENERATE(std::pair{"-1", "must be positive, and is -1"}, std::pair{"0", "must be positive, and is 0"},
               std::pair{"1.5", "must be an integer, and is 1.5"}, std::pair{"\"8\"", "must be an integer, and is \"8\""},
               std::pair{"[8]", "must be an integer, and is an array"}, std::pair{"18446744073709551615", "must be at most"},
               std::pair{"1e30", "must be an integer"});
  c[key] = nlohmann::json::parse(value);
  refused(run("plan " + saved(c.dump())), "key '" + key + "' " + says);
}

TEST_CASE("models that are not known, or not whole, are refused", "[tool]") {
  auto const with = [](char const* key, nlohmann::json const& value) {
    nlohmann::json c = tiny();
    c[key] = value;
    return run("plan " + saved(c.dump()));
  };
  refused(with("architectures", {"GPT3LMHeadModel"}),
          "the architecture 'GPT3LMHeadModel' is not known; the nearest that is known is GPT2LMHeadModel");
  refused(with("architectures", {"LlamaForCausalLM", "MixtralForCausalLM"}), "must hold one name");
  refused(with("architectures", {"MixtralForCausalLM"}), "the two disagree");
  refused(with("draft_vocab_size", 8000), "the key 'draft_vocab_size' is not planned and may change shapes or dtypes");
  refused(with("num_attention_heads", 7), "does not divide");
  refused(with("num_key_value_heads", 3), "key 'num_key_value_heads' 3 does not divide num_attention_heads 8");
  refused(with("tie_word_embeddings", "no"), "must be true or false");
  refused(with("use_bias", true), "the key 'use_bias' is not planned");
  refused(with("torch_dtype", "bfloat61"), "bfloat16");
  refused(with("torch_dtype", "int8"), "float32, float16 and bfloat16");

  nlohmann::json huge = tiny();
  huge["hidden_size"] = huge["vocab_size"] = std::size_t{1} << 40;
  refused(run("plan " + saved(huge.dump())), "config.json: the number of elements does not fit std::size_t");
  // The parameters fit, the bytes of a call do, and their sum does not.
  nlohmann::json sum = tiny();
  sum["hidden_size"] = sum["vocab_size"] = std::size_t{1} << 30;
  sum["intermediate_size"] = sum["head_dim"] = 8;
  refused(run("plan --param-dtype float32 " + saved(sum.dump())), "config.json: ");
}

TEST_CASE("a shard that does not divide is refused, and says by how much it would be padded", "[tool]") {
  nlohmann::json c = tiny();
  c["vocab_size"] = 32001;
  std::string const file = saved(c.dump());
  refused(run("plan " + file), "embed has 32001 rows, which 8 ranks do not divide: FSDP2 pads it by 7 rows, 3584 elements");
  outcome const padded = run("plan --pad " + file);
  CHECK(padded.status == 0);
  CHECK(padded.out.find("padded by 7 168\n") != std::string::npos);
}

TEST_CASE("plan writes every format, to the standard output and to a file alike", "[tool]") {
  auto const [format, opening] = GENERATE_COPY(
      std::pair{"text", models + "/tiny.json\nparameters  38 406 656\n"},
      std::pair{"markdown",
                std::string("/tiny.json`: 38 406 656 parameters. Memory of a rank: 9 601 664 B (9.2 MiB) parameters, 9 601 664 B "
                            "(9.2 MiB) gradients, 19 203 328 B (18.3 MiB) optimizer. FSDP2 over 8 ranks, ")},
      std::pair{"json", std::string("\"commfold_report\": 1")}, std::pair{"csv", std::string("operator,group")},
      std::pair{"html", std::string("<!doctype html>")}, std::pair{"chrome", std::string("traceEvents")});
  outcome const o = run("plan " + models + "/tiny.json --format " + format);
  INFO(o.out);
  CHECK(o.status == 0);
  CHECK(o.err.empty());
  CHECK(o.out.substr(0, 400).find(opening) != std::string::npos);

  std::string const file = (scratch() / "plan.out").string();
  outcome const written = run("plan " + models + "/tiny.json --output " + file + " --format " + format);
  CHECK(written.status == 0);
  CHECK(written.out.empty());
  CHECK(written.err.empty());
  CHECK(contents(file) == o.out);
}

TEST_CASE("plan --format json holds the totals, and the calls when asked for", "[tool]") {
  auto const report = nlohmann::json::parse(run("plan " + models + "/tiny.json --format json").out);
  CHECK(report.at("totals").at("calls") == 8);
  CHECK(report.at("totals").at("message_bytes") == 164902912);
  CHECK_FALSE(report.contains("calls"));
  auto const with_calls = nlohmann::json::parse(run("plan " + models + "/tiny.json --format json --calls").out);
  CHECK(with_calls.at("calls").size() == 8);
  CHECK(with_calls.at("calls")[0].at("message_bytes") == 65537024);
}

TEST_CASE("the report of a plan can be checked, and differs from another's", "[tool]") {
  std::string const resharded = (scratch() / "resharded.json").string(), kept = (scratch() / "kept.json").string();
  CHECK(run("plan " + models + "/tiny.json --format json --calls -o " + resharded).status == 0);
  CHECK(run("plan " + models + "/tiny.json --format json --no-reshard-after-forward -o " + kept).status == 0);
  std::string const budget =
      shell::saved("budget.json", R"({"commfold_budget": 1, "rules": [{"message_bytes": {"at_least": 164902912, "at_most": 164902912}}]})");
  CHECK(run("check " + resharded + " " + budget).out == "within budget: 1 rule\n");
  // Two gathers of 5 638 144 B less.
  outcome const broken = run("check " + kept + " " + budget);
  CHECK(broken.status == 1);
  CHECK(broken.out.starts_with("rule 1: message bytes: 153 626 624 B (146.5 MiB), at least 164 902 912 B (157.3 MiB); largest: "));
  CHECK(run("diff " + resharded + " " + kept).out.find("\nvanished  c10d::_allgather_base_") != std::string::npos);
  CHECK(run("diff --fail-on-growth 5% " + resharded + " " + kept).status == 0);
  CHECK(run("diff --fail-on-growth 5% " + kept + " " + resharded).status == 1);
}

TEST_CASE("plan that is refused leaves the file that it should write as it was", "[tool]") {
  std::string const file = shell::saved("old.json", "old");
  refused(run("plan " + (scratch() / "nowhere.json").string() + " --format json -o " + file), "nowhere.json: cannot be opened");
  CHECK(contents(file) == "old");
}

TEST_CASE("wrong words on the command line are refused", "[tool]") {
  std::string const tiny_file = models + "/tiny.json";
  refused_with(run(""), "commfold: A subcommand is required (see commfold --help)");
  refused_with(run("plan"), "commfold plan: config is required (see commfold plan --help)");
  refused(run("plan --ranks 0 " + tiny_file), "commfold plan: --ranks: must be a positive integer, and is 0");
  refused(run("plan --ranks -3 " + tiny_file), "commfold plan: --ranks: must be a positive integer, and is -3");
  refused(run("plan --ranks 1.5 " + tiny_file), "commfold plan: --ranks: must be a positive integer, and is 1.5");
  refused_with(run("plan --ranks 18446744073709551616 " + tiny_file),
               "commfold plan: --ranks: must be at most 18446744073709551615, and is 18446744073709551616");
  refused_with(run("plan --ranks 99999999999999999999 " + tiny_file),
               "commfold plan: --ranks: must be at most 18446744073709551615, and is 99999999999999999999");
  refused(run("plan --ranks 0x10 " + tiny_file), "commfold plan: --ranks: must be a positive integer, and is 0x10");
  refused(run("plan --ranks \"1'000\" " + tiny_file), "commfold plan: --ranks: must be a positive integer, and is 1'000");
  refused(run("plan --ranks '' " + tiny_file), "commfold plan: --ranks: ");
  refused(run("plan --rank 8 " + tiny_file), "commfold plan: ");
  refused(run("plan --format xml " + tiny_file), "--format: xml not in {text,markdown,json,csv,html,chrome}");
  refused_with(run("plot " + tiny_file),
               "commfold: 'plot' is no command; the commands are plan, show, wire, check, diff (see commfold --help)");
  refused_with(run("--plot"), "commfold: The following argument was not expected: --plot (see commfold --help)");
  refused(run("\"$(printf 'a\\nb\\033c')\""), "commfold: 'a\\nb\\x1bc' is no command");
  refused(run("plan --param-dtype bf61 " + tiny_file), "commfold plan: --param-dtype: no dtype is called 'bf61'; did you mean ");
  refused(run("plan --param-dtype '' " + tiny_file), "commfold plan: --param-dtype: ");
  refused(run("plan --reduce-dtype= " + tiny_file), "commfold plan: ");
  refused_with(run("plan --experts fused " + tiny_file), "commfold plan: " + tiny_file + ": --experts: the model has no experts");
  refused_with(run("plan --calls --format csv " + tiny_file),
               "commfold plan: --calls: a report in csv holds no single calls; text, json, html and chrome do");
  refused(run("plan --calls --format markdown " + tiny_file), "--calls: a report in markdown holds no single calls");
  refused(run("plan -o '' " + tiny_file), "commfold plan: ");
  refused(run("plan -o " + scratch().string() + " " + tiny_file), scratch().string() + ": is a directory");
}

TEST_CASE("help is printed, says the exit statuses, and is no failure", "[tool]") {
  auto const [command, says] =
      GENERATE(std::pair{"", "check "}, std::pair{"plan ", "--no-reshard-after-forward"}, std::pair{"show ", "commfold show traffic.json"},
               std::pair{"check ", "\"commfold_budget\": 1"}, std::pair{"diff ", "--fail-on-growth 5%"});
  outcome const o = run(std::string(command) + "--help");
  CHECK(o.status == 0);
  CHECK(o.err.empty());
  CHECK(o.out.find(says) != std::string::npos);
  // Word by word, since releases of CLI11 break and pad lines in ways of their own.
  std::istringstream help(o.out);
  std::string words;
  for (std::string word; help >> word;) words += word + " ";
  CHECK(words.find("Exit status: 0 when all is well, 1 when a budget is broken or growth is above its limit, 2 when the input or the "
                   "command line is wrong, or the output cannot be written. ") != std::string::npos);
  CHECK(o.out.find("commfold " + std::string(command)) != std::string::npos);
}

TEST_CASE("the version is printed", "[tool]") {
  outcome const o = run(GENERATE("--version", "-V"));
  CHECK(o.status == 0);
  CHECK(o.out.starts_with("commfold "));
  CHECK(o.out.size() >= std::string("commfold 0.0.0\n").size());
}

TEST_CASE("what cannot be printed is no success", "[tool]") {
  refused_with(run_line("\"$COMMFOLD\" plan " + models + "/tiny.json >/dev/full"),
               "commfold plan: standard output: cannot be written: No space left on device");
  refused_with(run_line("\"$COMMFOLD\" --help >/dev/full"), "commfold: standard output: cannot be written: No space left on device");
}

TEST_CASE("plan says what a token meets, and what it leaves out", "[tool]") {
  std::string const families = std::string(COMMFOLD_TEST_DATA) + "/models/";
  CHECK(run("plan --pad " + families + "mixtral-8x7b.json").out.find("\nparameters  46 702 792 704\nactive      12 879 925 248\n") !=
        std::string::npos);
  CHECK(run("plan --pad --format markdown " + families + "gpt-oss-20b.json").out.find(" parameters, of which a token uses ") !=
        std::string::npos);
  CHECK(run("plan --pad " + families + "gpt-oss-20b.json").out.find("experts fused; per rank and step") != std::string::npos);
  CHECK(run("plan " + families + "llama-2-7b.json").out.find("active") == std::string::npos);
  CHECK(run("plan --pad " + families + "gemma-3-4b.json")
            .out.find("\nthe text model alone: what stands beside text_config is not planned\n") != std::string::npos);
  refused(run("plan --pad --experts separate " + families + "gpt-oss-20b.json"),
          "--experts: this family holds its experts fused and in no other way");
}

TEST_CASE("plan reads a checkpoint, of a file and of the standard input", "[tool]") {
  std::string const head =
      R"({"h.0.w":{"dtype":"F32","shape":[8,2],"data_offsets":[0,64]},"wte":{"dtype":"F32","shape":[8],"data_offsets":[64,96]}})";
  std::string const file = shell::saved("m.safetensors", std::string(1, static_cast<char>(head.size())) + std::string(7, '\0') + head);
  outcome const o = run("plan " + file);
  CHECK(o.status == 0);
  CHECK(o.out.starts_with(file + "\nparameters  24\nmemory      "));
  CHECK(o.out.find("\nFSDP2 over 8 ranks, gathered in float32, ") != std::string::npos);
  CHECK(run_line("\"$COMMFOLD\" plan - --format json <" + file).out == run("plan --format json " + file).out);
  refused_with(run("plan --experts fused " + file),
               "commfold plan: " + file + ": --experts: a checkpoint is planned with its experts as it holds them");
  refused_with(run("plan --ignore-key x " + file), "commfold plan: " + file + ": --ignore-key: only a configuration has keys");
  std::string const mixed = shell::saved(
      "mixed.json", R"({"a":{"dtype":"F32","shape":[8],"data_offsets":[0,32]},"b":{"dtype":"BF16","shape":[8],"data_offsets":[32,48]}})");
  refused_with(run("plan " + mixed),
               "commfold plan: " + mixed + ": holds tensors of 2 dtypes, which FSDP2 casts to one; give --param-dtype");
  CHECK(run("plan --param-dtype bf16 " + mixed).status == 0);
  refused(run("plan " + shell::saved("model.safetensors.index.json", R"({"weight_map":{"a":"gone.safetensors"}})")),
          "model.safetensors.index.json:1:1: names 1 tensor without shapes; 'gone.safetensors', whose head has them, is not beside it");
}
