// SPDX-License-Identifier: MIT
//
// Measures how fast importers read, from the bytes of a text to batches in a sink that only counts their rows, and in
// the same run how fast the parser beneath does nothing with the same text: expat or RapidJSON with empty handlers,
// a search for the ends of lines where there is none.
//
//   bench_readers FOLDER [FORMAT...] [--megabytes N] [--runs N] [--threads N]
//
// The texts are made in FOLDER, if they are not there. Speeds are of processor time, of all threads together; the
// median of the runs, reader and parser in turn.
#ifdef __SSE2__
#define RAPIDJSON_SSE2
#endif
#include <expat.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "importers/formats.hpp"
#include "importers/reading.hpp"
#include "tests/bench/reader_texts.hpp"

namespace {

using namespace entente;

class CountingSink final : public importers::Sink {
public:
    void stage(ActorBatch&& batch) override { rows += batch.rows; }
    void stage(RelationshipBatch&& batch) override { rows += batch.rows; }
    void stage(std::uint32_t, Source) override {}
    void stage(EvidenceRow) override {}
    void stage(std::uint32_t, const RelationshipSchema&) override {}
    void stage(std::uint32_t, const ActorSchema&) override {}
    void reject(storage::Reject, storage::RowOf) override {}
    void count(std::uint32_t, storage::RowOf, const storage::Tally&) override {}
    void note(const std::string&) override {}

