// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/database.hpp"

namespace entente::importers {

/// What `entente import` was asked for. Texts that name columns compare without case, space, `_`, `-`.
struct ImportOptions {
    std::string format;   ///< empty: found by content, then by name; else one of formats()
    std::string kind;     ///< `actors`, `relationships`, `sources`; empty: told by the header
    std::vector<std::string> map;  ///< `Value, EUR=>amount`, `type:=CONTRACT`; or a saved mapping (MAPPINGS.md): file or name
    std::string date_format;       ///< `%d/%m/%Y` and the like; empty: ISO only
    std::string decimal;           ///< `.` or `,`; empty: point
    bool each_event = false;       ///< event data: a relationship for each event, not for each day
    std::optional<std::string> source;  ///< key of the source of everything that names no other
    std::string source_title, source_publisher, source_url, source_archive_url, source_date, source_licence,
        source_hash;
    std::string rejects;  ///< file to write left-out rows to, or empty
    storage::LoadOptions load;
    std::function<void(std::string_view phase, std::uint64_t done, std::uint64_t total)> progress;
};

/// Reads files, directories (the files in them whose names end as some format's do, plain or compressed,
/// sorted by name) and `-` (standard input) as one transaction into the database. Compressed input (gzip, zstd,
/// zip) is known by its first bytes. Throws Error{import} placed at file:line:column with nothing
/// written; Error{io}, Error{usage}.
storage::Account import_files(Database& database, const std::vector<std::string>& files,
                              const ImportOptions& options);

/// The formats that `--format` takes, with a line on each.
const std::vector<std::pair<std::string, std::string>>& formats();

/// A mapping that comes with the program: its name, a line on it, its JSON text.
struct SavedMapping {
    std::string name, title, text;
};
/// All of them, by name.
const std::vector<SavedMapping>& saved_mappings();

}  // namespace entente::importers
