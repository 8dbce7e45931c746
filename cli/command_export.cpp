// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "cli/command.hpp"
#include "cli/output_path.hpp"
#include "cli/selection_options.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"
#include "core/exporters/formats.hpp"
#include "core/exporters/output_file.hpp"
#include "core/exporters/stored_network.hpp"
#include "core/graph/load.hpp"

namespace entente::cli {
namespace {

class Export : public Command {
public:
    void setup(Options& options) override {
        options.text("output,o", output_, "FILE",
                     "where to: the suffix tells the form; a folder for CSV tables");
        std::vector<std::string> formats;
        for (const exporters::Format* f : exporters::format_table()) formats.emplace_back(f->name);
        std::sort(formats.begin(), formats.end());
        options.choice("format", format_, formats,
                       "the form, when the name does not tell it");
        selection_.setup(options);
    }

    int run(Context& context) override {
        const exporters::Format& format = form();
        refuse_overwriting(output_, database_files(context.database));
        const Database database = open_to_read(context);
        const storage::Reader reader = selection_.read(database);
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
        exporters::Losses losses;
        losses.add("keys of actors that were merged into others", exporters::merged_keys(reader, part));
        const bool to_stream = output_.empty() || output_ == "-";
        if (to_stream) {
            format.write(network, context.out, losses);
        } else if (format.write == nullptr) {
            std::string folder = output_;
            while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
            format.write_folder(network, folder, losses);
        } else {
            exporters::OutputFile file(output_);
            format.write(network, file.stream(), losses);
            file.finish();
        }
        for (const std::string& line : losses.lines()) context.err << line << '\n';
        if (to_stream) return answered;
        const Counts counts = reader.counts();
        context.err << fmt::format(
            "{}: {} and {}\n", escape_controls(output_),
            counted(part.whole ? counts.actors : part.actors.size(), "actor"),
            counted(part.whole ? counts.relationships : part.ties.size(), "relationship"));
        return answered;
    }

private:
    [[nodiscard]] const exporters::Format& form() const {
        const bool to_stream = output_.empty() || output_ == "-";
        const exporters::Format* format = exporters::format_named(format_);
        if (format == nullptr && to_stream) format = exporters::format_named("json");
        if (format == nullptr) format = exporters::format_of(output_);
        if (format == nullptr && (output_.ends_with("/") || std::filesystem::is_directory(output_)))
            format = exporters::format_named("csv");
        if (format == nullptr) {
            throw Error(ErrorKind::usage, fmt::format("\"{}\" does not say which form it is to have", output_),
                        "end it in .json, .graphml, .gexf and the like, or in / for a folder of CSV tables, or use --format");
        }
        if (format->write == nullptr && to_stream)
            throw Error(ErrorKind::usage, fmt::format("{} tables go into a folder", format->name), "name one with -o FOLDER/");
        return *format;
    }

    std::string output_, format_;
    SelectionOptions selection_;
};

constexpr Example kExamples[] = {
    {"entente export -o network.json", "everything, as one JSON object"},
    {"entente export -o network/", "the same as CSV tables in a folder"},
    {"entente export -o network.gexf", "for Gephi, with dates"},
    {"entente export -o network.ftm.json", "FollowTheMoney entities, one a line"},
    {"entente export --format neo4j -o tables/", "for neo4j-admin database import"},
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
        "import reads: one JSON object (.json), JSON lines (.jsonl), or a folder of CSV tables. "
        "Importing what was exported and exporting again gives the same bytes.\n\n"
        "For other programs it writes GraphML (.graphml), GEXF with the days on which "
        "relationships held (.gexf), GML (.gml), Pajek (.net), DOT with all data as attributes "
        "(.dot, .gv), an edge list (.edges), Cytoscape's JSON (.cyjs), JSON of nodes and links for "
        "NetworkX and D3 (--format node-link), FollowTheMoney entities for Aleph and OpenSanctions' tools "
        "(.ftm.json), and tables for Neo4j (--format neo4j, a folder). "
        "What such a form has no place for is counted and named. An export that cannot be "
        "written whole leaves no file behind.\n\n"
        "Without a selection everything is written, denied and hypothetical relationships too. "
        "With one, what it keeps: the actors that pass and the relationships between them. "
        "Numbers (#17, r17) belong to a database and are not exported; an actor without a key gets "
        "one for the file.\n\n"
        "Without -o the JSON goes to standard output.",
    .examples = kExamples,
    .make = make_command<Export>,
};

}  // namespace entente::cli
