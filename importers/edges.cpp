// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "importers/csv_scan.hpp"
#include "importers/formats.hpp"
#include "importers/line_chunks.hpp"
#include "importers/numbers.hpp"
#include "importers/parallel.hpp"
#include "importers/table_batch.hpp"

namespace entente::importers {
namespace {

constexpr std::size_t kMostFields = 4;

/// Which characters end a field.
struct Blanks {
    bool is[256] = {};
    explicit Blanks(bool commas) {
        for (const char c : {' ', '\t', '\r'}) is[static_cast<unsigned char>(c)] = true;
        if (commas) is[static_cast<unsigned char>(',')] = is[static_cast<unsigned char>(';')] = true;
    }
    [[nodiscard]] bool operator()(char c) const { return is[static_cast<unsigned char>(c)]; }
};

/// What the start of a text says of all of it.
struct Shape {
    bool commas = false;
    std::size_t fields = 2;
    std::string_view direction;    ///< of all edges; empty: nothing is said
    bool two_sets = false;         ///< the left and the right ends are numbered each for themselves
    bool seconds = false;  ///< the last field is a time in seconds since 1970
    bool any = false;
    bool integers = true;  ///< all ends are integers
};

bool comment(std::string_view line) { return line.starts_with('#') || line.starts_with('%') || line.starts_with("//"); }

std::vector<std::string_view> fields_of(std::string_view line, const Blanks& blank) {
    std::vector<std::string_view> out;
    std::size_t i = 0;
    while (i < line.size()) {
        while (i < line.size() && blank(line[i])) ++i;
        const std::size_t from = i;
        while (i < line.size() && !blank(line[i])) ++i;
        if (i != from) out.push_back(line.substr(from, i - from));
    }
    return out;
}

bool has_word(std::string_view line, std::string_view word) {
    std::string small;
    for (const char c : line) small += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    const std::size_t at = small.find(word);
    return at != std::string::npos && (at == 0 || small[at - 1] < 'a' || small[at - 1] > 'z') &&
           (at + word.size() == small.size() || small[at + word.size()] < 'a' || small[at + word.size()] > 'z');
}

/// What a comment says of the network: SNAP in words, KONECT with the first word of its first line.
void read_comment(std::string_view line, Shape& shape) {
    if (line.starts_with('%')) {
        const auto words = fields_of(line.substr(std::min(line.find_first_not_of('%'), line.size())), Blanks(false));
        const std::string_view first = words.empty() ? std::string_view() : words.front();
        shape.two_sets = shape.two_sets || first == "bip";
        if (first == "sym" || first == "bip") shape.direction = "undirected";
        if (first == "asym" && shape.direction.empty()) shape.direction = "directed";
    }
    if (has_word(line, "undirected")) shape.direction = "undirected";
    else if (has_word(line, "directed") && shape.direction.empty()) shape.direction = "directed";
}

/// Looks at comments and the first thousand lines.
Shape shape_of(std::string_view head) {
    Shape out;
    std::size_t lines = 0;
    std::size_t times = 0;
    bool first = true;
    while (!head.empty() && lines < 1000) {
        const std::size_t end = head.find('\n');
        if (end == std::string_view::npos && lines != 0) break;  // it may be cut in the middle
        std::string_view line = head.substr(0, end);
        head.remove_prefix(end == std::string_view::npos ? head.size() : end + 1);
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
        if (line.empty()) continue;
        if (comment(line)) {
            read_comment(line, out);
            continue;
        }
        if (first) out.commas = line.find_first_of(",;") != std::string_view::npos && fields_of(line, Blanks(false)).size() < 2;
        first = false;
        const auto fields = fields_of(line, Blanks(out.commas));
        ++lines;
        out.fields = std::max(out.fields, fields.size());
        std::int64_t n = 0;
        for (std::size_t i = 0; i < 2 && i < fields.size(); ++i) out.integers = out.integers && parse_integer(fields[i], n);
        if (fields.size() > 2 && parse_integer(fields.back(), n) && n >= 100000000 && n < 10000000000) ++times;
    }
    out.any = lines != 0;
    out.seconds = lines != 0 && times == lines;
    return out;
}

/// Turns chunks of lines into batches.
class EdgeBatcher final : public TableBatcher {
public:
    EdgeBatcher(const Reading& reading, const Layout& layout, const Shape& shape)
        : TableBatcher(reading, layout), shape_(shape), blank_(shape.commas) {}

