# SPDX-License-Identifier: Apache-2.0
# Compiles data/variation.csv into ml_study.
set(variation_file data/variation.csv)
set(variation ${PROJECT_BINARY_DIR}/generated/variation_data.c)
add_custom_command(
  OUTPUT ${variation}
  COMMAND ${CMAKE_COMMAND} -DOUT=${variation} -DDIR=${PROJECT_SOURCE_DIR} -DVARIATION=${variation_file} -P
          ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
  DEPENDS ${PROJECT_SOURCE_DIR}/${variation_file} ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
  VERBATIM)
target_sources(ml_study PRIVATE ${variation})
