# SPDX-License-Identifier: GPL-2.0-or-later
# cmake -C .cmake/release.cmake -B build
set(CMAKE_BUILD_TYPE Release CACHE STRING "")
set(CMAKE_C_FLAGS_RELEASE "-O2" CACHE STRING "")
set(CMAKE_CXX_FLAGS_RELEASE "-O2" CACHE STRING "")
