// Fuzzes a file of outbox/ or meters/: any text is refused with a reason, or a record that comes
// back from its own text.
#include "store/hourly_record.hpp"

#include "support/expect.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const auto record = hanport::store::hourly_record_of(text);
    if (!record) {
        support::expect(!record.error().empty(), "a refusal has a reason");
        return 0;
    }
    const std::string written = hanport::store::to_text(*record);
    const auto again = hanport::store::hourly_record_of(written);
    support::expect(again.has_value(), "a record can be read again");
    support::expect(hanport::store::to_text(*again) == written, "it is the same record");
    return 0;
}