    void stage(const LineChunk& chunk) {
        chunk_ = &chunk;
        text_ = chunk.text();
        const bool bytes = text_.find('\0') == std::string_view::npos && find_bad_utf8(text_) == std::string_view::npos;
        flaws_.clear();
        starts_.clear();
        lines_.clear();
        columns_.resize(shape_.fields + (shape_.direction.empty() ? 0 : 1));
        for (auto& column : columns_) column.clear();
        std::vector<Flaw> flaws;
        std::uint32_t line = 0;
        const char* p = text_.data();
        const char* const end = p + text_.size();
        for (; p != end; ++line) {
            const char* const start = p;
            std::size_t n = 0;
            bool good = true;
            bool broken = false;  // by a carriage return alone, so that more than one row may stand in the line
            if (*p == '#' || *p == '%' || (*p == '/' && p + 1 != end && p[1] == '/')) {
                p = static_cast<const char*>(std::memchr(p, '\n', static_cast<std::size_t>(end - p))) + 1;
                if (!breaks_inside({start, static_cast<std::size_t>(p - start)})) continue;
                flaws.push_back(flaw_at(static_cast<std::size_t>(start - text_.data()), line));
                flaws.back().what = kLoneReturn;
                flaws.back().advice = kMendReturn;
                continue;
            }
            while (true) {
                for (; blank_(*p); ++p) broken = broken || (*p == '\r' && p[1] != '\n' && p[1] != '\r');
                if (*p == '\n') break;
                const char* const from = p;
                while (*p != '\n' && !blank_(*p)) ++p;
                // NetworkX writes an empty dictionary after each edge
                if (n >= 2 && p - from == 2 && from[0] == '{' && from[1] == '}') continue;
                if (n < shape_.fields) columns_[n].emplace_back(from, static_cast<std::size_t>(p - from));
                else good = false;
                ++n;
            }
            ++p;
            if (n == 0) continue;
            const std::size_t row = starts_.size();
            std::string what;
            if (broken) what = kLoneReturn;
            else if (n < 2) what = "one field, expected the two ends of an edge";
            else if (!good) what = "more fields than the lines before, expected at most " + std::to_string(shape_.fields);
            else if (!bytes) what = bad_bytes({start, static_cast<std::size_t>(p - start)});
            if (!what.empty()) {
                for (auto& column : columns_) column.resize(row);
                Flaw f = flaw_at(static_cast<std::size_t>(start - text_.data()), line);
                f.what = std::move(what);
                if (broken) f.advice = kMendReturn;
                flaws.push_back(std::move(f));
                continue;
            }
            for (std::size_t c = n; c < shape_.fields; ++c) columns_[c].emplace_back();
            starts_.push_back(static_cast<std::uint32_t>(start - text_.data()));
            lines_.push_back(line);
        }
        every_line_ = starts_.size() == line;
        begin(starts_.size());
        flaws_ = std::move(flaws);
        if (!shape_.direction.empty()) columns_.back().assign(rows_, shape_.direction);
        if (shape_.two_sets) {
            for (std::string_view& cell : columns_[0]) cell = texts_.emplace_back(std::string("left/").append(cell));
            for (std::string_view& cell : columns_[1]) cell = texts_.emplace_back(std::string("right/").append(cell));
        }
        if (shape_.seconds) dates(columns_[shape_.fields - 1]);
        stage_rows();
    }

private:
    static constexpr const char* kLoneReturn = "a carriage return inside the line, expected lines to end in LF or CRLF";
    static constexpr const char* kMendReturn = "convert the file: tr '\\r' '\\n'";

    /// Is there a carriage return elsewhere than before the line feed?
    static bool breaks_inside(std::string_view line) {
        const std::size_t at = line.find('\r');
        return at != std::string_view::npos && line.find_first_not_of("\r\n", at) != std::string_view::npos;
    }

    static std::string bad_bytes(std::string_view line) {
        if (line.find('\0') != std::string_view::npos) return "a NUL byte, expected text";
        return find_bad_utf8(line) != std::string_view::npos ? "a byte that is not UTF-8, expected UTF-8 text" : "";
    }

