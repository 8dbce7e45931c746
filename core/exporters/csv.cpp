// SPDX-License-Identifier: MIT
#include "core/exporters/csv.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <list>
#include <memory>
#include <system_error>

#include "core/error.hpp"
#include "core/exporters/formats.hpp"
#include "core/exporters/graph_table.hpp"
#include "core/exporters/unfinished.hpp"

namespace entente::exporters {
namespace {

using Kinds = std::map<std::string, ColumnKinds>;

struct Headed {
    std::string name, header;
    const ColumnKinds* kinds;
};

std::vector<Headed> headed(const Kinds& kinds, Rows rows) {
    std::vector<Headed> out;
    for (const auto& [name, column] : kinds) out.push_back({name, column.header(rows, name), &column});
    return out;
}

void append_header(std::string& out, const std::vector<Headed>& columns) {
    for (const Headed& c : columns) {
        out += ',';
        append_cell(out, c.header);
    }
}

void append_properties(std::string& out, const std::vector<Headed>& columns, const Properties& properties) {
    for (const Headed& c : columns) {
        out += ',';
        if (const Value* v = find_property(properties, c.name)) c.kinds->append(out, *v, c.header);
    }
}

void write_actors(const Network& network, const FileKeys& keys, std::ostream& stream) {
    Kinds kinds;
    ColumnKinds names;
    bool json_types = false;
    bool json_aliases = false;
    bool other_names = false;
    network.actors([&](const Actor& a) {
        if (!barred(a.types)) json_types = true;
        for (const auto& [name, value] : a.properties) {
            if (name == "name") {
                names.see("role", value);  // a name is a text whatever it looks like
                other_names = other_names || value.kind() != Value::Kind::text;
            } else if (name == "aliases") {
                const auto aliases = plain_aliases(&value);
                json_aliases = json_aliases || !aliases || !barred(*aliases);
            } else {
                kinds[name].see(name, value);
            }
        }
    });
    const std::vector<Headed> columns = headed(kinds, Rows::actors);
    const std::string name_header = names.header(Rows::relationships, "role").replace(0, 4, "name");
    std::string out = json_types ? "key,type:json," : "key,type,";
    out += name_header + (json_aliases ? ",aliases:json" : ",aliases");
    append_header(out, columns);
    out += '\n';
    network.actors([&](const Actor& a) {
        append_cell(out, keys.of(network, a.id));
        out += ',';
        append_cell(out, joined(a.types, json_types), !json_types);
        out += ',';
        if (const Value* name = find_property(a.properties, "name")) names.append(out, *name, name_header);
        out += ',';
        if (const Value* aliases = find_property(a.properties, "aliases")) {
            if (json_aliases) append_cell(out, tagged_json(*aliases), false);
            else append_cell(out, joined(*plain_aliases(aliases), false));
        }
        append_properties(out, columns, a.properties);
        out += '\n';
        stream << out;
        out.clear();
    });
    stream << out;
}

bool text_id(const Properties& properties) {
    const Value* id = find_property(properties, "id");
    return id != nullptr && id->kind() == Value::Kind::text && !id->text().empty() &&
           id->text().find('\0') == std::string::npos;
}

void write_relationships(const Network& network, const FileKeys& keys, std::ostream& stream) {
    const auto source_keys = keys_of(network.sources);
    Kinds kinds;
    bool ids = false;
    bool sources = false;
    network.relationships([&](const Relationship& r) {
        const Support support = support_of(network, source_keys, r);
        ids = ids || text_id(r.properties) || !support.more.empty();
        sources = sources || !support.source.empty();
        for (const auto& [name, value] : r.properties) {
            if (name != "id" || !text_id(r.properties)) kinds[name].see(name, value);
        }
    });
    const std::vector<Headed> columns = headed(kinds, Rows::relationships);
    std::string out = "from,to,type";
    if (ids) out += ",id";
    if (sources) out += ",source";
    append_header(out, columns);
    out += '\n';
    network.relationships([&](const Relationship& r) {
        append_cell(out, keys.of(network, r.from));
        out += ',';
        append_cell(out, keys.of(network, r.to));
        out += ',';
        append_cell(out, r.type);
        const Support support = support_of(network, source_keys, r);
        if (ids) {
            out += ',';
            if (text_id(r.properties) || !support.more.empty()) append_cell(out, keys.of(r));
        }
        if (sources) {
            out += ',';
            append_cell(out, support.source);
        }
        for (const Headed& c : columns) {
            out += ',';
            if (c.name == "id" && text_id(r.properties)) continue;
            if (const Value* v = find_property(r.properties, c.name)) c.kinds->append(out, *v, c.header);
        }
        out += '\n';
        stream << out;
        out.clear();
    });
    stream << out;
}

void write_sources(const Network& network, std::ostream& stream) {
    Kinds kinds;
    for (const Source& s : network.sources) {
        for (const auto& [name, value] : s.properties) kinds[name].see(name, value);
    }
    const std::vector<Headed> columns = headed(kinds, Rows::sources);
    std::string out = "key,title,publisher,url,archiveUrl,date,licence,hash";
    append_header(out, columns);
    out += '\n';
    for (const Source& s : network.sources) {
        append_cell(out, s.key);
        for (const std::string* text : {&s.title, &s.publisher, &s.url, &s.archive_url, &s.date, &s.licence, &s.hash}) {
            out += ',';
            append_cell(out, *text);
        }
        append_properties(out, columns, s.properties);
        out += '\n';
    }
    stream << out;
}

void write_types(const Network& network, std::ostream& stream) {
    std::string out = "type,kind,symmetric,event,verb,broader\n";
    for (const RelationshipSchema& s : network.relationship_types) {
        append_cell(out, s.type);
        out.append(",relationship,").append(s.symmetric ? "true," : "false,").append(s.event ? "true," : "false,");
        append_cell(out, s.verb);
        out += ',';
        append_cell(out, s.broader);
        out += '\n';
    }
    for (const ActorSchema& s : network.actor_types) {
        append_cell(out, s.type);
        out += ",actor,,,,";
        append_cell(out, s.broader);
        out += '\n';
    }
    stream << out;
}

void write_evidence(const Network& network, const FileKeys& keys, std::ostream& stream) {
    const auto source_keys = keys_of(network.sources);
    stream << "relationship,actor,source,locator,excerpt,grade,confidence,url,retrievedAt\n";
    const auto write = [&](const std::string& relationship, const std::string& actor, const Evidence& e) {
        std::string out;
        append_cell(out, relationship);
        for (const std::string& text : {actor, source_keys.at(e.source.value), e.locator, e.excerpt, e.grade}) {
            out += ',';
            append_cell(out, text);
        }
        out += ',';
        if (e.confidence) out += shortest(*e.confidence);
        for (const std::string& text : {e.url, e.retrieved_at}) {
            out += ',';
            append_cell(out, text);
        }
        stream << out << '\n';
    };
    network.actors([&](const Actor& a) {
        for (const Evidence& e : evidence_of(network, source_keys, a.id)) write("", keys.of(network, a.id), e);
    });
    network.relationships([&](const Relationship& r) {
        for (const Evidence& e : support_of(network, source_keys, r).more) write(keys.of(r), "", e);
    });
}

bool has_more_evidence(const Network& network) {
    const auto source_keys = keys_of(network.sources);
    bool any = false;
    network.actors([&](const Actor& a) { any = any || !evidence_of(network, source_keys, a.id).empty(); });
    network.relationships([&](const Relationship& r) {
        any = any || !support_of(network, source_keys, r).more.empty();
    });
    return any;
}

}  // namespace

std::vector<CsvFile> csv_files(const Network& network) {
    const auto keys = std::make_shared<const FileKeys>(network);
    std::vector<CsvFile> out{
        {"actors.csv", [&network, keys](std::ostream& s) { write_actors(network, *keys, s); }},
        {"relationships.csv", [&network, keys](std::ostream& s) { write_relationships(network, *keys, s); }},
        {"sources.csv", [&network](std::ostream& s) { write_sources(network, s); }},
        {"types.csv", [&network](std::ostream& s) { write_types(network, s); }},
    };
    if (has_more_evidence(network)) {
        out.push_back({"evidence.csv", [&network, keys](std::ostream& s) { write_evidence(network, *keys, s); }});
    }
    return out;
}

void write_tables(const std::vector<CsvFile>& files, const std::string& directory) {
    namespace fs = std::filesystem;
    std::error_code error;
    fs::path target = fs::path(directory).lexically_normal();
    if (!target.has_filename()) target = target.parent_path();
    if (fs::exists(target, error) && (!fs::is_directory(target, error) || !fs::is_empty(target, error))) {
        throw Error(ErrorKind::exists, directory + ": is there already", "name a new directory, or empty this one");
    }
    const fs::path beside = target.string() + ".new" + std::to_string(::getpid());
    const Unfinished folder(beside.string());
    std::list<Unfinished> tables;
    const auto fail = [&](const std::string& what) {
        std::error_code ignored;
        fs::remove_all(beside, ignored);
        throw Error(ErrorKind::io, what);
    };
    if (!fs::create_directories(beside, error)) fail(beside.string() + ": cannot be made: " + error.message());
    try {
        for (const CsvFile& file : files) {
            tables.emplace_back((beside / file.name).string());
            std::ofstream stream(beside / file.name, std::ios::binary);
            file.write(stream);
            stream.close();
            if (!stream) fail((target / file.name).string() + ": cannot be written");
        }
    } catch (...) {
        fs::remove_all(beside, error);
        throw;
    }
    fs::rename(beside, target, error);
    if (error) fail(directory + ": cannot be written: " + error.message());
}

void write_csv(const Network& network, const std::string& directory) {
    write_tables(csv_files(network), directory);
}

namespace {
void write_folder(const Network& network, const std::string& directory, Losses&) { write_csv(network, directory); }
}

extern const Format kCsv;
constinit const Format kCsv{
    .name = "csv",
    .line = "tables of actors, relationships, sources, types in a folder",
    .suffixes = {},
    .write = nullptr,
    .write_folder = write_folder,
};

}  // namespace entente::exporters
