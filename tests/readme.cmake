# cmake -D README=<file> -D PROGRAM=<file.cpp> -D RUN=<its executable> -P readme.cmake
# Is the README's program the example, and the output below it what the example prints?
file(READ ${README} readme)
file(READ ${PROGRAM} program)
execute_process(COMMAND ${RUN} OUTPUT_VARIABLE printed COMMAND_ERROR_IS_FATAL ANY)

foreach(block IN ITEMS "```cpp\n${program}```\n" "```\n${printed}```\n")
  string(FIND "${readme}" "${block}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "the README does not hold this block:\n${block}")
  endif()
endforeach()
