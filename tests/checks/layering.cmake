cmake_minimum_required(VERSION 3.25)
# cmake -DROOT=... -P layering.cmake
# Reads every #include and fails on an edge that goes up the order of rooms, and on a package that
# only one room may see.

# room = rank; a file may include files of its own rank and of lower ones
set(order
  "core/error.hpp" "core/version.hpp" "core/model/" "core/names/" "core/storage/" "core/graph/"
  "core/analysis/" "core/query/" "core/exporters/" "core/database.hpp" "importers/" "cli/")

function(rank_of path out)
  set(rank -1)
  set(i 0)
  foreach(room ${order})
    string(FIND "${path}" "${room}" at)
    if(at EQUAL 0)
      set(rank ${i})
    endif()
    math(EXPR i "${i} + 1")
  endforeach()
  # what wears its version on its sleeve stands beside the errors
  if(path MATCHES "^core/version")
    set(rank 0)
  endif()
  set(${out} ${rank} PARENT_SCOPE)
endfunction()

set(problems 0)
macro(complain text)
  message(SEND_ERROR "${text}")
  math(EXPR problems "${problems} + 1")
endmacro()

file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/core/*.hpp ${ROOT}/core/*.cpp ${ROOT}/core/*.in
  ${ROOT}/importers/*.hpp ${ROOT}/importers/*.cpp ${ROOT}/cli/*.hpp ${ROOT}/cli/*.cpp)
list(LENGTH files count)
if(count LESS 50)
  message(FATAL_ERROR "only ${count} files found under ${ROOT}")
endif()
set(edges 0)
foreach(file ${files})
  rank_of(${file} from)
  if(from EQUAL -1)
    complain("${file}: stands in no room of the order")
  endif()
  file(STRINGS ${ROOT}/${file} includes REGEX "^[ \t]*#[ \t]*include[ \t]*[<\"]")
  foreach(line ${includes})
    string(REGEX REPLACE "^[ \t]*#[ \t]*include[ \t]*[<\"]([^>\"]*)[>\"].*" "\\1" included "${line}")
    math(EXPR edges "${edges} + 1")
    if(line MATCHES "\"")
      rank_of(${included} to)
      if(to EQUAL -1)
        complain("${file}: \"${included}\" is not written from the root")
      elseif(to GREATER from)
        complain("${file}: includes ${included}, which stands above it")
      elseif(file MATCHES "^cli/" AND included MATCHES "^importers/"
             AND NOT included STREQUAL "importers/importers.hpp")
        complain("${file}: cli may see importers/importers.hpp only, not ${included}")
      endif()
    elseif(included STREQUAL "lmdb.h" AND NOT file MATCHES "^core/storage/")
      complain("${file}: only core/storage sees LMDB")
    elseif(included MATCHES "^boost/graph/" AND NOT file MATCHES "^core/(graph|analysis)/")
      complain("${file}: only core/graph and core/analysis see Boost.Graph")
    elseif(included STREQUAL "iostream" AND NOT file MATCHES "^cli/")
      complain("${file}: only the command line prints")
    endif()
  endforeach()
endforeach()
message(STATUS "${count} files, ${edges} includes, ${problems} problems")
