// Waits with inotify; see device_watch.hpp.
#include "line/device_watch.hpp"

#include "base/async.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <sys/inotify.h>

#include <algorithm>
#include <array>

namespace hanport::line {
namespace {

namespace asio = boost::asio;

asio::awaitable<void> wait_for_event(asio::posix::stream_descriptor& events) {
    co_await base::accept_cancellation();
    std::array<char, 4096> buffer{};
    (void)co_await events.async_read_some(asio::buffer(buffer), base::as_result);
}

} // namespace

DeviceWatch::DeviceWatch(const asio::any_io_executor& executor,
                         const std::vector<std::filesystem::path>& folders)
    : events_(executor) {
    if (folders.empty())
        return;
    const int events = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (events < 0)
        return;
    events_.assign(events);
    for (const auto& folder : folders)
        (void)::inotify_add_watch(events, folder.c_str(), IN_CREATE | IN_MOVED_TO | IN_ATTRIB);
}

asio::awaitable<void> DeviceWatch::wait(std::chrono::milliseconds timeout) {
    using namespace asio::experimental::awaitable_operators;
    constexpr std::chrono::milliseconds for_udev{100};
    if (!events_.is_open()) {
        co_await base::sleep(timeout);
        co_return;
    }
    const auto first = co_await (wait_for_event(events_) || base::time_limit(timeout));
    if (first.index() == 0)
        co_await base::sleep(std::min(for_udev, timeout));
}

} // namespace hanport::line
