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
