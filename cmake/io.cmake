# SPDX-License-Identifier: Apache-2.0
# libmilieu-io: files in, reports out.
find_package(PkgConfig REQUIRED)
pkg_check_modules(FYAML REQUIRED IMPORTED_TARGET libfyaml)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
ml_folder(scenario ml_run PkgConfig::FYAML)
ml_folder(study ml_scenario Threads::Threads)
include(${CMAKE_CURRENT_LIST_DIR}/study.cmake)
ml_folder(report ml_study PkgConfig::JANSSON)

# milieu run -o FILE.nc, where libnetcdf is there.
if(MILIEU_NETCDF)
  pkg_check_modules(NETCDF IMPORTED_TARGET netcdf>=4.6.2)
endif()
if(MILIEU_NETCDF AND NETCDF_FOUND)
  target_link_libraries(ml_report PUBLIC PkgConfig::NETCDF)
  target_compile_definitions(ml_report PUBLIC ML_WITH_NETCDF)
endif()

# What a probe is compared with.
add_executable(make_probe_usual ${CMAKE_CURRENT_LIST_DIR}/make_probe_usual.c)
target_link_libraries(make_probe_usual PRIVATE ml_signs)
ml_table(probe_usual.c make_probe_usual probe_usual)
target_sources(ml_report PRIVATE ${probe_usual})
