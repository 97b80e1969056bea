// SPDX-License-Identifier: BSL-1.0
// What docs/from_mpi.md shows; tests/snippets.cmake cuts it from here.
#include <commfold/commfold.hpp>

#include <array>
#include <cstddef>
#include <tuple>

namespace {

namespace cf = commfold;

// [setup]
constexpr cf::process_group<"world", 4> world;  // MPI_COMM_WORLD of 4 ranks
constexpr cf::tensor<cf::f64, 8> buffer;        // double buffer[8]; count 8, MPI_DOUBLE
// [/setup]

constexpr auto calls = [](auto& comm) {
  // [calls]
  comm.all_reduce(buffer, cf::sum, world);            // MPI_Allreduce(…, 8, MPI_DOUBLE, MPI_SUM, comm)
  comm.reduce(buffer, cf::reduce_op::max, 0, world);  // MPI_Reduce(…, MPI_MAX, root 0, comm)
  comm.broadcast(buffer, 0, world);                   // MPI_Bcast(…, root 0, comm)
  comm.all_gather(buffer, world);                     // MPI_Allgather: 8 from each, 32 come back
  comm.gather(buffer, 0, world);                      // MPI_Gather, as the root makes it
  comm.scatter(buffer, 0, world);                     // MPI_Scatter: 2 to each
  comm.reduce_scatter(buffer, cf::sum, world);        // MPI_Reduce_scatter_block: 2 for each
  comm.all_to_all(buffer, world);                     // MPI_Alltoall: 2 to each
  comm.send(buffer, 1, world);                        // MPI_Send(…, dest 1, tag, comm)
  comm.recv(buffer, 3, world);                        // MPI_Recv(…, source 3, tag, comm)
  comm.sendrecv(buffer, 1, buffer, 3, world);         // MPI_Sendrecv: to 1, from 3
  comm.barrier(world);                                // MPI_Barrier
  // [/calls]
  // [vector]
  comm.all_gather(buffer, std::array{8, 8, 8, 1}, world);                          // MPI_Allgatherv: recvcounts
  comm.reduce_scatter(buffer, cf::sum, std::array{4, 2, 2, 0}, 0, world);          // MPI_Reduce_scatter: recvcounts, on rank 0
  comm.all_to_all(buffer, std::array{1, 0, 0, 2}, std::array{5, 1, 1, 1}, world);  // MPI_Alltoallv: recvcounts, sendcounts
  // [/vector]
  // [nonblocking]
  auto const dist = comm.dist();
  auto const received = dist.irecv(buffer, 3, world);  // MPI_Irecv(…, &request)
  auto const sent = dist.isend(buffer, 1, world);      // MPI_Isend(…, &request)
  dist.recv(buffer, world);                            // MPI_Recv(…, MPI_ANY_SOURCE, …)
  sent.wait();                                         // MPI_Wait
  received.wait();
  // [/nonblocking]
};
constexpr auto seen = cf::trace(calls);
static_assert(seen.calls() == 11 + 2 + 3 + 3);
static_assert(seen.total({.kind = cf::collective_kind::all_to_all}).input_bytes == 2 * 64);

namespace rows {
// [parts]
constexpr auto exchange = [](auto& comm) { comm.all_to_all(buffer, std::array{1, 0, 0, 2}, std::array{5, 1, 1, 1}, world); };
constexpr auto traffic = cf::trace(exchange);
constexpr cf::call_record call = traffic.rows()[0].call();
static_assert(call.bytes().input_bytes == 8 * 8 && call.bytes().output_bytes == 3 * 8);
static_assert(call.input_parts()[0] == 5 * 8 && call.output_parts()[3] == 2 * 8);  // bytes to rank 0, bytes from rank 3
// [/parts]
}  // namespace rows

namespace neighbours {
// [neighbour]
constexpr cf::device_mesh mesh{cf::process_group<"x", 4>{}, cf::process_group<"y", 3>{}};  // MPI_Cart_create, MPI_Cart_sub
constexpr std::size_t me = 5;
constexpr std::size_t x = mesh.coordinates(me)[0];                     // MPI_Cart_coords
constexpr std::size_t next = (x + 1) % 4, previous = (x + 4 - 1) % 4;  // MPI_Cart_shift on a periodic axis
static_assert(x == 1 && next == 2 && previous == 0);                   // ranks of the group "x"
static_assert(mesh.ranks_of<"x">(me)[next] == 8);                      // and the same neighbour as a rank of the mesh
// [/neighbour]

// [halo]
constexpr auto exchange_halo = [](auto& comm, auto const& part, auto const& ranks, std::size_t rank) {
  auto const exchange = [&](auto const& edge, std::size_t at, auto const& axis, bool periodic) {
    std::size_t const above = (at + 1) % axis.size, below = (at + axis.size - 1) % axis.size;
    bool const has_above = periodic || at + 1 < axis.size, has_below = periodic || at > 0;
    if (has_above) comm.send(edge, above, axis);
    if (has_below) comm.recv(edge, below, axis);
    if (has_below) comm.send(edge, below, axis);
    if (has_above) comm.recv(edge, above, axis);
  };
  auto const at = ranks.coordinates(rank);
  auto const row = cf::narrow(part, cf::size_c<0>, cf::size_c<0>, cf::size_c<1>);     // contiguous
  auto const column = cf::narrow(part, cf::size_c<1>, cf::size_c<0>, cf::size_c<1>);  // MPI_Type_vector: strided, and only it is counted
  comm.phase("halo", [&] {
    exchange(row, at[0], ranks.template group<"x">(), true);
    exchange(column, at[1], ranks.template group<"y">(), false);
  });
};
constexpr cf::tensor<cf::f64, 100, 50> grid;                                   // the part of one rank
constexpr auto corner = cf::trace(exchange_halo, grid, mesh, std::size_t{0});  // y = 0: one neighbour along y
constexpr auto inner = cf::trace(exchange_halo, grid, mesh, std::size_t{1});   // y = 1: two
static_assert(corner.input_bytes() == (2 * 50 + 1 * 100) * 8);                 // what it sends
static_assert(inner.input_bytes() == (2 * 50 + 2 * 100) * 8);
static_assert(inner.total({.group = "y"}).calls == 4);
// [/halo]
}  // namespace neighbours

namespace iterations {
using namespace neighbours;
// [solver]
constexpr auto solver = [](auto& comm, auto const& part, auto const& ranks, std::size_t rank) {
  comm.repeat(1000, [&] {
    exchange_halo(comm, part, ranks, rank);
    comm.phase("residual", [&] { comm.all_reduce(cf::tensor<cf::f64, 1>{}, cf::sum, ranks.template flatten<"world">()); });
  });
};
constexpr auto traffic = cf::trace(solver, grid, mesh, std::size_t{1});
static_assert(traffic.total({.phase = "halo"}).input_bytes == 1000 * 2400);
static_assert(traffic.total({.phase = "residual"}).calls == 1000);
// [/solver]
}  // namespace iterations

}  // namespace
