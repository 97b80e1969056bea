# cmake -D SOURCE=<dir> -D WORK=<dir> -P defaults.cmake -- <option of CMake>...
# What does a build make that turns no option on? The tool and nothing else. Asked by a dry run of Ninja, which lists every step.
cmake_minimum_required(VERSION 3.24)
set(options)
set(behind OFF)
foreach(n RANGE ${CMAKE_ARGC})
  if(behind)
    list(APPEND options ${CMAKE_ARGV${n}})
  elseif("${CMAKE_ARGV${n}}" STREQUAL "--")
    set(behind ON)
  endif()
endforeach()

# Without CMAKE_SUPPRESS_REGENERATION the dry run would end at the step that looks whether CMake must run again.
file(REMOVE_RECURSE ${WORK})
execute_process(COMMAND ${CMAKE_COMMAND} -S ${SOURCE} -B ${WORK} -G Ninja -DCMAKE_SUPPRESS_REGENERATION=ON ${options}
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_COMMAND} --build ${WORK} -- -n OUTPUT_VARIABLE steps COMMAND_ERROR_IS_FATAL ANY)

foreach(word IN ITEMS tests/ benchmarks/ examples/ Catch2 operators_page)
  if(steps MATCHES "${word}")
    message(FATAL_ERROR "a build without options makes something of ${word}:\n${steps}")
  endif()
endforeach()
if(NOT steps MATCHES "commfold_tool")
  message(FATAL_ERROR "a build without options makes no tool:\n${steps}")
endif()
