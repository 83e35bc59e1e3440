# What the toolchain files of this folder share: cross compilation with Debian's multiarch packages,
# as scripts/package installs them. The including file sets:
#
#   debian_architecture   Debian's name of the architecture that is built for
#   debian_triplet        its GNU triplet, the name of its folders of libraries
#   qemu                  the emulator in user mode that runs its programs, for the tests
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_CXX_COMPILER ${debian_triplet}-g++)
set(CMAKE_LIBRARY_ARCHITECTURE ${debian_triplet})
set(ENV{PKG_CONFIG_LIBDIR} /usr/lib/${debian_triplet}/pkgconfig:/usr/share/pkgconfig)
set(CMAKE_CROSSCOMPILING_EMULATOR ${qemu})
set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE ${debian_architecture})
