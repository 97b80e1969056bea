include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir ${CMAKE_INSTALL_DATADIR}/cmake/commfold)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/commfold-config-version.cmake COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)

# Rules and export set are always there: CMake refuses to export a library that links a target which no export set holds. What is excluded
# from `all` is installed by `cmake --install <dir> --component commfold` alone.
set(rules COMPONENT commfold)
if(NOT COMMFOLD_INSTALL)
  list(APPEND rules EXCLUDE_FROM_ALL)
endif()

install(TARGETS commfold EXPORT commfold-targets FILE_SET HEADERS ${rules})
install(EXPORT commfold-targets NAMESPACE commfold:: DESTINATION ${package_dir} ${rules})
export(EXPORT commfold-targets NAMESPACE commfold::)
install(FILES cmake/commfold-config.cmake cmake/commfold_add_budget_test.cmake cmake/commfold_budget_test.cmake
  ${PROJECT_BINARY_DIR}/commfold-config-version.cmake DESTINATION ${package_dir} ${rules})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} ${rules})
