# Writes, compiles and runs the program of one seed. Where it does not compile or a check of it fails, its source is kept.
#
#   cmake -D GENERATOR=program -D SEED=n -D COMPILER=c++ -D FLAGS=response-file -D INCLUDE=root -D WORK=dir -P check.cmake
cmake_minimum_required(VERSION 3.24)

set(program ${WORK}/seed_${SEED})
file(MAKE_DIRECTORY ${WORK})

function(run step)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE text ERROR_VARIABLE text)
  if(NOT code EQUAL 0)
    message("${text}")
    message(FATAL_ERROR "seed ${SEED}: ${step}; the program is ${program}.cpp")
  endif()
endfunction()

execute_process(COMMAND ${GENERATOR} ${SEED} RESULT_VARIABLE code OUTPUT_FILE ${program}.cpp)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "seed ${SEED}: it makes no program")
endif()
run("it does not compile" ${COMPILER} @${FLAGS} -Werror -I${INCLUDE} ${program}.cpp -o ${program})
run("a check fails" ${program})
file(REMOVE ${program} ${program}.cpp)
