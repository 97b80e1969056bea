include(CMakeFindDependencyMacro)
find_dependency(commfold)
include(${CMAKE_CURRENT_LIST_DIR}/wrapper-targets.cmake)
