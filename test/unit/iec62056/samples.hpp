// Messages of IEC 62056-21 with check characters from documents.
#pragma once

#include <string>

namespace samples {

// The data sheet of the EXT-KAMSTRUP-LoRa module: an Omnipower's whole readout, BCC 27.
inline const std::string omnipower_identification = "/KAM5 6841138AN110001\r\n";
inline const std::string omnipower_block =
    "\x02"
    "0.0.1(60053)\r\n97.97.0(0)\r\n"
    "1.8.0(0000451*kWh)\r\n1.8.1(0000450*kWh)\r\n1.8.2(0000001*kWh)\r\n"
    "2.8.0(0000000*kWh)\r\n2.8.1(0000000*kWh)\r\n2.8.2(0000000*kWh)\r\n"
    "3.8.0(0000000*kvarh)\r\n3.8.1(0000000*kvarh)\r\n3.8.2(0000000*kvarh)\r\n"
    "4.8.0(0000000*kvarh)\r\n4.8.1(0000000*kvarh)\r\n4.8.2(0000000*kvarh)\r\n"
    "1.6.0(1.084*kW)(00141109161500)\r\n1.6.1(1.084*kW)(00141109161500)\r\n"
    "1.6.2(0.000*kW)(00141101000000)\r\n2.6.0(0.000*kW)(00141101000000)\r\n"
    "3.6.0(0.000*kvar)(00141101000000)\r\n4.6.0(0.000*kvar)(00141101000000)\r\n"
    "1.2.0(23.370*kW)\r\n2.2.0(0.000*kW)\r\n3.2.0(0.000*kvar)\r\n4.2.0(0.000*kvar)\r\n"
    "0.1.0(15)\r\n96.8.0(11018)\r\n1.0.0(00141109232637)\r\n"
    "!\r\n\x03"
    "\x27";

// Both check characters computed by hand.
inline const std::string small_text = "0.0.0(12345678)\r\n1.8.0(000123.4*kWh)\r\n!\r\n\x03";
inline const std::string small_xor = "\x02" + small_text + "@";
inline const std::string small_sum = "\x02" + small_text + "l";

// A block of these data sets, with the XOR.
inline std::string block(const std::string& sets) {
    const std::string text = sets + "\x03";
    unsigned bcc = 0;
    for (const char c : text)
        bcc ^= static_cast<unsigned char>(c);
    return "\x02" + text + static_cast<char>(bcc);
}

// A Multical's, of mode A; digits of no meter.
inline const std::string mode_a_identification = "/KAM Multical\r\n";

} // namespace samples