    std::atomic<std::uint64_t> rows = 0;
};

/// What a text is read in, in pieces; `read` gives how many things it met.
using Piece = std::vector<char>;
constexpr std::size_t kPiece = std::size_t{64} << 10U;

std::uint64_t with_reader(const std::string& file, std::string_view format, int threads) {
    CountingSink sink;
    std::uint64_t sequence = 0;
    importers::Reading reading;
    reading.sink = &sink;
    reading.name = file;
    reading.threads = threads;
    reading.sequence = &sequence;
    const auto input = importers::Input::open(file);
    input->next();
    std::string head(kPiece, '\0');
    head.resize(input->read(head.data(), head.size()));
    importers::format_named(format)->read(*input, head, reading);
    return sink.rows;
}

std::uint64_t with_expat(const std::string& file) {
    const auto input = importers::Input::open(file);
    input->next();
    std::uint64_t elements = 0;
    const XML_Parser parser = XML_ParserCreate(nullptr);
    XML_SetUserData(parser, &elements);
    XML_SetElementHandler(parser, [](void* count, const char*, const char**) { ++*static_cast<std::uint64_t*>(count); }, [](void*, const char*) {});
    XML_SetCharacterDataHandler(parser, [](void*, const char*, int) {});
    for (bool last = false; !last;) {
        void* const to = XML_GetBuffer(parser, static_cast<int>(kPiece));
        const std::size_t got = input->read(static_cast<char*>(to), kPiece);
        last = got < kPiece;
        if (XML_ParseBuffer(parser, static_cast<int>(got), last ? 1 : 0) != XML_STATUS_OK) throw std::runtime_error(file + ": no XML");
    }
    XML_ParserFree(parser);
    return elements;
}

/// Calls `take` with pieces of whole lines, behind which 64 more bytes can be read.
template <class Take>
void with_lines(const std::string& file, const Take& take) {
    const auto input = importers::Input::open(file);
    input->next();
    std::string piece, rest;
    for (bool last = false; !last;) {
        piece = rest;
        const std::size_t had = piece.size();
        const std::size_t more = std::size_t{1} << 20U;
        piece.resize(had + more);
        const std::size_t got = input->read(piece.data() + had, more);
        last = got < more;
        piece.resize(had + got);
        const std::size_t end = piece.rfind('\n') + 1;
        rest.assign(piece, end, std::string::npos);
        piece.resize(end + 64);
        take(piece, end);
    }
}

std::uint64_t with_rapidjson(const std::string& file) {
    std::uint64_t objects = 0;
    with_lines(file, [&](std::string& piece, std::size_t end) {
        for (std::size_t at = 0; at < end;) {
            char* const line = piece.data() + at;
            char* const stop = static_cast<char*>(std::memchr(line, '\n', end - at));
            *stop = '\0';
            at = static_cast<std::size_t>(stop - piece.data()) + 1;
            rapidjson::InsituStringStream stream(line);
            rapidjson::Reader reader;
            rapidjson::BaseReaderHandler<> nothing;
            if (reader.Parse<rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag>(stream, nothing).IsError()) {
                throw std::runtime_error(file + ": no JSON");
            }
            ++objects;
        }
    });
    return objects;
}

std::uint64_t with_memchr(const std::string& file) {
    std::uint64_t lines = 0;
    with_lines(file, [&](std::string& piece, std::size_t end) {
        const char* const stop = piece.data() + end;
        for (const char* p = piece.data(); p != stop; ++lines) p = static_cast<const char*>(std::memchr(p, '\n', static_cast<std::size_t>(stop - p))) + 1;
    });
    return lines;
}

struct Parser {
    const char* name;
    std::uint64_t (*run)(const std::string& file);
};

Parser parser_of(std::string_view format) {
    if (format == "graphml" || format == "gexf") return {"expat", with_expat};
    if (format == "ftm") return {"RapidJSON", with_rapidjson};
    return {"memchr", with_memchr};
}

/// Seconds of the processor that it takes.
template <class Do>
double seconds(const Do& act) {
    const auto now = [] {
        timespec t{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
        return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
    };
    const double before = now();
    act();
    return now() - before;
}

double median(std::vector<double> of) {
    std::nth_element(of.begin(), of.begin() + static_cast<std::ptrdiff_t>(of.size() / 2), of.end());
    return of[of.size() / 2];
}

void measure(const bench::ReaderText& text, const std::string& file, int runs, int threads) {
    const Parser parser = parser_of(text.format);
    std::vector<double> ours, theirs;
    std::uint64_t rows = 0, things = 0;
    for (int run = 0; run < runs; ++run) {
        ours.push_back(seconds([&] { rows = with_reader(file, text.format, threads); }));
        theirs.push_back(seconds([&] { things = parser.run(file); }));
    }
    const double size = static_cast<double>(std::filesystem::file_size(file)) / 1e6;
    const double speed = size / median(ours);
    const double bare = size / median(theirs);
    std::cout << fmt::format("{:<8} {:7.1f} MB/s  {:>9} {:8.1f} MB/s  ratio {:.3f}  ({} rows, {} elements or lines, {:.0f} MB)\n", text.format, speed,
                             parser.name, bare, speed / bare, rows, things, size)
              << std::flush;
}

int usage() {
    std::cerr << "bench_readers FOLDER [FORMAT...] [--megabytes N] [--runs N] [--threads N]\n";
    for (const bench::ReaderText& text : bench::reader_texts()) std::cerr << "  " << text.format << '\n';
    return 2;
}

}  // namespace

int main(int argc, char** argv) try {
    std::vector<std::string> words;
    std::map<std::string, int> options{{"--megabytes", 100}, {"--runs", 5}, {"--threads", 1}};
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (!word.starts_with("--")) {
            words.push_back(word);
        } else if (!options.contains(word) || ++i == argc) {
            return usage();
        } else {
            options[word] = std::max(std::atoi(argv[i]), 1);
        }
    }
    if (words.empty()) return usage();
    for (const bench::ReaderText& text : bench::reader_texts()) {
        if (words.size() > 1 && std::find(words.begin() + 1, words.end(), text.format) == words.end()) continue;
        const std::string file = fmt::format("{}/{}-{}", words[0], options["--megabytes"], text.file);
        if (!std::filesystem::exists(file)) {
            std::ofstream out(file, std::ios::binary);
            text.write(out, static_cast<std::size_t>(options["--megabytes"]) * 1000000);
            if (!out.flush()) throw std::runtime_error(file + ": cannot be written");
        }
        measure(text, file, options["--runs"], options["--threads"]);
    }
    return 0;
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
