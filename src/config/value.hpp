// Typed access to the values of the configuration file. Every error is recorded with its place, so
// that all errors are reported at once.
#pragma once

#include "config/rules.hpp"

#include <toml++/toml.h>

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hanport::config {

/// "hanport.toml:12: mqtt.url: what is wrong; allowed: …", ordered by line.
class Mistakes {
  public:
    explicit Mistakes(std::filesystem::path file) : file_(std::move(file)) {}

    /// `line` from 1, or 0 for the file as a whole. `key` and `allowed` may be empty.
    void add(unsigned line, std::string_view key, std::string_view what,
             std::string_view allowed = {});

    /// Throws ConfigError if there are any.
    void throw_if_any() const;

    /// Base of relative paths: the configuration file's folder.
    [[nodiscard]] std::filesystem::path folder() const { return file_.parent_path(); }

  private:
    std::filesystem::path file_;
    std::vector<std::pair<unsigned, std::string>> lines_;
};

/// A value and its name, "mqtt.url". Each read_… function leaves `out` unchanged if the value is
/// wrong.
class ConfigValue {
  public:
    ConfigValue(const toml::node& node, std::string name, Mistakes& mistakes)
        : node_(node), name_(std::move(name)), mistakes_(mistakes) {}

    void read_text(std::string& out, const TextRule& rule) const;

    /// One word of a list.
    template <class T>
    void read_choice(T& out, std::span<const std::pair<std::string_view, T>> choices) const {
        std::vector<std::string_view> words;
        for (const auto& [word, value] : choices)
            words.push_back(word);
        if (const auto index = read_word(words))
            out = choices[*index].second;
    }

    void read_flag(bool& out) const;
    void read_number(unsigned& out, std::span<const unsigned> allowed) const;
    /// A number from `least` to `most`.
    void read_number(unsigned& out, unsigned least, unsigned most) const;

    /// A power in kW, with or without decimals; stored in W.
    void read_kilowatts(std::optional<std::int64_t>& out) const;
    /// A list of powers in ascending order.
    void read_kilowatts(std::vector<std::int64_t>& out) const;

    /// A path, made absolute.
    void read_path(std::filesystem::path& out) const;
    /// The path of a readable file that is not empty.
    void read_file_name(std::filesystem::path& out) const;
    /// The path of a file that contains a key.
    void read_key_file_name(std::filesystem::path& out) const;

    /// The string in this value; null for another type, which is recorded as an error.
    [[nodiscard]] const std::string* text(std::string_view allowed) const;

    [[nodiscard]] const toml::node& node() const noexcept { return node_; }

    void wrong(std::string_view what, std::string_view allowed = {}) const;

    /// A nested value, by its key.
    [[nodiscard]] ConfigValue inner(const toml::node& node, std::string_view key = {}) const {
        return {node, key.empty() ? name_ : (name_ + ".").append(key), mistakes_};
    }

    [[nodiscard]] unsigned line() const { return node_.source().begin.line; }

  private:
    [[nodiscard]] std::optional<std::size_t>
    read_word(std::span<const std::string_view> words) const;

    const toml::node& node_;
    std::string name_;
    Mistakes& mistakes_;
};

/// The line of a key in a section; if the key is missing, the line where the section begins.
[[nodiscard]] unsigned line_of(const toml::table& table, std::string_view key);

/// "a string", "an integer", "a section": the type of the value in the file.
[[nodiscard]] std::string_view type_of(const toml::node& node);

/// `text` in quotation marks for a message, control characters replaced, truncated to 80 bytes.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// "a, b, c".
[[nodiscard]] std::string enumerate(std::span<const std::string_view> words);

} // namespace hanport::config
