# A sum must cost no more instructions than the loop by hand, and no allocation. Included after compile_fail.cmake, whose flags it uses.
add_test(NAME "assembly: mixed_tree" COMMAND ${CMAKE_COMMAND}
  -D SOURCE=${CMAKE_CURRENT_SOURCE_DIR}/assembly/mixed_tree.cpp -D COMPILER=${CMAKE_CXX_COMPILER} -D FLAGS=${flags} -D NAMES=one,two
  -D OUTPUT=${CMAKE_CURRENT_BINARY_DIR}/mixed_tree.s -P ${CMAKE_CURRENT_SOURCE_DIR}/assembly/compare.cmake)
set_tests_properties("assembly: mixed_tree" PROPERTIES LABELS compiler)

# A binary of its own: it replaces operator new.
add_executable(commfold_allocation_tests allocation/sum_tensors_test.cpp)
target_link_libraries(commfold_allocation_tests PRIVATE commfold::commfold Catch2::Catch2WithMain)
catch_discover_tests(commfold_allocation_tests TEST_PREFIX "allocation: " PROPERTIES LABELS runtime DISCOVERY_MODE PRE_TEST)
