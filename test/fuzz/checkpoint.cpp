// Fuzzes the checkpoint of the live counters: any octets are refused, or those that counters make.
#include "store/checkpoint.hpp"

#include "support/expect.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using hanport::store::Checkpoint;
    const std::string octets(data, data + size);
    if (const auto counters = Checkpoint::counters_of(octets))
        support::expect(Checkpoint::counters_of(Checkpoint::octets_of(*counters)).has_value(),
                        "counters can be read again");
    // Damage anywhere in a good one is found.
    std::string good = Checkpoint::octets_of({});
    const std::string whole = good;
    for (std::size_t at = 0; at < size && at < good.size(); ++at)
        good[at] = static_cast<char>(good[at] ^ octets[at]);
    support::expect(Checkpoint::counters_of(good).has_value() == (good == whole),
                    "damage is found");
    return 0;
}
