// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cstring>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "importers/csv_scan.hpp"
#include "importers/formats.hpp"
#include "importers/ftm_batch.hpp"
#include "importers/ftm_claims.hpp"

namespace entente::importers {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 20U;
constexpr std::size_t kBatchBytes = std::size_t{1} << 20U;

enum Column : std::size_t { canonical, entity, prop, prop_type, schema, value, dataset, lang, original, external, first_seen, last_seen, kColumns };
constexpr std::array<std::string_view, kColumns> kNames{"canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "lang", "original_value", "external", "first_seen", "last_seen"};

/// Statements of one entity that follow each other.
struct Assembly {
    std::string_view id;
    const ftm::Schema* schema = nullptr;
    std::string_view schema_name;
    struct Values {
        std::vector<std::string_view> texts;
        bool entities = false;
    };
    std::map<std::string_view, Values> values;
    std::vector<std::string_view> datasets, referents;
    std::string_view first_seen, last_seen;
    std::uint64_t line = 1;
    std::string_view raw;
};

class Statements {
public:
    Statements(Input& input, std::string_view head, const Reading& reading)
        : input_(input), reading_(reading), batches_(reading, notes_), buffer_(head) {
        buffer_.erase(0, check_start(head, reading.name));
    }

    void read() {
        read_header();
        while (fill()) {
            const std::string_view text(buffer_.data(), whole_);
            const bool clean = text.find('\0') == std::string_view::npos && find_bad_utf8(text) == std::string_view::npos;
            scan_csv(text, ',', width_, rows_);
            std::size_t flaw = 0;
            for (std::size_t r = 0; r < rows_.rows; ++r) {
                for (; flaw < rows_.flaws.size() && rows_.flaws[flaw].begin < rows_.begin[r]; ++flaw) refuse(rows_.flaws[flaw]);
                row(text, r, clean);
            }
            for (; flaw < rows_.flaws.size(); ++flaw) refuse(rows_.flaws[flaw]);
            line_ += count_byte(text, '\n');
            buffer_.erase(0, whole_);
            if (reading_.progress) reading_.progress();
        }
        if (!current_.id.empty()) finish();
        stage();
        rest();
        if (statements_ != 0) counts_["statements, of which the rows of the account are put together"] = statements_;
        notes_.add(counts_);
        notes_.tell(reading_);
    }

private:
    /// More of the text, so that it holds whole records; false: there are none.
    bool fill() {
        std::size_t target = std::max(kChunk, buffer_.size());
        while (true) {
            if (!ended_ && buffer_.size() < target) {
                ended_ = fill_up(input_, buffer_, target);
                if (ended_ && !buffer_.empty() && buffer_.back() != '\n') buffer_ += '\n';
            }
            if (buffer_.empty()) return false;
            const std::size_t size = buffer_.size();
            buffer_.resize(size + kScanPadding);  // bytes that the scan may look at
            buffer_.resize(size);
            std::size_t open = std::string_view::npos;
            whole_ = last_record_end(buffer_, ',', open);
            if (whole_ != 0) return true;
            if (ended_) {
                throw Error(ErrorKind::import, Place{reading_.name, line_, 1}, "a quote opens in this row and is not closed by the end of the file",
                            "close it, or double the quotes that belong to the text");
            }
            if (size >= kLongestRecord) {
                throw Error(ErrorKind::import, Place{reading_.name, line_, 1}, "a row of more than 64 MiB begins here, expected it to end", "look for a quote that is not closed");
            }
            target = std::min(size * 2, kLongestRecord);
        }
    }

    void read_header() {
        if (!fill()) throw Error(ErrorKind::import, Place{reading_.name, 1, 1}, "the file is empty, expected a header");
        const std::size_t end = first_record_end(buffer_, ',');
        const auto names = split_record(std::string_view(buffer_).substr(0, end), ',');
        width_ = names.size();
        at_.fill(-1);
        for (std::size_t i = 0; i < names.size(); ++i) {
            const auto found = std::find(kNames.begin(), kNames.end(), names[i]);
            if (found != kNames.end()) at_[static_cast<std::size_t>(found - kNames.begin())] = static_cast<int>(i);
            else if (names[i] != "id" && names[i] != "origin") ++counts_["columns that statements do not have, not read: " + names[i].substr(0, 60)];
        }
        for (const Column c : {entity, prop, schema, value}) {
            if (at_[c] < 0) throw Error(ErrorKind::import, Place{reading_.name, 1, 1}, "no column " + std::string(kNames[c]) + ", expected a header of statements");
        }
        line_ += count_byte(std::string_view(buffer_).substr(0, end), '\n');
        buffer_.erase(0, end);
    }

    std::string_view keep(std::string_view text) {
        bytes_ += text.size();
        return texts_.emplace_back(text);
    }

    /// A cell as it stands, or unescaped.
    std::string_view cell(std::string_view text, std::size_t row, Column column) {
        if (at_[column] < 0) return {};
        const CsvCell& c = rows_.cells[row * width_ + static_cast<std::size_t>(at_[column])];
        const std::string_view raw = text.substr(c.begin, c.size);
        if (c.escaped == 0) return raw;
        std::string out;
        for (std::size_t i = 0; i < raw.size(); ++i) {
            out += raw[i];
            if (raw[i] == '"') ++i;
        }
        return keep(out);
    }

    void refuse(const CsvFlaw& f) { refuse(f.line, f.what, std::string_view(buffer_).substr(f.begin, f.end - f.begin)); }
    void refuse(std::uint64_t line, const std::string& what, std::string_view raw) {
        if (!reading_.skip_errors) throw Error(ErrorKind::import, Place{reading_.name, line_ + line, 1}, what);
        while (raw.ends_with('\n') || raw.ends_with('\r')) raw.remove_suffix(1);
        reading_.sink->reject({reading_.file, line_ + line, 1, what, std::string(raw)}, storage::RowOf::actors);
    }

    void row(std::string_view text, std::size_t r, bool clean) {
        const std::string_view raw = text.substr(rows_.begin[r], rows_.end[r] - rows_.begin[r]);
        if (!clean && raw.find('\0') != std::string_view::npos) return refuse(rows_.line[r], "a NUL byte, expected text", raw);
        if (!clean && find_bad_utf8(raw) != std::string_view::npos) return refuse(rows_.line[r], "a byte that is not UTF-8, expected UTF-8 text", raw);
        ++statements_;
        const std::string_view told = cell(text, r, external);
        if (told == "t" || told == "true" || told == "True" || told == "1") {
            ++counts_["statements that nobody has accepted yet (external), not read"];
            return;
        }
        const std::string_view name = cell(text, r, prop);
        const std::string_view schema_name = cell(text, r, schema);
        const std::string_view own = cell(text, r, entity);
        std::string_view id = cell(text, r, canonical);
        if (id.empty()) id = own;
        if (id.empty()) return refuse(rows_.line[r], "a statement without entity_id", raw);
        if (name.empty()) return refuse(rows_.line[r], "a statement without prop", raw);
        if (schema_name.empty()) return refuse(rows_.line[r], "a statement without schema", raw);
        if (id != current_.id) {
            if (!current_.id.empty()) finish();
            if (bytes_ >= kBatchBytes) stage();
            current_.id = keep(id);
            current_.line = line_ + rows_.line[r];
            if (reading_.skip_errors) current_.raw = keep(raw);
        }
        if (!take_schema(schema_name)) {
            return refuse(rows_.line[r], "'" + std::string(id) + "' is of the schema " + std::string(schema_name) + " here and was of " + std::string(current_.schema_name) + " before, and nothing is both", raw);
        }
        if (!own.empty() && own != id && std::find(current_.referents.begin(), current_.referents.end(), own) == current_.referents.end()) current_.referents.push_back(keep(own));
        const std::string_view from = cell(text, r, dataset);
        if (!from.empty() && std::find(current_.datasets.begin(), current_.datasets.end(), from) == current_.datasets.end()) current_.datasets.push_back(keep(from));
        const std::string_view first = cell(text, r, first_seen);
        const std::string_view last = cell(text, r, last_seen);
        if (!first.empty() && (current_.first_seen.empty() || first < current_.first_seen)) current_.first_seen = keep(first);
        if (!last.empty() && last > current_.last_seen) current_.last_seen = keep(last);
        if (!cell(text, r, lang).empty()) ++counts_["languages of values, not read"];
        if (!cell(text, r, original).empty()) ++counts_["values as they stood before cleaning, not read"];
        if (name == "id") return;  // says no more than that there is such an entity
        auto place = current_.values.find(name);
        if (place == current_.values.end()) place = current_.values.emplace(keep(name), Assembly::Values{}).first;
        place->second.texts.push_back(keep(cell(text, r, value)));
        place->second.entities = place->second.entities || cell(text, r, prop_type) == "entity";
    }

    bool take_schema(std::string_view name) {
        if (current_.schema_name == name) return true;
        const ftm::Schema* told = ftm::schema_named(name);
        if (current_.schema_name.empty()) {
            current_.schema = told;
            current_.schema_name = keep(name);
            return true;
        }
        const ftm::Schema* both = told != nullptr && current_.schema != nullptr ? ftm::common(*current_.schema, *told) : nullptr;
        if (both == nullptr) return false;
        current_.schema = both;
        current_.schema_name = both->name;
        return true;
    }

    void finish() {
        FtmEntity it;
        it.id = current_.id;
        it.schema = current_.schema;
        it.schema_name = current_.schema_name;
        it.line = static_cast<std::uint32_t>(current_.line);
        it.raw = current_.raw;
        for (const auto& [name, values] : current_.values) {
            const auto begin = static_cast<std::uint32_t>(it.values.size());
            it.values.insert(it.values.end(), values.texts.begin(), values.texts.end());
            it.members.push_back({name, begin, static_cast<std::uint32_t>(it.values.size()), values.entities});
        }
        it.datasets = current_.datasets;
        if (!current_.first_seen.empty()) it.texts.emplace_back("first_seen", current_.first_seen);
        if (!current_.last_seen.empty()) it.texts.emplace_back("last_seen", current_.last_seen);
        if (!current_.referents.empty()) {
            const auto begin = static_cast<std::uint32_t>(it.values.size());
            it.values.insert(it.values.end(), current_.referents.begin(), current_.referents.end());
            it.members.push_back({"referents", begin, static_cast<std::uint32_t>(it.values.size()), false, true});
        }
        it.settle();
        const std::uint64_t line = current_.line;
        current_ = {};
        std::string what = FtmClaims::Turn(claims_, turns_++).claim(it, line);
        if (what.empty() && !it.left_out) what = batches_.add(it);
        if (!what.empty()) refuse_entity(line, what, it.raw);
    }

    void refuse_entity(std::uint64_t line, const std::string& what, std::string_view raw) {
        if (!reading_.skip_errors) throw Error(ErrorKind::import, Place{reading_.name, line, 1}, what);
        reading_.sink->reject({reading_.file, line, 1, what, std::string(raw)}, storage::RowOf::actors);
    }

    void stage() {
        batches_.stage(*reading_.sequence, 0);
        *reading_.sequence += 2;
        texts_.clear();
        bytes_ = 0;
    }

    /// Edges whose statements stood apart.
    void rest() {
        if (claims_.waiting().empty()) return;
        for (const FtmClaims::Waiting& w : claims_.waiting()) {
            FtmEntity it = claims_.entity_of(w);
            it.line = static_cast<std::uint32_t>(w.line);
            if (const std::string what = batches_.add(it); !what.empty()) refuse_entity(w.line, what, w.raw);
        }
        stage();
    }

    Input& input_;
    const Reading& reading_;
    FtmNotes notes_;
    FtmClaims claims_;
    FtmBatches batches_;
    std::string buffer_;
    std::size_t whole_ = 0;
    bool ended_ = false;
    CsvRows rows_;
    std::array<int, kColumns> at_{};
    std::size_t width_ = 0;
    std::uint64_t line_ = 1;
    std::uint64_t turns_ = 0;
    std::uint64_t statements_ = 0;
    Assembly current_;
    std::deque<std::string> texts_;
    std::size_t bytes_ = 0;
    std::map<std::string, std::uint64_t> counts_;
};

void read(Input& input, std::string_view head, const Reading& reading) { Statements(input, head, reading).read(); }

Fit sniff(std::string_view head) {
    if (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
    const auto names = split_record(head.substr(0, head.find('\n')), ',');
    const auto has = [&](std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); };
    return has("canonical_id") && has("entity_id") && has("prop") && has("schema") && has("value") ? Fit::sure : Fit::no;
}

}  // namespace

extern const Format kStatements;
constinit const Format kStatements{
    .name = "statements",
    .line = "statements of OpenSanctions, a value in each row of a CSV table",
    .suffixes = {},
    .sniff = sniff,
    .read = read,
};

}  // namespace entente::importers
