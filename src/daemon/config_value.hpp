// Values of the configuration file: read with their types, and every mistake taken down with its
// place, so that all of them can be told at once.
#pragma once

#include "daemon/config_rules.hpp"

#include <toml++/toml.h>

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hanport {

/// "hanport.toml:12: mqtt.url: what is wrong; allowed: …", in the order of the lines.
class Mistakes {
  public:
    explicit Mistakes(std::filesystem::path file) : file_(std::move(file)) {}

    /// `line` from 1, or 0 for the file as a whole. `key` and `allowed` may be empty.
    void add(unsigned line, std::string_view key, std::string_view what,
             std::string_view allowed = {});

    /// Throws ConfigError if there are any.
    void throw_if_any() const;

    /// What relative paths are relative to: the configuration file's folder.
    [[nodiscard]] std::filesystem::path folder() const { return file_.parent_path(); }

  private:
    std::filesystem::path file_;
    std::vector<std::pair<unsigned, std::string>> lines_;
};

/// A value and its name, "mqtt.url". Each read_… leaves `out` as it is where the value is wrong.
class ConfigValue {
  public:
    ConfigValue(const toml::node& node, std::string name, Mistakes& mistakes)
        : node_(node), name_(std::move(name)), mistakes_(mistakes) {}

    void read_text(std::string& out, const TextRule& rule) const;

    /// One of a few words.
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
    /// One from `least` to `most`.
    void read_number(unsigned& out, unsigned least, unsigned most) const;

    /// A power in kW, with or without decimals, as W.
    void read_kilowatts(std::optional<std::int64_t>& out) const;
    /// A list of them, ascending.
    void read_kilowatts(std::vector<std::int64_t>& out) const;

    /// A path, made absolute.
    void read_path(std::filesystem::path& out) const;
    /// The path of a file that can be read and is not empty.
    void read_file_name(std::filesystem::path& out) const;
    /// The path of a file with a key in it.
    void read_key_file_name(std::filesystem::path& out) const;

    /// The string that the value is; null where it is something else, which is a mistake.
    [[nodiscard]] const std::string* text(std::string_view allowed) const;

    [[nodiscard]] const toml::node& node() const noexcept { return node_; }

    void wrong(std::string_view what, std::string_view allowed = {}) const;

    /// A value inside this one, by the same name.
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

/// The line on which a section has a key; without it, on which it begins.
[[nodiscard]] unsigned line_of(const toml::table& table, std::string_view key);

/// "a string", "an integer", "a section": what the file has there.
[[nodiscard]] std::string_view type_of(const toml::node& node);

/// `text` in quotation marks for a message, on one line and not longer than a message bears.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// "a, b, c".
[[nodiscard]] std::string enumerate(std::span<const std::string_view> words);

} // namespace hanport
