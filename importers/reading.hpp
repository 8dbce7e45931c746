// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "importers/cells.hpp"
#include "importers/input.hpp"
#include "importers/layout.hpp"
#include "importers/sink.hpp"

namespace entente::importers {

/// A record longer than this is refused: it is a quote that nobody closed, or no text at all.
inline constexpr std::size_t kLongestRecord = std::size_t{64} << 20U;

/// The header of tables that have none of their own, as Neo4j's files may have it in a file of its own.
struct CarriedHeader {
    std::string record;  ///< empty: there is none
    char separator = ',';
    std::size_t fields = 0;
    Place place;
    bool used = false;
    [[nodiscard]] bool unused() const { return !record.empty() && !used; }
};

/// Is a text that begins so the rows of that header?
bool continues_header(const CarriedHeader& header, std::string_view head);

struct Mapping;

/// One text to read, and how.
struct Reading {
    Sink* sink = nullptr;
    std::uint32_t file = 0;     ///< number of the file within the import
    std::string name;           ///< of the text, for messages
    std::string path;           ///< of the text, `archive.zip/member.csv`, for what goes by names of files; empty: the name
    std::string sheet;          ///< of a workbook; the name is then `book.xlsx(sheet)`
    LayoutOptions layout;
    const Mapping* mapping = nullptr;   ///< a saved mapping says what the rows of tables make
    std::set<std::string>* declared = nullptr;  ///< mappings whose types and sources are staged
    CellRules rules;
    bool skip_errors = false;   ///< hand bad rows to Sink::reject and go on
    int threads = 1;
    std::uint64_t* sequence = nullptr;  ///< of the next batch of the import
    CarriedHeader* carried = nullptr;   ///< from file to file of an import
    class Events* events = nullptr;     ///< of the import, from text to text; nullptr: each text has its own
    bool each_event = false;    ///< event data: a relationship for each event, not for each day
    bool headless = false;      ///< tables: all is rows, the header is the carried one
    bool lines = false;         ///< JSON: each line is a text of its own
    std::set<std::string>* renamed = nullptr;  ///< gets the `--map` entries that met a column
    std::function<void()> progress;     ///< called now and then, by one thread at a time; may be empty
};

/// Reads a text, whose first bytes are `head`, to its end. Throw Error{import} placed at the first bad
/// row; what is thrown does not depend on the number of threads.
void read_csv(Input& input, std::string_view head, const Reading& reading);
void read_json(Input& input, std::string_view head, const Reading& reading);

/// The name without its compression's suffix and in lower case, to tell formats by.
std::string plain_name(const std::string& name);

/// Throws Error{import} for UTF-16, NUL bytes and the like at the start of a text; gives the length
/// of the byte order mark to leave out.
std::size_t check_start(std::string_view head, const std::string& name);

}  // namespace entente::importers
