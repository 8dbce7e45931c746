// SPDX-License-Identifier: MIT
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "importers/formats.hpp"
#include "importers/ignored.hpp"
#include "importers/mapped_table.hpp"
#include "importers/table_batch.hpp"
#include "importers/text_arena.hpp"
#include "importers/workbook.hpp"

namespace entente::importers {
namespace {

constexpr std::size_t kRows = 16384;
constexpr std::size_t kCells = std::size_t{1} << 19U;
constexpr std::size_t kBytes = std::size_t{1} << 20U;
constexpr std::size_t kMostColumns = 16384;  // no program makes more columns or rows
constexpr std::uint64_t kMostRows = 1048576;

/// `_x000D_` stands for a character that XML has no place for.
std::string unescaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t at = text.find("_x");
        if (at == std::string_view::npos || text.size() < at + 7) break;
        unsigned code = 0;
        bool good = text[at + 6] == '_';
        for (std::size_t i = at + 2; good && i < at + 6; ++i) {
            const char c = text[i];
            const char small = static_cast<char>(c | 0x20);
            good = (c >= '0' && c <= '9') || (small >= 'a' && small <= 'f');
            code = code * 16 + static_cast<unsigned>(c <= '9' ? c - '0' : small - 'a' + 10);
        }
        if (good && (code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && code < 0x7f))) {
            out.append(text.substr(0, at));
            out += static_cast<char>(code);
            text.remove_prefix(at + 7);
        } else {
            out.append(text.substr(0, at + 2));
            text.remove_prefix(at + 2);
        }
    }
    return out.append(text);
}

/// The rows of one sheet on their way to batches. The first one that is not empty is the header.
class SheetRows final : public TableBatcher {
public:
    explicit SheetRows(const Reading& reading) : TableBatcher(reading, own_) {}

    /// REQUIRES: rows come in their order.
    void add(std::uint64_t number, const std::vector<std::string>& cells) {
        const auto filled = std::find_if(cells.rbegin(), cells.rend(), [](const std::string& c) { return !c.empty(); });
        if (filled == cells.rend()) return;
        const auto width = static_cast<std::size_t>(cells.rend() - filled);
        if (header_.empty()) {
            for (std::size_t c = 0; c < width; ++c)
                header_.push_back({std::string(without_blanks(cells[c])), Place{reading_.name, number, c + 1}});
            header_line_ = number;
            columns_.resize(width);
            return;
        }
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            columns_[c].push_back(c < cells.size() && !cells[c].empty() ? kept_.keep(cells[c]) : std::string_view());
        }
        if (width > columns_.size()) beyond_.emplace_back(numbers_.size(), width - 1);
        numbers_.push_back(number);
        if (reading_.skip_errors) raws_.push_back(joined(cells, width));
        if (numbers_.size() >= kRows || numbers_.size() * columns_.size() >= kCells || kept_.bytes() >= kBytes) flush();
    }

    /// Stages what is left; false: the sheet is empty.
    bool finish() {
        if (header_.empty()) return false;
        flush();
        if (own_.mapped) own_.mapped->finish(reading_);
        return true;
    }

