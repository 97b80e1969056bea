# Does a tree that is static in part compile to as many instructions as the function that one would write for it by hand?
#
# Every function `<name>_commfold` of the source has a twin `<name>_by_hand`. Both are compiled with -O2 -S, and what stands between
# their labels is counted: instructions, neither labels nor directives nor comments. The part that g++ moves away as `<name>.cold` counts too.
#
#   cmake -D SOURCE=file -D COMPILER=c++ -D FLAGS=response-file -D NAMES=a,b -D OUTPUT=file.s -P compare.cmake
cmake_minimum_required(VERSION 3.24)
set(ENV{LC_ALL} C)

execute_process(COMMAND ${COMPILER} @${FLAGS} -O2 -g0 -fno-sanitize=all -fcf-protection=none -S -o ${OUTPUT} ${SOURCE}
  RESULT_VARIABLE code ERROR_VARIABLE text)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "${SOURCE} does not compile:\n${text}")
endif()

file(STRINGS ${OUTPUT} lines)
set(function)
foreach(line IN LISTS lines)
  if(line MATCHES "^_?([a-z]+_(commfold|by_hand))([.]cold)?:")
    set(function ${CMAKE_MATCH_1})
  elseif(line MATCHES "^[A-Za-z_]" OR line MATCHES "[.]cfi_endproc")
    set(function)
  elseif(function AND line MATCHES "^[ \t]+[a-z]")
    list(APPEND instructions_of_${function} "${line}")
  endif()
endforeach()

string(REPLACE "," ";" names "${NAMES}")
if(NOT names)
  message(FATAL_ERROR "no functions to compare")
endif()
foreach(name IN LISTS names)
  foreach(who IN ITEMS commfold by_hand)
    list(LENGTH instructions_of_${name}_${who} ${who})
    # An alias, a jump to a call or nothing at all would be equal to anything.
    if(${who} LESS 6)
      message(FATAL_ERROR "${name}_${who}: only ${${who}} instructions are found in ${OUTPUT}")
    endif()
  endforeach()
  message("${name}: ${commfold} instructions, ${by_hand} by hand")
  if(NOT commfold EQUAL by_hand)
    list(JOIN instructions_of_${name}_commfold "\n" ours)
    list(JOIN instructions_of_${name}_by_hand "\n" theirs)
    message(FATAL_ERROR "${name}: the two differ\n${ours}\nby hand:\n${theirs}")
  endif()
endforeach()
