// Creates certificates with openssl; see certificates.hpp.
#include "support/certificates.hpp"

#include "support/program.hpp"

namespace support {

Certificates::Certificates(const std::string& broker_names) {
    make_authority("ca");
    make_authority("other-ca");
    make_signed("broker", "subjectAltName=" + broker_names);
    make_signed("client", "subjectAltName=DNS:client");
}

void Certificates::make_authority(const std::string& name) const {
    run_program({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                 "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                 "/CN=hanport test " + name, "-keyout", folder_.path(name + ".key"), "-out",
                 folder_.path(name + ".pem")});
}

void Certificates::make_signed(const std::string& name, const std::string& extensions) const {
    run_program({"openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                 "-nodes", "-subj", "/CN=" + name, "-keyout", folder_.path(name + ".key"), "-out",
                 folder_.path(name + ".csr")});
    run_program({"openssl", "x509", "-req", "-in", folder_.path(name + ".csr"), "-CA",
                 folder_.path("ca.pem"), "-CAkey", folder_.path("ca.key"), "-CAcreateserial",
                 "-days", "2", "-extfile", folder_.write(name + ".ext", extensions + "\n"), "-out",
                 folder_.path(name + ".pem")});
}

} // namespace support
