// Fuzzes the whole way from octets to JSON lines, with the keys of the corpus' ciphered frames.
// Of any octets, cut anywhere and with silences anywhere:
// - chunks of any size give the lists and refusals of the whole;
// - a list is valid JSON, on one line.
//
// With the encryption key alone a tag is not verified, so mutated ciphertexts are read as well.
#include "han/decoder.hpp"

#include "ciphering/aes_gcm.hpp"
#include "han/text/json_line.hpp"
#include "support/cuts.hpp"
#include "support/expect.hpp"
#include "support/json.hpp"
#include "support/mutate_frames.hpp"

namespace {

using han::Bytes;
using support::expect;

// test/corpus/kamstrup/kamstrup-*ciphered*.hex
constexpr ciphering::Key encryption_key{0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77,
                                        0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF};
constexpr ciphering::Key authentication_key{0xA0, 0xB1, 0xC2, 0xD3, 0xE4, 0xF5, 0x06, 0x17,
                                            0x28, 0x39, 0x4A, 0x5B, 0x6C, 0x7D, 0x8E, 0x9F};

// Writes down all that a decoder tells.
class Transcript : public han::Listener {
  public:
    void on_list(const han::list::List& list) override {
        line_.clear();
        han::text::append_json(line_, list);
        expect(support::Json::valid(line_), "a list is valid JSON");
        expect(line_.find('\n') == std::string::npos, "a list is one line");
        text += std::to_string(list.offset) + ' ' + line_ + '\n';
    }

    void on_refusal(const han::Refusal& refusal) override {
        const han::Reason reason = han::reason(refusal.error);
        expect(!reason.key.empty() && !reason.text.empty(), "a refusal has a reason");
        text += std::to_string(refusal.offset) + ' ' + std::to_string(refusal.size) + ' ';
        text += reason.key;
        text += '\n';
    }

    std::string text;

  private:
    std::string line_;
};

std::string transcript(Bytes input, const std::vector<support::Cut>& cuts, bool whole,
                       const ciphering::Keys& keys) {
    Transcript transcript;
    ciphering::AesGcm decryptor(keys);
    han::Decoder decoder(transcript, &decryptor);
    support::replay(input, cuts, whole, decoder);
    return transcript.text;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Bytes input(data, size);
    const auto cuts = support::cuts(input);
    const ciphering::Keys keys{.encryption = encryption_key, .authentication = authentication_key};
    const ciphering::Keys one_key{.encryption = encryption_key, .authentication = {}};
    for (const ciphering::Keys& given : {keys, one_key})
        expect(transcript(input, cuts, true, given) == transcript(input, cuts, false, given),
               "chunks give what the whole gives");
    return 0;
}
