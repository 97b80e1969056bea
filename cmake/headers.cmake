# The public headers, each named, so that what is installed is what someone decided to install.
# cmake -P cmake/update_headers.cmake   rewrites the list from what is in include/.
set(commfold_headers
  include/commfold/adapt/hana.hpp
  include/commfold/collective.hpp
  include/commfold/collective/c10d.hpp
  include/commfold/collective/c10d_functional.hpp
  include/commfold/collective/device_mesh.hpp
  include/commfold/collective/fixed_string.hpp
  include/commfold/collective/op.hpp
  include/commfold/collective/process_group.hpp
  include/commfold/collective/reduce_op.hpp
  include/commfold/collective/shapes.hpp
  include/commfold/collective/table.hpp
  include/commfold/commfold.hpp
  include/commfold/error.hpp
  include/commfold/size.hpp
  include/commfold/size/arithmetic.hpp
  include/commfold/size/format.hpp
  include/commfold/size/literals.hpp
  include/commfold/size/size_constant.hpp
  include/commfold/tensor.hpp
  include/commfold/tensor/bytes.hpp
  include/commfold/tensor/chunk.hpp
  include/commfold/tensor/dtype.hpp
  include/commfold/tensor/dtype_name.hpp
  include/commfold/tensor/dtype_of.hpp
  include/commfold/tensor/dynamic_extents.hpp
  include/commfold/tensor/dynamic_tensor.hpp
  include/commfold/tensor/extents.hpp
  include/commfold/tensor/layout.hpp
  include/commfold/tensor/layout_views.hpp
  include/commfold/tensor/reshape.hpp
  include/commfold/tensor/tensor.hpp
  include/commfold/tensor/tensor_layout.hpp
  include/commfold/tensor/tensor_traits.hpp
  include/commfold/tensor/view.hpp
  include/commfold/tensor/views.hpp
  include/commfold/trace.hpp
  include/commfold/trace/budget.hpp
  include/commfold/trace/call_record.hpp
  include/commfold/trace/ledger.hpp
  include/commfold/trace/recorder.hpp
  include/commfold/trace/report.hpp
  include/commfold/trace/trace.hpp
  include/commfold/tree.hpp
  include/commfold/tree/choice_nodes.hpp
  include/commfold/tree/congruence.hpp
  include/commfold/tree/field_names.hpp
  include/commfold/tree/fields.hpp
  include/commfold/tree/flatten.hpp
  include/commfold/tree/for_each.hpp
  include/commfold/tree/image.hpp
  include/commfold/tree/leaves.hpp
  include/commfold/tree/map.hpp
  include/commfold/tree/maybe_nodes.hpp
  include/commfold/tree/node_traits.hpp
  include/commfold/tree/path.hpp
  include/commfold/tree/predicates.hpp
  include/commfold/tree/product_nodes.hpp
  include/commfold/tree/recursive.hpp
  include/commfold/tree/sequence_nodes.hpp
  include/commfold/tree/standard_nodes.hpp
  include/commfold/tree/struct_fields.hpp
  include/commfold/tree/struct_fields_pfr.hpp
  include/commfold/tree/struct_fields_reflection.hpp
  include/commfold/tree/struct_node.hpp
  include/commfold/tree/struct_shape.hpp
  include/commfold/tree/structure.hpp
  include/commfold/tree/sum.hpp
  include/commfold/tree/walk.hpp)

if(PROJECT_IS_TOP_LEVEL)
  file(GLOB_RECURSE found CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/include/*.hpp)
  if(NOT "${found}" STREQUAL "${commfold_headers}")
    # A header half written is no mistake yet; one that is handed in without its line would not be installed.
    set(severity WARNING)
    if(DEFINED ENV{CI})
      set(severity FATAL_ERROR)
    endif()
    message(${severity} "cmake/headers.cmake is not what is in include/. Mend it: cmake -P cmake/update_headers.cmake")
  endif()
endif()
