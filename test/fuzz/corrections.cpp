// Fuzzes home/*.corrections.json: any text is refused, or corrections that a month is computed with.
#include "store/analytics_store.hpp"
#include "support/expect.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const auto corrections = hanport::store::AnalyticsStore::corrections_of(text);
    if (!corrections) {
        support::expect(!corrections.error().empty(), "a refusal has a reason");
        return 0;
    }
    hanport::meter::Tariff tariff(hanport::meter::TariffOptions{});
    tariff.correct(*corrections);
    for (const auto& [hour, wh] : *corrections)
        (void)tariff.view(hour, 0, 0);
    return 0;
}
