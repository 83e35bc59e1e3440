# The decoding library for other programs: shared and static, its headers, and what find_package(han)
# and pkg-config read (doc/library.md). hanport itself is linked with the target han, which is made
# for link-time optimisation: only this very compiler can read that.

# Of the library's binary interface, not hanport's version: it goes up with the first release whose
# headers a program has to be compiled against again.
set(han_abi 1)

set(library ${CMAKE_INSTALL_LIBDIR})
# In a folder of its own, as kmp/ and polled/ are too general names for /usr/include.
set(headers_folder ${CMAKE_INSTALL_INCLUDEDIR}/hanport)
file(GLOB_RECURSE han_headers CONFIGURE_DEPENDS include/han/*.hpp include/polled/*.hpp
     include/kmp/*.hpp include/iec62056/*.hpp)

add_library(han_objects OBJECT ${han_sources})
target_include_directories(han_objects PRIVATE include)
set_target_properties(han_objects PROPERTIES POSITION_INDEPENDENT_CODE ON
                                             EXPORT_COMPILE_COMMANDS OFF) # clang-tidy has han's

foreach(kind shared static)
  string(TOUPPER ${kind} type)
  add_library(han_${kind} ${type} $<TARGET_OBJECTS:han_objects>)
  # In a folder of their own: the target han makes a libhan.a as well.
  set_target_properties(
    han_${kind} PROPERTIES OUTPUT_NAME han LINKER_LANGUAGE CXX
                           LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/library
                           ARCHIVE_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/library)
  target_sources(han_${kind} PUBLIC FILE_SET HEADERS BASE_DIRS include FILES ${han_headers})
  target_compile_features(han_${kind} PUBLIC cxx_std_23)
  install(TARGETS han_${kind} EXPORT han
          LIBRARY DESTINATION ${library} COMPONENT library NAMELINK_COMPONENT development
          ARCHIVE DESTINATION ${library} COMPONENT development
          FILE_SET HEADERS DESTINATION ${headers_folder} COMPONENT development)
endforeach()
set_target_properties(han_shared PROPERTIES VERSION ${han_abi}.0.0 SOVERSION ${han_abi}
                                            EXPORT_NAME han)
set_target_properties(han_static PROPERTIES EXPORT_NAME static)

# find_package(han): the targets han::han and han::static.
include(CMakePackageConfigHelpers)
install(EXPORT han NAMESPACE han:: FILE hanConfig.cmake DESTINATION ${library}/cmake/han
        COMPONENT development)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/hanConfigVersion.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/hanConfigVersion.cmake DESTINATION ${library}/cmake/han
        COMPONENT development)

# pkg-config han. The prefix is found from where the file is, as it is not known until installation.
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX
           BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX}/${library}/pkgconfig OUTPUT_VARIABLE up)
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/han.pc @ONLY CONTENT [[
prefix=${pcfiledir}/@up@
libdir=${prefix}/@library@
includedir=${prefix}/@headers_folder@

Name: han
Description: Decodes what electricity meters send (HAN port, DLMS, OBIS); needs C++23
Version: @PROJECT_VERSION@
Cflags: -I${includedir}
Libs: -L${libdir} -lhan
]])
install(FILES ${PROJECT_BINARY_DIR}/han.pc DESTINATION ${library}/pkgconfig COMPONENT development)
