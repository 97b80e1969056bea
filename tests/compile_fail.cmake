# Refusals. Each of these tests runs cmake/compile_fail.cmake, whose head says how to write one.
set(boost_dirs "$<TARGET_PROPERTY:Boost::headers,INTERFACE_INCLUDE_DIRECTORIES>")
# Named again as -isystem, the compiler's own directories would break its #include_next.
list(JOIN CMAKE_CXX_IMPLICIT_INCLUDE_DIRECTORIES "|" implicit)
string(REPLACE "+" "[+]" implicit "${implicit}")
set(boost_dirs "$<FILTER:${boost_dirs},EXCLUDE,^(${implicit})$>")
set(flags ${CMAKE_CURRENT_BINARY_DIR}/compile_fail.flags)
set(standard 20)
if(CMAKE_CXX_STANDARD)
  set(standard ${CMAKE_CXX_STANDARD})
endif()
file(GENERATE OUTPUT ${flags} CONTENT "${CMAKE_CXX${standard}_STANDARD_COMPILE_OPTION} ${CMAKE_CXX_FLAGS}
\"-I${PROJECT_SOURCE_DIR}/include\"
$<$<BOOL:${boost_dirs}>:\"-isystem$<JOIN:${boost_dirs},\"\n\"-isystem>\"\n>")

set(family clang)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(family gcc)
endif()

function(commfold_add_compile_fail name source script flags)
  add_test(NAME ${name} COMMAND ${CMAKE_COMMAND}
    -D SOURCE=${CMAKE_CURRENT_SOURCE_DIR}/${source} -D COMPILER=${CMAKE_CXX_COMPILER} -D FAMILY=${family} -D FLAGS=${flags}
    -P ${script})
  set_tests_properties(${name} PROPERTIES LABELS "compiler;compile_fail")
endfunction()

# The headers of others, precompiled: each refusal compiles two programs.
set(precompiled ${CMAKE_CURRENT_BINARY_DIR}/standard_and_boost.hpp)
set(refusal_flags ${CMAKE_CURRENT_BINARY_DIR}/refusals.flags)
if(family STREQUAL "gcc")
  set(precompiled_file ${precompiled}.gch)
  file(GENERATE OUTPUT ${refusal_flags} CONTENT "@${flags} -include ${precompiled}\n")
else()
  set(precompiled_file ${precompiled}.pch)
  file(GENERATE OUTPUT ${refusal_flags} CONTENT "@${flags} -include-pch ${precompiled_file}\n")
endif()
configure_file(support/standard_and_boost.hpp ${precompiled} COPYONLY)
add_custom_command(OUTPUT ${precompiled_file}
  COMMAND ${CMAKE_CXX_COMPILER} @${flags} -x c++-header ${precompiled} -o ${precompiled_file}
  DEPENDS ${precompiled} ${flags} VERBATIM)
add_custom_target(commfold_precompiled ALL DEPENDS ${precompiled_file})

file(GLOB_RECURSE refusals CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} compile_fail/*.cpp)
foreach(file IN LISTS refusals)
  string(REGEX REPLACE "^compile_fail/(.*)\\.cpp$" "compile_fail: \\1" name ${file})
  commfold_add_compile_fail(${name} ${file} ${PROJECT_SOURCE_DIR}/cmake/compile_fail.cmake ${refusal_flags})
endforeach()

# And who tests the test? Fixtures that are wrong in one way each.
file(GLOB fixtures CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} harness/*.cpp)
foreach(file IN LISTS fixtures)
  string(REGEX REPLACE "^harness/(.*)\\.cpp$" "harness: \\1" name ${file})
  commfold_add_compile_fail(${name} ${file} ${CMAKE_CURRENT_SOURCE_DIR}/harness/check.cmake ${flags})
endforeach()
