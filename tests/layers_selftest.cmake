# SPDX-License-Identifier: GPL-2.0-or-later
# The test of the test of arrows: plants one file with one include in an otherwise empty tree and
# looks what layers.cmake says.
# cmake -DWORK=<scratch folder> -P tests/layers_selftest.cmake
cmake_minimum_required(VERSION 3.25)

set(failed 0)

# plant(<allowed|refused> <file> <include as written> [what the message must contain])
function(plant expected path include)
  file(REMOVE_RECURSE ${WORK})
  file(WRITE ${WORK}/${path} "/* planted */\n#include <stdio.h>\n#include ${include}\n\nint x;\n")
  execute_process(COMMAND ${CMAKE_COMMAND} -DROOT=${WORK}
                          -P ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/layers.cmake
                  RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  set(actual refused)
  if(code EQUAL 0)
    set(actual allowed)
  endif()
  if(NOT actual STREQUAL expected)
    message(NOTICE "${path} with ${include} was ${actual}, not ${expected}")
  elseif(ARGC GREATER 3 AND NOT output MATCHES "${ARGV3}")
    message(NOTICE "${path} with ${include} was not explained by \"${ARGV3}\" but by ${output}")
  else()
    return()
  endif()
  math(EXPR failed "${failed} + 1")
  set(failed ${failed} PARENT_SCOPE)
endfunction()

# Upward and sideways.
plant(refused indexer/base/a.c "\"indexer/analysis/b.h\"" "indexer/base may not include")
plant(refused indexer/reply/a.h "\"indexer/index/b.h\"" "indexer/reply may not include")
plant(refused indexer/batch/deep/a.c "\"indexer/command/b.h\"" "indexer/batch may not include")
plant(refused indexer/command/a.c "\"search/index/b.h\"" "indexer/command may not include")
plant(refused search/index/a.cc "\"search/query/b.h\"" "search/index may not include")
plant(refused search/query/a.c "\"search/index/b.h\"" "search/query may not include")
plant(refused search/snippet/a.c "\"search/ranking/b.h\"" "search/snippet may not include")
plant(refused search/ranking/a.c "\"indexer/reply/b.h\"" "search/ranking may not include")
plant(refused search/command/a.c "\"indexer/index/b.h\"" "search/command may not include")
plant(refused search/command/a.c "\"indexer/batch/b.h\"" "search/command may not include")
plant(refused search/server/a.c "\"search/command/b.h\"" "search/server may not include")

# Downward and within.
plant(allowed indexer/base/a.c "\"indexer/base/b.h\"")
plant(allowed indexer/command/a.c "\"indexer/base/b.h\"")
plant(allowed indexer/index/a.c "\"indexer/reply/b.h\"")
plant(allowed search/index/a.c "\"indexer/analysis/b.h\"")
plant(allowed search/ranking/a.c "\"search/index/b.h\"")
plant(allowed search/output/a.c "\"search/searcher/b.h\"")
plant(allowed search/draft/a.c "\"indexer/reply/b.h\"")
plant(refused search/command/a.c "\"indexer/reply/b.h\"" "search/command may not include")
plant(allowed search/command/a.c "\"search/query/b.h\"   /* with a; [remark */")

# Ways around.
plant(refused indexer/base/a.c "\"b.h\"" "does not start with")
plant(refused indexer/base/a.c "\"tests/base/b.h\"" "does not start with")
plant(refused indexer/base/a.c "\"indexer/base/../index/b.h\"" "no plain path")
plant(refused indexer/base/a.c "\"indexer//index/b.h\"" "no plain path")
plant(refused indexer/base/a.c "\"indexer/b.h\"" "no known floor")
plant(refused indexer/base/a.c "<indexer/index/b.h>" "belongs in quotes")
plant(refused indexer/base/a.c "HEADER" "cannot read")
plant(refused indexer/new/a.c "<stdio.h>" "stands on no known floor")
plant(refused indexer/base/a.c "<stdio.h>\n #  include\t\"indexer/reply/b.h\"" "may not include")
plant(refused tests/base/a.c "<stdio.h>" "no sources")

# The C++ fence.
plant(refused search/ranking/a.cc "<xapian.h>" "only the C\\+\\+ fence")
plant(refused indexer/index/a.c "<xapian/enquire.h>" "only the C\\+\\+ fence")
plant(allowed indexer/index/writer_state.hpp "<xapian.h>")
plant(allowed search/index/reader_state.hpp "<xapian.h>")
plant(allowed indexer/base/fence.hpp "<xapian.h>")

file(REMOVE_RECURSE ${WORK})
if(failed)
  message(FATAL_ERROR "${failed} planted includes were judged wrongly")
endif()
