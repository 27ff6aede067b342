# SPDX-License-Identifier: GPL-2.0-or-later
# The arrows between the floors, as a test: cmake -DROOT=<source> -P tests/layers.cmake
#
# indexer/ writes, search/ reads, and a floor includes itself and what its row below names. Every
# row is one sentence of the architecture; target_link_libraries says the same to the linker.
cmake_minimum_required(VERSION 3.25)

set(indexer_base)
set(indexer_analysis indexer/base)
set(indexer_document ${indexer_analysis} indexer/analysis)
set(indexer_reply    ${indexer_document} indexer/document)
set(indexer_index    ${indexer_reply} indexer/reply)
set(indexer_batch    ${indexer_index} indexer/index)
set(indexer_command  ${indexer_batch} indexer/batch)

# What index and query share is in analysis; what writes is out of search's reach.
set(search_index      indexer/base indexer/analysis)
set(search_query      indexer/base indexer/analysis)
set(search_ranking    ${search_query} search/query search/index)
set(search_snippet    ${search_query} search/query)
set(search_extract    ${search_query} search/query)
set(search_searcher   ${search_ranking} search/ranking search/snippet search/extract)
set(search_output     ${search_searcher} search/searcher)
set(search_saved      ${search_searcher} search/searcher)
# Drafts are read, too: document and reply are pure functions, bytes in, a reply out.
set(search_draft      indexer/base indexer/analysis indexer/document indexer/reply)
set(search_server     ${search_output} search/output)
set(search_evaluation ${search_server})
set(search_command    ${search_server} search/server search/evaluation search/saved search/draft)

set(floors
  indexer/base indexer/analysis indexer/document indexer/reply indexer/index indexer/batch
  indexer/command
  search/index search/query search/ranking search/snippet search/extract search/searcher search/output
  search/saved search/draft
  search/server search/evaluation search/command)

# The C++ fence: who may see Xapian.
set(xapian_files
  indexer/analysis/stored_record.hpp indexer/base/fence.hpp indexer/index/format_1.hpp
  indexer/index/index_folder.hpp indexer/index/index_scan.cc
  indexer/index/segment_builder.hpp indexer/index/using_index.hpp indexer/index/writer_state.hpp
  search/index/reader_state.hpp)

set(fault_count 0)

macro(fault text)
  message(NOTICE "${file}: ${text}")
  math(EXPR fault_count "${fault_count} + 1")
endmacro()

# What stands behind each #include of a file, with its quotes or brackets.
function(read_includes path out)
  file(READ ${path} content)
  string(REGEX MATCHALL "\n[ \t]*#[ \t]*include[^] \t\r\n;[]*[ \t]*[^] \t\r\n;[]*" lines "\n${content}")
  set(includes)
  foreach(line IN LISTS lines)
    string(REGEX REPLACE "^\n[ \t]*#[ \t]*include[ \t]*" "" included "${line}")
    list(APPEND includes "${included}")
  endforeach()
  set(${out} ${includes} PARENT_SCOPE)
endfunction()

# "indexer/base" of "indexer/base/text.h"; empty when that is not a file of a floor.
function(floor_of path out)
  string(REGEX MATCH "^(indexer|search)/[a-z0-9_]+/" floor "${path}")
  string(REGEX REPLACE "/$" "" floor "${floor}")
  if(NOT floor IN_LIST floors)
    set(floor "")
  endif()
  set(${out} "${floor}" PARENT_SCOPE)
endfunction()

# One include of ours, written in quotes, in a file of `floor`.
macro(check_quoted path)
  floor_of("${path}" target)
  string(REPLACE "/" "_" row "${floor}")
  if("${path}" MATCHES "(^|/)\\.|//")
    fault("\"${path}\" is no plain path from the root")
  elseif(NOT "${path}" MATCHES "^(indexer|search)/")
    fault("\"${path}\" does not start with indexer/ or search/")
  elseif(NOT target)
    fault("\"${path}\" is on no known floor")
  elseif(NOT target STREQUAL floor AND NOT target IN_LIST ${row})
    fault("${floor} may not include \"${path}\"")
  endif()
endmacro()

macro(check_system path)
  if("${path}" MATCHES "^xapian(\\.h$|/)" AND NOT file IN_LIST xapian_files)
    fault("only the C++ fence may include <${path}>")
  elseif("${path}" MATCHES "^(indexer|search|tests)/")
    fault("<${path}> is ours and belongs in quotes")
  endif()
endmacro()

# Files of the named folders, relative to ROOT, with links left alone.
macro(list_sources out)
  set(patterns)
  foreach(folder ${ARGN})
    foreach(extension c h cc hpp cpp hh cxx hxx inc)
      list(APPEND patterns ${ROOT}/${folder}/*.${extension})
    endforeach()
  endforeach()
  file(GLOB_RECURSE ${out} RELATIVE ${ROOT} ${patterns})
endmacro()

get_filename_component(ROOT "${ROOT}" ABSOLUTE)
list_sources(sources indexer search)
list(LENGTH sources source_count)
if(NOT source_count)
  message(FATAL_ERROR "no sources under indexer/ and search/ in \"${ROOT}\"")
endif()

foreach(file IN LISTS sources)
  floor_of("${file}" floor)
  if(NOT floor)
    fault("stands on no known floor")
    continue()
  endif()
  read_includes(${ROOT}/${file} includes)
  foreach(include IN LISTS includes)
    if(include MATCHES "^\"([^\"]+)\"")
      check_quoted("${CMAKE_MATCH_1}")
    elseif(include MATCHES "^<([^>]+)>")
      check_system("${CMAKE_MATCH_1}")
    else()
      fault("cannot read #include ${include}")
    endif()
  endforeach()
endforeach()

# Tests may reach every floor, but by the same kind of path.
list_sources(tests tests)
foreach(file IN LISTS tests)
  read_includes(${ROOT}/${file} includes)
  foreach(include IN LISTS includes)
    if(include MATCHES "^\"([^\"]+)\"" AND NOT CMAKE_MATCH_1 MATCHES "^(indexer|search|tests)/")
      fault("\"${CMAKE_MATCH_1}\" does not start with indexer/, search/ or tests/")
    endif()
  endforeach()
endforeach()

if(fault_count)
  message(FATAL_ERROR "${fault_count} includes against the arrows")
endif()
message(STATUS "${source_count} sources keep to the arrows")
