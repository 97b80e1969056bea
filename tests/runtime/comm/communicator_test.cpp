// SPDX-License-Identifier: BSL-1.0
// The optional hook of a communicator: where its calls stand.
#include <commfold/comm/communicator_base.hpp>

#include <commfold/tensor/tensor.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cf = commfold;

namespace {

constexpr cf::process_group<"dp", 4> dp;
using vec = cf::tensor<cf::f32, 8>;

/// Writes down where each call stands.
class path_keeper : public cf::communicator_base<path_keeper> {
 public:
  std::vector<std::string> paths;

  template <cf::operator_row Op, class... Args>
  auto call(Op op, Args const&... args) {
    paths.push_back(here_);
    return op(args...);
  }

  template <class Body>
  decltype(auto) below(std::string_view path, Body&& body) {
    struct back {
      std::string& here;
      std::string before;
      ~back() { here = before; }
    } const outer{here_, here_};
    here_ += "|" + std::string(path);
    return body();
  }

 private:
  std::string here_;
};
static_assert(cf::communicator<path_keeper> && cf::keeps_paths<path_keeper>);

}  // namespace

TEST_CASE("a communicator that keeps paths is told where its calls stand", "[comm]") {
  path_keeper comm;
  using layers = std::map<std::string, std::vector<vec>>;
  layers const model{{"a", std::vector<vec>(2)}, {"b", std::vector<vec>(1)}};
  comm.all_reduce(vec{}, cf::sum, dp);
  layers const gathered_back = comm.reduce_scatter(comm.all_gather(model, dp), cf::sum, dp);
  CHECK(gathered_back == model);
  comm.named_scope("model", [&] { comm.for_each(model, [&](auto const& layer) { comm.broadcast(layer, 0, dp); }); });
  comm.for_each(std::tuple<vec, vec>{}, [&](vec const& t) { comm.dist().all_reduce(t, cf::sum, dp); });
  std::vector<std::string> const in_model{"|[\"a\"][0]", "|[\"a\"][1]", "|[\"b\"][0]"};
  std::vector<std::string> expected{""};
  for (int times = 0; times != 2; ++times) expected.insert(expected.end(), in_model.begin(), in_model.end());
  expected.insert(expected.end(), {"|model|[\"a\"]|[0]", "|model|[\"a\"]|[1]", "|model|[\"b\"]|[0]", "|[0]", "|[1]"});
  CHECK(comm.paths == expected);
}

TEST_CASE("a scope without a name is refused where names are kept", "[comm]") {
  path_keeper comm;
  CHECK_THROWS_AS(comm.named_scope("", [] {}), cf::invalid_argument);
}

TEST_CASE("a communicator that does not care runs what it is given", "[comm]") {
  path_keeper comm;
  int ran = 0;
  comm.repeat(3, [&] { comm.phase("p", [&] { ++ran; }); });
  comm.repeat(0, [&] { ++ran; });
  CHECK(ran == 3);
  int volatile minus_one = -1;
  CHECK_THROWS_AS(comm.repeat(int{minus_one}, [] {}), cf::invalid_argument);
}
