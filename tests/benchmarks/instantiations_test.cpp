// SPDX-License-Identifier: BSL-1.0
#include <benchmarks/suite/instantiations.hpp>

#include <catch2/catch_test_macros.hpp>

#include <sstream>
#include <stdexcept>
#include <string>

using namespace bench;

TEST_CASE("a template is called by its name without arguments", "[bench]") {
  CHECK(without_arguments("std::tuple<int, std::tuple<float>>") == "std::tuple");
  CHECK(without_arguments("a<int>::b<c<d>>::e") == "a::b::e");
  CHECK(without_arguments("plain") == "plain");
  CHECK(without_arguments("commfold::extents<1UL>::numel") == "commfold::extents::numel");
  CHECK(without_arguments("a<(1 > 2)>::b") == "a::b");
  CHECK(without_arguments("a<void (std::tuple<int>)>::b") == "a::b");
}

TEST_CASE("an operator keeps the brackets that are its own", "[bench]") {
  CHECK(without_arguments("a::operator<<int>") == "a::operator<");
  CHECK(without_arguments("std::operator<<<char>") == "std::operator<<");
  CHECK(without_arguments("std::operator<=><int>") == "std::operator<=>");
  CHECK(without_arguments("p<int>::operator->") == "p::operator->");
  CHECK(without_arguments("f<int>::operator()<float>") == "f::operator()");
  CHECK(without_arguments("commfold::operator==<commfold::f32, 1UL>") == "commfold::operator==");
}

TEST_CASE("a lambda does not say where on the machine it stands", "[bench]") {
  CHECK(without_arguments("std::apply<(lambda at /home/me/a.cpp:1:2)>") == "std::apply");
  CHECK(without_arguments("f(lambda at /home/me/a.cpp:1:2)::operator()<int>") == "f(lambda)::operator()");
}

TEST_CASE("classes and functions of a time trace are counted, sums and the rest are not", "[bench]") {
  std::istringstream trace(R"({"traceEvents":[
    {"pid":1,"tid":1,"ph":"X","ts":1,"dur":2,"name":"InstantiateClass","args":{"detail":"a<int>"}},
    {"pid":1,"tid":1,"ph":"X","ts":1,"dur":2,"name":"InstantiateClass","args":{"detail":"a<float>"}},
    {"pid":1,"tid":1,"ph":"X","ts":1,"dur":2,"name":"InstantiateFunction","args":{"detail":"f<int>"}},
    {"pid":1,"tid":1,"ph":"X","ts":1,"dur":2,"name":"ParseClass","args":{"detail":"b"}},
    {"pid":1,"tid":1,"ph":"X","ts":1,"dur":2,"name":"Total InstantiateClass","args":{"count":2,"avg ms":1}},
    {"cat":"","pid":1,"tid":0,"ts":0,"ph":"M","name":"process_name","args":{"name":"clang-19"}}],"beginningOfTime":1})");
  CHECK(read_time_trace(trace) == instantiations{{"a", 2}, {"f", 1}});
}

TEST_CASE("a trace that is none is refused", "[bench]") {
  std::istringstream nothing(""), other("{}"), broken(R"({"traceEvents":[)");
  CHECK_THROWS_AS(read_time_trace(nothing), std::runtime_error);
  CHECK_THROWS_AS(read_time_trace(broken), std::runtime_error);
  CHECK_THROWS_AS(read_time_trace(other), std::runtime_error);
}

TEST_CASE("variable templates are read from the statistics", "[bench]") {
  CHECK(read_variables("    190 VarTemplate decls, 88 each (16720 bytes)\n"
                       "    3835 VarTemplateSpecialization decls, 144 each (552240 bytes)\n") == 3835);
  CHECK(read_variables("no statistics") == 0);
}

TEST_CASE("what a program instantiates above another one can be less", "[bench]") {
  CHECK(above({{"a", 5}, {"b", 2}, {"c", 1}}, {{"a", 3}, {"b", 2}, {"d", 4}}) == instantiations{{"a", 2}, {"c", 1}, {"d", -4}});
}
