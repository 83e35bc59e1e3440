// Prints what an electricity meter pushes: readings </dev/ttyUSB0
#include <han/decoder.hpp>
#include <unistd.h>

#include <array>
#include <iostream>

class Printer : public han::Listener {
  public:
    void on_list(const han::list::List& list) override {
        std::cout << list.meter_id << " " << han::list::text(list.kind) << "\n";
        for (const han::cosem::Reading& reading : list.readings) {
            if (const auto* number = std::get_if<han::Decimal>(&reading.value)) {
                std::string digits;
                han::append(digits, *number);
                std::cout << "  " << han::cosem::name(reading) << " " << digits << " "
                          << han::cosem::unit_text(reading) << "\n";
            }
        }
        std::cout.flush();
    }

    void on_refusal(const han::Refusal& refusal) override {
        std::cerr << "byte " << refusal.offset << ": " << han::reason(refusal.error).text << "\n";
    }
};

int main() {
    Printer printer;
    han::Decoder decoder(printer);
    std::array<std::uint8_t, 256> buffer{};
    ssize_t size = 0;
    while ((size = read(STDIN_FILENO, buffer.data(), buffer.size())) > 0)
        decoder.feed({buffer.data(), static_cast<std::size_t>(size)});
    decoder.flush();
}
