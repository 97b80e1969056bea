# Programs of random trees, held against a model that knows nothing of the library: properties/generate.cpp writes them. A dozen are tests.
# More, from another seed on:
#
#   cmake --preset gcc -D COMMFOLD_PROPERTY_PROGRAMS=200 -D COMMFOLD_PROPERTY_FIRST_SEED=1000
#   cmake --build --preset gcc --target commfold_generate_properties && ctest --preset gcc -L property -j 2
#
# A program that fails names its seed, and stays in tests/properties of the build directory.
set(COMMFOLD_PROPERTY_PROGRAMS 12 CACHE STRING "How many programs of random trees are tests")
set(COMMFOLD_PROPERTY_FIRST_SEED 1 CACHE STRING "The seed of the first program of random trees")
mark_as_advanced(COMMFOLD_PROPERTY_PROGRAMS COMMFOLD_PROPERTY_FIRST_SEED)

add_executable(commfold_generate_properties EXCLUDE_FROM_ALL properties/generate.cpp)
target_compile_features(commfold_generate_properties PRIVATE cxx_std_20)
add_dependencies(commfold_compile_tests commfold_generate_properties)

math(EXPR last "${COMMFOLD_PROPERTY_FIRST_SEED} + ${COMMFOLD_PROPERTY_PROGRAMS} - 1")
foreach(seed RANGE ${COMMFOLD_PROPERTY_FIRST_SEED} ${last})
  add_test(NAME "property: seed ${seed}" COMMAND ${CMAKE_COMMAND} -D GENERATOR=$<TARGET_FILE:commfold_generate_properties>
    -D SEED=${seed} -D COMPILER=${CMAKE_CXX_COMPILER} -D FLAGS=${flags} -D INCLUDE=${PROJECT_SOURCE_DIR}
    -D WORK=${CMAKE_CURRENT_BINARY_DIR}/properties -P ${CMAKE_CURRENT_SOURCE_DIR}/properties/check.cmake)
  set_tests_properties("property: seed ${seed}" PROPERTIES LABELS "compiler;property")
endforeach()
