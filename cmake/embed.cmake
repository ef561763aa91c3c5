# SPDX-License-Identifier: Apache-2.0
# cmake -DOUT=file.c -DDIR=... -DPRODUCTS="a.csv b.csv" -DDRUGS=c.csv -P embed.cmake
# Writes data files as C arrays, byte by byte, for src/products/data.h.

function(array variable path)
  file(READ ${DIR}/${path} hex HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "(....................................................................................................)"
         "\\1\n" bytes "${bytes}")
  string(APPEND code "static const unsigned char ${variable}[] = {\n${bytes}0};\n")
  set(code "${code}" PARENT_SCOPE)
endfunction()

set(code "/* Written by cmake/embed.cmake from the files of data/. */\n#include \"products/data.h\"\n\n")
set(table "")
set(i 0)
string(REPLACE " " ";" PRODUCTS "${PRODUCTS}")
foreach(path ${PRODUCTS})
  array(file${i} ${path})
  string(APPEND table "    {\"${path}\", (const char *)file${i}, sizeof file${i} - 1},\n")
  math(EXPR i "${i} + 1")
endforeach()
array(drugs ${DRUGS})
string(APPEND code "\nconst MlDataFile ml_product_files[] = {\n${table}};\n")
string(APPEND code "const size_t ml_product_file_count = ${i};\n")
string(APPEND code "const MlDataFile ml_drug_file = {\"${DRUGS}\", (const char *)drugs, sizeof drugs - 1};\n")
file(WRITE ${OUT} "${code}")
