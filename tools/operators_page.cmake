# cmake -D PROGRAM=<operators_page> -D PAGE=<docs/operators.md> [-D UPDATE=ON] -P operators_page.cmake
# Fails where the page is not what the program prints; with UPDATE, makes it so.
execute_process(COMMAND ${PROGRAM} OUTPUT_VARIABLE printed COMMAND_ERROR_IS_FATAL ANY)
if(UPDATE)
  file(WRITE ${PAGE} "${printed}")
  return()
endif()
set(written "")
if(EXISTS ${PAGE})
  file(READ ${PAGE} written)
endif()
if(NOT written STREQUAL printed)
  message(FATAL_ERROR "${PAGE} is not what the operator table says. Mend it: cmake --build <build directory> --target update_operators_page")
endif()