private:
    void flush() {
        if (!laid_out_) lay_out_columns();
        if (numbers_.empty()) return;
        sequence_ = *reading_.sequence;
        *reading_.sequence += own_.mapped ? own_.mapped->batches() : 1;
        begin(numbers_.size());
        for (const auto& [row, column] : beyond_)
            flaw(row, column, "a cell beyond the last column of the header", "give its column a name, or empty the cell");
        stage_rows();
        columns_.assign(header_.size(), {});
        numbers_.clear();
        raws_.clear();
        beyond_.clear();
        kept_.clear();
    }

    void lay_out_columns() {
        laid_out_ = true;
        own_ = lay_out(header_, reading_, Place{reading_.name, header_line_, 1});
        for (const std::string& note : own_.notes) reading_.sink->note(note);
        if (reading_.renamed != nullptr) reading_.renamed->insert(own_.renamed.begin(), own_.renamed.end());
        if (own_.mapped) return;
        const int type = own_.column_of(Role::type);
        if (own_.kind == RowKind::relationships && !own_.type_told && type >= 0 &&
            normalised(header_[static_cast<std::size_t>(type)].text) == "type") {
            const auto& cells = columns_[static_cast<std::size_t>(type)];
            const bool any = std::any_of(cells.begin(), cells.end(), [](std::string_view c) { return !c.empty(); });
            if (any && std::all_of(cells.begin(), cells.end(), [](std::string_view c) { return c.empty() || direction_word(c); }))
                take_type_as_direction(own_);
        }
        keep_type(own_, header_);
    }

    static std::string joined(const std::vector<std::string>& cells, std::size_t width) {
        std::string out;
        for (std::size_t c = 0; c < width; ++c) {
            if (c != 0) out += ',';
            const bool quote = cells[c].find_first_of(",\"\n\r") != std::string::npos;
            if (quote) out += '"';
            for (const char byte : cells[c]) {
                if (byte == '"') out += '"';
                out += byte;
            }
            if (quote) out += '"';
        }
        return out;
    }

    [[nodiscard]] Flaw locate(std::size_t row, std::size_t column) const override {
        Flaw f;
        f.begin = numbers_[row];
        f.at = column;
        f.place = {reading_.name, numbers_[row], column < kMostColumns ? column + 1 : 1};
        if (reading_.skip_errors) f.raw = raws_[row];
        return f;
    }
    [[nodiscard]] std::uint64_t line(std::size_t row) const override { return numbers_[row]; }
    [[nodiscard]] std::string_view raw(std::size_t row) const override { return raws_[row]; }
    [[nodiscard]] std::uint64_t sequence() const override { return sequence_; }
    [[nodiscard]] BatchOrigin origin() const override {
        return origin_of(sequence_, numbers_.front(), from_first(numbers_));
    }

    Layout own_;
    std::vector<HeaderName> header_;
    std::uint64_t header_line_ = 0;
    bool laid_out_ = false;
    std::uint64_t sequence_ = 0;
    std::vector<std::uint64_t> numbers_;  ///< of the rows
    std::vector<std::string> raws_;
    std::vector<std::pair<std::size_t, std::size_t>> beyond_;  ///< cells that stand under no name
    TextArena kept_;
};

/// Cells in the events of a sheet's XML.
class SheetEvents final : public XmlEvents {
public:
    SheetEvents(const Workbook& book, SheetRows& rows, const std::string& name) : book_(book), rows_(rows), name_(name) {}

    void start(std::string_view name, const char* const* attributes, const XmlPlace&) override {
        if (name == "c")
            start_cell(attributes);
        else if (name == "v")
            inside_ = in_cell_;
        else if (name == "f")
            formula_ = true;
        else if (name == "rPh")
            ++aside_;
        else if (name == "t")
            inside_ = in_cell_ && aside_ == 0 && type_ == "inlineStr";
        else if (name == "row")
            start_row(attributes);
        else if (name == "mergeCell")
            ignored.add("merges of cells");
    }
    void end(std::string_view name, const XmlPlace&) override {
        if (name == "v" || name == "t")
            inside_ = false;
        else if (name == "rPh")
            --aside_;
        else if (name == "c")
            end_cell();
        else if (name == "row")
            rows_.add(row_, cells_);
    }
    void text(std::string_view piece, const XmlPlace&) override {
        if (inside_) text_ += piece;
    }

    Ignored ignored;

private:
    [[noreturn]] void fail(const std::string& what) const { throw Error(ErrorKind::import, Place{name_, row_, column_}, what); }

    void start_row(const char* const* attributes) {
        std::uint64_t number = row_ + 1;
        if (const char* said = attribute(attributes, "r")) {
            number = 0;
            for (const char* c = said; *c >= '0' && *c <= '9' && number <= kMostRows; ++c)
                number = number * 10 + static_cast<std::uint64_t>(*c - '0');
        }
        column_ = 1;
        if (number > kMostRows) {
            row_ = number;
            fail("a row beyond number 1,048,576, expected a sheet as programs make them");
        }
        if (number <= row_) fail("the rows of the sheet are not in their order");
        row_ = number;
        column_ = 0;
        cells_.clear();
    }

