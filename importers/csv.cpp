// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "importers/csv_batch.hpp"
#include "importers/csv_ends.hpp"
#include "importers/csv_scan.hpp"
#include "importers/formats.hpp"
#include "importers/mapped_table.hpp"
#include "importers/parallel.hpp"
#include "importers/reading.hpp"

namespace entente::importers {
namespace {

constexpr std::size_t kChunk = std::size_t{640} << 10U;

/// Cuts a text into chunks of whole records, one caller at a time.
class Chunker {
public:
    Chunker(Input& input, std::string_view head, const Reading& reading)
        : input_(input), reading_(reading), carry_(head.begin(), head.end()) {}

    /// At least the first record, and as much as a chunk holds; the whole text if it is shorter.
    std::string_view start(char separator) {
        std::size_t target = kChunk;
        while (true) {
            if (!ended_ && carry_.size() < target) {
                ended_ = fill_up(input_, carry_, target);
                if (ended_ && !carry_.empty() && carry_.back() != '\n') carry_.push_back('\n');
            }
            const std::string_view text(carry_.data(), carry_.size());
            if (ended_ || first_record_end(text, separator) != std::string_view::npos) return text;
            if (target >= kLongestRecord) too_long(1);
            target = std::min(target * 2, kLongestRecord);
        }
    }

    void drop(std::size_t bytes, std::uint64_t lines) {
        carry_.erase(carry_.begin(), carry_.begin() + static_cast<std::ptrdiff_t>(bytes));
        line_ += lines;
    }

    /// Each chunk makes so many batches.
    void set_batches(std::size_t batches) { batches_ = batches; }

    /// The next chunk; false: there is none.
    bool next(CsvChunk& chunk, char separator) {
        std::size_t size = carry_.size();
        std::size_t target = ended_ ? size : kChunk;
        reserve(chunk, std::max(target, size));
        std::memcpy(chunk.buffer.data(), carry_.data(), size);
        chunk.unclosed = false;
        while (true) {
            if (!ended_ && size < target) {
                reserve(chunk, target);
                size += input_.read(chunk.buffer.data() + size, target - size);
                if (size < target) {
                    ended_ = true;
                    if (size != 0 && chunk.buffer[size - 1] != '\n') chunk.buffer[size++] = '\n';
                }
            }
            if (size == 0) return false;
            const std::string_view text(chunk.buffer.data(), size);
            std::size_t open = std::string_view::npos;
            std::size_t end = 0;
            if (std::memchr(text.data(), '"', size) == nullptr) {
                const std::size_t at = text.rfind('\n');
                end = at == std::string_view::npos ? 0 : at + 1;
            } else {
                end = last_record_end(text, separator, open);
            }
            if (end == 0 && ended_) {
                // a quote that nothing closes: its line alone is one bad record, the rest goes on
                chunk.unclosed = true;
                end = text.find('\n') + 1;
            }
            if (end != 0) {
                carry_.assign(text.begin() + static_cast<std::ptrdiff_t>(end), text.end());
                chunk.size = end;
                break;
            }
            if (size >= kLongestRecord) too_long(line_);
            target = std::min(size * 2, kLongestRecord);
        }
        std::memset(chunk.buffer.data() + chunk.size, 0, kScanPadding);
        chunk.first_line = line_;
        chunk.sequence = *reading_.sequence;
        *reading_.sequence += batches_;
        chunk.last = ended_ && carry_.empty();
        line_ += count_byte(chunk.text(), '\n');
        return true;
    }

private:
    static void reserve(CsvChunk& chunk, std::size_t size) {
        if (chunk.buffer.size() < size + 1 + kScanPadding) chunk.buffer.resize(size + 1 + kScanPadding);
    }

    [[noreturn]] void too_long(std::uint64_t line) const {
        throw Error(ErrorKind::import, Place{reading_.name, line, 1},
                    "a row of more than 64 MiB begins here, expected it to end",
                    "look for a quote that is not closed");
    }

