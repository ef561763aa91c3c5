# SPDX-License-Identifier: Apache-2.0
# Compiles data/products/*.csv, data/drugs.csv and data/menus.csv into ml_products.
file(GLOB product_files RELATIVE ${PROJECT_SOURCE_DIR} CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/data/products/*.csv)
set(drug_file data/drugs.csv)
set(menu_file data/menus.csv)
set(embedded ${PROJECT_BINARY_DIR}/generated/products_data.c)
set(embed_inputs ${product_files} ${drug_file} ${menu_file})
list(TRANSFORM embed_inputs PREPEND ${PROJECT_SOURCE_DIR}/)
list(JOIN product_files " " product_list)
add_custom_command(
  OUTPUT ${embedded}
  COMMAND ${CMAKE_COMMAND} -DOUT=${embedded} -DDIR=${PROJECT_SOURCE_DIR} "-DPRODUCTS=${product_list}"
          -DDRUGS=${drug_file} -DMENUS=${menu_file} -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
  DEPENDS ${embed_inputs} ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
  VERBATIM)
target_sources(ml_products PRIVATE ${embedded})