    void start_cell(const char* const* attributes) {
        std::size_t column = column_ + 1;
        if (const char* said = attribute(attributes, "r")) {
            column = 0;
            for (const char* c = said; ((*c | 0x20) >= 'a' && (*c | 0x20) <= 'z') && column <= kMostColumns; ++c)
                column = column * 26 + static_cast<std::size_t>((*c | 0x20) - 'a' + 1);
        }
        if (column == 0 || column > kMostColumns) {
            column_ = 1;
            fail("a cell beyond column 16,384, expected a sheet as programs make them");
        }
        column_ = column;
        const char* type = attribute(attributes, "t");
        type_ = type != nullptr ? type : "n";
        style_ = 0;
        if (const char* style = attribute(attributes, "s")) {
            for (; *style >= '0' && *style <= '9' && style_ < 100000000; ++style)
                style_ = style_ * 10 + static_cast<std::size_t>(*style - '0');
        }
        text_.clear();
        formula_ = false;
        in_cell_ = true;
    }

    void end_cell() {
        in_cell_ = false;
        if (text_.empty()) {
            if (formula_) ignored.add("formulas without a value");
            return;
        }
        if (cells_.size() < column_) cells_.resize(column_);
        std::string& cell = cells_[column_ - 1];
        if (type_ == "s") {
            std::size_t n = 0;
            bool good = text_.size() < 10;
            for (const char c : text_) {
                good = good && c >= '0' && c <= '9';
                n = n * 10 + static_cast<std::size_t>(c - '0');
            }
            const std::string* shared = good ? book_.text(n) : nullptr;
            if (shared == nullptr) fail("a text that the workbook has not, its number is '" + text_.substr(0, 20) + "'");
            cell = unescaped(*shared);
        } else if (type_ == "b") {
            cell = text_ == "0" || text_ == "false" ? "false" : "true";
        } else if (type_ == "e") {
            cell.clear();
            ignored.add("cells with an error (" + text_.substr(0, 20) + ")");
        } else if (type_ == "n") {
            cell = book_.told(text_, book_.form(style_));
        } else if (type_ == "d") {
            cell = text_;
        } else {
            cell = unescaped(text_);
        }
    }

    const Workbook& book_;
    SheetRows& rows_;
    const std::string& name_;
    std::uint64_t row_ = 0;
    std::size_t column_ = 0;
    std::vector<std::string> cells_;
    std::string type_, text_;
    std::size_t style_ = 0;
    bool in_cell_ = false, inside_ = false, formula_ = false;
    int aside_ = 0;
};

void read(Input& input, std::string_view head, const Reading& reading) {
    if (!looks_workbook(head))
        throw Error(ErrorKind::import, Place{reading.name, 0, 0}, "this is no workbook, expected an .xlsx file");
    const Workbook book(input, head, reading);
    Ignored of_book;
    std::optional<UnknownRows> unknown;  // of the first sheet that is no table, as notes are
    bool any = false;
    for (const Workbook::Sheet& sheet : book.sheets()) {
        if (sheet.hidden) {
            of_book.add("hidden sheets: " + sheet.name);
            continue;
        }
        Reading here = reading;
        here.sheet = sheet.name;
        here.name = reading.name + "(" + sheet.name + ")";
        if (here.path.empty()) here.path = reading.name;
        reading.sink->text(here.name);
        if (!takes_sheet(here)) {
            of_book.add("sheets that no table of the mapping is for: " + sheet.name);
            continue;
        }
        SheetRows rows(here);
        SheetEvents events(book, rows, here.name);
        try {
            book.read(sheet, events);
            any = rows.finish() || any;
        } catch (const UnknownRows& error) {
            if (!unknown) unknown = error;
            of_book.add("sheets whose first row does not say what the others are: " + sheet.name);
            continue;
        }
        events.ignored.tell(here);
    }
    if (!any && unknown) throw UnknownRows(*unknown);
    of_book.tell(reading);
    if (!any)
        throw Error(ErrorKind::import, Place{reading.name, 0, 0},
                    "no sheet of the workbook has rows, expected one with a header");
}

constexpr std::string_view kSuffixes[] = {".xlsx", ".xlsm"};

}  // namespace

extern const Format kXlsx;
constinit const Format kXlsx{
    .name = "xlsx",
    .line = "spreadsheets, each sheet a table with a header",
    .suffixes = kSuffixes,
    .sniff = [](std::string_view head) { return looks_workbook(head) ? Fit::sure : Fit::no; },
    .read = read,
};

}  // namespace entente::importers
