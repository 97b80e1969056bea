# commfold_add_budget_test(NAME <test> REPORT <file> BUDGET <file> [COMMAND <program> [<argument>...]])
#
# Adds a test that runs the program and then `commfold check <REPORT> <BUDGET>`. The program writes REPORT, or prints it: what it prints is
# the report unless it wrote the file itself. A report of an earlier run is removed first, so that it cannot keep a budget for a program
# that writes none. Without COMMAND the report is there already, or another test makes it.
#
# A relative REPORT is in the current binary directory, where the program runs, and a relative BUDGET in the current source directory. The
# program may be a target that was added before. It takes the target commfold::tool: COMMFOLD_TOOLS must be ON where commfold is built.
function(commfold_add_budget_test)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME;REPORT;BUDGET" "COMMAND")
  if(DEFINED arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "commfold_add_budget_test: '${arg_UNPARSED_ARGUMENTS}' is not understood")
  endif()
  foreach(keyword IN ITEMS NAME REPORT BUDGET)
    if("${arg_${keyword}}" STREQUAL "")
      message(FATAL_ERROR "commfold_add_budget_test: ${keyword} is missing")
    endif()
  endforeach()
  if(NOT TARGET commfold::tool)
    message(FATAL_ERROR "commfold_add_budget_test(NAME ${arg_NAME}): the program commfold is not there. "
      "Set COMMFOLD_TOOLS to ON before commfold is added, or where it is built to be installed")
  endif()

  get_filename_component(report "${arg_REPORT}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_BINARY_DIR}")
  get_filename_component(budget "${arg_BUDGET}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
  if(NOT DEFINED arg_COMMAND)
    add_test(NAME ${arg_NAME} COMMAND commfold::tool check "${report}" "${budget}")
    return()
  endif()
  list(POP_FRONT arg_COMMAND program)
  if(TARGET "${program}")
    set(program $<TARGET_FILE:${program}>)
  endif()
  add_test(NAME ${arg_NAME}
    COMMAND ${CMAKE_COMMAND} -D TOOL=$<TARGET_FILE:commfold::tool> -D REPORT=${report} -D BUDGET=${budget}
      -P ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/commfold_budget_test.cmake -- ${program} ${arg_COMMAND})
endfunction()
