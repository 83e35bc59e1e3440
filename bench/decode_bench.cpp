// Measures the speed of decoding, as ratios within one run.
//
//   hanport_bench [--capture FILE] [Google Benchmark's options]
//
// All benchmarks process the same bytes (examples/omnipower.hex without --capture). Their items are
// the intact frames of the capture:
//
//   crc       a plain slice-by-8 CRC-16/X-25 of each frame and nothing else: a lower bound
//   deframe   bytes to frames, both check sums tested
//   decode    bytes to readings; the bar is 0.40 of_crc
//   json      bytes to readings to JSON lines
//
// The counter of_crc is a benchmark's rate relative to that of crc. Both are measured alternately,
// pass by pass, and the fastest pass of each is used: other load on the machine only slows a pass
// down, and may affect only one of the two. `allocations` counts calls of operator new per frame.
#include "allocations.hpp"
#include "han/decoder.hpp"
#include "han/text/hex_reader.hpp"
#include "han/text/json_line.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <limits>

namespace {

using Octets = std::vector<std::uint8_t>;

// A textbook slice-by-8 CRC, independent of the library's own.
class PlainCrc {
  public:
    PlainCrc() {
        for (unsigned octet = 0; octet < 256; ++octet) {
            unsigned reg = octet;
            for (int bit = 0; bit < 8; ++bit)
                reg = (reg >> 1) ^ ((reg & 1U) != 0 ? 0x8408U : 0U);
            tables_[0][octet] = static_cast<std::uint16_t>(reg);
        }
        for (std::size_t k = 1; k < 8; ++k)
            for (std::size_t octet = 0; octet < 256; ++octet)
                tables_[k][octet] = static_cast<std::uint16_t>(
                    tables_[k - 1][octet] >> 8 ^ tables_[0][tables_[k - 1][octet] & 0xFF]);
    }

    [[nodiscard]] std::uint16_t of(han::Bytes bytes) const {
        unsigned reg = 0xFFFF;
        const std::uint8_t* at = bytes.data();
        std::size_t left = bytes.size();
        for (; left >= 8; left -= 8, at += 8)
            reg = tables_[7][(reg ^ at[0]) & 0xFF] ^ tables_[6][(reg >> 8 ^ at[1]) & 0xFF] ^
                  tables_[5][at[2]] ^ tables_[4][at[3]] ^ tables_[3][at[4]] ^ tables_[2][at[5]] ^
                  tables_[1][at[6]] ^ tables_[0][at[7]];
        for (; left > 0; --left, ++at)
            reg = reg >> 8 ^ tables_[0][(reg ^ *at) & 0xFF];
        return static_cast<std::uint16_t>(~reg);
    }

  private:
    std::uint16_t tables_[8][256]{};
};

// Counts what the decoder finds, and optionally writes it as JSON.
class Sink : public han::Listener {
  public:
    explicit Sink(bool writes_json) : writes_json_(writes_json) { line_.reserve(16384); }

    void on_list(const han::list::List& list) override {
        ++lists;
        benchmark::DoNotOptimize(list.readings.data());
        if (!writes_json_)
            return;
        line_.clear();
        han::text::append_json(line_, list);
        benchmark::DoNotOptimize(line_.data());
    }
    void on_refusal(const han::Refusal&) override {}

    std::uint64_t lists = 0;

  private:
    bool writes_json_;
    std::string line_;
};

// The capture, repeated until it is long enough to time, and its intact frames.
struct Input {
    Octets octets;
    std::vector<han::Bytes> frames; // format to FCS

