// How this build runs: some tests go through hundreds of millions of cases, which only an optimised
// build without sanitizers can do in a minute.
#pragma once

namespace support {

#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif
#else
inline constexpr bool sanitized = false;
#endif

#if defined(__OPTIMIZE__)
inline constexpr bool fast = !sanitized;
#else
inline constexpr bool fast = false;
#endif

} // namespace support
