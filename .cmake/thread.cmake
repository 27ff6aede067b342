# SPDX-License-Identifier: GPL-2.0-or-later
# cmake -C .cmake/thread.cmake -B build-thread
set(CMAKE_BUILD_TYPE Debug CACHE STRING "")
set(CMAKE_C_FLAGS "-O1 -g" CACHE STRING "")
set(CMAKE_CXX_FLAGS "-O1 -g" CACHE STRING "")
set(DAFU_SANITIZE "thread" CACHE STRING "")
set(DAFU_WERROR ON CACHE BOOL "")
