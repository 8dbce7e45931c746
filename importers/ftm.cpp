// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

#include "importers/csv_scan.hpp"
#include "importers/formats.hpp"
#include "importers/ftm_batch.hpp"
#include "importers/ftm_claims.hpp"
#include "importers/ftm_parser.hpp"
#include "importers/line_chunks.hpp"
#include "importers/parallel.hpp"

namespace entente::importers {
namespace {

constexpr std::size_t kPadding = 64;
// What is made of a chunk takes several times its room, and is to stay near the processor until it is staged.
constexpr std::size_t kChunk = std::size_t{256} << 10U;

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Reads chunks of lines; one for each thread.
class LineStage {
public:
    LineStage(const Reading& reading, FtmClaims& claims, FtmNotes& notes) : reading_(reading), claims_(claims), notes_(notes), batches_(reading, notes) {}

    void operator()(LineChunk& chunk) {
        parser_.clear();
        flaws_.clear();
        try {
            parse(chunk);
        } catch (...) {
            const FtmClaims::Turn over(claims_, chunk.number);  // or the chunks behind it would wait for ever
            throw;
        }
        {
            FtmClaims::Turn turn(claims_, chunk.number);
            for (FtmEntity& it : parser_) {
                if (it.left_out) continue;
                std::string what = turn.claim(it, chunk.first_line + it.line);
                if (what.empty()) continue;
                it.left_out = true;
                if (!flaw(it.line, 1, std::move(what), it.raw)) break;
            }
        }
        for (const FtmEntity& it : parser_) {
            if (it.left_out) continue;
            std::string what = batches_.add(it);
            if (!what.empty() && !flaw(it.line, 1, std::move(what), it.raw)) break;
        }
        std::stable_sort(flaws_.begin(), flaws_.end(), [](const Flaw& a, const Flaw& b) { return a.line < b.line; });
        for (const Flaw& f : flaws_) {
            if (!reading_.skip_errors) throw Error(ErrorKind::import, Place{reading_.name, chunk.first_line + f.line, f.column}, f.what);
            reading_.sink->reject({reading_.file, chunk.first_line + f.line, f.column, f.what, std::string(f.raw)}, storage::RowOf::actors);
        }
        notes_.add(std::exchange(parser_.not_read, {}));
        batches_.stage(chunk.sequence, chunk.first_line);
    }

private:
    struct Flaw {
        std::uint32_t line = 0;
        std::uint64_t column = 1;
        std::string what;
        std::string_view raw;
    };

    /// False: enough, the import ends here.
    bool flaw(std::uint32_t line, std::uint64_t column, std::string what, std::string_view raw) {
        flaws_.push_back({line, column, std::move(what), raw});
        return reading_.skip_errors;
    }

    void parse(const LineChunk& chunk) {
        const std::string_view text = chunk.text();
        if (copy_.size() < text.size() + kPadding) copy_.resize(text.size() + kPadding);
        std::memcpy(copy_.data(), text.data(), text.size());
        std::memset(copy_.data() + text.size(), 0, kPadding);
        const bool clean = std::memchr(text.data(), '\0', text.size()) == nullptr && find_bad_utf8(text) == std::string_view::npos;
        std::size_t at = chunk.first_line == 1 && chunk.number == 0 && text.starts_with("\xef\xbb\xbf") ? 3 : 0;
        for (std::uint32_t line = 0; at < text.size(); ++line) {
            const std::size_t end = text.find('\n', at);
            const std::string_view one = text.substr(at, end - at);
            copy_[end] = '\0';
            const std::size_t begin = std::exchange(at, end + 1);
            if (one.find_first_not_of(" \t\r") == std::string_view::npos) continue;
            if (!clean) {
                const std::size_t nul = one.find('\0');
                const std::size_t bad = std::min(nul, find_bad_utf8(one));
                if (bad != std::string_view::npos) {
                    if (!flaw(line, characters(one.substr(0, bad)) + 1, bad == nul ? "a NUL byte, expected JSON text" : "a byte that is not UTF-8, expected UTF-8 text", one)) return;
                    continue;
                }
            }
            try {
                parser_.parse(copy_.data() + begin, line, reading_.skip_errors ? one : std::string_view());
            } catch (const FtmParser::Flaw& f) {
                if (!flaw(line, characters(one.substr(0, std::min(f.at, one.size()))) + 1, f.what, one)) return;
            }
        }
    }

    const Reading& reading_;
    FtmClaims& claims_;
    FtmNotes& notes_;
    FtmBatches batches_;
    FtmParser parser_;
    std::string copy_;
    std::vector<Flaw> flaws_;
};

void read(Input& input, std::string_view head, const Reading& reading) {
    check_start(head, reading.name);
    FtmClaims claims;
    FtmNotes notes;
    LineCutter cutter(input, head, reading, 2, kChunk);
    LineChunk first;
    if (!cutter.next(first)) throw Error(ErrorKind::import, Place{reading.name, 1, 1}, "the file is empty, expected entities, one a line");
    stage_chunks(reading.threads, first, [&](LineChunk& chunk) { return cutter.next(chunk); },
                 [&] {
                     return [stage = std::make_unique<LineStage>(reading, claims, notes)](LineChunk& chunk) { (*stage)(chunk); };
                 });
    FtmBatches rest(reading, notes);
    for (const FtmClaims::Waiting& w : claims.waiting()) {
        FtmEntity entity = claims.entity_of(w);
        entity.line = static_cast<std::uint32_t>(w.line);
        const std::string what = rest.add(entity);
        if (what.empty()) continue;
        if (!reading.skip_errors) throw Error(ErrorKind::import, Place{reading.name, w.line, 1}, what);
        reading.sink->reject({reading.file, w.line, 1, what, w.raw}, storage::RowOf::relationships);
    }
    if (!claims.waiting().empty()) {
        rest.stage(*reading.sequence, 0);
        *reading.sequence += 2;
    }
    notes.tell(reading);
}

Fit sniff(std::string_view head) {
    const std::string_view text = past_comments(head, {});
    if (!text.starts_with('{')) return Fit::no;
    const std::string_view line = text.substr(0, text.find('\n'));
    const auto has = [&](const char* name) { return line.find(name) != std::string_view::npos; };
    const bool entity = has("\"id\"") && has("\"schema\"") && (has("\"properties\"") || has("\"statements\""));
    return entity ? Fit::sure : Fit::no;
}

constexpr std::string_view kSuffixes[] = {".ftm.json", ".ftm", ".ijson"};

}  // namespace

extern const Format kFtm;
constinit const Format kFtm{
    .name = "ftm",
    .line = "FollowTheMoney entities, one JSON object a line, as OpenSanctions and Aleph have them",
    .suffixes = kSuffixes,
    .sniff = sniff,
    .read = read,
};

}  // namespace entente::importers
