// SPDX-License-Identifier: BSL-1.0
// What docs/api.md shows; tests/snippets.cmake cuts it from here. api_names.cpp asks whether the page has every name.
#include <commfold/adapt/hana.hpp>
#include <commfold/commfold.hpp>
#include <commfold/op/dynamic/dynamic_op.hpp>
#include <commfold/parallel.hpp>
#include <commfold/report.hpp>
#include <commfold/wire.hpp>

#include <boost/mp11/algorithm.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

namespace cf = commfold;
using namespace cf::literals;

// [names]
struct layer {
  cf::tensor<cf::f32, 4, 8> w;
  cf::tensor<cf::f32, 8> b;
};
constexpr cf::process_group<"dp", 4> dp;
constexpr cf::tensor<cf::f32, 4, 8> t;
constexpr std::size_t n = 3;
// [/names]

namespace sizes {
constexpr cf::fixed_text<4> longer = [] {
  cf::fixed_text<4> text("tp");
  text.append("/a");
  return text;
}();
static_assert(longer.view() == "tp/a");
// [size]
static_assert(cf::size_constant<3>::value == 3 && cf::size_c<3> > -1);        // a number as a type, and as a value
static_assert(cf::static_size<cf::size_constant<3>> && cf::size_like<int>);   // what is a constant; what is taken for a size
static_assert(cf::dyn == std::dynamic_extent);                                // stands for "known at run time only"
static_assert(cf::add(cf::size_c<2>, n) == 5);                                // a sum, checked
static_assert(cf::multiply(cf::size_c<2>, n) == 6 && cf::max_of(2, n) == 3);  // a product, the largest
static_assert(cf::ceil_div(7, 2) == 4);                                       // a quotient, rounded up
static_assert(1_KB + 1_MB + 1_GB + 1_TB == 1'001'001'001'000);                // decimal, in commfold::literals
static_assert(1_KiB + 1_MiB + 1_GiB + 1_TiB == 1'100'586'419'200);            // binary
std::string const digits = cf::group_digits(141'107'412'992);                 // "141 107 412 992"
constexpr cf::fixed_text<2> text("dp");                                       // a text in place; text.view(), text.append("…")
std::string const bytes = cf::format_bytes(141'107'412'992);                  // "141 107 412 992 B (131.4 GiB)"
// [/size]
static_assert(text.view() == "dp");
}  // namespace sizes

namespace dtypes {
// [dtype]
constexpr cf::dtype all_floats[] = {cf::f64, cf::f32, cf::f16, cf::bf16};
constexpr cf::dtype all_f8[] = {cf::f8e4m3fn, cf::f8e4m3fnuz, cf::f8e5m2, cf::f8e5m2fnuz, cf::f8e8m0fnu, cf::f8e8m0fnu_x4, cf::f4e2m1fn_x2};
constexpr cf::dtype complexes[] = {cf::c32, cf::c64, cf::c128};
constexpr cf::dtype integers[] = {cf::i8, cf::i16, cf::i32, cf::i64, cf::u8, cf::u16, cf::u32, cf::u64, cf::boolean};
constexpr cf::dtype bits_in_a_byte[] = {cf::i1, cf::i2, cf::i3, cf::i4, cf::i5, cf::i6, cf::i7,  // torch.int4, …
                                        cf::u1, cf::u2, cf::u3, cf::u4, cf::u5, cf::u6, cf::u7};
constexpr cf::dtype by_torchs_name = cf::dtype::quint4x2;                   // every dtype is an enumerator under torch's name
static_assert(cf::dtype_from_name("torch.float8_e4m3fn") == cf::f8e4m3fn);  // torch's name, the short one or safetensors'
static_assert(cf::name(cf::bf16) == "bfloat16" && cf::short_name(cf::bf16) == "bf16");
static_assert(cf::safetensors_name(cf::bf16) == "BF16");
static_assert(cf::itemsize(cf::bf16) == 2);                           // bytes of an element
static_assert(cf::bits(cf::u4) == 8 && cf::value_bits(cf::u4) == 4);  // bits in storage, and of the value alone
static_assert(cf::bytes_of(cf::dtype::quint4x2, 5) == 3);             // bytes of n elements
static_assert(cf::dtype_of<float> == cf::f32);                        // of a C++ type; specialise it for yours
static_assert(cf::dtype_of_tensor(t) == cf::f32);                     // of a tensor
// [/dtype]
static_assert(std::size(all_floats) + std::size(all_f8) + std::size(complexes) + std::size(integers) + std::size(bits_in_a_byte) == 37);
static_assert(cf::name(by_torchs_name) == "quint4x2");
}  // namespace dtypes

namespace tensors {
// [tensor]
constexpr cf::tensor<cf::bf16, cf::dyn, 4096> tokens{7};  // the run-time extents alone
constexpr cf::dynamic_tensor anything(cf::f32, {3, 4});   // dtype and shape from a file
static_assert(tokens.rank() == 2 && tokens.rank_dynamic() == 1 && tokens.static_extent(1) == 4096 && tokens.extent(0) == 7);
static_assert(tokens.extents() == cf::extents<cf::dyn, 4096>(7, 4096));  // a shape
static_assert(anything.extents() == cf::dynamic_extents{3, 4} && anything.strides() == cf::dynamic_extents{4, 1});
static_assert(anything.extents().data()[1] == 4);
static_assert(cf::extents_of(t).extent(1) == 8 && cf::rank_of(t) == 2 && cf::max_rank == 16);
static_assert(cf::numel(t) == 32);           // elements
static_assert(cf::payload_bytes(t) == 128);  // bytes of the elements
static_assert(cf::storage_bytes(t) == 128);  // bytes of the storage behind it, a view's whole base
static_assert(cf::static_payload_bytes<decltype(t)> == 128 &&
              cf::static_storage_bytes<decltype(t)> == 128);  // of a type; dyn if it cannot tell
// [/tensor]
}  // namespace tensors

namespace views {
// [view]
constexpr auto rows = cf::narrow(t, cf::size_c<0>, cf::size_c<1>, cf::size_c<2>);  // dim, start, length: tensor.narrow, t[1:3]
constexpr auto row = cf::select(t, cf::size_c<0>, cf::size_c<3>);                  // dim, index: t[3]
constexpr auto turned = cf::transpose(t, cf::size_c<0>, cf::size_c<1>);            // t.transpose(0, 1)
constexpr auto wide = cf::expand(row, cf::size_c<5>, cf::infer);                   // row.expand(5, -1)
constexpr auto flat = cf::reshape(t, cf::infer);                                   // t.reshape(-1)
constexpr auto copied = cf::contiguous(turned);                                    // turned.contiguous()
constexpr auto pieces = cf::chunk(t, cf::size_c<2>);                               // t.chunk(2)
static_assert(cf::payload_bytes(rows) == 64 && cf::storage_bytes(rows) == 128);    // a view keeps the storage of its base
static_assert(std::same_as<decltype(cf::infer), cf::infer_size const>);
// [/view]
static_assert(cf::numel(wide) == 40 && cf::numel(flat) == 32 && cf::storage_bytes(copied) == 128 && pieces.size() == 2);
}  // namespace views

namespace concepts {
// [tensor_concepts]
static_assert(cf::tensor_like<decltype(t)>);                                         // any tensor, ours or a foreign one
static_assert(cf::declared_tensor<decltype(t)> && !cf::mdspan_shaped<decltype(t)>);  // by tensor_traits; by mdspan's members
static_assert(cf::static_tensor<decltype(t)>);                                       // dtype and shape are in the type
static_assert(cf::static_dtype_tensor<decltype(t)> && cf::static_rank_tensor<decltype(t)>);
static_assert(std::same_as<cf::tensor_extents<decltype(t)>, cf::extents<4, 8>>);  // the shape of a type
static_assert(cf::tensor_traits<cf::tensor<cf::f32, 4>>::dtype == cf::f32);       // specialise it for a tensor of yours
static_assert(cf::tensor_like<decltype(views::rows)>);                            // a cf::view
// [/tensor_concepts]
template <class T>
inline constexpr bool is_view = false;
template <cf::dtype D, class E, class S, std::size_t N>
inline constexpr bool is_view<cf::view<D, E, S, N>> = true;
static_assert(is_view<std::remove_const_t<decltype(views::rows)>>);
}  // namespace concepts

namespace trees {
constexpr auto bytes_of_one = [](auto const& leaf) { return std::size_t{cf::sum_bytes(leaf)}; };
constexpr auto add_bytes = [](std::size_t sum, auto const& leaf) { return sum + cf::sum_bytes(leaf); };
constexpr auto is_float = [](auto const& leaf) { return cf::dtype_of_tensor(leaf) == cf::f32; };
// [sum]
static_assert(cf::sum_tensors_v<layer> == 160);      // bytes of a tree type, every leaf static
static_assert(cf::sum_tensors(layer{}) == 160);      // bytes of a tree; a constant where every leaf is static
static_assert(cf::sum_bytes(t) == 128);              // bytes of one tensor: the storage behind it
static_assert(cf::static_tree_bytes<layer> == 160);  // of a type; dyn if it cannot tell
static_assert(cf::static_tree<layer>);               // a tree whose type tells all of its bytes
static_assert(cf::leaf_count<layer> == 2);           // leaves; dyn if the type cannot tell
// [/sum]

// [tree]
constexpr auto sized = cf::tree_map(bytes_of_one, layer{});                     // the same tree with other leaves
constexpr auto only = cf::tree_map_only(cf::is_tensor, bytes_of_one, layer{});  // f on the leaves that a predicate picks
constexpr auto one = cf::tree_map_only(cf::is_type<cf::tensor<cf::f32, 8>>, bytes_of_one, layer{});
static_assert(cf::tree_fold(add_bytes, std::size_t{0}, layer{}) == 160);  // f(… f(f(s, leaf_0), leaf_1) …)
static_assert(cf::tree_all(is_float, layer{}) && cf::tree_any(is_float, layer{}));
constexpr auto leaves = cf::tree_leaves(layer{});             // a leaf_tuple, or a std::vector
constexpr auto structure = cf::tree_structure(layer{});       // the tree without its leaves
constexpr auto back = cf::tree_unflatten(structure, leaves);  // and together again
constexpr auto flat = cf::tree_flatten(layer{});              // both: auto [leaves, structure]
// [/tree]
static_assert(sized == only && cf::get<0>(one) == t && back.b == cf::tensor<cf::f32, 8>{} && flat.structure == structure);

[[maybe_unused]] void with_paths() {
  auto const show = [](auto const& path, auto const&) { return to_string(path); };
  auto const join = [](std::string all, auto const& path, auto const&) { return all + to_string(path); };
  auto const below_w = [](auto const& path, auto const&) { return path == "w"; };
  // [paths]
  cf::tree_for_each([](auto const& leaf) { static_cast<void>(leaf); }, layer{});  // every leaf, in order
  cf::tree_for_each_with_path([](cf::tree_path const& path, auto const&) { static_cast<void>(path); }, layer{});
  auto const names = cf::tree_map_with_path(show, layer{});  // f(path, leaf)
  auto const some = cf::tree_map_only_with_path(cf::is_tensor, show, layer{});
  auto const all = cf::tree_fold_with_path(join, std::string(), layer{});
  bool const any = cf::tree_any_with_path(below_w, layer{}) && !cf::tree_all_with_path(below_w, layer{});
  auto const paths = cf::tree_paths(layer{});              // "w", "b"
  auto const both = cf::tree_leaves_with_path(layer{});    // paths and leaves
  auto const three = cf::tree_flatten_with_path(layer{});  // paths, leaves, structure
  // [/paths]
  static_cast<void>(std::tuple{names, some, all, any, paths, both, three});
}

// [node]
static_assert(cf::kind_of<layer> == cf::node_kind::product);  // tensor, product, sequence, choice or opaque
static_assert(cf::product_node<layer> && cf::sequence_node<std::vector<layer>> && cf::tree_node<layer>);
static_assert(cf::choice_node<std::variant<layer, int>> && cf::tree_leaf<int>);
static_assert(cf::congruent<layer, layer>);                                          // alike in structure, by type
static_assert(std::same_as<cf::first_difference<layer, layer>, cf::no_difference>);  // else cf::differs_at<positions...>
static_assert(cf::mappable_tree<layer> && cf::stateless<layer>);                     // can be mapped; all values are alike
static_assert(cf::holds_tensors<layer> && !cf::holds_tensors<std::vector<double>>);  // whether a tensor can be in it
static_assert(std::same_as<cf::unknown_leaves<layer>, boost::mp11::mp_list<>>);      // classes that are still to be described
// [/node]
}  // namespace trees

namespace results {
// [tree_results]
using leaves = decltype(cf::tree_leaves(layer{}));
static_assert(std::same_as<leaves, cf::leaf_tuple<cf::tensor<cf::f32, 4, 8>, cf::tensor<cf::f32, 8>>>);  // get<0>(l), l.at<0>()
constexpr auto mapped = cf::tree_map([](auto const&) { return 1; }, layer{});
static_assert(std::same_as<std::remove_const_t<decltype(mapped)>, cf::mapped_struct<layer, int, int>>);  // of the struct's members:
static_assert(cf::get<&layer::w>(mapped) == 1 && mapped.at<0>() == 1 && mapped.children().at<1>() == 1);
constexpr auto parts_of = []<class L, class S>(cf::flattened<L, S> const& f) { return std::tuple{f.leaves, f.structure}; };
constexpr auto three_of = []<class L, class S, class P>(cf::flattened_with_path<L, S, P> const& f) { return f.paths; };
constexpr auto two_of = []<class L, class P>(cf::leaves_with_path<L, P> const& f) { return f.paths; };
static_assert(std::same_as<cf::tree_path, cf::basic_tree_path<cf::path_step>>);  // a step: a name, a position or a key
constexpr auto shape_of = []<class S>(cf::structure<S> const&) { return S{}; };  // with a cf::leaf_slot for each leaf
// [/tree_results]
constexpr auto used = parts_of(cf::tree_flatten(layer{}));
constexpr auto slots = shape_of(cf::tree_structure(t));
static_assert(std::same_as<std::remove_const_t<decltype(slots)>, cf::leaf_slot<cf::tensor<cf::f32, 4, 8>>>);
static_assert(std::get<0>(used) == cf::tree_leaves(layer{}));
[[maybe_unused]] std::size_t paths_of() {
  return three_of(cf::tree_flatten_with_path(layer{})).size() + two_of(cf::tree_leaves_with_path(layer{})).size();
}
}  // namespace results

namespace groups {
// [group]
constexpr cf::process_group<"tp", 8> tp;        // name and size in the type
constexpr cf::process_group<"pp"> pp{n};        // the size at run time
cf::dynamic_group const from_a_file("ep", 16);  // both at run time
static_assert(tp.size == 8 && tp.name() == "tp" && cf::any_group<decltype(tp)>);
constexpr cf::device_mesh mesh{dp, tp};  // row-major, as torch's DeviceMesh
static_assert(mesh.size == 32 && mesh.rank() == 2 && mesh.shape()[1] == 8 && mesh.names()[1] == "tp");
static_assert(mesh.group<"tp">() == tp);                                          // the group along an axis
static_assert(mesh.slice<"tp">().size == 8);                                      // the mesh of some axes
static_assert(mesh.flatten<"world">() == cf::process_group<"world", 32>{});       // all ranks as one group
static_assert(mesh.coordinates(9)[0] == 1 && mesh.rank_at({1, 1}) == 9);          // of a rank, and back
static_assert(mesh.ranks_of<"dp">(1) == std::vector<std::size_t>{1, 9, 17, 25});  // the ranks of rank 1's group
// [/group]
static_assert(pp.size == n);

// [reduce_op]
constexpr cf::reduce_op often[] = {cf::sum, cf::avg};
constexpr cf::reduce_op others[] = {cf::reduce_op::product, cf::reduce_op::min,  cf::reduce_op::max,       cf::reduce_op::band,
                                    cf::reduce_op::bor,     cf::reduce_op::bxor, cf::reduce_op::premul_sum};
static_assert(cf::name(cf::reduce_op::max) == "max" && std::size(cf::all_reduce_ops) == 9);
// [/reduce_op]
static_assert(std::size(often) + std::size(others) == std::size(cf::all_reduce_ops));
}  // namespace groups

namespace operators {
constexpr auto gather = cf::c10d_functional::all_gather_into_tensor;
// [op]
constexpr auto full = cf::c10d_functional::all_gather_into_tensor(t, dp.size, dp);  // an operator infers its result
constexpr auto args = std::tuple{t, dp.size, dp};
static_assert(cf::collective_op::get_comm_tensor_size(gather, full, args) == 512);  // PyTorch's size: storage
static_assert(cf::collective_op::get_process_group(gather, args) == dp);
static_assert(cf::collective_op::input_bytes(gather, full, args) == 128);    // payload: what this rank hands in,
static_assert(cf::collective_op::output_bytes(gather, full, args) == 512);   // what it gets out,
static_assert(cf::collective_op::message_bytes(gather, full, args) == 512);  // and the S of nccl-tests
static_assert(cf::collective_op::sum_tensors(args) == 128);
static_assert(cf::operator_row<cf::c10d::allreduce_t> && cf::name(gather.kind) == "all_gather");  // a cf::collective_kind
// [/op]

[[maybe_unused]] void works() {
  // [work]
  auto const [tensors, work] = cf::c10d::allreduce_(std::array{t}, dp, cf::sum, std::nullopt);
  bool const done = work.wait() && work.is_completed() && work.is_success();  // a cf::fake_work is done at once
  auto const result = cf::collective_op::get_work(cf::c10d::allreduce_, std::tuple{tensors, work}).result();
  auto const fake = cf::create_fakework(std::tuple{t, dp});  // {t, work}; std::false_type{}: the work
  auto const id = cf::generate_unique_id();                  // never given twice; work.seq_id()
  static_assert(cf::any_work<decltype(work)>);
  // [/work]
  static_cast<void>(std::tuple{done, result, fake, id, work.seq_id()});
}

[[maybe_unused]] void by_rank() {
  // [by_rank]
  auto const blocks = std::array<std::size_t, 4>{1, 2, 1, 0};  // one a rank: cf::split_sizes
  auto const exchange = cf::c10d_functional::all_to_all_single;
  auto const result = exchange(t, cf::even_split, cf::even_split, dp);  // even_split: None in PyTorch
  auto const uneven = std::tuple{t, blocks, blocks, dp};
  auto const sent = cf::collective_op::input_bytes_by_rank(exchange, result, uneven);  // to each rank of the group
  auto const received = cf::collective_op::output_bytes_by_rank(exchange, result, uneven);
  // [/by_rank]
  static_cast<void>(std::tuple{sent, received});
}

[[maybe_unused]] void by_name() {
  // [dynamic]
  cf::dynamic_op const op = cf::find_op("c10d::allreduce_");                         // by its name
  cf::call_arguments const call{.args = {cf::dynamic_value::list(t), dp, cf::sum}};  // .kwargs, .groups
  cf::dynamic_value const made = op(call);
  std::size_t const all = cf::all_ops().size() + cf::sum_tensors(made);  // every operator; a value is a tree
  std::size_t const size = op.get_comm_tensor_size(made, call) + op.message_bytes(made, call);
  auto const tuple = cf::dynamic_value::tuple(3, true, "text", cf::dynamic_value());  // None is the empty value
  auto const dict = cf::dynamic_value::dict({{"w", t}, {"b", 2}});                    // a cf::dictionary under cf::dict_key
  auto const list = cf::dynamic_value::list_of({1, 2});                               // of a run-time length; tuple_of
  bool const three = tuple.elements()[0].as_integer() == 3 && tuple.kind() == cf::value_kind::tuple && dict.is(cf::value_kind::dict);
  std::size_t const sizes = tuple.elements()[0].as_size() + (tuple.elements()[1].as_bool() ? 1 : 0);  // as_string, as_tensor, as_group, …
  cf::dict_key const key = dict.as_dict().find("w")->first;                                           // its .text(), or its .integer()
  bool const same = tuple.elements()[3] == cf::dynamic_value(cf::dynamic_value::none{}) && key.text() != nullptr;
  static_assert(cf::max_value_depth == 1000);  // lists in lists
  // [/dynamic]
  static_cast<void>(std::tuple{sizes, same});
  static_cast<void>(std::tuple{all, size, list, three, op.name(), op.schema(), op.parameters(), op.returns(), op.rules(), op.group()});
}
}  // namespace operators

namespace calls {
constexpr std::array<std::size_t, 4> counts{1, 2, 4, 1};
constexpr auto mpi = [](auto& comm, auto const& tree) {
  // [mpi]
  comm.all_reduce(tree, cf::sum, dp);  // a tensor or a tree; returns a tree of results
  comm.reduce(tree, cf::sum, 0, dp);   // root 0
  comm.broadcast(tree, 0, dp);
  comm.all_gather(tree, dp);                       // along dimension 0
  comm.all_gather(t, std::array{4, 2, 4, 1}, dp);  // MPI_Allgatherv: uneven extents, one a rank
  comm.gather(tree, 0, dp);
  comm.scatter(tree, 0, dp);
  comm.reduce_scatter(tree, cf::avg, dp);
  comm.reduce_scatter(tree, cf::avg, counts, 2, dp);  // MPI_Reduce_scatter: uneven blocks; the rank that calls
  comm.all_to_all(tree, dp);
  comm.all_to_all(t, std::array{0, 2, 1, 1}, std::array{1, 1, 1, 1}, dp);  // MPI_Alltoallv: output sizes, input sizes
  comm.send(tree, 1, dp);                                                  // to rank 1 of the group
  comm.recv(tree, 3, dp);                                                  // a tree like this one, from rank 3
  comm.sendrecv(tree, 1, t, 3, dp);
  comm.barrier(dp);
  comm.all_reduce_coalesced(tree, cf::sum, dp);  // one call for the whole tree
  comm.all_gather_coalesced(tree, dp);
  comm.reduce_scatter_coalesced(tree, cf::avg, dp);
  comm.all_gather_into_tensor(cf::tensor<cf::f32, 16, 8>{}, t, dp);  // into a buffer that is given
  comm.reduce_scatter_tensor(t, cf::tensor<cf::f32, 16, 8>{}, cf::avg, dp);
  comm.call(cf::c10d::allreduce_, std::array{t}, dp, cf::sum, std::nullopt);  // any operator, with the arguments of its schema
  // [/mpi]
};
constexpr auto parts = [](auto& comm, auto const& tree) {
  // [parts]
  comm.phase("backward", [&] { comm.all_reduce(tree, cf::sum, dp); });      // names a part of the step; nests
  comm.named_scope("layers", [&] { comm.all_reduce(tree, cf::sum, dp); });  // a name above the tensors' paths
  comm.repeat(8, [&] { comm.all_reduce(tree, cf::sum, dp); });              // once, counted 8 times
  comm.for_each(tree, [&](auto const& child) { comm.all_reduce(child, cf::sum, dp); });
  // [/parts]
};
constexpr auto torch = [](auto& comm) {
  constexpr cf::tensor<cf::f32, 16, 8> full;
  constexpr std::array<cf::tensor<cf::f32, 4, 8>, 4> list{};
  // [dist]
  auto const dist = comm.dist();  // torch.distributed: in place; returns the work
  dist.all_reduce(t, cf::sum, dp);
  dist.broadcast(t, 0, dp);
  dist.reduce(t, 0, cf::sum, dp);
  dist.all_gather(list, t, dp);  // a list with one tensor a rank
  dist.all_gather_into_tensor(full, t, dp);
  dist.reduce_scatter(t, list, cf::sum, dp);
  dist.reduce_scatter_tensor(t, full, cf::sum, dp);
  dist.gather(t, list, 0, dp);  // on the root; dist.gather(t, 0, dp) elsewhere
  dist.gather_single(t, full, 0, dp);
  dist.scatter(t, list, 0, dp);  // on the root; dist.scatter(t, 0, dp) elsewhere
  dist.all_to_all(list, list, dp);
  dist.all_to_all_single(t, t, dp);  // …(out, in, output_split_sizes, input_split_sizes, dp)
  dist.send(t, 1, dp);               // …(t, 1, dp, tag); so have the next three
  dist.isend(t, 1, dp);
  dist.recv(t, 3, dp);  // recv(t, dp): from whichever rank sends first
  dist.irecv(t, 3, dp);
  dist.batch_isend_irecv(cf::p2p_isend{t, 1, dp}, cf::p2p_irecv{t, 3, dp});
  dist.barrier(dp);
  dist.monitored_barrier(dp);
  dist.all_reduce_coalesced(list, cf::sum, dp);
  dist.all_gather_coalesced(std::array{list, list, list, list}, list, dp);
  dist.coalescing(dp, [&](auto& batch) { batch.all_reduce(t, cf::sum); });  // _coalescing_manager; a cf::coalesced_calls
  dist.all_gather_object(100, dp);                                          // objects, by the bytes that they are serialized to
  dist.gather_object(100, 0, dp);
  dist.scatter_object_list(100, 0, dp);
  dist.broadcast_object_list(std::array{100, 20}, 0, dp);
  dist.send_object_list(std::array{100, 20}, 1, dp);
  dist.recv_object_list(std::array{100, 20}, 3, dp);
  // [/dist]
  // [nn]
  auto const nn = comm.dist().nn();  // torch.distributed.nn.functional; each has its …_backward
  nn.broadcast(t, 0, dp);
  nn.gather(t, 0, dp);
  nn.scatter(list, 0, dp);
  nn.reduce(t, 0, cf::sum, dp);
  nn.reduce_scatter(t, list, cf::sum, dp);
  nn.all_gather(t, dp);
  nn.all_to_all(list, list, dp);
  nn.all_to_all_single(t, t, std::array{1, 1, 1, 1}, std::array{1, 1, 1, 1}, dp);
  nn.all_reduce(t, cf::sum, dp);
  nn.all_reduce_backward(t, cf::sum, dp);
  // [/nn]
  // [funcol]
  auto const funcol = comm.funcol();  // _functional_collectives: fresh tensors
  funcol.all_reduce(t, cf::sum, dp);
  funcol.broadcast(t, 0, dp);
  funcol.all_gather_single(t, cf::size_c<1>, dp);               // all_gather_tensor before PyTorch 2.14
  funcol.reduce_scatter_single(t, cf::sum, cf::size_c<0>, dp);  // reduce_scatter_tensor before 2.14
  funcol.all_to_all_single(t, cf::even_split, cf::even_split, dp);
  funcol.all_gather_single_autograd(t, cf::size_c<0>, dp);  // …_autograd have a …_autograd_backward
  funcol.reduce_scatter_single_autograd(t, cf::sum, cf::size_c<0>, dp);
  funcol.all_to_all_single_autograd(t, cf::even_split, cf::even_split, dp);
  funcol.all_reduce_coalesced(list, cf::sum, dp);
  funcol.all_gather_single_coalesced(list, dp);  // all_gather_into_tensor_coalesced before 2.14
  funcol.reduce_scatter_single_coalesced(list, cf::sum, cf::size_c<0>, dp);
  funcol.permute_tensor(t, std::array{1, 2, 3, 0}, 0, dp);  // rank i sends to src_dst[i]; the rank that calls
  funcol.isend_inplace(t, 1, 0, dp);                        // dst, tag
  funcol.irecv_inplace(t, 3, 0, dp);
  funcol.batch_p2p_ops_inplace(std::array<std::string_view, 1>{"isend"}, std::array{1}, std::array{0}, std::array{t}, dp);
  funcol.wait_tensor(t);  // the tensor itself; not recorded
  // [/funcol]
};
constexpr auto seen = cf::trace<100>(torch);
constexpr auto mpi_seen = cf::trace<100>(mpi, cf::tensor<cf::f32, 8, 8>{});
constexpr auto parts_seen = cf::trace(parts, layer{});
static_assert(seen.calls() > 40 && mpi_seen.calls() > 20 && parts_seen.calls() == 22);
}  // namespace calls

namespace traces {
constexpr auto step = [](auto& comm, auto const& tree) { comm.phase("forward", [&] { comm.broadcast(tree, 0, dp); }); };
// [trace]
constexpr auto traffic = cf::trace(step, layer{});  // a cf::ledger<64>: equal calls are one row
static_assert(traffic.calls() == 2 && traffic.message_bytes() == 160);
static_assert(traffic.input_bytes() + traffic.output_bytes() == 320);
static_assert(traffic.total({.group = dp, .phase = "forward"}).calls == 2);  // a cf::call_filter; cf::traffic_totals
static_assert(traffic.total({.kind = cf::collective_kind::broadcast, .dtype = cf::f32}).message_bytes == 160);
static_assert(traffic.total({.message_size = {.at_least = 100}}).calls == 1);             // a cf::byte_range
static_assert(traffic.slice({.op = cf::c10d_functional::broadcast}).rows().size() == 2);  // of cf::ledger_row
constexpr cf::call_record one = traffic.rows()[0].call();  // op, kind, group, phase, dtype, bytes, root, peer
static_assert(one.op() == "_c10d_functional::broadcast" && one.root() == 0 && !one.peer() && one.bytes().message_bytes == 128);
static_assert(one.kind() == cf::collective_kind::broadcast && one.group() == "dp" && one.group_size() == 4 && one.phase() == "forward");
static_assert(one.dtype() == cf::f32 && one.parts() == cf::parts_state::even);  // else input_parts(), output_parts()
static_assert(one.tensor_parts().empty() && !one.several());  // of a coalesced reduce_scatter; whether the message is a list of several
constexpr auto by_group = cf::totals_by(traffic, cf::call_key::group | cf::call_key::phase);  // a cf::traffic_slices of cf::subtotal
static_assert(by_group.slices()[0].totals().calls == 2 && by_group.slices()[0].like().group() == "dp");
// [/trace]

// [record]
constexpr cf::call_bytes bytes = one.bytes();                                  // input_bytes, output_bytes, message_bytes
constexpr cf::call_summary summary = one.summary();                            // all but the phase and the parts
constexpr cf::parts_view parts = one.all_parts();                              // input, output, tensors: of cf::bytes_by_rank
constexpr cf::call_filter filter{.op = cf::operator_name("c10d::allreduce_"),  // what the fields of a filter are made of
                                 .kind = cf::kind_of_collective(cf::collective_kind::all_reduce),
                                 .group = cf::group_name("tp"),
                                 .phase = cf::phase_name("backward")};
constexpr auto needs = [](cf::call_parts const& p) { return p.input.size(); };   // a std::vector for each side
static_assert(std::same_as<cf::call_log, cf::basic_call_log<cf::call_record>>);  // log.reserve(calls); recorders use log.write
// [/record]
static_assert(needs(cf::call_parts{}) == 0 && bytes.message_bytes == 128 && summary.bytes == bytes && parts.are_empty() && !filter(one));

// [gloo]
constexpr cf::gloo::all_reduce over_gloo(1028, 4, 4);  // 1028 B, 4 ranks, elements of 4 B
constexpr cf::wire::rank_traffic put = cf::wire::traffic_of(over_gloo, 3);
static_assert(put.sent_bytes == 1556 && put.sent_messages == 12);                        // payload
static_assert(cf::gloo::socket_bytes(put) == 1556 + 12 * cf::gloo::framing::each_sent +  // and headers
                                                 12 * cf::gloo::framing::each_received);
constexpr cf::gloo::reduce to_root(1028, 4, 4, 2);                                    // 2: the root
static_assert(cf::wire::sent_bytes(cf::gloo::broadcast(1028, 4, 2), 2) == 2 * 1028);  // a binomial tree
static_assert(cf::wire::sent_bytes(cf::gloo::all_gather(257, 4), 0) == 3 * 257);      // blocks of 257 B
static_assert(cf::wire::sent_bytes(cf::gloo::gather(257, 4, 2), 0) == 257);
static_assert(cf::wire::sent_bytes(cf::gloo::scatter(257, 4, 2), 2) == 3 * 257);
static_assert(cf::wire::sent_bytes(cf::gloo::all_to_all(257, 4), 0) == 3 * 257);  // all_to_all_v: a matrix of blocks
static_assert(cf::wire::rounds(cf::gloo::barrier(5)) == 3);
static_assert(cf::wire::sent_bytes(cf::gloo::monitored_barrier(5), 0) == 4 * cf::gloo::monitored_barrier::word);
static_assert(cf::wire::sent_bytes(cf::gloo::point_to_point(8, 4, 1, 3), 1) == 8);
constexpr std::size_t sent_by_rank_3 = [] {  // in all that PyTorch runs for a record
  std::size_t all = 0;
  cf::gloo::schedules_of(one, 3, [&](auto const& schedule) { all += cf::wire::sent_bytes(schedule, 3); });
  return all;  // schedules of one rank alone are a cf::gloo::side_of_rank, all_to_all_of_rank
}();
// [/gloo]
static_assert(sent_by_rank_3 == 0 && one.root() == 0 && cf::wire::sent_bytes(to_root, 2) == 764);

[[maybe_unused]] void at_run_time() {
  // [log]
  cf::ledger<cf::dyn> const all = cf::trace<cf::dyn>(step, layer{});  // any number of rows
  cf::call_log const calls = cf::log(step, layer{});                  // every call, in order
  cf::path_log const paths = cf::log_with_paths(step, layer{});       // of cf::call_at: call, path
  bool const first = calls.calls()[0].phase() == "forward" && paths.calls()[0].path == "w";
  // [/log]
  static_cast<void>(std::tuple{all.calls(), first});
}
}  // namespace traces

namespace budgets {
using traces::traffic;
// [budget]
constexpr cf::budget limit{.of = {.phase = "forward"}, .message_bytes = {.at_most = 1_KB}, .calls = {.at_most = 2}};
COMMFOLD_ASSERT_BUDGET(traffic, limit);                                                 // a compile error where it is broken
static_assert(cf::within(traffic, limit));                                              // yes or no
constexpr cf::budget never{.of = {.op = cf::c10d::allreduce_}, .calls = cf::no_calls};  // a cf::call_range
constexpr cf::budget more{.message_bytes = {.at_least = 1}, .input_bytes = {}, .output_bytes = {}, .message_size = {.at_most = 128}};
// [/budget]
[[maybe_unused]] void at_run_time() {
  // [check]
  for (cf::budget_violation const& broken : cf::check(traffic, more)) {  // a cf::basic_budget_violation<std::string>
    std::puts(to_string(broken).c_str());
    cf::budget_measure const what = broken.what;                 // and rule, of, found, limit, …
    cf::budget_contribution const& largest = broken.largest[0];  // a cf::basic_budget_contribution<std::string>
    static_cast<void>(std::tuple{what, largest.amount});
  }
  // [/check]
}
static_assert(cf::within(traffic, never));
}  // namespace budgets

namespace reports {
using traces::traffic;
[[maybe_unused]] void all() {
  auto const log = cf::log_with_paths(traces::step, layer{});
  // [report]
  std::string const text = cf::text_report(traffic);  // a table; or of a log, a line a call
  std::string const markdown = cf::markdown_report(traffic, "a title");
  std::string const json = cf::json_report(traffic, log);  // the log may be left out
  std::string const csv = cf::csv_report(traffic);         // or of a log
  std::string const html = cf::html_report(traffic, log);  // one page; the log may be left out
  std::string const events = cf::chrome_trace(log);        // for Perfetto
  // [/report]
}
}  // namespace reports

namespace errors {
// [error]
static_assert(std::derived_from<cf::overflow_error, cf::error> && std::derived_from<cf::overflow_error, std::overflow_error>);
static_assert(std::derived_from<cf::invalid_argument, cf::error> && std::derived_from<cf::invalid_argument, std::invalid_argument>);
static_assert(std::derived_from<cf::structure_error, cf::invalid_argument>);  // trees that differ in structure
// [/error]
}  // namespace errors

namespace own {
// [communicator]
class call_counter : public cf::communicator_base<call_counter> {  // adds MPI's words, dist(), funcol(), phase, …
 public:
  std::size_t calls = 0;
  template <cf::operator_row Op, class... Args>
  constexpr auto call(Op op, Args const&... args) {
    ++calls;
    return op(args...);
  }
};
static_assert(cf::communicator<call_counter> && !cf::keeps_paths<call_counter>);
static_assert(std::derived_from<call_counter, cf::mpi_calls<call_counter>>);
constexpr auto dist_of = [](call_counter& comm) { return cf::dist_calls<call_counter>(comm); };      // comm.dist()
constexpr auto funcol_of = [](call_counter& comm) { return cf::funcol_calls<call_counter>(comm); };  // comm.funcol()
constexpr auto nn_of = [](call_counter& comm) { return cf::dist_nn_calls(dist_of(comm)); };          // comm.dist().nn()
static_assert(std::same_as<cf::coalesced_calls, cf::basic_coalesced_calls<cf::dynamic_tensor>>);     // the batch of dist().coalescing
// [/communicator]
constexpr std::size_t counted() {
  call_counter comm;
  traces::step(comm, layer{});
  dist_of(comm).all_reduce(t, cf::sum, dp);
  funcol_of(comm).all_reduce(t, cf::sum, dp);
  nn_of(comm).all_reduce(t, cf::sum, dp);
  return comm.calls;
}
static_assert(counted() == 5);

[[maybe_unused]] std::size_t by_hand() {
  // [recorder]
  cf::call_log log;  // the recorder is a communicator, too: trace and log are made with it
  cf::recorder comm(log);
  traces::step(comm, layer{});
  // [/recorder]
  return log.calls().size();
}

// [operator]
struct all_max_t : cf::op<all_max_t> {  // an operator of your own: name, schema, kind, rules, inference
  COMMFOLD_OPERATOR("mine::all_max_");
  static constexpr std::string_view schema = "(Tensor tensor, str reduce_op, Any group_name) -> Tensor";
  static constexpr auto kind = cf::collective_kind::all_reduce;
  static constexpr cf::call_rules rules = in_place(arg(0), arg(2));
  static constexpr auto infer(cf::tensor_like auto const& tensor, cf::reduce_op, cf::any_group auto const&) { return tensor; }
};
static_assert(cf::parameters_of<all_max_t>[1].type == cf::parameter_type::reduce_op);  // a cf::parameter
static_assert(cf::returns_of<all_max_t> == cf::returns::tensors);
static_assert(all_max_t::kind == cf::collective_kind::all_reduce);
static_assert(all_max_t::rules.group == cf::call_term{2});  // cf::size_rule, cf::part_rule
static_assert(boost::mp11::mp_contains<cf::all_operators, cf::c10d::allreduce_t>::value);
static_assert(cf::list_like<std::vector<layer>> && cf::tensor_list<std::array<cf::tensor<cf::f32, 3>, 2>>);
static_assert(cf::tensor_or_list<decltype(t)> && cf::list_of_lists<std::vector<std::vector<cf::tensor<cf::f32, 3>>>>);
static_assert(cf::split_sizes<std::array<int, 4>> && cf::cut_sizes<cf::even_split_t>);
// [/operator]
}  // namespace own

namespace wire {
// [nccl]
namespace nccl = cf::nccl;
constexpr auto reduced = cf::collective_kind::all_reduce;
constexpr nccl::topology two_nodes(nccl::h100_8nic, 16, 2);               // 16 ranks on 2 nodes; nccl::version::v2_27 may follow
static_assert(nccl::choose(reduced, 64 << 20, two_nodes).time_us < 314);  // a nccl::choice: algorithm, protocol, us
constexpr nccl::choice_list compared = nccl::candidates(reduced, 64 << 20, two_nodes);
static_assert(compared.begin()->algorithm == nccl::algorithm::tree && compared.begin()->protocol == nccl::protocol::ll);
static_assert(nccl::is_candidate(reduced, nccl::algorithm::ring, nccl::protocol::simple, two_nodes));
constexpr nccl::tuning ring = nccl::tuning_of(reduced, nccl::algorithm::ring, nccl::protocol::simple, two_nodes);
static_assert(ring.latency_us < 132 && ring.bandwidth > 204);        // us, GB/s
static_assert(nccl::wire_bytes(nccl::protocol::ll128, 240) == 256);  // whole lines
static_assert(nccl::line_of(nccl::protocol::ll) == nccl::protocol_line{.payload = 8, .wire = 16});
static_assert(name(nccl::algorithm::nvls_tree) == "NVLSTree");  // as NCCL prints it
static_assert(nccl::bus_bandwidth_factor(reduced, 8) == nccl::exact_ratio{14, 8});
static_assert(nccl::algorithm_bandwidth(1'000'000, 10) == 100);                  // GB/s
static_assert(nccl::bus_bandwidth(reduced, 8, 1'000'000, 10) == 175);            // as nccl-tests prints it
constexpr nccl::machine mine{"mine", 90, nccl::host_cpu::arm, [](std::size_t) {  // of any number of ranks a node
                               constexpr nccl::channel_graph each{
                                   .channels = 16, .bw_intra = 20, .bw_inter = 20, .intra = nccl::local_link::pci};
                               return nccl::channel_graphs{.ring = each, .tree = each};
                             }};
static_assert(nccl::topology(mine, 4, 1).graph(nccl::algorithm::ring).channels == 16);
static_assert(nccl::topology(mine, 4, 1).generation() == nccl::generation::hopper);
static_assert(nccl::machine_from_name("a100-8nic").cpu == nccl::a100_8nic.cpu);  // one of the nccl::machine_presets
static_assert(nccl::b200_8nic.compute_capability == 100);
// [/nccl]
static_assert(compared.size() == 7 && nccl::machine_presets.size() == 3);
}  // namespace wire
namespace wire_algorithms {
// [wire_algorithms]
namespace wire = cf::wire;
constexpr auto even = wire::blocks::equal(1000, 8);  // one block for each of 8 ranks
constexpr auto shares = wire::blocks::of_vector(1'000'003, 8);
// all_reduce, in bytes: the ring, in phases, whole vectors, via one rank, halves, NCCL's two trees, by nodes, through a switch
static_assert(wire::sent_bytes(wire::all_reduce::ring(shares, wire::ring_direction::down), 0) == 1'750'005);
static_assert(wire::traffic_of(wire::all_reduce::segmented_ring(8, 8000, 250), 0).sent_messages == 35);
static_assert(wire::sent_bytes(wire::all_reduce::recursive_doubling(8, 1000), 0) == 3000);
static_assert(wire::sent_bytes(wire::all_reduce::linear(8, 1000), 0) == 7000);
static_assert(wire::sent_bytes(wire::all_reduce::rabenseifner(8, 8000), 0) == 14000);
static_assert(wire::sent_bytes(wire::all_reduce::double_binary_tree(8, 1000), 3) == 2000);
static_assert(wire::sent_bytes(wire::all_reduce::two_level(8, 8000, 4), 0) == 14000);
static_assert(wire::sent_bytes(wire::all_reduce::nvls(even), 0) == 9000 &&
              wire::sent_bytes(wire::all_reduce::coll_net(8, 8000, 4), 0) == 14000);
// all_gather and reduce_scatter; blocks may differ
static_assert(wire::sent_bytes(wire::all_gather::bruck(even), 0) == 7000 && wire::sent_bytes(wire::all_gather::pat(even), 0) == 7000);
static_assert(wire::rounds(wire::all_gather::neighbor_exchange(even)) == 4 &&
              wire::rounds(wire::all_gather::recursive_doubling(even)) == 3);
static_assert(wire::sent_bytes(wire::all_gather::two_proc(wire::blocks::equal(9, 2)), 0) == 9);
static_assert(wire::sent_bytes(wire::reduce_scatter::recursive_halving(even), 0) == 7000);
static_assert(wire::sent_bytes(wire::reduce_scatter::butterfly(even, wire::reduce_scatter::mirroring::beforehand), 0) == 7000);
// broadcast and reduce run along a tree: wire::broadcast::along<any wire::tree_shape>, for any root
static_assert(wire::sent_bytes(wire::broadcast::along<wire::trees::binary>(8, 1000, 5), 5) == 2000);
static_assert(wire::sent_bytes(wire::broadcast::linear(8, 1000), 0) == 7000);  // along wire::trees::star
static_assert(wire::sent_bytes(wire::broadcast::chain(wire::trees::chain(8, 4), 1000), 0) == 4000);
static_assert(wire::sent_bytes(wire::broadcast::low_bit_binomial(8, 1000), 4) == 2000);
static_assert(wire::sent_bytes(wire::broadcast::high_bit_binomial(8, 1000), 4) == 0);  // the other binomial tree
static_assert(wire::sent_bytes(wire::broadcast::k_nomial(8, 1000), 0) == 4000);
static_assert(wire::sent_bytes(wire::broadcast::split_binary(8, 1000), 0) == 1500);
static_assert(wire::sent_bytes(wire::broadcast::scatter_all_gather<wire::broadcast::then_gather::around_the_ring>(8, 8000), 0) == 14000);
static_assert(wire::sent_bytes(wire::reduce::in_order_binary(8, 1000), 7) == 1000 &&
              wire::sent_bytes(wire::reduce::rabenseifner(8, 8000), 0) == 7000);
static_assert(wire::trees::low_bit_binomial(8).subtree(4) == 4 &&
              wire::trees::double_binary(8, wire::trees::tree_of_two::second).root() == 7);
// gather, scatter, all_to_all, barrier, one message
static_assert(wire::received_bytes(wire::gather::linear_with_sync(even, 3), 3) == 7000 &&
              wire::sent_bytes(wire::scatter::linear(even), 0) == 7000);
constexpr auto pairs = wire::all_to_all::pair_bytes::equal(1000, 8);  // or pair_bytes::of(a matrix)
static_assert(wire::sent_bytes(wire::all_to_all::pairwise(pairs), 0) == 7000 &&
              wire::sent_bytes(wire::all_to_all::bruck(1000, 8), 0) == 12000);
static_assert(wire::rounds(wire::all_to_all::pairwise_xor(pairs)) == 7);
static_assert(wire::rounds(wire::barrier::dissemination(8)) == 3 && wire::rounds(wire::barrier::double_ring(8)) == 16);
static_assert(wire::rounds(wire::barrier::up_and_down<wire::trees::low_bit_binomial>(8)) == 6);
static_assert(wire::sent_bytes(wire::point_to_point::send(8, 2, 5, 100), 2) == 100);  // and recv(8, 5, 2, 100)
static_assert(wire::trees::binary(8).round_to(5) == 1);
// what a schedule says of a rank: its messages, sums by peer where it has closed forms, and sums
constexpr wire::all_gather::ring gathered(even);
static_assert(wire::closed_schedule<wire::all_gather::ring> && !wire::closed_schedule<wire::folded<wire::all_gather::ring>>);
constexpr std::size_t messages = [] {
  std::size_t count = 0;
  gathered.sends_of(0, [&](wire::message const&) { ++count; });                                     // from, to, bytes, round
  gathered.received_from_each(0, [&](wire::peer_traffic const& from) { count += from.messages; });  // and sent_to_each
  return count;
}();
static_assert(messages == 14 && wire::traffic_of(gathered, 0) == wire::rank_traffic{7000, 7000, 7, 7} &&
              wire::total_bytes(gathered) == 56000);
// one after the other; and wire::nothing
static_assert(wire::sent_bytes(wire::in_sequence(wire::gather::linear(even), wire::broadcast::linear(8, 8000)), 0) == 56000);
// [/wire_algorithms]
}  // namespace wire_algorithms

namespace open_mpi {
// [openmpi]
namespace openmpi = cf::openmpi;
constexpr openmpi::call reduced{
    .what = openmpi::collective::allreduce, .ranks = 8, .bytes = 1'000'003};                          // root, element, counts, commutative
static_assert(openmpi::decide(reduced) == 6 && openmpi::name_of(reduced.what, 6) == "rabenseifner");  // the fixed rules of 4.1
constexpr openmpi::parameters ring{.algorithm = openmpi::algorithm_named(reduced.what, "ring")};
constexpr auto sent_by_0 = [](auto const& schedule) { return cf::wire::sent_bytes(schedule, 0); };
static_assert(openmpi::with_schedule(reduced, ring, sent_by_0) == 1'750'004);  // without parameters: as decided
static_assert(openmpi::collective_named("reduce_scatter_block") == openmpi::collective::reduce_scatter_block);
static_assert(openmpi::decisions::first_of(openmpi::decisions::bcast, 8, 100) == 7);  // over openmpi::decisions::limit
// [/openmpi]
}  // namespace open_mpi

namespace steps_on_the_wire {
// [on_wire]
namespace wire = cf::wire;
constexpr cf::process_group<"dp", 4> dp;
constexpr cf::process_group<"tp", 2> tp;
constexpr std::size_t some[] = {0, 3};  // a wire::rank_list
constexpr wire::placement nodes{wire::domain{"node", 4}};
constexpr wire::cluster where = wire::cluster(cf::device_mesh{dp, tp}, nodes).with_all("world").with("some", {some, 2});
static_assert(where.ranks() == 8 && nodes.link_classes() == 2 && nodes.link_class(3, 4) == 1 && nodes.index_of("node") == 0);

constexpr auto traffic = cf::trace<1>([](auto& comm) { comm.all_reduce(cf::tensor<cf::f32, 100>{}, cf::sum, dp); });
constexpr auto sent = cf::on_wire(traffic, cf::gloo::backend{}, where);  // or openmpi::backend{}, nccl::backend{machine}, your own
static_assert(sent.sent_bytes(0) == sent.of_rank(0).all().sent_bytes && sent.received_bytes(0) > 0);
constexpr wire::rank_answer of_0 = sent.of_rank(0);
constexpr wire::link_traffic between_nodes = of_0.from_class(1);  // of_0[1]: of one link class of of_0.link_classes()
static_assert(between_nodes.payload.sent_bytes <= between_nodes.sent_bytes && sent.of_all_ranks().size() == 8);
static_assert(sent.max_sent_bytes() == sent.sent_bytes(sent.busiest_sender()) && sent.max_received_bytes() > 0);
static_assert(sent.bytes_between("node") < sent.total_sent_bytes() && sent.sent_bytes_between(0, 1) == 0);
static_assert(sent.received_bytes(sent.busiest_receiver()) == sent.max_received_bytes() && sent.total().all().sent_bytes > 0);

// The matrix without its zeros: sent.for_each_pair([](std::size_t from, std::size_t to, std::size_t bytes) {…}), for_each_pair_of(rank, …)
constexpr wire::mesh_axes at_run_time{wire::mesh_axis{"dp", 4}, {"tp", 2}};  // a mesh from a file, say
static_assert(wire::cluster(at_run_time, nodes).ranks() == 8);

constexpr wire::network links{wire::link_speed{.microseconds = 1, .gigabytes_per_second = 100}, {6, 12.5}};
constexpr auto timed =
    cf::on_wire(traffic, cf::gloo::backend{}, where, links);  // or nccl::timing(machine), or what has microseconds_of_call: wire::timing_of
static_assert(timed.is_timed && timed.microseconds() > 0 && !sent.is_timed);  // of a wire::untimed step
static_assert(cf::within(timed, cf::budget{.sent_bytes = {.at_most = 4000},
                                           .between = cf::domain_range{.domain = "node", .at_most = 10000},
                                           .microseconds = cf::time_range{.at_most = 1000}}));

constexpr cf::call_record one = traffic.rows()[0].call();
constexpr wire::group_place group = where.group_of(one);
static_assert(group.rank_in_group(5) == 2 && group.member(5, 3) == 7 && group.first_member() == 0 && group.has(5));
static_assert(where.shape_of(group) == wire::group_shape{.nodes = 2, .ranks_per_node = 2});
static_assert(!wire::is_of_one_rank(one) && wire::framing{.header = 96}.forward(100, 2) == 292);  // backward, in_lines, adds_nothing
// in a backend's schedules_of(wire::call, use): wire::refuse(library, call), wire::refuse_several, wire::one_rank, wire::splits_of_one_rank
static_assert(wire::microseconds_of(wire::all_reduce::ring(wire::blocks::equal(100, 4)), group, where, links) > 0);
static_assert(wire::schedule_with_symmetry<wire::all_reduce::ring> && wire::blocks::equal(100, 4).are_equal());
// [/on_wire]
}  // namespace steps_on_the_wire

namespace hana_adapter {
// [hana]
static_assert(cf::sum_tensors(boost::hana::make_tuple(t, t)) == 256);  // Hana's containers are trees
static_assert(cf::to_hana(cf::size_c<3>) == boost::hana::size_c<3>);
static_assert(std::same_as<decltype(cf::from_hana(boost::hana::size_c<3>)), cf::size_constant<3>>);
static_assert(std::same_as<boost::hana::tag_of<cf::leaf_tuple<int>>::type, cf::leaf_tuple_tag>);  // so that Hana's algorithms take it
// [/hana]
}  // namespace hana_adapter

namespace parallel_parts {
namespace parallel = cf::parallel;
namespace fsdp = cf::parallel::fsdp;
namespace ddp = cf::parallel::ddp;
using cf::parallel::cut;
constexpr cf::process_group<"shard", 4> shard;
constexpr cf::process_group<"replicas", 2> replicas;
struct decoder {
  cf::tensor<cf::f32, 100, 8> embed;
  std::array<layer, 3> layers;
  cf::tensor<cf::f32, 100, 8> head;
};
// [parallel_axis]
static_assert(!parallel::is_there(parallel::no_axis{}) && parallel::ranks(shard) == 4);  // an axis: a group, no_axis, or an optional group
static_assert(parallel::flat_buffer{cf::f32, 8}.piece(4).elements == 2);                 // what travels side by side in one dimension
constexpr auto axes = [](auto& comm) {
  parallel::over(shard, [&](auto const& group) { comm.all_reduce(t, cf::sum, group); });          // where the axis is there
  parallel::over_several(shard, [&](auto const& group) { comm.all_reduce(t, cf::sum, group); });  // where it has several ranks
};
// [/parallel_axis]
static_assert(cf::trace(axes).calls() == 2);
constexpr auto fsdp_step = [](auto& comm) {
  decoder const m{};
  // [fsdp_units]
  using parallel::frozen, parallel::tied, parallel::unused;                // what a step says of parameters: no gradient, one, not reached
  auto const each = fsdp::fully_shard(fsdp::cut_along(1, m.layers[0].w));  // a unit: one fully_shard, here with Shard(1)
  fsdp::unit units = fsdp::fully_shard(m.embed, fsdp::alike(3, each));     // the root; units inside in the order of use
  fsdp::unit_row const layers = fsdp::each(m.layers);                      // a unit for each child; fsdp::each(node, make)
  units.add(frozen(layers)).add(fsdp::ignored(m.head));                    // ignored_params
  units.add(fsdp::parameter{cf::f32, 800, 100});                           // dtype, elements, extent of the dimension that is cut
  auto const expert = each.named("expert").on_mesh(1);                     // for moments and paths; sharded over the second mesh
  auto const last = each.with(fsdp::policy{.reshard_after_forward = false});  // arguments of its own
  auto const embedding = fsdp::fully_shard(tied("w", m.embed)).not_unsharded_in_backward();
  static_assert(fsdp::parameter{cf::f32, 808, 101}.shard_elements(4) == 208);  // padded: 26 rows of 8
  // [/fsdp_units]
  // [fsdp]
  fsdp::policy const mixed{.param_dtype = cf::bf16, .reduce_dtype = cf::f32};  // gradient_divide_factor, force_sum; flat_parameter: FSDP1
  fsdp::mesh const over{shard, replicas};                                      // HSDP; the third is the group of fsdp::reshard(k)
  fsdp::sharded_model model(units, mixed, over);
  model.forward(comm);                                                                   // forward_without_gradients
  model.backward(comm, fsdp::micro_batch{.requires_all_reduce = false});                 // set_requires_gradient_sync and the like
  model.forward(comm, [](fsdp::moment at) { static_cast<void>(at.leaves("expert")); });  // calls of the model's own
  model.backward(comm);
  model.clip(comm, parallel::norm_kind::infinity);                     // of model.gradients() gradients
  model.assume_forward();                                              // without its calls
  model.unshard(comm), model.reshard(), model.reduce_gradients(comm);  // what a pipeline's schedule asks for
  model.prefetch_in_forward(1, 2), model.prefetch_in_backward(2, 1);   // places: 0 is the root
  // [/fsdp]
  static_cast<void>(expert), static_cast<void>(last), static_cast<void>(embedding), static_cast<void>(unused(m));
  // [parallel_state]
  parallel::reduce_norms(comm, model.gradients(), cf::f32, parallel::norm_kind::finite, shard);  // clip_grad_norm_ over any axes
  parallel::full_norm(comm, cf::f32, parallel::norm_kind::infinity, shard);                      // full_tensor() of its result
  parallel::full_tensor(comm, m.embed, cut{shard, 0}, cut{replicas, 1});                         // of Shard(0), Shard(1)
  parallel::full_state(comm, m.layers, 2, cut{shard});                                           // of a tree, twice: Adam's moments
  parallel::state_from_rank0(comm, m, 598, shard);                                               // broadcast_from_rank0
  // [/parallel_state]
};
static_assert(cf::trace(fsdp_step).calls() > 40);
constexpr auto ddp_step = [](auto& comm) {
  decoder const m{};
  cf::process_group<"world", 8> const world;
  // [ddp]
  ddp::hook const compress{.kind = ddp::hook_kind::power_sgd, .start_iteration = 2, .matrix_approximation_rank = 2};
  ddp::options const with{.bucket_cap_bytes = 8_MiB, .static_graph = true, .comm_hook = compress};
  std::vector<ddp::piece> const pieces = ddp::pieces_of(m.embed, parallel::frozen(m.layers), m.head);
  ddp::replicated_model model(pieces, {}, with, world);  // parameters, buffers
  model.init(comm);                                      // the constructor's calls
  model.set_ready_order({1, 0});                         // in which gradients come; the reverse of definition by default
  model.skip_steps(3);                                   // as it is after 3 steps
  model.forward(comm), model.backward(comm);             // backward(comm, false) under no_sync
  ddp::zero_redundancy_optimizer const zero(std::tie(m.embed, m.head), world);
  zero.broadcast(comm), zero.broadcast_bucket_views(comm);                                 // zero.rank_of(n) updates the n-th parameter
  ddp::periodic_averager{.period = 2, .warmup_steps = 2}.average(comm, pieces, 4, world);  // post-local SGD
  // [/ddp]
  // [ddp_buckets]
  ddp::bucket_limits const limits{.first = 1_MiB, .others = 25_MiB};
  std::vector<ddp::bucket> const full = ddp::buckets_of(pieces, ddp::in_order(pieces.size()), limits);  // model.buckets()
  ddp::for_each_bucket(comm, ddp::buckets_in_order(pieces, limits), [&](ddp::bucket const& one) {       // what repeats is counted
    ddp::reduce_by(comm, compress, 2, pieces, one, world, parallel::no_axis{});
  });
  ddp::power_sgd_elements const sent = ddp::power_sgd_of(compress, pieces, full.at(0));  // sent.p, sent.q, sent.uncompressed
  // [/ddp_buckets]
  static_cast<void>(sent);
};
static_assert(cf::trace(ddp_step).calls() > 8);
namespace context = cf::parallel::context;
namespace expert = cf::parallel::expert;
constexpr auto shared_out = [](auto& comm) {
  cf::process_group<"cp", 4> const cp;
  cf::process_group<"ep", 4> const ep;
  cf::process_group<"nodes", 2> const nodes;
  cf::process_group<"node", 2> const node;
  // [context]
  context::attention const of{.dtype = cf::bf16, .batch = 2, .heads = 8, .key_value_heads = 4, .tokens = 4096, .width = 64};
  context::ring_attention const ring(of, cp, 0,  // rank 0 of the axis
                                     context::ring_options{.rotate = context::rotation::all_to_all, .load_balance = false});
  context::ulysses_attention const ulysses(of, cp);                    // no rank: its splits are alike
  ring.forward(comm), ring.backward(comm);                             // a checkpointed backward: forward, then backward
  context::unshard(comm, cf::tensor<cf::bf16, 2, 1024, 64>{}, 1, cp);  // context_parallel_unshard of a buffer, along its dimension 1
  // [/context]
  // [expert]
  using expert::token_counts;
  token_counts const even = token_counts::even(4, 8, 4096, 2);  // 4 ranks, 8 experts, 4096 tokens of each rank, 2 experts for each
  token_counts const padded = token_counts::capacity(4, 8, 4096, 2, 5, 4);                  // 5 / 4 of that, full or not
  token_counts const skewed = token_counts::skewed(4, {7, 1, 1, 1, 1, 1, 1, 1}, 3584, 2);   // token_counts::of(rows): as counted
  expert::expert_exchange const experts(even, expert::token_shape{cf::bf16, 4096}, ep, 0);  // torchtitan's ExpertParallel
  experts.dispatch(comm), experts.combine(comm);                                    // experts.forward(comm); shared experts send nothing
  experts.combine_backward(comm), experts.dispatch_backward(comm);                  // experts.backward(comm)
  expert::rank_exchange(padded.by_rank(), {cf::bf16, 4096}, ep, 0).dispatch(comm);  // sizes that all know: no counts go before
  // [/expert]
  ulysses.forward(comm);
  // [expert_routes]
  expert::routes const chosen(8, {{{0, 1}, {2, 7}}, {{3, 4}}, {}, {{6, 7}}});  // chosen.experts(), by each token of chosen.ranks() ranks
  token_counts const by_choice = chosen.once_per_expert(), once = chosen.once_per_rank();  // a row for each choice; for each rank
  expert::token_shapes const sent = expert::deep_ep_shapes({cf::f8e4m3fn, 7168}, 2);       // to the byte, of each exchange
  expert::rank_exchange const between(chosen.once_per_node(2, 0), sent, nodes, 0);         // 2 ranks to a node; those at place 0
  expert::rank_exchange const within(chosen.once_within_node(2, 0), sent, node, 0);        // of node 0
  expert::hierarchical_exchange(between, within).dispatch(comm);  // and combine, combine_backward, dispatch_backward
  static_assert(expert::mean_ranks_of_token(256, 8, 8) < 5.4);    // of alike likely choices
  // [/expert_routes]
  static_cast<void>(skewed.ranks() + by_choice.columns() + once.columns());
  // [distribute]
  parallel::distribute(comm, cf::tensor<cf::bf16, 8, 64, 32>{}, 0, ep);  // distribute_tensor: Shard(0), from rank 0
  // [/distribute]
};
static_assert(cf::trace(shared_out).calls() > 8);
}  // namespace parallel_parts

namespace pipeline_and_zero {
namespace parallel = cf::parallel;
namespace pipeline = cf::parallel::pipeline;
namespace zero = cf::parallel::zero;
constexpr auto in_stages = [](auto& comm) {
  cf::process_group<"pp", 4> const pp;
  cf::tensor<cf::bf16, 1, 4096, 4096> const activation;
  // [pipeline]
  pipeline::schedule const of(pipeline::schedule_kind::interleaved_1f1b, 4, 2, 8);  // 4 ranks, 2 stages each, 8 micro-batches
  pipeline::stage_map const& map = of.map();  // map.rank_of(stage), map.of_rank(rank), map.sends_forward(stage), map.sends_backward(stage)
  pipeline::vote(comm, of, 0, pp);            // before the first step, and where no stage was told its shapes:
  pipeline::infer_shapes(comm, of, 0, pp, 166, [](pipeline::action) {});  // pickles of so many bytes
  auto const compute = [](pipeline::action one) {  // one.stage, one.micro_batch; the calls of the stage itself are made here
    static_cast<void>(one.what == pipeline::what::reduce_grad);
  };
  pipeline::play(comm, of, 0, pp, activation, compute);  // rank 0's step; pipeline::pass::forward_only of an evaluation
  pipeline::exchanges(comm, of, 0, pp, activation);      // its sends and receives alone, counted
  for (pipeline::action const& one : of.actions_of(0))   // pipeline::text_of(one) is "0SEND_F1"
    pipeline::for_each_part(one, compute);               // overlaps: one.forward_part(), one.backward_part()
  // [/pipeline]
  static_cast<void>(map);
};
static_assert(cf::trace(in_stages).calls() > 8);
constexpr auto in_shares = [](auto& comm) {
  cf::process_group<"dp", 4> const dp;
  // [zero]
  parallel::ddp::piece const weight{cf::bf16, 1 << 20, 2, 1024};
  zero::partitioned_model const model(zero::stage::parameters, std::vector<zero::module>{{weight, weight}, {weight}}, dp,
                                      zero::options{.reduce_bucket_size = 1 << 21});
  model.forward(comm), model.backward(comm), model.step(comm);  // backward(comm, false) but in the last micro-batch
  // [/zero]
};
static_assert(cf::trace(in_shares).calls() > 4);
}  // namespace pipeline_and_zero

namespace tensor_parts {
namespace parallel = cf::parallel;
namespace tensor = cf::parallel::tensor;
constexpr auto tensor_step = [](auto& comm) {
  cf::process_group<"tp", 4> const tp;
  // [parallel_tensor]
  tensor::tokens const between{.dtype = cf::bf16, .batch = 1, .tokens = 16, .hidden = 64};  // activations between modules
  tensor::style const with{.sequence_parallel = true, .input = tensor::module_input::prepared, .device = tensor::mesh_device::accelerator};
  tensor::activations const x(between, tp, with);  // x.shape(), x.how(), x.axis(), x.ranks(), x.scatters()
  tensor::layer_shape const shape{.heads = 8, .key_value_heads = 2, .head_width = 8, .feed_forward = 128, .keeps_dtensors = false};
  tensor::embedding const embed(x, tensor::embedding_cut::rows);
  tensor::decoder_layer const layer(x, shape);  // layer.attention() and layer.feed_forward() are its blocks
  tensor::head const head(x, 1000, tensor::head_cut::sharded);
  embed.forward(comm), layer.forward(comm), head.forward(comm), head.loss(comm, cf::bf16);
  head.backward(comm), layer.backward(comm, tensor::recompute::all), embed.backward(comm);
  x.sum_norm_gradients(comm, 3, cf::bf16);  // partial sums under sequence parallelism: right before FSDP2 reduces the unit
  tensor::block const gelu(x, {tensor::column{.columns = 256, .gathered = false}});  // any number of column-wise layers, a row-wise one
  gelu.forward(comm), gelu.repeat(comm, tensor::recompute::all_to_the_end), gelu.input_gradient(comm);  // or gelu.backward(comm)
  x.enter(comm), x.leave(comm), x.leave_backward(comm), x.enter_backward(comm, 2);                      // what blocks are made of
  x.gather_columns(comm, 6), x.gather_tokens(comm, 64), x.scatter_tokens(comm), x.reduce(comm, 64);
  x.columns_to_tokens(comm, 64), x.tokens_to_columns(comm, 64);  // DTensor's Shard(2) to Shard(1), and back

  tensor::megatron_decoder const megatron(between, {.heads = 8, .head_width = 8, .feed_forward = 128}, 1000, tp, true);
  megatron.embedding_forward(comm), megatron.layer_forward(comm), megatron.head_forward(comm);
  megatron.loss(comm, tensor::megatron_loss::fused), megatron.head_backward(comm);
  megatron.layer_backward(comm), megatron.embedding_backward(comm), megatron.sum_norm_gradients(comm, 192, cf::f32);

  cf::dynamic_tensor const part = parallel::shard_of(t, 0, tp, 3);  // what rank 3 has of a parameter that is cut along dimension 0
  // [/parallel_tensor]
  static_cast<void>(part);
};
static_assert(cf::trace(tensor_step).calls() > 30);
}  // namespace tensor_parts

}  // namespace

TEST_CASE("the API page's texts are what the calls give", "[docs]") {
  CHECK(sizes::digits == "141 107 412 992");
  CHECK(sizes::bytes == "141 107 412 992 B (131.4 GiB)");
}
