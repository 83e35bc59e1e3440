// Fuzzes ports.json: any text is refused with a reason, or says what is known of ports.
#include "store/port_state_file.hpp"
#include "support/expect.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const auto ports = hanport::store::stored_ports_of(text);
    support::expect(ports.has_value() || !ports.error().empty(), "a refusal has a reason");
    return 0;
}
