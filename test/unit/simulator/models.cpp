// The table of models; see models.hpp.
#include "unit/simulator/models.hpp"

namespace support {

using namespace std::chrono_literals;

const std::vector<ExpectedModel>& expected_models() {
    static const std::vector<ExpectedModel> rows{
        {"kamstrup-3p4q", "Kamstrup", "5706567", 0ms, "live", 5s, 5s, 10, 3, true},
        {"kamstrup-3p4q-old", "Kamstrup", "5706567", 0ms, "live", 5s, 5s, 10, 3, false},
        {"kamstrup-1p1q", "Kamstrup", "5706567", 0ms, "live", 5s, 5s, 10, 1, false},
        {"kamstrup-dk", "Kamstrup", "1", 0ms, "hourly", -1s, 0s, 10, 3, true},
        {"kaifa-3p", "Kaifa", "6970631", 2000ms, "live", 10s, 10s, 1, 3, false},
        {"kaifa-3p-it", "Kaifa", "6970631", 2000ms, "live", 10s, 10s, 1, 3, false},
        {"kaifa-1p", "Kaifa", "6970631", 2000ms, "live", 10s, 10s, 1, 1, false},
        {"kaifa-se", "Kaifa", "7340157", 0ms, "hourly", -1s, 0s, 1, 3, true},
        {"aidon-3p", "Aidon", "7359992", 2500ms, "live", 10s, 0s, 10, 3, true},
        {"aidon-3p-it", "Aidon", "7359992", 2500ms, "live", 10s, 0s, 10, 3, false},
        {"aidon-1p", "Aidon", "7359992", 2500ms, "live", 10s, 0s, 10, 1, false},
        {"aidon-se", "Aidon", "", 0ms, "hourly", -1s, 0s, 1, 3, true},
        {"landisgyr-3p", "Landis+Gyr", "LGZ", 0ms, "live", 10s, 0s, 10, 3, false},
    };
    return rows;
}

} // namespace support
