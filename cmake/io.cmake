# SPDX-License-Identifier: Apache-2.0
# libmilieu-io: files in, reports out.
find_package(PkgConfig REQUIRED)
pkg_check_modules(FYAML REQUIRED IMPORTED_TARGET libfyaml)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
ml_folder(scenario ml_run PkgConfig::FYAML)
ml_folder(study ml_scenario Threads::Threads)
include(${CMAKE_CURRENT_LIST_DIR}/study.cmake)
ml_folder(report ml_study PkgConfig::JANSSON)
