# SPDX-License-Identifier: Apache-2.0
# Writes data files as C arrays, byte by byte, for MlDataFile of src/products/data.h:
#   cmake -DOUT=file.c -DDIR=... -DPRODUCTS="a.csv b.csv" -DDRUGS=c.csv -DMENUS=d.csv -P embed.cmake   ml_product_files, ml_drug_file, ml_menu_file
#   cmake -DOUT=file.c -DDIR=... -DVARIATION=d.csv -P embed.cmake                        ml_variation_file

function(array variable path)
  file(READ ${DIR}/${path} hex HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "(....................................................................................................)"
         "\\1\n" bytes "${bytes}")
  string(APPEND code "static const unsigned char ${variable}[] = {\n${bytes}0};\n")
  set(code "${code}" PARENT_SCOPE)
endfunction()

macro(single name variable path)
  array(${variable} ${path})
  string(APPEND code "const MlDataFile ${name} = {\"${path}\", (const char *)${variable}, sizeof ${variable} - 1};\n")
endmacro()

set(code "/* Written by cmake/embed.cmake from the files of data/. */\n#include \"products/data.h\"\n\n")
if(DEFINED PRODUCTS)
  set(table "")
  set(i 0)
  string(REPLACE " " ";" PRODUCTS "${PRODUCTS}")
  foreach(path ${PRODUCTS})
    array(file${i} ${path})
    string(APPEND table "    {\"${path}\", (const char *)file${i}, sizeof file${i} - 1},\n")
    math(EXPR i "${i} + 1")
  endforeach()
  string(APPEND code "\nconst MlDataFile ml_product_files[] = {\n${table}};\n")
  string(APPEND code "const size_t ml_product_file_count = ${i};\n")
  single(ml_drug_file drugs ${DRUGS})
  single(ml_menu_file menus ${MENUS})
endif()
if(DEFINED VARIATION)
  string(APPEND code "extern const MlDataFile ml_variation_file;\n")
  single(ml_variation_file variation ${VARIATION})
endif()
file(WRITE ${OUT} "${code}")
