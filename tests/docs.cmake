# Are the docs true? Snippets are cut from files that are compiled, in tests/docs and examples. What programs print is compared in
# tests/docs; what the tool and the compilers print, here. Included after compile_fail.cmake, whose flags and family it uses.
add_test(NAME snippets COMMAND ${CMAKE_COMMAND} -P ${CMAKE_CURRENT_SOURCE_DIR}/snippets.cmake)
add_test(NAME "harness: snippets" COMMAND ${CMAKE_COMMAND}
  -D WORK=${CMAKE_CURRENT_BINARY_DIR}/snippets -P ${CMAKE_CURRENT_SOURCE_DIR}/harness/snippets.cmake)
add_test(NAME links COMMAND ${CMAKE_COMMAND} -P ${CMAKE_CURRENT_SOURCE_DIR}/links.cmake)
add_test(NAME options COMMAND ${CMAKE_COMMAND} -P ${CMAKE_CURRENT_SOURCE_DIR}/options.cmake)

# With a compiler of which the page shows no output, the test is skipped.
string(REGEX MATCH "^[0-9]+" compiler ${CMAKE_CXX_COMPILER_VERSION})
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(compiler "g++ ${compiler}")
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  set(compiler "clang ${compiler}")
else()
  set(compiler "${CMAKE_CXX_COMPILER_ID} ${compiler}")
endif()
set(with -D COMPILER=${CMAKE_CXX_COMPILER} -D "NAME=${compiler}" -D FAMILY=${family} -D FLAGS=${flags})
foreach(page IN ITEMS budgets errors)
  add_test(NAME "compiler_output: ${page}" COMMAND ${CMAKE_COMMAND} ${with} -D PAGE=${PROJECT_SOURCE_DIR}/docs/${page}.md
    -P ${CMAKE_CURRENT_SOURCE_DIR}/compiler_output.cmake)
  set_tests_properties("compiler_output: ${page}" PROPERTIES LABELS compiler SKIP_REGULAR_EXPRESSION "nothing to compare")
endforeach()
add_test(NAME "harness: compiler_output" COMMAND ${CMAKE_COMMAND} ${with}
  -D WORK=${CMAKE_CURRENT_BINARY_DIR}/compiler_output -P ${CMAKE_CURRENT_SOURCE_DIR}/harness/compiler_output.cmake)
set_tests_properties("harness: compiler_output" PROPERTIES LABELS compiler)

add_test(NAME "pasted: quick_start" COMMAND ${CMAKE_COMMAND} -D PAGE=${PROJECT_SOURCE_DIR}/docs/quick_start.md
  -D PRINTS=${CMAKE_CURRENT_SOURCE_DIR}/docs/quick_start.txt -D COMPILER=${CMAKE_CXX_COMPILER} -D FLAGS=${flags}
  -D WORK=${CMAKE_CURRENT_BINARY_DIR}/pasted -P ${CMAKE_CURRENT_SOURCE_DIR}/pasted.cmake)
set_tests_properties("pasted: quick_start" PROPERTIES LABELS compiler)

add_test(NAME limits COMMAND ${CMAKE_COMMAND} -D PAGE=${PROJECT_SOURCE_DIR}/docs/limits.md -D COMPILER=${CMAKE_CXX_COMPILER}
  -D FAMILY=${family} -D FLAGS=${flags} -P ${CMAKE_CURRENT_SOURCE_DIR}/limits.cmake)
set_tests_properties(limits PROPERTIES LABELS compiler)

if(TARGET commfold_tool)
  foreach(session IN ITEMS check_tool check_wire_tool diff_tool show_tool wire_tool)
    add_test(NAME "docs: ${session}" COMMAND ${CMAKE_COMMAND} -D SESSION=${CMAKE_CURRENT_SOURCE_DIR}/docs/${session}.txt
      -D TOOL=$<TARGET_FILE:commfold_tool> -P ${CMAKE_CURRENT_SOURCE_DIR}/session.cmake)
  endforeach()
endif()
