// Decrypts general-glo-ciphering, security suite 0: AES-128-GCM (Green Book 9.2.3.3; NIST SP
// 800-38D).
// A library of its own because it links OpenSSL's libcrypto; the decoding library does not need it.
//
//   IV = system title 8 ‖ invocation counter 4
//   SC 30   AAD = SC ‖ AK          GCM text = the APDU, 12 octets of tag
//   SC 20   no AAD, no tag         GCM text = the APDU
//   SC 10   AAD = SC ‖ AK ‖ APDU   no GCM text, 12 octets of tag
#pragma once

#include "han/dlms/ciphering.hpp"

#include <array>
#include <memory>
#include <optional>
#include <vector>

struct evp_cipher_ctx_st;

namespace ciphering {

using Key = std::array<std::uint8_t, 16>;

/// Keys of one meter, from the grid company (Kamstrup: GPK60 and GPK61).
struct Keys {
    std::optional<Key> encryption; ///< EK, the global unicast encryption key
    std::optional<Key>
        authentication; ///< AK; without it SC 30 is decrypted but its tag is not verified
};

class AesGcm : public han::dlms::Decryptor {
  public:
    /// Throws std::runtime_error if libcrypto has no AES-128-GCM.
    explicit AesGcm(const Keys& keys);
    ~AesGcm() override;
    AesGcm(const AesGcm&) = delete;
    AesGcm& operator=(const AesGcm&) = delete;

    [[nodiscard]] std::expected<han::Bytes, han::dlms::Error>
    decrypt(const han::dlms::CipheredApdu& apdu) override;

  private:
    [[nodiscard]] bool run(const han::dlms::CipheredApdu& apdu);

    struct Free {
        void operator()(evp_cipher_ctx_st* context) const noexcept;
    };

    Keys keys_;
    std::unique_ptr<evp_cipher_ctx_st, Free> context_;
    std::vector<std::uint8_t> plain_;
};

} // namespace ciphering
