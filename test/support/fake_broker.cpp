// The parts of MQTT 3.1.1 and 5 for a broker that stores nothing; see fake_broker.hpp.
#include "support/fake_broker.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <system_error>

namespace support {
namespace {

constexpr int look_again_ms = 20;

enum Packet : std::uint8_t {
    connect = 1,
    publish = 3,
    subscribe = 8,
    unsubscribe = 10,
    ping = 12,
    disconnect = 14
};

char octet(unsigned value) {
    return static_cast<char>(static_cast<std::uint8_t>(value));
}

unsigned number(const std::string& body, std::size_t at) {
    return at < body.size() ? static_cast<std::uint8_t>(body[at]) : 0U;
}

void send(int descriptor, const std::string& octets) {
    (void)::send(descriptor, octets.data(), octets.size(), MSG_NOSIGNAL);
}

struct Head {
    std::size_t size = 0;
    std::size_t rest = 0;
};

// Empty if the packet is not complete.
std::optional<Head> head_of(const std::string& input) {
    Head head;
    for (std::size_t at = 1; at < 5 && at < input.size(); ++at) {
        head.rest |= std::size_t{number(input, at) & 0x7FU} << (7 * (at - 1));
        if ((number(input, at) & 0x80U) == 0) {
            head.size = at + 1;
            return head;
        }
    }
    return std::nullopt;
}

} // namespace

FakeBroker::FakeBroker(Script script) : script_(std::move(script)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (listener_ < 0 || ::bind(listener_, generic, size) != 0 || ::listen(listener_, 16) != 0 ||
        ::getsockname(listener_, generic, &size) != 0)
        throw std::system_error(errno, std::generic_category(), "listening as a broker");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { run(); });
}

FakeBroker::~FakeBroker() {
    stopping_ = true;
    thread_.join();
    ::close(listener_);
}

std::chrono::milliseconds FakeBroker::longest_silence() const {
    const std::scoped_lock lock(mutex_);
    return std::chrono::ceil<std::chrono::milliseconds>(longest_);
}

std::vector<std::string> FakeBroker::published() const {
    const std::scoped_lock lock(mutex_);
    return published_;
}

void FakeBroker::run() {
    std::vector<Client> clients;
    while (!stopping_) {
        std::vector<pollfd> wanted{{listener_, POLLIN, 0}};
        for (const Client& client : clients)
            wanted.push_back({client.descriptor, POLLIN, 0});
        if (::poll(wanted.data(), wanted.size(), look_again_ms) <= 0)
            continue;
        for (std::size_t i = clients.size(); i > 0; --i)
            if (wanted[i].revents != 0 && !serve(clients[i - 1])) {
                ::close(clients[i - 1].descriptor);
                clients.erase(clients.begin() + static_cast<std::ptrdiff_t>(i - 1));
            }
        if (wanted[0].revents == 0)
            continue;
        const int accepted = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        ++connections_;
        if (script_.then == Then::refuse && !healed_)
            ::close(accepted);
        else
            clients.push_back({.descriptor = accepted});
    }
    for (const Client& client : clients)
        ::close(client.descriptor);
}

bool FakeBroker::serve(Client& client) {
    std::array<char, 65536> piece{};
    const ssize_t got = ::recv(client.descriptor, piece.data(), piece.size(), 0);
    if (got <= 0)
        return false;
    client.input.append(piece.data(), static_cast<std::size_t>(got));
    const auto now = Clock::now();
    if (client.heard != Clock::time_point{}) {
        const std::scoped_lock lock(mutex_);
        longest_ = std::max(longest_, now - client.heard);
    }
    client.heard = now;
    for (auto head = head_of(client.input); head && client.input.size() >= head->size + head->rest;
         head = head_of(client.input)) {
        const std::string body = client.input.substr(head->size, head->rest);
        const auto first = static_cast<std::uint8_t>(client.input[0]);
        client.input.erase(0, head->size + head->rest);
        if (!handle(client, first, body))
            return false;
    }
    return true;
}

// Returns false to close the connection.
bool FakeBroker::handle(Client& client, std::uint8_t first, const std::string& body) {
    const Then then = healed_ ? Then::answer : script_.then;
    const auto type = static_cast<Packet>(first >> 4U);
    const bool v5 = client.is_v5;
    if (type == connect) {
        ++connects_;
        client.is_v5 = number(body, 6) == 5;
        std::string properties;
        if (script_.server_keep_alive != 0)
            properties = {octet(0x13), octet(0), octet(script_.server_keep_alive)};
        const unsigned refusal = healed_ ? 0U : script_.connack;
        std::string answer{octet(0), octet(refusal)};
        if (client.is_v5)
            answer += octet(static_cast<unsigned>(properties.size())) + properties;
        send(client.descriptor,
             std::string{octet(0x20), octet(static_cast<unsigned>(answer.size()))} + answer);
        if (refusal != 0)
            return false;
        client.is_mute = then == Then::unfinished;
        if (client.is_mute) // PUBLISH to the topic "t", 200 MB to come
            send(client.descriptor, {octet(0x30), octet(0x80), octet(0x84), octet(0xAF),
                                     octet(0x5F), octet(0), octet(1), 't', octet(0)});
        return true;
    }
    if (script_.then == Then::drop && !healed_)
        return false;
    if (client.is_mute)
        return type != disconnect;
    if (type == ping)
        send(client.descriptor, {octet(0xD0), octet(0)});
    if (type == publish && (first & 0x06U) != 0) {
        const std::size_t size = number(body, 0) * 256U + number(body, 1);
        const std::string topic = body.substr(2, size);
        {
            const std::scoped_lock lock(mutex_);
            published_.push_back(topic);
        }
        if (const unsigned end = script_.end ? script_.end(topic) : 0U; end != 0) {
            if (v5)
                send(client.descriptor, {octet(0xE0), octet(2), octet(end), octet(0)});
            return false;
        }
        const unsigned reason = script_.reason ? script_.reason(topic) : 0U;
        std::string answer{body[2 + size], body[3 + size]};
        if (v5 && reason != 0)
            answer += {octet(reason), octet(0)};
        send(client.descriptor,
             std::string{octet(0x40), octet(static_cast<unsigned>(answer.size()))} + answer);
    }
    const std::string id = body.substr(0, 2);
    if (type == subscribe)
        send(client.descriptor, std::string{octet(0x90), octet(v5 ? 4 : 3)} + id +
                                    (v5 ? std::string(1, octet(0)) : std::string()) +
                                    octet(script_.suback));
    if (type == unsubscribe)
        send(client.descriptor, std::string{octet(0xB0), octet(v5 ? 4 : 2)} + id +
                                    (v5 ? std::string{octet(0), octet(0x11)} : std::string()));
    return type != disconnect;
}

} // namespace support
