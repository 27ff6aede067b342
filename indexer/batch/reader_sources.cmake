# SPDX-License-Identifier: GPL-2.0-or-later
# cmake -DROOT=<source> -DOUT=<header> -P reader_sources.cmake: a digest of everything that decides
# what is read from a file. Nobody has to remember a version number.
file(GLOB sources ${ROOT}/indexer/document/*.c ${ROOT}/indexer/document/*.h
                  ${ROOT}/indexer/reply/*.c ${ROOT}/indexer/reply/*.h)
list(SORT sources)
set(all "")
foreach(source IN LISTS sources)
  file(SHA256 ${source} digest)
  string(APPEND all ${digest})
endforeach()
string(SHA256 digest "${all}")
file(WRITE ${OUT}.new "#define READER_SOURCES \"${digest}\"\n")
file(COPY_FILE ${OUT}.new ${OUT} ONLY_IF_DIFFERENT)
