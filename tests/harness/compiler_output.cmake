# cmake -D WORK=<dir> -D COMPILER=c++ -D NAME="g++ 12" -D FAMILY=gcc|clang -D FLAGS=<response file> -P compiler_output.cmake
# Who tests tests/compiler_output.cmake? Copies of docs/budgets.md that are wrong in one way each must be refused in these words.
cmake_minimum_required(VERSION 3.24)
file(READ ${CMAKE_CURRENT_LIST_DIR}/../../docs/budgets.md page)

function(refused words page)
  file(WRITE ${WORK}/budgets.md "${page}")
  execute_process(COMMAND ${CMAKE_COMMAND} -D PAGE=${WORK}/budgets.md -D COMPILER=${COMPILER} -D NAME=${NAME} -D FAMILY=${FAMILY}
    -D FLAGS=${FLAGS} -P ${CMAKE_CURRENT_LIST_DIR}/../compiler_output.cmake
    RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  # CMake wraps what it says.
  string(REGEX REPLACE "[ \n]+" " " output "${output}")
  if(code EQUAL 0 OR NOT output MATCHES "${words}")
    message(FATAL_ERROR "should be refused with '${words}', but: ${output}")
  endif()
endfunction()

function(changed from to words)
  string(REPLACE "${from}" "${to}" wrong "${page}")
  if(wrong STREQUAL page)
    message(FATAL_ERROR "docs/budgets.md does not hold '${from}'")
  endif()
  refused("${words}" "${wrong}")
endfunction()

changed("384" "385" "does not hold what tests/compile_fail/budget/budget_broken.cpp must print")
changed("<!-- output: " "<!-- printed: " "shows no compiler's output")
changed("\n$ " "\n# " "there is no block that opens with a command")
string(FIND "${page}" "<!-- output: ${NAME} " at)
if(NOT at EQUAL -1)
  changed(" -DSHOULD_FAIL" " " "what .* shows as broken compiles")
  changed(" error: static" " error: a static" "does not print this line")
endif()
