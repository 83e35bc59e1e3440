// Certificates for tests of TLS, created at run time so that none expires in the repository.
#pragma once

#include "support/process.hpp"

namespace support {

/// Certificates valid for one day, created by openssl: an authority, a broker's certificate signed
/// by it, a client's, and another authority that has signed nothing.
class Certificates {
  public:
    /// `broker_names` in openssl's syntax for subjectAltName.
    explicit Certificates(const std::string& broker_names = "DNS:localhost,IP:127.0.0.1");

    [[nodiscard]] std::string ca() const { return folder_.path("ca.pem"); }
    [[nodiscard]] std::string other_ca() const { return folder_.path("other-ca.pem"); }
    [[nodiscard]] std::string broker() const { return folder_.path("broker.pem"); }
    [[nodiscard]] std::string broker_key() const { return folder_.path("broker.key"); }
    [[nodiscard]] std::string client() const { return folder_.path("client.pem"); }
    [[nodiscard]] std::string client_key() const { return folder_.path("client.key"); }

  private:
    void make_authority(const std::string& name) const;
    void make_signed(const std::string& name, const std::string& extensions) const;

    Folder folder_;
};

} // namespace support
