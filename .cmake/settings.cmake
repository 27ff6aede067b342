# SPDX-License-Identifier: GPL-2.0-or-later
# One interface target carries the warnings, and one function makes a floor.
add_library(dafu_settings INTERFACE)
target_include_directories(dafu_settings INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(dafu_settings INTERFACE _POSIX_C_SOURCE=200809L _DEFAULT_SOURCE
                           DAFU_VERSION="${PROJECT_VERSION}")
target_compile_options(dafu_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wno-unused-parameter
  $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes -Wmissing-prototypes>
  $<$<BOOL:${DAFU_WERROR}>:-Werror>)

# The same source gives the same binaries, wherever it lies and is built.
target_compile_options(dafu_settings INTERFACE
  -ffile-prefix-map=${PROJECT_SOURCE_DIR}=. -ffile-prefix-map=${CMAKE_BINARY_DIR}=./build)

# Hardening, checked by tests/hardening.sh. (The sanitizers replace most of it.)
include(CheckPIESupported)
check_pie_supported()
if(NOT DAFU_SANITIZE)
  target_compile_options(dafu_settings INTERFACE -fstack-protector-strong -fstack-clash-protection)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    target_compile_options(dafu_settings INTERFACE -fcf-protection=full)
  endif()
  if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug") # it needs an optimising compiler
    target_compile_options(dafu_settings INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
  endif()
  target_link_options(dafu_settings INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
endif()
if(DAFU_SANITIZE)
  target_compile_options(dafu_settings INTERFACE -fsanitize=${DAFU_SANITIZE}
                         -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(dafu_settings INTERFACE -fsanitize=${DAFU_SANITIZE})
endif()

# Data that the programs look up at run time lies in share/dafu beside bin/.
set(DAFU_DATA_DIR ${CMAKE_BINARY_DIR}/share/dafu)
file(MAKE_DIRECTORY ${DAFU_DATA_DIR})
configure_file(${PROJECT_SOURCE_DIR}/corpus/reply.rng ${DAFU_DATA_DIR}/reply.rng COPYONLY)

# dafu_floor(name [EXCLUDE file...] USES library...): every .c and .cc of the current folder as
# the static library `name`. A floor links the floors below it, nothing else.
function(dafu_floor name)
  cmake_parse_arguments(FLOOR "" "" "EXCLUDE;USES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.c
                                      ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  foreach(file ${FLOOR_EXCLUDE})
    list(REMOVE_ITEM sources ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  if(sources)
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC dafu_settings ${FLOOR_USES})
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE dafu_settings ${FLOOR_USES})
  endif()
endfunction()

# dafu_module(name SOURCE file USES library...): a part of dafu-search that it loads when it is used
# (indexer/base/module.h). It shows one symbol, the table in the source, and is complete in itself.
file(RELATIVE_PATH DAFU_MODULES ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR}/dafu)
if(NOT DAFU_MODULES MATCHES "^\\.\\./[^.]")
  message(FATAL_ERROR "CMAKE_INSTALL_LIBDIR and CMAKE_INSTALL_BINDIR must lie in one folder")
endif()
function(dafu_module name)
  cmake_parse_arguments(MODULE "" "SOURCE" "USES" ${ARGN})
  add_library(dafu_${name} MODULE ${MODULE_SOURCE})
  target_link_libraries(dafu_${name} PRIVATE ${MODULE_USES})
  target_link_options(dafu_${name} PRIVATE -Wl,--exclude-libs,ALL -Wl,--as-needed)
  if(NOT DAFU_SANITIZE) # whose symbols the program has
    target_link_options(dafu_${name} PRIVATE -Wl,-z,defs)
  endif()
  set_target_properties(dafu_${name} PROPERTIES PREFIX "" OUTPUT_NAME ${name}
                        C_VISIBILITY_PRESET hidden
                        LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin/${DAFU_MODULES})
endfunction()

# dafu_program(name): its manual page and completions, which it prints itself, and their places.
function(dafu_program name)
  set(allocator)
  if(JEMALLOC_VERSION)
    string(REGEX MATCH "^[0-9.]+[0-9]" allocator "${JEMALLOC_VERSION}")
    set(allocator ", jemalloc ${allocator}")
  endif()
  target_compile_definitions(${name} PRIVATE DAFU_XAPIAN_VERSION="${XAPIAN_VERSION}"
    DAFU_UCHARDET_VERSION="${UCHARDET_VERSION}" DAFU_LIBXML2_VERSION="${LIBXML2_VERSION}"
    DAFU_LIBZIP_VERSION="${LIBZIP_VERSION}" DAFU_MICROHTTPD_VERSION="${MICROHTTPD_VERSION}"
    DAFU_ZLIB_VERSION="${ZLIB_VERSION}" DAFU_ALLOCATOR="${allocator}")
  set(folder ${CMAKE_BINARY_DIR}/manuals)
  file(MAKE_DIRECTORY ${folder})
  set(outputs)
  foreach(row "man|${name}.1|${CMAKE_INSTALL_MANDIR}/man1|${name}.1"
              "bash|${name}.bash|${CMAKE_INSTALL_DATADIR}/bash-completion/completions|${name}"
              "zsh|_${name}|${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions|_${name}"
              "fish|${name}.fish|${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d|${name}.fish")
    string(REPLACE "|" ";" row "${row}")
    list(GET row 0 form)
    list(GET row 1 file)
    list(GET row 2 place)
    list(GET row 3 installed)
    add_custom_command(OUTPUT ${folder}/${file}
      COMMAND ${name} --manual=${form} > ${folder}/${file} DEPENDS ${name} VERBATIM)
    list(APPEND outputs ${folder}/${file})
    install(FILES ${folder}/${file} DESTINATION ${place} RENAME ${installed})
  endforeach()
  add_custom_target(${name}-manuals ALL DEPENDS ${outputs})
endfunction()
