// SPDX-License-Identifier: MIT
#include "core/query/index_command.hpp"

#include <algorithm>

#include "core/storage/property_index.hpp"

namespace entente::query {
namespace {

using storage::PropertyIndex;

[[noreturn]] void refuse(std::string_view detail, const IndexCommand& c, const std::string& text, std::string advice) {
    throw Failure({"SchemaError", fault::kRun, detail}, c.at, text, std::move(advice));
}

void create(const IndexCommand& c, const std::vector<PropertyIndex>& all, storage::Writer& writer, Changes& changes) {
    for (const PropertyIndex& other : all) {
        const bool same = other.type == c.type && other.property == c.property;
        if (!same && other.name != c.name) continue;
        if (c.lenient) return;
        refuse("IndexAlreadyExists", c,
               same ? "the index `" + other.name + "` is of that already"
                    : "there is an index `" + other.name + "` already, of another property",
               same ? "IF NOT EXISTS lets it be" : "give this one another name");
    }
    PropertyIndex index;
    index.name = c.name;
    index.type = c.type;
    index.property = c.property;
    storage::add_property_index(writer, index);
    ++changes.indexes_added;
}

void drop(const IndexCommand& c, storage::Writer& writer, Changes& changes) {
    if (storage::drop_property_index(writer, c.name)) {
        ++changes.indexes_removed;
    } else if (!c.lenient) {
        refuse("IndexNotFound", c, "there is no index `" + c.name + "`", "SHOW INDEXES lists them");
    }
}

Datums texts(const std::string& one) { return one.empty() ? Datums() : Datums{Datum(one)}; }

}  // namespace

std::vector<std::string> columns_of(const IndexCommand& command) {
    if (command.kind != IndexCommand::Kind::show) return {};
    return {"name", "type", "entityType", "labelsOrTypes", "properties", "entries"};
}

void run(const IndexCommand& command, const storage::Reader& reader, storage::Writer* writer, Changes& changes,
         const std::function<bool(const Datums&)>& visit) {
    std::vector<PropertyIndex> all = storage::property_indexes(reader);
    if (command.kind != IndexCommand::Kind::show && writer == nullptr) {
        throw Error(ErrorKind::read_only, "this statement writes, and only reading is allowed here");
    }
    switch (command.kind) {
        case IndexCommand::Kind::create:
            return create(command, all, *writer, changes);
        case IndexCommand::Kind::drop:
            return drop(command, *writer, changes);
        case IndexCommand::Kind::show:
            break;
    }
    std::sort(all.begin(), all.end(), [](const PropertyIndex& a, const PropertyIndex& b) { return a.name < b.name; });
    for (const PropertyIndex& index : all) {
        const auto entries = static_cast<std::int64_t>(storage::count_entries(reader, index.number));
        if (!visit({Datum(index.name), Datum(std::string("RANGE")), Datum(std::string("NODE")),
                    Datum(texts(index.type)), Datum(texts(index.property)), Datum(entries)})) {
            return;
        }
    }
}

}  // namespace entente::query
