# SPDX-License-Identifier: Apache-2.0
# libmilieu: libc (with POSIX threads) and libm only. The tiers of docs/design.md, lowest first.
ml_folder(base)
ml_folder(lanes ml_base)
ml_folder(body ml_lanes)
ml_folder(tissue ml_lanes)
if(MILIEU_FUZZ) # of equations over fixed arrays; the address sanitizer watches those. With these checks each takes minutes to compile.
  foreach(equations body tissue)
    target_compile_options(ml_${equations} PRIVATE -fno-sanitize=alignment,null,object-size,pointer-overflow)
  endforeach()
endif()
include(${CMAKE_CURRENT_LIST_DIR}/axon.cmake)

# The fast level of the muscle fiber, tabulated.
add_executable(make_fiber_table ${CMAKE_CURRENT_LIST_DIR}/make_fiber_table.c ${PROJECT_SOURCE_DIR}/src/tissue/lookup/fiber_tabulate.c)
target_link_libraries(make_fiber_table PRIVATE ml_tissue)
ml_table(fiber_table.c make_fiber_table fiber_table)
add_library(ml_lookup STATIC ${PROJECT_SOURCE_DIR}/src/tissue/lookup/fiber_lookup.c ${fiber_table})
target_link_libraries(ml_lookup PUBLIC ml_tissue)

# The wall of the ventricle, tabulated: some 30 s of one core.
set(heart_model heart.c heart_cell.c heart_cell8.c bath.c)
list(TRANSFORM heart_model PREPEND ${PROJECT_SOURCE_DIR}/src/tissue/)
set(heart_tabulate ${PROJECT_SOURCE_DIR}/src/tissue/lookup/heart_levels.c ${PROJECT_SOURCE_DIR}/src/tissue/lookup/heart_tabulate.c)
add_executable(make_heart_table ${CMAKE_CURRENT_LIST_DIR}/make_heart_table.c ${heart_tabulate})
if(MILIEU_FUZZ) # with its own, unsanitized model, or it takes minutes
  target_sources(make_heart_table PRIVATE ${heart_model})
  target_include_directories(make_heart_table PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/include)
  target_compile_options(make_heart_table PRIVATE -O2 -fno-sanitize=all)
  target_link_libraries(make_heart_table PRIVATE m -fno-sanitize=all)
else()
  target_link_libraries(make_heart_table PRIVATE ml_tissue)
endif()
ml_table(heart_table.c make_heart_table heart_table)
target_sources(ml_lookup PRIVATE ${PROJECT_SOURCE_DIR}/src/tissue/lookup/heart_lookup.c ${PROJECT_SOURCE_DIR}/src/tissue/lookup/heart_levels.c ${heart_table})

ml_folder(products ml_base)
include(${CMAKE_CURRENT_LIST_DIR}/products.cmake)
ml_folder(timeline ml_products ml_body)
ml_folder(solve ml_lanes)
ml_folder(signs ml_body ml_lookup)
ml_folder(person ml_body ml_solve ml_signs ml_timeline)
ml_folder(run ml_person ml_solve ml_signs)

# Steady states of the presets.
add_executable(make_presets ${CMAKE_CURRENT_LIST_DIR}/make_presets.c)
target_link_libraries(make_presets PRIVATE ml_person)
ml_table(settled.c make_presets settled)
target_sources(ml_run PRIVATE ${settled})

# What is installed: one library with the public API alone visible.
set(parts base lanes body tissue lookup products timeline solve signs person run)
add_library(libmilieu)
add_library(milieu::libmilieu ALIAS libmilieu) # the name it is installed under, for add_subdirectory
foreach(part ${parts})
  target_sources(libmilieu PRIVATE $<TARGET_OBJECTS:ml_${part}>)
endforeach()
target_include_directories(libmilieu PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
                                         $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_link_libraries(libmilieu PUBLIC m)
if(BUILD_SHARED_LIBS AND CMAKE_SYSTEM_NAME STREQUAL Linux)
  target_link_options(libmilieu PRIVATE LINKER:--version-script=${CMAKE_CURRENT_LIST_DIR}/milieu.map)
endif()
set_target_properties(libmilieu PROPERTIES OUTPUT_NAME milieu VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR} LINKER_LANGUAGE C)
install(TARGETS libmilieu EXPORT milieu DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/milieu DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
include(CMakePackageConfigHelpers)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/milieu-config-version.cmake COMPATIBILITY SameMinorVersion)
file(RELATIVE_PATH prefix_from_lib /x/${CMAKE_INSTALL_LIBDIR} /x)
configure_file(${CMAKE_CURRENT_LIST_DIR}/milieu.pc.in ${PROJECT_BINARY_DIR}/milieu.pc @ONLY)
install(EXPORT milieu NAMESPACE milieu:: FILE milieu-config.cmake DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/milieu)
install(FILES ${PROJECT_BINARY_DIR}/milieu-config-version.cmake DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/milieu)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${PROJECT_BINARY_DIR}/milieu.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

foreach(example one_run real_time save_restore)
  add_executable(example_${example} examples/${example}.c)
  target_link_libraries(example_${example} PRIVATE libmilieu)
endforeach()
