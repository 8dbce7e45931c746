// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <vector>

#include "importers/csv_scan.hpp"
#include "importers/formats.hpp"

namespace entente::importers {
namespace {

/// The first line that is not empty, without its end.
std::string_view first_line(std::string_view head) {
    const std::string_view text = past_comments(head, {});
    std::string_view line = text.substr(0, text.find('\n'));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

/// Does a field of the line end in one of Neo4j's words?
bool has_marker(std::string_view line) {
    std::size_t at = line.find(':');
    for (; at != std::string_view::npos; at = line.find(':', at + 1)) {
        const std::string_view rest = line.substr(at + 1);
        for (const std::string_view word : {"ID", "START_ID", "END_ID", "LABEL", "TYPE"}) {
            if (!rest.starts_with(word)) continue;
            const std::string_view after = rest.substr(word.size());
            if (after.empty() || std::string_view(",;\t|({\"").find(after[0]) != std::string_view::npos) return true;
        }
    }
    return false;
}

// A file of a header alone is for the files after it, until the next one that has a header.
void read(Input& input, std::string_view head, const Reading& reading) {
    const std::string_view line = first_line(head);
    CarriedHeader* const carried = reading.carried;
    if (!has_marker(line)) {
        Reading rows = reading;
        if (carried != nullptr && !carried->record.empty()) {
            rows.headless = true;
            carried->used = true;
        }
        return read_csv(input, head, rows);
    }
    const std::string_view text = past_comments(head, {});
    const std::string_view rest = text.substr(std::min(text.size(), line.size()));
    if (carried != nullptr && rest.find_first_not_of("\r\n") == std::string_view::npos) {
        carried->separator = separator_of(line);
        carried->fields = split_record(line, carried->separator).size();
        carried->record = line;
        carried->place = {reading.name, 1, 1};
        carried->used = false;
        return;
    }
    if (carried != nullptr) *carried = {};
    read_csv(input, head, reading);
}

Fit sniff(std::string_view head) { return has_marker(first_line(head)) ? Fit::sure : Fit::no; }

}  // namespace

bool continues_header(const CarriedHeader& header, std::string_view head) {
    if (header.record.empty()) return false;
    const std::string_view line = first_line(head);
    return !line.empty() && !has_marker(line) && split_record(line, header.separator).size() == header.fields;
}

extern const Format kNeo4j;
constinit const Format kNeo4j{
    .name = "neo4j",
    .line = "tables with Neo4j's words in the header, which may be a file of its own",
    .suffixes = {},
    .sniff = sniff,
    .read = read,
};

}  // namespace entente::importers
