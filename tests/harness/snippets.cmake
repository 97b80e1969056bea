# cmake -D WORK=<dir> -P snippets.cmake
# Who tests tests/snippets.cmake? Pages that are wrong in one way each, below WORK: each must be refused in these words, since failing alone
# could be any mistake.
cmake_minimum_required(VERSION 3.24)
set(source "namespace a {\n  // [one]\n  int f();\n\n    int g();\n  // [/one]\n}\n// [two]\nint h();\n// [/two]\n// [open]\nint i();\n")
set(marker "<!-- snippet: code.cpp#one -->\n")
set(block "```cpp\nint f();\n\n  int g();\n```\n")

function(check page result)
  file(REMOVE_RECURSE ${WORK})
  file(WRITE ${WORK}/code.cpp "${source}")
  file(WRITE ${WORK}/docs/page.md "${page}")
  execute_process(COMMAND ${CMAKE_COMMAND} -D ROOT=${WORK} ${ARGN} -P ${CMAKE_CURRENT_LIST_DIR}/../snippets.cmake
    RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  # CMake wraps what it says.
  string(REGEX REPLACE "[ \n]+" " " output "${output}")
  set(${result} "${code}: ${output}" PARENT_SCOPE)
endfunction()

function(refused words page)
  check("${page}" said)
  if(said MATCHES "^0:" OR NOT said MATCHES "${words}")
    message(FATAL_ERROR "should be refused with '${words}', but: ${said}\n${page}")
  endif()
endfunction()

function(accepted page)
  check("${page}" said ${ARGN})
  if(NOT said MATCHES "^0:")
    message(FATAL_ERROR "should be accepted, but: ${said}\n${page}")
  endif()
endfunction()

accepted("# Title\n\n${marker}${block}")
accepted("${marker}${block}```sh\nls; [ -d x ]\n```\n")
accepted("<!-- snippet: code.cpp -->\n```cpp\n${source}```\n")

string(REPLACE "g()" "g2()" changed "${block}")
refused("page.md:2: the block differs from code.cpp#one.*1 of 1 blocks differ" "${marker}${changed}")
string(REPLACE "int f();\n" "" shorter "${block}")
refused("page.md:2: the block differs" "${marker}${shorter}")
refused("page.md:2: the block differs" "${marker}```cpp\n  int f();\n\n    int g();\n```\n")
refused("2 of 2 blocks differ" "${marker}${changed}${marker}${shorter}")
refused("page.md:1: no marker says from which file" "${block}")
refused("page.md:7: no marker says from which file" "${marker}${block}${block}")
refused("page.md:1: a marker without a block" "${marker}\n${block}")
refused("page.md:1: no marker says from which file" "```hpp\nint x;\n```\n")
refused("page.md:1: a block opens with" "```c++\nint x;\n```\n")
refused("page.md:1: a block opens with" "  ```cpp\n  int x;\n  ```\n")
refused("page.md:1: a block opens with" "~~~cpp\nint x;\n~~~\n")
refused("code.cpp has no region 'three'" "<!-- snippet: code.cpp#three -->\n${block}")
refused("code.cpp has no region 'open'" "<!-- snippet: code.cpp#open -->\n${block}")
refused("there is no file other.cpp" "<!-- snippet: other.cpp#one -->\n${block}")
refused("page.md:1: not a marker" "<!--snippet: code.cpp#one-->\n${block}")
refused("page.md:1: a marker without a block" "${marker}text\n")
refused("page.md:2: the block has no end" "${marker}```cpp\nint f();\n")
refused("not one block is cut" "# Title\n")

# What is stale is written anew, and nothing else is.
accepted("; [\n${marker}${changed}\\;text]\n" -D UPDATE=ON)
file(READ ${WORK}/docs/page.md page)
if(NOT page STREQUAL "; [\n${marker}${block}\\;text]\n")
  message(FATAL_ERROR "UPDATE made of it:\n${page}")
endif()