    explicit Input(const Octets& capture) {
        constexpr std::size_t enough = 1'000'000;
        while (octets.size() < enough)
            octets.insert(octets.end(), capture.begin(), capture.end());
        han::hdlc::Deframer deframer;
        for (han::Bytes rest = octets; !rest.empty();) {
            rest = rest.subspan(deframer.push(rest));
            while (const auto result = deframer.next())
                if (*result) {
                    const han::Bytes frame = han::Bytes(octets).subspan((*result)->offset + 1);
                    frames.push_back(frame.first(han::hdlc::parse_header(frame)->length));
                }
        }
    }
};

const Input* input = nullptr;

// Processor time: the machine may be busy with other things.
double seconds() {
    std::timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

template <class Pass>
double seconds_of(const Pass& pass) {
    const double begin = seconds();
    pass();
    return seconds() - begin;
}

void sum_all() {
    static const PlainCrc sum;
    for (const han::Bytes frame : input->frames)
        benchmark::DoNotOptimize(sum.of(frame));
}

// Times passes over the input and, in turns with them, those of crc.
template <class Pass>
void measure(benchmark::State& state, const Pass& pass) {
    double ours = std::numeric_limits<double>::max();
    double plain = ours;
    std::uint64_t allocated = 0;
    for (auto _ : state) {
        plain = std::min(plain, seconds_of(sum_all));
        const std::uint64_t before = allocations;
        const double time = seconds_of(pass);
        allocated += allocations - before;
        ours = std::min(ours, time);
        state.SetIterationTime(time);
    }
    const auto passes = static_cast<double>(state.iterations());
    const double frames = passes * static_cast<double>(input->frames.size());
    state.SetItemsProcessed(static_cast<std::int64_t>(frames));
    state.SetBytesProcessed(
        static_cast<std::int64_t>(passes * static_cast<double>(input->octets.size())));
    state.counters["allocations"] = static_cast<double>(allocated) / frames;
    state.counters["of_crc"] = plain / ours;
}

void crc(benchmark::State& state) {
    measure(state, sum_all);
}

void deframe(benchmark::State& state) {
    han::hdlc::Deframer deframer;
    measure(state, [&] {
        for (han::Bytes rest = input->octets; !rest.empty();) {
            rest = rest.subspan(deframer.push(rest));
            while (const auto result = deframer.next())
                benchmark::DoNotOptimize(result->has_value());
        }
    });
}

void decode_to(benchmark::State& state, bool json) {
    Sink sink(json);
    han::Decoder decoder(sink);
    decoder.feed(input->octets); // buffers grow to what the capture needs
    measure(state, [&] { decoder.feed(input->octets); });
    if (sink.lists == 0)
        state.SkipWithError("the capture holds no list");
}

void decode(benchmark::State& state) {
    decode_to(state, false);
}
void json(benchmark::State& state) {
    decode_to(state, true);
}

BENCHMARK(crc)->UseManualTime();
BENCHMARK(deframe)->UseManualTime();
BENCHMARK(decode)->UseManualTime()->MinTime(6.0); // for its fastest pass to be one undisturbed
BENCHMARK(json)->UseManualTime();

Octets read_capture(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    Octets octets(text.begin(), text.end());
    if (han::text::detect(octets, true) == han::text::Form::hex_text) {
        std::vector<han::text::HexError> errors;
        han::text::HexReader reader;
        octets.clear();
        reader.feed(text, octets, errors);
        reader.finish(octets, errors);
    }
    return octets;
}

// Takes --capture FILE out of the arguments.
std::string take_capture(int& argc, char** argv) {
    std::string path = HANPORT_SAMPLE;
    for (int i = 1; i + 1 < argc; ++i)
        if (std::strcmp(argv[i], "--capture") == 0) {
            path = argv[i + 1];
            std::rotate(argv + i, argv + i + 2, argv + argc);
            argc -= 2;
        }
    return path;
}

} // namespace

int main(int argc, char** argv) {
    const std::string path = take_capture(argc, argv);
    const Octets capture = read_capture(path);
    if (capture.empty()) {
        std::cerr << "hanport_bench: " << path << " cannot be read or is empty\n";
        return 2;
    }
    const Input whole(capture);
    input = &whole;
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 2;
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
