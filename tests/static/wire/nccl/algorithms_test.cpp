// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/nccl/algorithms.hpp>

#include <cstddef>

namespace {
namespace nccl = commfold::nccl;
using nccl::protocol;
using nccl::wire_bytes;

static_assert(nccl::all_algorithms.size() == 7 && nccl::all_protocols.size() == 3);
static_assert(name(nccl::algorithm::tree) == "Tree" && name(nccl::algorithm::ring) == "Ring");
static_assert(name(nccl::algorithm::collnet_direct) == "CollNetDirect" && name(nccl::algorithm::collnet_chain) == "CollNetChain");
static_assert(name(nccl::algorithm::nvls) == "NVLS" && name(nccl::algorithm::nvls_tree) == "NVLSTree" &&
              name(nccl::algorithm::pat) == "PAT");
static_assert(name(protocol::ll) == "LL" && name(protocol::ll128) == "LL128" && name(protocol::simple) == "Simple");

// Whole lines: 8 B in 16 B, 120 B in 128 B, bytes as they are.
static_assert(wire_bytes(protocol::ll, 0) == 0 && wire_bytes(protocol::ll128, 0) == 0 && wire_bytes(protocol::simple, 0) == 0);
static_assert(wire_bytes(protocol::ll, 1) == 16 && wire_bytes(protocol::ll, 8) == 16 && wire_bytes(protocol::ll, 9) == 32);
static_assert(wire_bytes(protocol::ll128, 1) == 128 && wire_bytes(protocol::ll128, 120) == 128 && wire_bytes(protocol::ll128, 121) == 256);
static_assert(wire_bytes(protocol::simple, 1'000'003) == 1'000'003);
static_assert(wire_bytes(protocol::ll128, 120'000'000) == 128'000'000);
static_assert(wire_bytes(protocol::simple, ~std::size_t{0}) == ~std::size_t{0});
static_assert(wire_bytes(protocol::ll, ~std::size_t{0} / 2 - 7) == ~std::size_t{0} - 15);

constexpr bool lines_tell_the_wire = [] {
  for (protocol const p : nccl::all_protocols) {
    auto const [payload, wire] = line_of(p);
    for (std::size_t lines = 0; lines != 9; ++lines)
      if (wire_bytes(p, lines * payload) != lines * wire) return false;
  }
  return true;
}();
static_assert(lines_tell_the_wire);

}  // namespace
