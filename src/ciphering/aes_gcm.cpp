// AES-128-GCM with OpenSSL; the layout of the octets is in aes_gcm.hpp.
#include "ciphering/aes_gcm.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <stdexcept>

namespace ciphering {
namespace {

using han::Bytes;
using han::dlms::CipheredApdu;
using han::dlms::Error;

int size_of(Bytes bytes) noexcept {
    return static_cast<int>(bytes.size());
}

bool add_aad(EVP_CIPHER_CTX* context, Bytes bytes) {
    int written = 0;
    return EVP_DecryptUpdate(context, nullptr, &written, bytes.data(), size_of(bytes)) == 1;
}

} // namespace

void AesGcm::Free::operator()(EVP_CIPHER_CTX* context) const noexcept {
    EVP_CIPHER_CTX_free(context);
}

AesGcm::AesGcm(const Keys& keys) : keys_(keys), context_(EVP_CIPHER_CTX_new()) {
    if (!context_ ||
        EVP_DecryptInit_ex(context_.get(), EVP_aes_128_gcm(), nullptr, nullptr, nullptr) != 1)
        throw std::runtime_error("OpenSSL offers no AES-128-GCM");
}

AesGcm::~AesGcm() {
    if (keys_.encryption)
        OPENSSL_cleanse(keys_.encryption->data(), keys_.encryption->size());
    if (keys_.authentication)
        OPENSSL_cleanse(keys_.authentication->data(), keys_.authentication->size());
}

std::expected<Bytes, Error> AesGcm::decrypt(const CipheredApdu& apdu) {
    if (!apdu.encrypted() && !apdu.authenticated())
        return apdu.text;
    if (!keys_.encryption)
        return std::unexpected(Error::no_key);
    if (!apdu.encrypted() && !keys_.authentication)
        return std::unexpected(Error::no_authentication_key);
    if (!run(apdu))
        return std::unexpected(Error::authentication_failed);
    return apdu.encrypted() ? Bytes(plain_) : apdu.text;
}

// Returns false if a step fails; with the correct sizes only the tag can fail.
bool AesGcm::run(const CipheredApdu& apdu) {
    EVP_CIPHER_CTX* const context = context_.get();
    std::array<std::uint8_t, CipheredApdu::title_size + CipheredApdu::counter_size> iv{};
    std::ranges::copy(apdu.invocation_counter,
                      std::ranges::copy(apdu.system_title, iv.begin()).out);
    if (EVP_DecryptInit_ex(context, nullptr, nullptr, keys_.encryption->data(), iv.data()) != 1)
        return false;
    const bool verifies = apdu.authenticated() && keys_.authentication;
    if (verifies && (!add_aad(context, {&apdu.security_control, 1}) ||
                     !add_aad(context, *keys_.authentication)))
        return false;
    if (!apdu.encrypted()) {
        if (!add_aad(context, apdu.text))
            return false;
    } else {
        plain_.resize(apdu.text.size());
        int written = 0;
        if (EVP_DecryptUpdate(context, plain_.data(), &written, apdu.text.data(),
                              size_of(apdu.text)) != 1)
            return false;
    }
    if (!verifies)
        return true;
    std::array<std::uint8_t, CipheredApdu::tag_size> tag{};
    std::ranges::copy(apdu.tag, tag.begin());
    int written = 0;
    std::array<std::uint8_t, EVP_MAX_BLOCK_LENGTH> rest{};
    return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, static_cast<int>(tag.size()),
                               tag.data()) == 1 &&
           EVP_DecryptFinal_ex(context, rest.data(), &written) == 1;
}

} // namespace ciphering
