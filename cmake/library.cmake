# SPDX-License-Identifier: Apache-2.0
# libmilieu: libc and libm only. The tiers of docs/design.md, lowest first.
ml_folder(base)
ml_folder(lanes ml_base)
ml_folder(body ml_lanes)
ml_folder(products ml_base)
include(${CMAKE_CURRENT_LIST_DIR}/products.cmake)
ml_folder(timeline ml_products)
ml_folder(solve ml_lanes)
ml_folder(signs ml_body)
ml_folder(person ml_body ml_solve ml_signs ml_timeline)
ml_folder(run ml_person ml_solve)

# Steady states of the presets.
add_executable(make_presets ${CMAKE_CURRENT_LIST_DIR}/make_presets.c)
target_link_libraries(make_presets PRIVATE ml_person)
set(settled ${PROJECT_BINARY_DIR}/generated/settled.c)
add_custom_command(OUTPUT ${settled} COMMAND make_presets ${settled} DEPENDS make_presets VERBATIM)
target_sources(ml_run PRIVATE ${settled})
