# SPDX-License-Identifier: GPL-2.0-or-later
# cmake -C .cmake/ci.cmake -B build
set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "")
set(DAFU_WERROR ON CACHE BOOL "")
