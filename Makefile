# SPDX-License-Identifier: Apache-2.0
# Thin over CMake presets (CMakePresets.json): installs what is missing, builds, runs.
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
RUN_PACKAGES = gcc libc6-dev cmake ninja-build pkg-config libfyaml-dev libjansson-dev
TEST_PACKAGES = $(RUN_PACKAGES) g++ libcmocka-dev libsundials-dev libnetcdf-dev python3
BENCH_PACKAGES = $(TEST_PACKAGES) python3-venv make
SANITIZE_PACKAGES = $(TEST_PACKAGES) clang "libclang-rt-dev|libclang-rt-14-dev" libomp-dev

.PHONY: run build test bench sanitize fuzz docs install clean packages-run packages-test packages-bench packages-sanitize packages-docs

# The main job on a shipped scenario.
run: build
	@build/run/milieu run scenarios/marathon-on-water.yaml -o marathon-on-water.html

build: packages-run
	@cmake --preset run -G Ninja > build-run.log 2>&1 || { cat build-run.log; exit 1; }
	@rm -f build-run.log
	@cmake --build --preset run -j $(JOBS)

# All tests, readers fuzzed and sanitizers included. For the tests alone: ctest --preset test.
test: packages-sanitize
	@cmake --preset test -G Ninja
	@cmake --build --preset test -j $(JOBS)
	@cmake --preset sanitize -G Ninja -DMILIEU_TABLES=$(CURDIR)/build/test/generated
	@cmake --build --preset sanitize -j $(JOBS) --target quick fuzz
	@ctest --preset all -j $(JOBS)

# Speed, as ratios against a baseline in the same run.
bench: packages-bench
	@cmake --preset bench -G Ninja
	@cmake --build --preset bench -j $(JOBS)
	@build/bench/milieu bench
	@build/bench/bench/bench_nerve build/neuron
	@build/bench/bench/bench_heart

# The tests under the address and undefined-behavior sanitizers.
sanitize: packages-sanitize
	@cmake --preset sanitize -G Ninja
	@cmake --build --preset sanitize -j $(JOBS)
	@ctest --preset sanitize -j $(JOBS)

# Each reader for FUZZ_SECONDS on mutated files.
FUZZ_SECONDS ?= 60
fuzz: packages-sanitize
	@cmake --preset sanitize -G Ninja
	@cmake --build --preset sanitize -j $(JOBS) --target fuzz
	@cmake/fuzz.sh build/sanitize $(FUZZ_SECONDS)

# The reference of the C library, in build/docs/html.
docs: packages-docs
	@mkdir -p build
	@MILIEU_DOCS=build/docs doxygen docs/Doxyfile

packages-docs:
	@cmake/packages.sh doxygen
packages-run:
	@cmake/packages.sh $(RUN_PACKAGES)
packages-test:
	@cmake/packages.sh $(TEST_PACKAGES)
packages-bench:
	@cmake/packages.sh $(BENCH_PACKAGES)
packages-sanitize:
	@cmake/packages.sh $(SANITIZE_PACKAGES)

install: build
	@cmake --install build/run

clean:
	@rm -rf build
