// Log lines of meters; see outcome_log.hpp.
#include "daemon/outcome_log.hpp"

#include <spdlog/spdlog.h>

namespace hanport::daemon {
namespace {

void log(const std::string& meter_id, const meter::Report& report) {
    if (report.event == meter::Report::Event::accepted) {
        spdlog::warn("meter {}: {} has changed {} and stayed so; accepted", meter_id,
                     report.quantity, report.numbers);
        return;
    }
    spdlog::warn("meter {}: {} {}({}): {}; from now on this is only counted", meter_id,
                 report.event == meter::Report::Event::dropped
                     ? "dropped"
                     : "published, but the scale of power or register is wrong:",
                 report.quantity.empty() ? "" : report.quantity + ' ', key(report.reason),
                 report.numbers);
}

void log(const std::string& meter_id, const meter::ReportedProblem& problem) {
    const meter::ProblemRow& found = row(problem.cause);
    if (problem.cause != meter::Problem::ok)
        spdlog::warn("meter {}: {} ({}). {}", meter_id, found.text, found.key, found.advice);
    else if (!problem.is_first)
        spdlog::info("meter {}: {}", meter_id, found.text);
}

} // namespace

void OutcomeLog::on_outcome(const meter::Outcome& outcome) {
    const std::string& id = outcome.snapshot.meter_id;
    for (const meter::Report& report : outcome.reports)
        log(id, report);
    if (outcome.fell_silent)
        spdlog::warn("meter {} is silent", id);
    if (outcome.problem)
        log(id, *outcome.problem);
}

} // namespace hanport::daemon
