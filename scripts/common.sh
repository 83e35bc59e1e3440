# shellcheck shell=bash
# Functions shared by the scripts; they source this file with `.` in the project's root.

# Number of parallel compilations: one per core, limited by memory.
jobs() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/^MemAvailable:/ { print int($2 / 700000) }' /proc/meminfo)
    if [ "$memory" -lt 1 ]; then memory=1; fi
    if [ "$cores" -lt "$memory" ]; then echo "$cores"; else echo "$memory"; fi
}

# Configures a preset; uses ccache if it is installed, so that a second clone compiles nothing
# again.
configure() {
    if command -v ccache >/dev/null; then
        export CMAKE_CXX_COMPILER_LAUNCHER=ccache
        export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
        # Required for precompiled headers (ccache's manual, "Precompiled headers").
        export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
    fi
    cmake --preset "$1"
}

# Configures and builds a preset: build PRESET [TARGET…]
build() {
    local preset=$1
    shift
    configure "$preset" && cmake --build --preset "$preset" -j "$(jobs)" ${1:+--target "$@"}
}

# Fills a folder with a minimal Debian, if there is none: make_debian bookworm|trixie FOLDER
make_debian() {
    if [ -e "$2/etc/debian_version" ]; then return; fi
    if [ "$(id -u)" -ne 0 ] || ! command -v debootstrap >/dev/null; then
        echo "a Debian in a folder needs root and debootstrap (apt install debootstrap)" >&2
        return 1
    fi
    rm -rf "$2.part"
    mkdir -p "$2.part"
    debootstrap --variant=minbase --include=ca-certificates "$1" "$2.part" >"$2.log" 2>&1 || {
        tail -n 20 "$2.log" >&2
        return 1
    }
    printf '127.0.0.1 localhost\n::1 localhost\n' >"$2.part/etc/hosts"
    mv "$2.part" "$2"
}

# Runs a command in it as root; to be called in a mount namespace: enter_debian FOLDER COMMAND…
enter_debian() {
    mount --rbind "$1" "$1" # its root is to be a mount of its own, as any system's is
    mount --rbind /dev "$1/dev"
    mount -t proc proc "$1/proc"
    cp -L /etc/resolv.conf "$1/etc/resolv.conf"
    env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 chroot "$@"
}