    /// Seconds become days; what are none stay and are refused.
    void dates(std::vector<std::string_view>& cells) {
        for (std::string_view& cell : cells) {
            std::int64_t seconds = 0;
            if (!parse_integer(cell, seconds) || seconds < 0 || seconds > 250000000000) continue;
            cell = texts_.emplace_back(Date::day(static_cast<Day>(seconds / 86400)).text());
        }
    }

    [[nodiscard]] Flaw flaw_at(std::size_t at, std::uint32_t line) const {
        Flaw f;
        f.begin = at;
        f.place = {reading_.name, chunk_->first_line + line, 1};
        if (reading_.skip_errors) f.raw = line_from(at);
        return f;
    }
    [[nodiscard]] std::string_view raw(std::size_t row) const override { return line_from(starts_[row]); }
    [[nodiscard]] std::string_view line_from(std::size_t at) const {
        std::string_view line = text_.substr(at, text_.find('\n', at) - at);
        while (line.ends_with('\r')) line.remove_suffix(1);
        return line;
    }
    [[nodiscard]] Flaw locate(std::size_t row, std::size_t column) const override {
        Flaw f = flaw_at(starts_[row], lines_[row]);
        f.at = column;
        return f;
    }
    [[nodiscard]] std::uint64_t line(std::size_t row) const override { return chunk_->first_line + lines_[row]; }
    [[nodiscard]] BatchOrigin origin() const override {
        const bool each_line = every_line_ && !any_bad_;
        return origin_of(chunk_->sequence, chunk_->first_line, each_line ? decltype(lines_)() : lines_);
    }

    Shape shape_;
    Blanks blank_;
    const LineChunk* chunk_ = nullptr;
    std::string_view text_;
    std::vector<std::uint32_t> starts_, lines_;
    bool every_line_ = false;
};

void read(Input& input, std::string_view head, const Reading& reading) {
    head.remove_prefix(check_start(head, reading.name));
    const Shape shape = shape_of(head);
    const Place whole{reading.name, 1, 1};
    if (head.empty()) throw Error(ErrorKind::import, whole, "the file is empty, expected two ends in each line");
    if (shape.fields > kMostFields) {
        throw Error(ErrorKind::import, whole, "more than four fields in a line, expected two ends, a weight and a time",
                    "give it a header and import it as a table: --format csv");
    }
    std::vector<HeaderName> header{{"from", whole}, {"to", whole}};
    if (shape.fields == 4 || (shape.fields == 3 && !shape.seconds)) header.push_back({"weight", whole});
    if (shape.seconds) header.push_back({"date", whole});
    else if (shape.fields == 4) header.push_back({"time", whole});
    if (!shape.direction.empty()) header.push_back({"direction", whole});
    const RowKind kind = RowKind::relationships;
    const Layout layout = make_layout(header, reading.layout, whole, &kind);
    if (reading.renamed != nullptr) reading.renamed->insert(layout.renamed.begin(), layout.renamed.end());
    if (shape.seconds) reading.sink->note(reading.name + ": the last field is seconds since 1970 and became the day; times of day were not read");

    LineCutter cutter(input, head, reading);
    LineChunk first;
    if (!cutter.next(first)) return;
    stage_chunks(reading.threads, first, [&](LineChunk& chunk) { return cutter.next(chunk); },
                 [&] {
                     return [batcher = std::make_unique<EdgeBatcher>(reading, layout, shape)](const LineChunk& chunk) { batcher->stage(chunk); };
                 });
}

// Lines of two to four numbers are nothing else; of words, they may be.
Fit sniff(std::string_view head) {
    const bool comments = comment(past_comments(head, {}));
    std::string_view text = past_comments(head, {});
    const Shape shape = shape_of(text);
    if (!shape.any || shape.fields > kMostFields) return Fit::no;
    text = past_comments(text, "#%");
    const auto fields = fields_of(text.substr(0, text.find('\n')), Blanks(shape.commas));
    if (fields.size() < 2) return Fit::no;
    if (shape.integers) return Fit::sure;
    return comments && !shape.commas ? Fit::maybe : Fit::no;
}

constexpr std::string_view kSuffixes[] = {".edges", ".edgelist", ".el", ".ncol", ".snap"};

}  // namespace

extern const Format kEdges;
constinit const Format kEdges{
    .name = "edges",
    .line = "two ends in each line, maybe a weight and a time: SNAP, KONECT",
    .suffixes = kSuffixes,
    .sniff = sniff,
    .read = read,
};

}  // namespace entente::importers
