# Is a refusal refused, with the right words, and only once?
#
# A refusal is one file. The comment that opens it says what the compiler must print:
#   // error: <regex>         one or more lines; `.` also matches a newline
#   // error[gcc]: <regex>    for one family of compilers only, gcc or clang
#   // cascades: <why>        more than one error is all right here
# With -DSHOULD_FAIL it must not compile. Without, it must: the positive twin, so that no typo passes for a refusal.
#
#   cmake -D SOURCE=file -D COMPILER=c++ -D FAMILY=gcc|clang -D FLAGS=response-file -P compile_fail.cmake
cmake_minimum_required(VERSION 3.24)
set(ENV{LC_ALL} C)

function(compile result output)
  # No source lines in the output: a regex must not be satisfied by an echo of the text it is looking for.
  set(plain -fmessage-length=0 -fdiagnostics-plain-output)
  if(FAMILY STREQUAL "clang")
    set(plain -fmessage-length=0 -fno-color-diagnostics -fno-caret-diagnostics)
  endif()
  execute_process(COMMAND ${COMPILER} @${FLAGS} ${plain} ${ARGN} -fsyntax-only ${SOURCE}
    RESULT_VARIABLE code OUTPUT_VARIABLE text ERROR_VARIABLE text)
  set(${result} ${code} PARENT_SCOPE)
  set(${output} "${text}" PARENT_SCOPE)
endfunction()

function(refuse complaint)
  message("${output}")
  message(FATAL_ERROR "${SOURCE}: ${complaint}")
endfunction()

# Line by line, by hand: a CMake list would split at semicolons and join at brackets, which regexes have.
file(READ ${SOURCE} rest)
set(expected 0)
set(cascades FALSE)
while(rest MATCHES "^//([^\n]*)\n(.*)$")
  set(line "${CMAKE_MATCH_1}")
  set(rest "${CMAKE_MATCH_2}")
  if(line MATCHES "^ error(\\[([^]]*)\\])?: (.+)$")
    set(only "${CMAKE_MATCH_2}")
    if(only STREQUAL "" OR only STREQUAL FAMILY)
      math(EXPR expected "${expected} + 1")
      set(regex_${expected} "${CMAKE_MATCH_3}")
    elseif(NOT only MATCHES "^(gcc|clang)$")
      refuse("knows no compiler '${only}'")
    endif()
  elseif(line MATCHES "^ cascades: .")
    set(cascades TRUE)
  endif()
endwhile()
if(expected EQUAL 0)
  refuse("says no error that ${FAMILY} should print")
endif()

compile(code output -Werror)
if(NOT code EQUAL 0)
  refuse("the positive twin does not compile cleanly")
endif()

# A warning is no refusal, and a warning turned into an error would be counted as a second one.
compile(code output -Wno-error -DSHOULD_FAIL)
if(code EQUAL 0)
  refuse("compiles with SHOULD_FAIL")
endif()
foreach(i RANGE 1 ${expected})
  if(NOT output MATCHES "${regex_${i}}")
    refuse("no error matches '${regex_${i}}'")
  endif()
endforeach()
string(REGEX MATCHALL ":[0-9]+: (fatal )?error: " errors "${output}")
list(LENGTH errors errors)
if(NOT errors EQUAL 1 AND NOT cascades)
  refuse("${errors} errors where there should be one")
endif()