    Input& input_;
    const Reading& reading_;
    std::vector<char> carry_;
    bool ended_ = false;
    std::uint64_t line_ = 1;
    std::size_t batches_ = 1;
};

struct Start {
    char separator = ',';
    Layout layout;
};

std::vector<HeaderName> header_names(std::string_view record, char separator, const std::string& file,
                                     std::uint64_t line) {
    std::vector<HeaderName> out;
    std::uint64_t column = 1;
    for (std::string& field : split_record(record, separator)) {
        const std::size_t characters = static_cast<std::size_t>(
            std::count_if(field.begin(), field.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
        std::string_view name = unguarded(field);
        if (!name.starts_with('.')) {
            while (name.starts_with(' ')) name.remove_prefix(1);
            while (name.ends_with(' ')) name.remove_suffix(1);
        }
        out.push_back({std::string(name), Place{file, line, column}});
        column += characters + 1;
    }
    return out;
}

/// Is one of the names a word of Neo4j's, `:ID(Person)`?
bool is_for_neo4j(const std::vector<HeaderName>& names) {
    return std::any_of(names.begin(), names.end(), [](const HeaderName& name) {
        const std::size_t colon = name.text.find(':');
        if (colon == std::string::npos) return false;
        const std::string word = name.text.substr(colon + 1, name.text.find_first_of("({", colon) - colon - 1);
        return word == "ID" || word == "START_ID" || word == "END_ID" || word == "LABEL" || word == "TYPE";
    });
}

// There a column without a kind is text, whatever its cells look like; of the kinds that a list or a cell of ours
// has no place for the texts stay.
void read_as_neo4j(const std::vector<HeaderName>& names, Layout& layout) {
    for (std::size_t c = 0; c < names.size(); ++c) {
        Field& field = layout.fields[c];
        if (field.role != Role::property) continue;
        if (field.kind == CellKind::infer || field.kind == CellKind::amount) field.kind = CellKind::text;
        const std::string& text = names[c].text;
        const std::size_t brace = std::min(text.find('{'), text.size());
        const std::size_t colon = text.rfind(':', brace);
        if (colon == std::string::npos) continue;
        const std::string kind = text.substr(colon + 1, brace - colon - 1);
        for (const std::string_view kept : {"date[]", "time[]", "localtime[]", "datetime[]", "localdatetime[]", "duration[]", "point", "point[]"}) {
            if (kind == kept) layout.notes.push_back("column '" + text.substr(0, colon) + "': values of the kind " + kind + " are kept as texts");
        }
    }
}

Start begin(Chunker& chunks, std::string_view head, const Reading& reading) {
    Start out;
    chunks.drop(check_start(head, reading.name), 0);
    std::string_view text = chunks.start(',');
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        throw Error(ErrorKind::import, Place{reading.name, 1, 1}, "the file is empty, expected a header");
    }
    const std::size_t line_end = text.find('\n');
    if (text.substr(0, line_end).find('\r') < line_end - 1) {
        throw Error(ErrorKind::import, Place{reading.name, 1, 1},
                    "lines end in carriage returns alone, expected LF or CRLF", "convert the file: tr '\\r' '\\n'");
    }
    // empty lines before the header
    std::size_t blank = 0;
    std::uint64_t line = 1;
    while (blank < text.size() && (text[blank] == '\n' || text[blank] == '\r')) {
        line += text[blank++] == '\n' ? 1 : 0;
    }
    chunks.drop(blank, line - 1);
    if (reading.headless) {
        const CarriedHeader& header = *reading.carried;
        out.separator = header.separator;
        const auto names = header_names(header.record, header.separator, header.place.file, header.place.line);
        out.layout = make_layout(names, reading.layout, header.place);
        keep_type(out.layout, names);
        return out;
    }
    out.separator = separator_told(reading);
    if (out.separator == '\0') out.separator = separator_of(text.substr(blank));
    text = chunks.start(out.separator);
    const std::size_t end = first_record_end(text, out.separator);
    const Place whole{reading.name, line, 1};
    if (end == std::string_view::npos) {
        throw Error(ErrorKind::import, whole, "a quote in the header is not closed, expected a line of column names");
    }
    const std::string header(text.substr(0, end));
    if (const std::size_t bad = find_bad_utf8(header); bad != std::string::npos) {
        throw Error(ErrorKind::import, whole, "the header is not UTF-8, expected UTF-8 text",
                    "convert it from its encoding, for example WINDOWS-1252 or, in Cyrillic, WINDOWS-1251: iconv -f WINDOWS-1252 -t UTF-8");
    }
    const auto names = header_names(header, out.separator, reading.name, line);
    out.layout = lay_out(names, reading, whole);
    if (!out.layout.mapped && is_for_neo4j(names)) read_as_neo4j(names, out.layout);
    chunks.drop(end, count_byte(header, '\n'));
    if (out.layout.mapped) {
        chunks.set_batches(out.layout.mapped->batches());
        return out;
    }
    if (out.layout.kind == RowKind::relationships && !out.layout.type_told) {
        const int column = out.layout.column_of(Role::type);
        if (column >= 0 && normalised(names[static_cast<std::size_t>(column)].text) == "type") {
            bool only = false;
            const auto rows = sample(chunks.start(out.separator), out.separator, 1000);
            for (const auto& row : rows) {
                if (row.size() <= static_cast<std::size_t>(column)) continue;
                const std::string& cell = row[static_cast<std::size_t>(column)];
                only = direction_word(cell) || (only && cell.empty());
                if (!only && !cell.empty()) break;
            }
            if (only) take_type_as_direction(out.layout);
        }
    }
    keep_type(out.layout, names);
    return out;
}

}  // namespace

void read_csv(Input& input, std::string_view head, const Reading& reading) {
    Chunker chunks(input, head, reading);
    const Start start = begin(chunks, head, reading);
    for (const std::string& note : start.layout.notes) reading.sink->note(note);
    if (reading.renamed != nullptr) {
        reading.renamed->insert(start.layout.renamed.begin(), start.layout.renamed.end());
    }
    Reading with_rules = reading;
    with_rules.rules.semicolons = start.separator == ';';

    CsvChunk first;
    MappedTable* const mapped = start.layout.mapped.get();
    if (!chunks.next(first, start.separator)) {
        reading.sink->note(reading.name + ": no rows, only a header");
        if (mapped != nullptr) mapped->finish(reading);
        return;
    }
    const RowKind kind = start.layout.kind;
    const bool alone = first.last || (mapped != nullptr ? mapped->alone() : kind != RowKind::actors && kind != RowKind::relationships);
    stage_chunks(
        alone ? 1 : reading.threads, first,
        [&](CsvChunk& chunk) {
            const bool more = chunks.next(chunk, start.separator);
            if (more && reading.progress) reading.progress();
            return more;
        },
        [&] {
            return [batcher = std::make_unique<CsvBatcher>(with_rules, start.layout, start.separator)](
                       const CsvChunk& chunk) { batcher->stage(chunk); };
        });
    if (mapped != nullptr) mapped->finish(reading);
}

void find_end_cells(Input& input, std::string_view head, const Reading& reading, std::vector<EndCell>& ends) {
    Reading again = reading;
    std::uint64_t sequence = 0;
    again.sequence = &sequence;
    Chunker chunks(input, head, again);
    const Start start = begin(chunks, head, again);
    const int from = start.layout.column_of(Role::from);
    const int to = start.layout.column_of(Role::to);
    if (start.layout.mapped) return;
    CsvRows rows;
    CsvChunk chunk;
    for (auto end = ends.begin(); end != ends.end() && chunks.next(chunk, start.separator);) {
        if (chunk.unclosed) continue;
        const std::string_view text = chunk.text();
        scan_csv(text, start.separator, start.layout.fields.size(), rows);
        for (std::size_t r = 0; r < rows.rows && end != ends.end(); ++r) {
            for (; end != ends.end() && end->line <= chunk.first_line + rows.line[r]; ++end) {
                const int column = end->to ? to : from;
                if (column < 0 || end->line != chunk.first_line + rows.line[r]) continue;
                const CsvCell& cell = rows.cells[r * rows.columns + static_cast<std::size_t>(column)];
                end->place = {reading.name, end->line, 1};
                for (std::size_t i = rows.begin[r]; i < cell.begin - cell.quoted; ++i) advance(end->place, text[i]);
            }
        }
    }
}

namespace {
constexpr std::string_view kSuffixes[] = {".csv", ".tsv"};
}
extern const Format kCsv;
constinit const Format kCsv{
    .name = "csv",
    .line = "tables with a header; comma, semicolon, tab or bar between the cells",
    .suffixes = kSuffixes,
    .sniff = nullptr,
    .read = read_csv,
};

}  // namespace entente::importers
