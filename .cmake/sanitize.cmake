# SPDX-License-Identifier: GPL-2.0-or-later
# cmake -C .cmake/sanitize.cmake -B build-sanitize
set(CMAKE_BUILD_TYPE Debug CACHE STRING "")
set(CMAKE_C_FLAGS "-O1 -g" CACHE STRING "")
set(CMAKE_CXX_FLAGS "-O1 -g" CACHE STRING "")
set(DAFU_SANITIZE "address,undefined" CACHE STRING "")
set(DAFU_WERROR ON CACHE BOOL "")
