# SPDX-License-Identifier: GPL-2.0-or-later
# Files as constant C data: cmake -DOUT=<file.c> "-DFILES=<a;b>" -P embed.cmake
set(content "#include \"search/server/assets.h\"\n\n")
set(rows "")
set(number 0)
foreach(path IN LISTS FILES)
  get_filename_component(name ${path} NAME)
  file(READ ${path} bytes HEX)
  file(SHA256 ${path} hash)
  string(SUBSTRING ${hash} 0 12 hash)
  string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  string(APPEND content "static const unsigned char FILE_${number}[] = {\n${bytes}0\n};\n")
  string(APPEND rows "    { \"${name}\", \"${hash}\", FILE_${number}, sizeof(FILE_${number}) - 1 },\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE ${OUT} "${content}\nconst struct asset ASSETS[] = {\n${rows}};\n"
                  "const size_t ASSET_COUNT = ${number};\n")
