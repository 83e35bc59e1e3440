// Capacity charge, problems and events to JSON; the forms are in meter_messages.hpp.
#include "publish/meter_messages.hpp"

#include "base/utc_time.hpp"

#include <nlohmann/json.hpp>

#include <cstdio>

namespace hanport::publish {
namespace {

constexpr std::int16_t thousandths = -3;

std::string dumped(const nlohmann::ordered_json& json) {
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

// Wh or W as kWh or kW, with three decimals.
std::string kilo(std::int64_t number) {
    han::Decimal decimal = han::Decimal::of_signed(number);
    decimal.exponent = thousandths;
    std::string out;
    append(out, decimal);
    return out;
}

std::string kilo_or_null(std::optional<std::int64_t> number) {
    return number ? kilo(*number) : "null";
}

std::string month_text(std::chrono::year_month month) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u", static_cast<int>(month.year()),
                  static_cast<unsigned>(month.month()));
    return text.data();
}

std::string hours_json(const meter::TariffMonth& month, const meter::TimeZone& zone) {
    std::string out = "[";
    for (const auto& [hour, value] : month.highest) {
        out += out.size() > 1 ? ",{\"hour\":\"" : "{\"hour\":\"";
        out += local_hour(hour, zone) + "\",\"consumption\":" + kilo(value.wh);
        out.append(",\"source\":\"").append(text(value.source)).append("\"}");
    }
    return out + ']';
}

// The fields of both months; `prefix` is that of this month's mean and estimate.
std::string month_json(const meter::Tariff& tariff, const meter::TariffMonth& month,
                       const std::string& prefix) {
    const bool known = month.count > 0;
    std::string out = "\"month\":\"" + month_text(month.month) + "\",\"" + prefix + "mean\":";
    out += known ? kilo(month.mean()) : "null";
    out += ",\"" + prefix + "estimate\":" + (month.estimate ? "true" : "false");
    out += ",\"step\":" + (known ? std::to_string(month.step + 1) : "null");
    out += ",\"step_from\":" + (known ? kilo(tariff.lower_limit(month.step)) : "null");
    out += ",\"step_limit\":" + (known ? kilo_or_null(tariff.upper_limit(month.step)) : "null");
    return out + ",\"top_hours\":" + hours_json(month, tariff.options().zone);
}

std::string_view text(meter::Report::Event event) noexcept {
    switch (event) {
    case meter::Report::Event::warning:
        return "warning";
    case meter::Report::Event::accepted:
        return "accepted";
    case meter::Report::Event::dropped:
        break;
    }
    return "dropped";
}

mqtt::Message problem_on(std::string topic, meter::Problem cause, std::string_view detail) {
    const meter::ProblemRow& known = row(cause);
    std::string text(known.text);
    if (!detail.empty())
        text.append(": ").append(detail);
    return {.topic = std::move(topic),
            .payload = dumped({{"problem", cause != meter::Problem::ok},
                               {"cause", known.key},
                               {"text", text},
                               {"advice", known.advice}}),
            .qos = mqtt::Qos::at_least_once,
            .retain = mqtt::Retain::yes};
}

} // namespace

std::string local_hour(base::WallTime hour, const meter::TimeZone& zone) {
    const auto time = std::chrono::floor<std::chrono::seconds>(hour);
    const auto local = zone.to_local(time);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date(day);
    const auto of_day = std::chrono::duration_cast<std::chrono::hours>(local - day).count();
    const auto ahead = zone.offset(time).count();
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:00:00+%02d:%02d",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(of_day),
                  static_cast<int>(ahead / 60), static_cast<int>(ahead % 60));
    return text.data();
}

std::string_view text(meter::HourSource source) noexcept {
    switch (source) {
    case meter::HourSource::registers:
        return "registers";
    case meter::HourSource::corrected:
        return "corrected";
    case meter::HourSource::estimate:
        break;
    }
    return "estimate";
}

mqtt::Message tariff_message(const Topics& topics, std::string_view meter_id,
                             const meter::Tariff& tariff, const meter::TariffNow& now) {
    std::string payload = "{\"hour\":\"" + local_hour(now.hour, tariff.options().zone) + '"';
    payload += ",\"hour_consumption\":" + kilo(now.consumed_wh);
    payload += ",\"hour_projection\":" + kilo(now.projected_wh);
    payload +=
        ",\"allowed_power\":" + (now.allowed_power ? std::to_string(*now.allowed_power) : "null") +
        ',';
    payload += month_json(tariff, now.month, "month_");
    payload += ",\"last_month\":{" + month_json(tariff, now.last_month, "") + "}}";
    return {.topic = topics.tariff(meter_id),
            .payload = std::move(payload),
            .qos = mqtt::Qos::at_most_once,
            .retain = mqtt::Retain::yes};
}

mqtt::Message problem_message(const Topics& topics, std::string_view meter_id, meter::Problem cause,
                              std::string_view detail) {
    return problem_on(topics.problem(meter_id), cause, detail);
}

mqtt::Message port_problem_message(const Topics& topics, unsigned number, meter::Problem cause) {
    return problem_on(topics.port_problem(number), cause, {});
}

mqtt::Message event_message(const Topics& topics, std::string_view meter_id,
                            const meter::Report& report, base::WallTime time) {
    const bool is_accepted = report.event == meter::Report::Event::accepted;
    std::string when;
    base::append_utc(when, time);
    return {.topic = topics.event(meter_id),
            .payload = dumped({{"event", text(report.event)},
                               {"reason", is_accepted ? std::string_view() : key(report.reason)},
                               {"quantity", report.quantity},
                               {"numbers", report.numbers},
                               {"time", when}}),
            .qos = mqtt::Qos::at_least_once,
            .retain = mqtt::Retain::no};
}

} // namespace hanport::publish
