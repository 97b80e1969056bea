# Writes commfold/report/html/assets.hpp from the files beside it: page.html, in which a line `/* style.css */` stands for that file, and
# `/* report */` for the JSON report, which parts the page in two.
#   cmake -P cmake/update_html_assets.cmake
#   cmake -D CHECK=ON -P cmake/update_html_assets.cmake    fails where the header is not what the files give
cmake_minimum_required(VERSION 3.24)
get_filename_component(root ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)
set(folder ${root}/include/commfold/report/html)
set(header ${folder}/assets.hpp)

file(READ ${folder}/page.html page)
file(GLOB parts RELATIVE ${folder} ${folder}/*.css ${folder}/*.js)
foreach(part IN LISTS parts)
  string(FIND "${page}" "/* ${part} */\n" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "${folder}/page.html has no line /* ${part} */, and that file would not be in the page")
  endif()
  file(READ ${folder}/${part} text)
  string(REPLACE "/* ${part} */\n" "${text}" page "${page}")
endforeach()
if(page MATCHES "/\\* ([a-z_]+\\.(css|js)) \\*/")
  message(FATAL_ERROR "${folder}/page.html names ${CMAKE_MATCH_1}, which is not there")
endif()

set(mark "/* report */\n")
string(FIND "${page}" "${mark}" at)
string(FIND "${page}" ")html\"" closed)
if(at EQUAL -1 OR NOT closed EQUAL -1)
  message(FATAL_ERROR "${folder}/page.html must have a line ${mark}, and no file may hold the end of the raw strings, )html\"")
endif()
string(LENGTH "${mark}" length)
math(EXPR end "${at} + ${length}")
string(SUBSTRING "${page}" 0 ${at} before)
string(SUBSTRING "${page}" ${end} -1 after)

set(wanted "// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/report/html/assets.hpp
/// The page of an HTML report, before and after the JSON report that it shows. Made from page.html, style.css and the scripts in this
/// folder by cmake/update_html_assets.cmake; edit those files.

#include <string_view>

namespace commfold::detail {

using namespace std::string_view_literals;

inline constexpr std::string_view html_before_report = R\"html(${before})html\"sv;

inline constexpr std::string_view html_after_report = R\"html(${after})html\"sv;

}  // namespace commfold::detail
")
if(NOT CHECK)
  file(WRITE ${header} "${wanted}")
  return()
endif()
set(written "")
if(EXISTS ${header})
  file(READ ${header} written)
endif()
if(NOT written STREQUAL wanted)
  message(FATAL_ERROR "${header} is not what the files beside it give. Mend it: cmake -P cmake/update_html_assets.cmake")
endif()
