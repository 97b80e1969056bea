# cmake -D README=<file> -D PROGRAM=<file.cpp> -D RUN=<its executable> -P readme.cmake
# The README's program is the example, and what it says that the program prints is what it prints.
file(READ ${README} readme)
file(READ ${PROGRAM} program)
execute_process(COMMAND ${RUN} OUTPUT_VARIABLE printed COMMAND_ERROR_IS_FATAL ANY)

foreach(block IN ITEMS "```cpp\n${program}```\n" "```\n${printed}```\n")
  string(FIND "${readme}" "${block}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "the README does not hold this block:\n${block}")
  endif()
endforeach()
