# Numbers of 64 bits where std::size_t has 32. Only where the compiler has the libraries for it, which scripts/test.sh installs. Included
# after compile_fail.cmake, whose flags it uses.
include(CheckCXXSourceCompiles)
set(CMAKE_REQUIRED_FLAGS -m32)
check_cxx_source_compiles("#include <string>\nint main() { return sizeof(std::string().size()) == 4 ? 0 : 1; }" COMMFOLD_HAVE_M32)
unset(CMAKE_REQUIRED_FLAGS)

if(NOT COMMFOLD_HAVE_M32)
  message(STATUS "commfold: no tests with -m32: this compiler builds no programs of 32 bits (Debian's package is g++-multilib)")
  return()
endif()

add_executable(commfold_m32_tests m32/numbers.cpp)
target_link_libraries(commfold_m32_tests PRIVATE commfold::commfold)
target_compile_options(commfold_m32_tests PRIVATE -m32)
target_link_options(commfold_m32_tests PRIVATE -m32)
add_test(NAME "m32: numbers" COMMAND commfold_m32_tests)

set(m32_flags ${CMAKE_CURRENT_BINARY_DIR}/m32.flags)
file(GENERATE OUTPUT ${m32_flags} CONTENT "-m32 @${flags}\n")
file(GLOB refusals CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} m32/compile_fail/*.cpp)
foreach(file IN LISTS refusals)
  string(REGEX REPLACE "^m32/compile_fail/(.*)\\.cpp$" "m32 compile_fail: \\1" name ${file})
  commfold_add_compile_fail(${name} ${file} ${PROJECT_SOURCE_DIR}/cmake/compile_fail.cmake ${m32_flags})
endforeach()
