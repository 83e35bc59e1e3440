// Writes the lists of a model: their elements and encoding, in an APDU, in a frame.
#pragma once

#include "simulator/encode.hpp"

namespace hanport::simulator {

/// Input for a list.
struct Moment {
    const Meter* meter = nullptr;
    std::string_view meter_id;
    std::chrono::local_seconds now;
    std::chrono::local_seconds hour; ///< the full hour of the registers
};

/// Writes the lists of one model.
class Writer {
  public:
    explicit Writer(const Model& model);

    /// A frame with a list of kind "power", "live" or "hourly".
    [[nodiscard]] Octets write(std::string_view kind, const Moment& moment) const;

  private:
    enum class Part : std::uint8_t {
        list_id,
        meter_id,
        meter_type,
        meter_number, // the id as a number
        clock,
        quantity
    };
    struct Element {
        Part part = Part::quantity;
        Quantity quantity;
        bool zero = false; // always sent as 0
    };
    using Elements = std::vector<Element>;

    [[nodiscard]] Elements read_words(std::string_view words) const;
    [[nodiscard]] std::optional<Code> code_of(const Element& element) const noexcept;
    [[nodiscard]] Number number_of(Kind kind) const noexcept;
    void append_value(Octets& out, const Element& element, const Moment& moment) const;
    void append_element(Octets& out, const Element& element, const Moment& moment) const;
    void append_body(Octets& out, const Elements& elements, const Moment& moment) const;

    const Model& model_;
    const Manufacturer& manufacturer_;
    Elements power_;
    Elements live_;
    Elements hourly_;
};

} // namespace hanport::simulator
