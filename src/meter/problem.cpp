// The table of problems. README has the same advice.
#include "meter/problem.hpp"

#include <array>

namespace hanport::meter {
namespace {

constexpr auto table = std::to_array<ProblemRow>({
    {Problem::ok, "ok", "all is well", ""},
    {Problem::no_port, "no_port", "the port cannot be opened",
     "Plug the adapter in and name it by its link in /dev/serial/by-id, or end the other program "
     "that has it open."},
    {Problem::no_bytes, "no_bytes", "the port is open, but nothing arrives",
     "Ask the grid company to activate the meter's HAN port, and check that the cable is on pins 1 "
     "and "
     "2 of its socket."},
    {Problem::wrong_parity_or_baud, "wrong_parity_or_baud", "bytes arrive, but no intact frame",
     "Set parity = \"auto\" and baud = 2400 for this port; if that does not help, the adapter "
     "garbles what it reads, and another one is needed."},
    {Problem::long_frames_damaged, "long_frames_damaged",
     "short frames arrive, long ones are always damaged",
     "Use another adapter, one that copes with frames of more than 250 bytes; some cheap ones do "
     "not."},
    {Problem::ciphered_without_key, "ciphered_without_key",
     "the meter sends encrypted data, and no configured key fits",
     "Ask the grid company for the meter's keys and name their files with encryption_key_file and "
     "authentication_key_file."},
    {Problem::meter_stopped, "meter_stopped", "the meter has stopped sending",
     "Unplug the adapter from the meter for ten seconds; if it stays silent, the grid company has "
     "closed the HAN port or the meter has to be restarted by it."},
    {Problem::unknown_list, "unknown_list", "intact frames arrive, but no list in them is known",
     "Record some minutes with hanport capture and open an issue with the recording, so that this "
     "meter can be added."},
    {Problem::broker_refuses, "broker_refuses", "the broker refuses the meter's hourly lists",
     "Let the user of hanport publish there (the broker's access list, ACL), or fix the reason "
     "that the broker gives; meanwhile the lists are kept on this computer."},
    {Problem::implausible, "implausible", "implausible values arrive and are dropped",
     "Look at the log for the numbers; if they are right after all (a new meter, a stronger main "
     "fuse), set max_power_kw for the port or wait until they are confirmed."},
    {Problem::clock_off, "clock_off", "the meter's clock is wrong by more than two minutes",
     "Check this computer's clock first (timedatectl); if it is right, tell the grid company that "
     "the meter's is wrong; hanport uses this computer's clock."},
    {Problem::too_many_meters, "too_many_meters",
     "lists of more meters arrive than max_meters allows, and are dropped",
     "If these meters are yours, raise max_meters of the port or of [service]; if not, find out "
     "what else sends on this line."},
});

} // namespace

std::span<const ProblemRow> problems() noexcept {
    return table;
}

const ProblemRow& row(Problem cause) noexcept {
    return table[static_cast<std::size_t>(cause)];
}

} // namespace hanport::meter
