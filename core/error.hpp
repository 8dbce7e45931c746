// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

namespace entente {

/// What went wrong, in the words that decide the exit status and the advice a person gets.
/// The mapping to exit codes stands in cli/main.cpp and nowhere else.
enum class ErrorKind : std::uint8_t {
    usage,             ///< a command or call was used wrongly
    unknown_name,      ///< no actor, type or property of that name
    ambiguous_name,    ///< several actors of that name
    import,            ///< a data file says something that cannot be taken
    syntax,            ///< a query, date or number cannot be read
    type,              ///< a value is of the wrong kind
    missing_database,  ///< there is no file of that name
    exists,            ///< a file is there already and would have been overwritten
    not_a_database,    ///< the file is something else
    format_version,    ///< written by a newer version
    corrupt,           ///< the file contradicts itself
    full,              ///< no room on the disk, or a limit of the file reached
    busy,              ///< another process is writing
    read_only,         ///< the file or its directory cannot be written
    io,                ///< the system refused a read or a write
    interrupted        ///< Ctrl-C
};

/// A place in an input file; line and column count from 1, 0 means unknown. Columns count characters.
struct Place {
    std::string file;
    std::uint64_t line = 0;
    std::uint64_t column = 0;

    /// `file:line:column`, leaving out what is unknown.
    [[nodiscard]] std::string text() const {
        std::string out = file;
        if (line != 0) out.append(":").append(std::to_string(line));
        if (line != 0 && column != 0) out.append(":").append(std::to_string(column));
        return out;
    }
};

/// The only exception family of the project. `what()` is `place: text` or `text`, one line, without a
/// final full stop; `advice()` says what to do next and may be empty.
class Error : public std::runtime_error {
public:
    Error(ErrorKind kind, const std::string& text, std::string advice = {})
        : std::runtime_error(text), kind_(kind), advice_(std::move(advice)) {}
    Error(ErrorKind kind, Place place, const std::string& text, std::string advice = {})
        : std::runtime_error(place.text() + ": " + text),
          kind_(kind),
          place_(std::move(place)),
          advice_(std::move(advice)) {}

    [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }
    [[nodiscard]] const Place& place() const noexcept { return place_; }
    [[nodiscard]] const std::string& advice() const noexcept { return advice_; }

private:
    ErrorKind kind_;
    Place place_;
    std::string advice_;
};

}  // namespace entente
