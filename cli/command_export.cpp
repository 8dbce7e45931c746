// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "cli/command.hpp"
#include "cli/selection_options.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"
#include "core/exporters/csv.hpp"
#include "core/exporters/json.hpp"
#include "core/exporters/stored_network.hpp"
#include "core/graph/load.hpp"

namespace entente::cli {
namespace {

/// Writes a file beside its name and puts it in its place; nothing is left behind on failure.
void write_whole(const std::string& path, const std::function<void(std::ostream&)>& write) {
    const std::string beside = fmt::format("{}.new-{}", path, ::getpid());
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    if (!out) throw Error(ErrorKind::io, "cannot write '" + path + "'", "check the folder");
    std::error_code ignored;
    try {
        write(out);
        out.close();
        if (!out) throw Error(ErrorKind::full, "no room to write '" + path + "'", "free some space");
        std::filesystem::rename(beside, path);
    } catch (...) {
        std::filesystem::remove(beside, ignored);
        throw;
    }
}

class Export : public Command {
public:
    void setup(Options& options) override {
        options.text("output,o", output_, "FILE",
                     "where to: a .json or .jsonl file, or a folder for CSV tables");
        options.choice("format", format_, {"csv", "json", "jsonl"},
                       "the form, when the name does not tell it");
        selection_.setup(options);
    }

    int run(Context& context) override {
        const std::string format = form();
        const Database database = open_to_read(context);
        const storage::Reader reader = database.read();
        exporters::Part part;
        if (selection_.any_given()) {
            part.whole = false;
            const graph::LoadedSnapshot loaded =
                graph::load(reader, selection_.resolve(context, reader));
            const graph::Snapshot& g = loaded.graph;
            for (graph::Vertex v = 0; v < g.vertex_count(); ++v) {
                part.actors.insert(g.actor(v).value);
                for (std::uint64_t i = g.out().begin(v); i != g.out().end(v); ++i)
                    part.ties.insert(g.out().ids[i]);
            }
            for (const std::string& note : notes(loaded.left_out)) context.err << note << '\n';
        }
        const exporters::Network network = exporters::network_of(reader, part);
        const auto write = [&](std::ostream& out) {
            if (format == "json")
                exporters::write_json(network, out);
            else
                exporters::write_json_lines(network, out);
        };
        if (output_.empty() || output_ == "-") {
            write(context.out);
            return answered;
        }
        if (format == "csv") {
            std::string folder = output_;
            while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
            exporters::write_csv(network, folder);
        } else {
            write_whole(output_, write);
        }
        const Counts counts = reader.counts();
        context.err << fmt::format(
            "{}: {} and {}\n", escape_controls(output_),
            counted(part.whole ? counts.actors : part.actors.size(), "actor"),
            counted(part.whole ? counts.relationships : part.ties.size(), "relationship"));
        return answered;
    }

private:
    [[nodiscard]] std::string form() const {
        if (format_ == "csv" && (output_.empty() || output_ == "-"))
            throw Error(ErrorKind::usage, "CSV tables go into a folder", "name one with -o FOLDER/");
        if (!format_.empty()) return format_;
        if (output_.ends_with(".json")) return "json";
        if (output_.ends_with(".jsonl") || output_.ends_with(".ndjson")) return "jsonl";
        if (output_.ends_with("/") || std::filesystem::is_directory(output_)) return "csv";
        if (output_.empty() || output_ == "-") return "json";
        throw Error(ErrorKind::usage, fmt::format("\"{}\" does not say which form it is to have", output_),
                    "end it in .json or .jsonl, or in / for a folder of CSV tables, or use --format");
    }

    std::string output_, format_;
    SelectionOptions selection_;
};

constexpr Example kExamples[] = {
    {"entente export -o network.json", "everything, as one JSON object"},
    {"entente export -o network/", "the same as CSV tables in a folder"},
    {"entente export --around aliyev --hops 2 --format jsonl", "a part of it, as lines"},
};

}  // namespace

extern const CommandEntry kExport;
constinit const CommandEntry kExport{
    .name = "export",
    .topic = Topic::draw,
    .line = "write the data itself, to be read again",
    .words = "",
    .least = 0,
    .most = 0,
    .description =
        "Writes actors, relationships, types and sources with their evidence in the forms that "
        "import reads: one JSON object, JSON lines, or a folder of CSV tables. Importing what was "
        "exported and exporting again gives the same bytes.\n\n"
        "Without a selection everything is written, denied and hypothetical relationships too. "
        "With one, what it keeps: the actors that pass and the relationships between them. "
        "Numbers (#17, r17) belong to a database and are not exported; an actor without a key gets "
        "one for the file.\n\n"
        "Without -o the JSON goes to standard output.",
    .examples = kExamples,
    .make = make_command<Export>,
};

}  // namespace entente::cli
