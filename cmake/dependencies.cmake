# commfold_use(<dependency>...): from the machine if it has one new enough, else from the pinned commit of its own repository.
# Set FETCHCONTENT_SOURCE_DIR_<NAME> to use a checkout of your own.
include(FetchContent)

set(commfold_Catch2
  GIT_REPOSITORY https://github.com/catchorg/Catch2.git
  GIT_TAG fa43b77429ba76c462b1898d6cd2f2d7a9416b14 # 3.7.1
  FIND_PACKAGE_ARGS 3 GLOBAL)
set(commfold_CLI11
  GIT_REPOSITORY https://github.com/CLIUtils/CLI11.git
  GIT_TAG 6c7b07a878ad834957b98d0f9ce1dbe0cb204fc9 # 2.4.2
  FIND_PACKAGE_ARGS 2 GLOBAL)
set(commfold_nlohmann_json
  GIT_REPOSITORY https://github.com/nlohmann/json.git
  GIT_TAG 9cca280a4d0ccf0c08f47a99aa71d1b0e52f8d03 # 3.11.3
  FIND_PACKAGE_ARGS 3.10 GLOBAL)
set(commfold_benchmark
  GIT_REPOSITORY https://github.com/google/benchmark.git
  GIT_TAG eddb0241389718a23a42db6af5f0164b6e0139af # 1.9.4
  FIND_PACKAGE_ARGS 1.7 GLOBAL)

# Of Boost, three libraries that include nothing of the others. Their own CMake asks for the rest of Boost, so it is not entered:
# there is none in include/.
set(commfold_Boost_mp11 SOURCE_SUBDIR include
  GIT_REPOSITORY https://github.com/boostorg/mp11.git
  GIT_TAG d0f3481b210a3baf49ce16d7b595ba5f4bee8ce6) # 1.86.0
set(commfold_Boost_hana SOURCE_SUBDIR include
  GIT_REPOSITORY https://github.com/boostorg/hana.git
  GIT_TAG e66cd6bc3fdba37b31440e013d026a10e26ca486) # 1.86.0
set(commfold_Boost_pfr SOURCE_SUBDIR include
  GIT_REPOSITORY https://github.com/boostorg/pfr.git
  GIT_TAG 449bf360f7d7a945639710b0fbb670ffde70e772) # 1.86.0

# Declared only when it is used: where two projects declare one name, FetchContent takes the first declaration, and ours must not win for a
# library that we do not need.
function(commfold_use)
  # A fetched library is built without our warnings, and its headers are system headers. CMake 3.24 does not know SYSTEM yet.
  set(CMAKE_COMPILE_WARNING_AS_ERROR OFF)
  string(APPEND CMAKE_CXX_FLAGS " -w")
  set(BENCHMARK_ENABLE_TESTING OFF)
  set(system)
  if(CMAKE_VERSION VERSION_GREATER_EQUAL 3.25)
    set(system SYSTEM)
  endif()

  foreach(dependency IN LISTS ARGN)
    FetchContent_Declare(${dependency} ${system} ${commfold_${dependency}})
    FetchContent_MakeAvailable(${dependency})
    string(TOLOWER ${dependency} name)
    set(${name}_SOURCE_DIR ${${name}_SOURCE_DIR} PARENT_SCOPE)
  endforeach()
  set(CMAKE_MODULE_PATH ${CMAKE_MODULE_PATH} PARENT_SCOPE)
endfunction()

# Global, because who links commfold from another directory must see Boost::headers too.
function(commfold_use_boost)
  if(NOT TARGET Boost::headers)
    find_package(Boost 1.81 QUIET GLOBAL)
  endif()
  if(NOT TARGET Boost::headers)
    commfold_use(Boost_mp11 Boost_hana Boost_pfr)
    add_library(Boost::headers INTERFACE IMPORTED GLOBAL)
    target_include_directories(Boost::headers INTERFACE
      ${boost_mp11_SOURCE_DIR}/include ${boost_hana_SOURCE_DIR}/include ${boost_pfr_SOURCE_DIR}/include)
  endif()
endfunction()
