// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include "importers/event_cells.hpp"
#include "importers/formats.hpp"

namespace entente::importers {
namespace {

const std::vector<std::string>& names() {
    static const std::vector<std::string> kNames{
        "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier", "SentenceID",
        "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence", "MentionDocLen", "MentionDocTone",
        "MentionDocTranslationInfo", "Extras"};
    return kNames;
}

enum Want : std::size_t { id, publisher, document, sentence, confidence };

bool digits(std::string_view cell, std::size_t least, std::size_t most) {
    return cell.size() >= least && cell.size() <= most && cell.find_first_not_of("0123456789") == std::string_view::npos;
}

// The last column is mostly empty, and some files leave it out.
bool columns_fit(std::size_t n) { return n == 15 || n == 16; }

void read(Input& input, std::string_view head, const Reading& reading) {
    refuse_layout(reading, "GDELT mentions");
    LineReader lines(input, head, reading);
    std::set<std::string> staged;
    EventCells all(reading, names(), {"GLOBALEVENTID", "MentionSourceName", "MentionIdentifier", "SentenceID", "Confidence"});
    EventCells most(reading, {names().begin(), names().end() - 1}, {"GLOBALEVENTID", "MentionSourceName", "MentionIdentifier", "SentenceID", "Confidence"});
    std::vector<std::string_view> cells;
    read_event_rows(
        lines, reading,
        [&](std::string_view line) {
            cut_cells(line, '\t', cells);
            EventCells& row = cells.size() == 15 ? most : all;
            row.take(line, '\t', lines);
            if (!digits(row.text(id), 1, 18)) row.fail(id, "the number of an event");
            if (row.text(document).empty()) row.fail(document, "the address of a document");
            const auto sure = row.count(confidence);
            if (sure && *sure > 100) row.fail(confidence, "a number from 0 to 100");
            const auto number = row.count(sentence);
            Source source;
            source.key = row.text(document);
            source.publisher = row.text(publisher);
            if (source.key.find("://") != std::string::npos) source.url = source.key;
            EvidenceRow evidence;
            evidence.relationship = "gdelt:" + std::string(row.text(id));
            evidence.source = source.key;
            if (number && *number != 0) evidence.locator = "sentence " + std::to_string(*number);
            if (sure) evidence.confidence = static_cast<double>(*sure) / 100;
            evidence.file = reading.file;
            evidence.line = lines.number();
            if (reading.skip_errors) evidence.raw = line;
            if (staged.insert(source.key).second) reading.sink->stage(reading.file, std::move(source));
            reading.sink->stage(std::move(evidence));
        },
        storage::RowOf::evidence);
}

Fit sniff(std::string_view head) {
    std::vector<std::string_view> cells;
    cut_cells(first_line(head).substr(0, 8192), '\t', cells);
    if (!columns_fit(cells.size())) return Fit::no;
    return digits(cells[0], 1, 18) && digits(cells[1], 14, 14) && digits(cells[2], 14, 14) && digits(cells[3], 1, 1) ? Fit::sure : Fit::no;
}

}  // namespace

extern const Format kGdeltMentions;
constinit const Format kGdeltMentions{
    .name = "gdelt-mentions",
    .line = "GDELT mentions: further sources of events that were imported one by one",
    .suffixes = {},
    .sniff = sniff,
    .read = read,
};

}  // namespace entente::importers
