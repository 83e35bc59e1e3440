// Properties of this build: some tests run hundreds of millions of cases, which takes a minute only
// in an optimised build without sanitizers.
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
