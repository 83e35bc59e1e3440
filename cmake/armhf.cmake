# Debian, 32 bits, ARMv7: Raspberry Pi 2 and newer. Not the ARMv6 of the Raspberry Pi 1 and Zero, whose
# Raspberry Pi OS calls itself armhf all the same.
set(CMAKE_SYSTEM_PROCESSOR armv7l)
set(debian_architecture armhf)
set(debian_triplet arm-linux-gnueabihf)
set(qemu qemu-arm-static)
include(${CMAKE_CURRENT_LIST_DIR}/debian-cross.cmake)
