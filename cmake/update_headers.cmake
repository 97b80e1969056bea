# Writes cmake/headers.cmake anew from what is in include/:  cmake -P cmake/update_headers.cmake
cmake_minimum_required(VERSION 3.24)
get_filename_component(root ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)
file(GLOB_RECURSE headers RELATIVE ${root} ${root}/include/*.hpp)
list(SORT headers)
list(JOIN headers "\n  " lines)
file(READ ${CMAKE_CURRENT_LIST_DIR}/headers.cmake text)
string(REGEX REPLACE "set\\(commfold_headers[^)]*\\)" "set(commfold_headers\n  ${lines})" text "${text}")
file(WRITE ${CMAKE_CURRENT_LIST_DIR}/headers.cmake "${text}")
