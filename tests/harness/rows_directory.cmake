# cmake -D WORK=<dir> -D GENERATOR=<program> -P rows_directory.cmake
# COMMFOLD_ORACLE_DIR with a typing error stops CMake, and the generator of static rows, in these words. Neither reads tests/data instead.
cmake_minimum_required(VERSION 3.24)

file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK}/empty)
file(WRITE ${WORK}/file "")
file(WRITE ${WORK}/others/rows.jsonl "{}\n")
file(WRITE ${WORK}/good/torch_other.jsonl "{}\n")

function(run result directory)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env "COMMFOLD_ORACLE_DIR=${directory}" ${ARGN}
    RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  # CMake wraps what it says.
  string(REGEX REPLACE "[ \n]+" " " output "${output}")
  set(${result} "${code}: ${output}" PARENT_SCOPE)
endfunction()

set(configure ${CMAKE_COMMAND} -P ${CMAKE_CURRENT_LIST_DIR}/../rows_directory.cmake)
set(generate ${GENERATOR} ${CMAKE_CURRENT_LIST_DIR}/../data ${WORK}/generated 1)

function(refused words directory)
  foreach(program IN ITEMS configure generate)
    run(said "${directory}" ${${program}})
    string(FIND "${said}" "${words}" at)
    if(said MATCHES "^0:" OR at EQUAL -1)
      message(FATAL_ERROR "${program}: '${directory}' should be refused with '${words}', but: ${said}")
    endif()
  endforeach()
endfunction()

refused("is empty" "")
refused("which is no absolute path" "good")
refused("which is no directory" "${WORK}/goood")
refused("which is no directory" "${WORK}/file")
refused("which has no file of rows" "${WORK}/empty")
refused("which has no file of rows" "${WORK}/others")

run(said "${WORK}/good" ${configure})
if(NOT said MATCHES "^0:")
  message(FATAL_ERROR "should be accepted, but: ${said}")
endif()
# A directory that has other files of rows need not have those of operators.
run(said "${WORK}/good" ${generate})
if(NOT said MATCHES "^0:")
  message(FATAL_ERROR "should be accepted, but: ${said}")
endif()
