# Runs cmake/compile_fail.cmake on a fixture. A fixture that opens with `// complaint: <regex>` must be refused in these words, since it
# could also fail by another mistake; a fixture without that line must pass.
cmake_minimum_required(VERSION 3.24)

execute_process(
  COMMAND ${CMAKE_COMMAND} -D SOURCE=${SOURCE} -D COMPILER=${COMPILER} -D FAMILY=${FAMILY} -D FLAGS=${FLAGS}
    -P ${CMAKE_CURRENT_LIST_DIR}/../../cmake/compile_fail.cmake
  RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
# CMake wraps what it says.
string(REGEX REPLACE "[ \n]+" " " output "${output}")

file(READ ${SOURCE} text)
if(text MATCHES "^// complaint: ([^\n]+)")
  if(code EQUAL 0 OR NOT output MATCHES "${CMAKE_MATCH_1}")
    message(FATAL_ERROR "should be refused with '${CMAKE_MATCH_1}', but: ${output}")
  endif()
elseif(NOT code EQUAL 0)
  message(FATAL_ERROR "should pass, but: ${output}")
endif()
