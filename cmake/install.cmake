include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir ${CMAKE_INSTALL_DATADIR}/cmake/commfold)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/commfold-config-version.cmake COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)

install(TARGETS commfold EXPORT commfold-targets FILE_SET HEADERS)
install(EXPORT commfold-targets NAMESPACE commfold:: DESTINATION ${package_dir})
install(FILES cmake/commfold-config.cmake cmake/commfold_add_budget_test.cmake cmake/commfold_budget_test.cmake
  ${PROJECT_BINARY_DIR}/commfold-config-version.cmake DESTINATION ${package_dir})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
