// Repeats the steps of a connection to find the one that fails.
#include "mqtt/connection_diagnosis.hpp"

#include "mqtt/broker.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <variant>

namespace hanport::mqtt {
namespace {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;
using namespace std::chrono_literals;

constexpr auto timeout = 5s;
constexpr auto alert_timeout = 300ms; // TLS 1.3 reports a missing client certificate late
constexpr auto tuple = asio::as_tuple(asio::use_awaitable);

// Lets OpenSSL read a file; throws an error that users can act on.
template <class Load>
void load(const char* what, const std::string& file, const Load& how) {
    if (!std::ifstream(file))
        throw std::runtime_error(std::string(what) + ' ' + file + " cannot be read");
    try {
        how(file);
    } catch (const boost::system::system_error& error) {
        throw std::runtime_error(std::string(what) + ' ' + file + ": " + error.code().message());
    }
}

ssl::context context_of(const BrokerOptions& options) {
    ssl::context context(ssl::context::tls_client);
    // A key with a pass phrase is refused; there is no prompt on the terminal.
    context.set_password_callback(
        [](std::size_t, ssl::context::password_purpose) { return std::string(); });
    if (options.ca_file.empty())
        context.set_default_verify_paths();
    else
        load("CA file", options.ca_file,
             [&](const std::string& file) { context.load_verify_file(file); });
    if (!options.certificate_file.empty()) {
        load("certificate file", options.certificate_file,
             [&](const std::string& file) { context.use_certificate_chain_file(file); });
        load("key file", options.key_file.empty() ? options.certificate_file : options.key_file,
             [&](const std::string& file) {
                 context.use_private_key_file(file, ssl::context::pem);
             });
    }
    context.set_verify_mode(options.insecure ? ssl::verify_none : ssl::verify_peer);
    return context;
}

std::string verification_failure(long result, const std::string& host) {
    if (result == X509_V_ERR_HOSTNAME_MISMATCH || result == X509_V_ERR_IP_ADDRESS_MISMATCH)
        return "the broker's certificate is not made out to the host name " + host;
    return std::string("the broker's certificate is not trusted: ") +
           ::X509_verify_cert_error_string(result);
}

std::string handshake_failure(const error_code& error, ssl::stream<tcp::socket>& stream,
                              const BrokerUrl& url) {
    const long result = ::SSL_get_verify_result(stream.native_handle());
    if (result != X509_V_OK)
        return verification_failure(result, url.host);
    if (error == asio::error::eof || error == ssl::error::stream_truncated ||
        error == asio::error::connection_reset)
        return "the broker closed the connection during the TLS handshake";
    if (error.category() == asio::error::get_ssl_category()) {
        const auto reason = ERR_GET_REASON(static_cast<unsigned long>(error.value()));
        if (reason == SSL_R_WRONG_VERSION_NUMBER || reason == SSL_R_PACKET_LENGTH_TOO_LONG)
            return host_and_port(url) + " does not speak TLS: mqtt:// instead of mqtts://?";
        if (reason == SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED ||
            reason == SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE)
            return "the broker wants a client certificate that it trusts (" + error.message() + ')';
    }
    return "TLS handshake failed: " + error.message();
}

asio::awaitable<std::string> diagnose_tls(tcp::socket socket, const BrokerUrl& url,
                                          const BrokerOptions& options) {
    ssl::context context = context_of(options);
    ssl::stream<tcp::socket> stream(std::move(socket), context);
    SSL_set_tlsext_host_name(stream.native_handle(), url.host.c_str());
    X509_VERIFY_PARAM* const wanted = ::SSL_get0_param(stream.native_handle());
    if (::X509_VERIFY_PARAM_set1_ip_asc(wanted, url.host.c_str()) != 1)
        ::X509_VERIFY_PARAM_set1_host(wanted, url.host.c_str(), 0);
    const auto [refused] = co_await stream.async_handshake(ssl::stream_base::client, tuple);
    if (refused)
        co_return handshake_failure(refused, stream, url);
    // With TLS 1.3 the broker checks the client's certificate after the handshake.
    using namespace asio::experimental::awaitable_operators;
    std::array<char, 1> octet{};
    asio::steady_timer timer(co_await asio::this_coro::executor, alert_timeout);
    const auto answer =
        co_await (stream.async_read_some(asio::buffer(octet), tuple) || timer.async_wait(tuple));
    if (answer.index() == 0)
        if (const error_code alert = std::get<0>(std::get<0>(answer)); alert)
            co_return handshake_failure(alert, stream, url);
    co_return "";
}

asio::awaitable<std::string> go_through(const BrokerUrl& url, const BrokerOptions& options) {
    const auto executor = co_await asio::this_coro::executor;
    tcp::resolver resolver(executor);
    const auto [unknown, endpoints] =
        co_await resolver.async_resolve(url.host, std::to_string(url.port), tuple);
    if (unknown)
        co_return "host not found: " + url.host + " (" + unknown.message() + ')';
    tcp::socket socket(executor);
    const auto [refused, endpoint] = co_await asio::async_connect(socket, endpoints, tuple);
    if (refused == asio::error::connection_refused)
        co_return "connection refused by " + host_and_port(url);
    if (refused)
        co_return "no connection to " + host_and_port(url) + ": " + refused.message();
    if (url.tls)
        co_return co_await diagnose_tls(std::move(socket), url, options);
    co_return "";
}

} // namespace

void check_tls_files(const BrokerOptions& options) {
    (void)context_of(options);
}

asio::awaitable<std::string> diagnose(BrokerUrl url, const BrokerOptions& options) {
    using namespace asio::experimental::awaitable_operators;
    asio::steady_timer timer(co_await asio::this_coro::executor, timeout);
    try {
        const auto first = co_await (go_through(url, options) || timer.async_wait(tuple));
        if (first.index() == 1)
            co_return "no answer from " + host_and_port(url);
        co_return std::get<0>(first);
    } catch (const std::exception& error) { // files removed in the meantime
        co_return error.what();
    }
}

} // namespace hanport::mqtt
