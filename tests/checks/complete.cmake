# cmake -DROOT=... -P complete.cmake
# Every source and test file is listed in a CMakeLists.txt, every header is included by someone and
# begins as all do, every test case file is run.

set(problems 0)
macro(complain text)
  message(SEND_ERROR "${text}")
  math(EXPR problems "${problems} + 1")
endmacro()

file(GLOB_RECURSE lists ${ROOT}/core/CMakeLists.txt ${ROOT}/importers/CMakeLists.txt
  ${ROOT}/cli/CMakeLists.txt ${ROOT}/graphs/CMakeLists.txt ${ROOT}/tests/CMakeLists.txt)
file(GLOB_RECURSE sources RELATIVE ${ROOT} ${ROOT}/core/*.cpp ${ROOT}/importers/*.cpp
  ${ROOT}/cli/*.cpp ${ROOT}/tests/*.cpp)
foreach(source ${sources})
  # listed in the nearest list at or above it, by its path from there
  set(found FALSE)
  get_filename_component(directory ${ROOT}/${source} DIRECTORY)
  while(NOT found AND NOT directory STREQUAL ROOT)
    if(EXISTS ${directory}/CMakeLists.txt)
      file(RELATIVE_PATH name ${directory} ${ROOT}/${source})
      file(READ ${directory}/CMakeLists.txt text)
      string(REPLACE "." "\\." pattern "${name}")
      if(text MATCHES "(^|[ \t\n(/])${pattern}([ \t\n)]|$)")
        set(found TRUE)
      endif()
    endif()
    get_filename_component(directory ${directory} DIRECTORY)
  endwhile()
  if(NOT found)
    complain("${source}: no CMakeLists.txt at or above it lists it")
  endif()
endforeach()

file(GLOB_RECURSE headers RELATIVE ${ROOT} ${ROOT}/core/*.hpp ${ROOT}/importers/*.hpp
  ${ROOT}/cli/*.hpp)
file(GLOB_RECURSE all ${ROOT}/core/*.?pp ${ROOT}/importers/*.?pp ${ROOT}/cli/*.?pp
  ${ROOT}/tests/*.?pp)
set(includes "")
foreach(file ${all})
  file(STRINGS ${file} lines REGEX "^#[ \t]*include[ \t]*\"")
  string(APPEND includes "${lines};")
  file(STRINGS ${file} first LIMIT_COUNT 1)
  if(NOT first STREQUAL "// SPDX-License-Identifier: MIT")
    complain("${file}: the first line is not the licence")
  endif()
endforeach()
foreach(header ${headers})
  string(FIND "${includes}" "\"${header}\"" at)
  if(at EQUAL -1 AND NOT header STREQUAL "core/database.hpp")
    complain("${header}: nobody includes it")
  endif()
  file(STRINGS ${ROOT}/${header} once REGEX "^#pragma once$")
  if(NOT once)
    complain("${header}: has no #pragma once")
  endif()
endforeach()

file(GLOB_RECURSE cases RELATIVE ${ROOT}/tests/cli ${ROOT}/tests/cli/*.test)
file(READ ${ROOT}/tests/cli/CMakeLists.txt text)
foreach(case ${cases})
  get_filename_component(name ${case} DIRECTORY)
  if(NOT text MATCHES "[ \t\n]${name}[ \t\n)]")
    complain("tests/cli/${case}: is not listed in tests/cli/CMakeLists.txt")
  endif()
endforeach()

list(LENGTH sources number)
message(STATUS "${number} sources, ${problems} problems")
