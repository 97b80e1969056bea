# cmake -D WORK=<dir> -P layers.cmake
# Who tests tests/layers.cmake? Headers below WORK that are wrong in one way each: each must be refused in these words.
cmake_minimum_required(VERSION 3.24)

function(check include result)
  file(REMOVE_RECURSE ${WORK})
  file(WRITE ${WORK}/include/commfold/size/a.hpp "#include <cstddef>\n${include}\n")
  file(WRITE ${WORK}/include/commfold/trace/b.hpp "#include <commfold/size/a.hpp>\n")
  execute_process(COMMAND ${CMAKE_COMMAND} -D ROOT=${WORK} -P ${CMAKE_CURRENT_LIST_DIR}/../layers.cmake
    RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  # CMake wraps what it says.
  string(REGEX REPLACE "[ \n]+" " " output "${output}")
  set(${result} "${code}: ${output}" PARENT_SCOPE)
endfunction()

function(refused words include)
  check("${include}" said)
  if(said MATCHES "^0:" OR NOT said MATCHES "${words}")
    message(FATAL_ERROR "should be refused with '${words}', but: ${said}\n${include}")
  endif()
endfunction()

foreach(include IN ITEMS "#include <commfold/error.hpp>" "#include <commfold/text/digits.hpp>" "// #include <commfold/trace/b.hpp>")
  check("${include}" said)
  if(NOT said MATCHES "^0:")
    message(FATAL_ERROR "should be accepted, but: ${said}\n${include}")
  endif()
endforeach()
refused("size/a.hpp: 'size' is below 'trace' and includes <commfold/trace/b.hpp>" "#include <commfold/trace/b.hpp>")
refused("size/a.hpp: 'size' is below 'trace'" "#  include  <commfold/trace/b.hpp>")
refused("size/a.hpp: includes the umbrella <commfold/size.hpp>" "#include <commfold/size.hpp>")
refused("size/a.hpp: not <commfold/...>: #include \"b.hpp\"" "#include \"b.hpp\"")
refused("size/a.hpp: .*where the layer 'odd' stands" "#include <commfold/odd/c.hpp>")
