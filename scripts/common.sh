# shellcheck shell=bash
# What the scripts share; they read it in with `.`, in the project's root.

# Compilations to run at a time: one a core, but no more than memory has room for.
jobs() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/^MemAvailable:/ { print int($2 / 700000) }' /proc/meminfo)
    if [ "$memory" -lt 1 ]; then memory=1; fi
    if [ "$cores" -lt "$memory" ]; then echo "$cores"; else echo "$memory"; fi
}

# Configures and builds a preset: build PRESET [TARGET…]
build() {
    local preset=$1
    shift
    if command -v ccache >/dev/null; then export CMAKE_CXX_COMPILER_LAUNCHER=ccache; fi
    cmake --preset "$preset" && cmake --build --preset "$preset" -j "$(jobs)" ${1:+--target "$@"}
}
