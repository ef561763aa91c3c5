# SPDX-License-Identifier: Apache-2.0
# The readouts of the axons over a grid, computed when the project is built, for ml_axon_lookup.
set(axon_model axon.c axon_chain.c axon_pulse1.c axon_pulse8.c bath.c)
list(TRANSFORM axon_model PREPEND ${PROJECT_SOURCE_DIR}/src/tissue/)
add_executable(make_axon ${CMAKE_CURRENT_LIST_DIR}/make_axon.c ${axon_model})
target_include_directories(make_axon PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/include)
target_compile_options(make_axon PRIVATE -O2 $<$<BOOL:${MILIEU_FUZZ}>:-fno-sanitize=all>) # in every build, or it takes minutes
target_link_libraries(make_axon PRIVATE m $<$<BOOL:${MILIEU_FUZZ}>:-fno-sanitize=all>)
ml_table(axon_table.c make_axon axon_table)
target_sources(ml_tissue PRIVATE ${axon_table})
