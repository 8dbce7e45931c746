// SPDX-License-Identifier: MIT
#include <xxhash.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/names/normalize.hpp"
#include "core/names/similarity.hpp"
#include "core/storage/bits.hpp"
#include "core/storage/reader_state.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {
namespace {

const std::string& state_key() {
    static const std::string kKey(1, static_cast<char>(Table::state));
    return kKey;
}

void add_properties(Row& row, const Properties& properties, Dictionary& dictionary) {
    for (const auto& [name, value] : properties) {
        if (value.is_null()) continue;
        row.cells.push_back(
            cell_of(column::kFirstProperty + dictionary.property(name).value, value));
    }
    std::sort(row.cells.begin(), row.cells.end(),
              [](const OwnedCell& a, const OwnedCell& b) { return a.column < b.column; });
}

OwnedCell number_cell(std::uint32_t column, std::uint64_t number) {
    OwnedCell c;
    c.column = column;
    c.number = static_cast<std::int64_t>(number);
    return c;
}

template <class Names>
void take_property(Properties& out, const OwnedCell& c, const Names& names) {
    const std::uint32_t number = c.column - column::kFirstProperty;
    if (number == 0 || number > names.size()) throw_corrupt("a property has no name");
    out.emplace(names[number - 1], value_of(c.view()));
}

}  // namespace

State read_state(const Tables& tables, const std::string& path) {
    // A file of another program has entries without checksums; one of ours has the counts of types.
    const bool there = tables.transaction().get(state_key()).has_value();
    if (!there && tables.transaction().get(state_key() + "c"))
        throw_corrupt("its state is missing");
    const auto found = there ? tables.get(state_key()) : std::nullopt;
    if (!found)
        throw Error(ErrorKind::not_a_database, "'" + path + "' is not an Entente database",
                    "name another file with --db");
    if (found->size() < sizeof kMagic || found->substr(0, sizeof kMagic) != std::string_view(kMagic, sizeof kMagic))
        throw Error(ErrorKind::not_a_database, "'" + path + "' is not an Entente database",
                    "name another file with --db");
    ByteReader in(found->substr(sizeof kMagic));
    const std::uint64_t version = in.varint();
    if (version > kFormatVersion)
        throw Error(ErrorKind::format_version,
                    "'" + path + "' has format " + std::to_string(version) +
                        ", this program reads up to " + std::to_string(kFormatVersion),
                    "use a newer version of entente");
    State s;
    s.format = static_cast<std::uint32_t>(version);
    s.transaction = in.varint();
    s.last_actor = in.varint();
    s.last_relationship = in.varint();
    s.actors = in.varint();
    s.relationships = in.varint();
    const auto small = [&] { return static_cast<std::uint32_t>(in.varint()); };
    s.change_sets = small();
    s.sources = small();
    s.actor_types = small();
    s.relationship_types = small();
    s.properties = small();
    s.type_sets = small();
    s.dictionary_edition = small();
    s.history = in.varint();
    s.blobs = in.varint();
    s.evidence_details = in.varint();
    if (s.format >= kFormatOfIndexes) s.indexes = small();
    return s;
}

void write_state(Tables& tables, const State& s) {
    std::string out(kMagic, sizeof kMagic);
    append_varint(out, s.format);
    for (const std::uint64_t v :
         {s.transaction, s.last_actor, s.last_relationship, s.actors, s.relationships,
          std::uint64_t{s.change_sets}, std::uint64_t{s.sources}, std::uint64_t{s.actor_types},
          std::uint64_t{s.relationship_types}, std::uint64_t{s.properties},
          std::uint64_t{s.type_sets}, std::uint64_t{s.dictionary_edition}, s.history, s.blobs,
          s.evidence_details})
        append_varint(out, v);
    if (s.format >= kFormatOfIndexes) append_varint(out, s.indexes);
    tables.put(state_key(), out);
}

std::uint32_t ended_by(const Tables& tables, Table ended, std::uint64_t id) {
    std::uint32_t by = 0;
    tables.scan(tuple_schema(ended), {id, 0, 0, 0}, [&](const Tuple& t) {
        if (t[1] <= id) by = static_cast<std::uint32_t>(t[2]);
        return false;
    });
    return by;
}

bool is_live(const Tables& tables, Table ended, std::uint64_t last_given, std::uint64_t id) {
    return id != 0 && id <= last_given && ended_by(tables, ended, id) == 0;
}

Actor actor_of(const Row& row, const Dictionary& dictionary) {
    Actor a;
    a.id = ActorId(static_cast<std::uint32_t>(row.id));
    for (const OwnedCell& c : row.cells) {
        if (c.column == column::kSince)
            a.since = ChangeSetId(static_cast<std::uint32_t>(c.number));
        else if (c.column == column::kKey)
            a.key = c.bytes;
        else if (c.column == column::kTypes)
            for (const ActorType t : dictionary.type_set(static_cast<std::uint32_t>(c.number)))
                a.types.push_back(dictionary.actor_types()[t.value - 1].type);
        else
            take_property(a.properties, c, dictionary.properties());
    }
    std::sort(a.types.begin(), a.types.end());
    return a;
}

Relationship relationship_of(const Row& row, const Dictionary& dictionary) {
    Relationship r;
    r.id = RelationshipId(row.id);
    for (const OwnedCell& c : row.cells) {
        switch (c.column) {
            case column::kSince:
                r.since = ChangeSetId(static_cast<std::uint32_t>(c.number));
                break;
            case column::kFrom: r.from = ActorId(static_cast<std::uint32_t>(c.number)); break;
            case column::kTo: r.to = ActorId(static_cast<std::uint32_t>(c.number)); break;
            case column::kType: {
                const auto& types = dictionary.relationship_types();
                if (c.number <= 0 || static_cast<std::uint64_t>(c.number) > types.size())
                    throw_corrupt("a relationship has a type without a name");
                r.type = types[static_cast<std::size_t>(c.number) - 1].type;
                break;
            }
            default: take_property(r.properties, c, dictionary.properties());
        }
    }
    return r;
}

Row row_of(const Actor& actor, Dictionary& dictionary) {
    Row row;
    row.id = actor.id.value;
    row.cells.push_back(number_cell(column::kSince, actor.since.value));
    if (actor.key) {
        OwnedCell c;
        c.column = column::kKey;
        c.kind = Encoding::text;
        c.bytes = *actor.key;
        row.cells.push_back(std::move(c));
    }
    std::vector<ActorType> types;
    for (const std::string& t : actor.types) types.push_back(dictionary.actor_type(t));
    row.cells.push_back(number_cell(column::kTypes, dictionary.type_set(std::move(types))));
    add_properties(row, actor.properties, dictionary);
    return row;
}

Row row_of(const Relationship& r, Dictionary& dictionary) {
    Row row;
    row.id = r.id.value;
    row.cells.push_back(number_cell(column::kSince, r.since.value));
    row.cells.push_back(number_cell(column::kFrom, r.from.value));
    row.cells.push_back(number_cell(column::kTo, r.to.value));
    row.cells.push_back(number_cell(column::kType, dictionary.relationship_type(r.type).value));
    add_properties(row, r.properties, dictionary);
    return row;
}

std::string encode_row(const Row& row) {
    std::string out;
    for (const OwnedCell& c : row.cells) append_rest(out, c.view());
    return out;
}

Row decode_row(std::string_view bytes, std::uint64_t id) {
    Row row;
    row.id = id;
    for_each_rest(bytes, [&](const Cell& c) {
        row.cells.push_back(owned(c));
        return true;
    });
    return row;
}

std::string number_key(Table table, std::uint64_t number, unsigned bytes) {
    std::string key(1, static_cast<char>(table));
    append_big_endian(key, number, bytes);
    return key;
}

namespace {
void append_properties(std::string& out, const Properties& properties) {
    append_varint(out, properties.size());
    for (const auto& [name, value] : properties) {
        append_text(out, name);
        append_value(out, value);
    }
}
Properties read_properties(ByteReader& in) {
    Properties out;
    const std::uint64_t n = in.varint();
    for (std::uint64_t i = 0; i < n; ++i) {
        std::string name(in.text());
        out.emplace(std::move(name), read_value(in));
    }
    return out;
}
void append_counts(std::string& out, const Counts& c) {
    append_varint(out, c.actors);
    append_varint(out, c.relationships);
    append_varint(out, c.sources);
}
Counts read_counts(ByteReader& in) {
    Counts c;
    c.actors = in.varint();
    c.relationships = in.varint();
    c.sources = in.varint();
    return c;
}
}  // namespace

std::string encode_source(const Source& s) {
    std::string out;
    for (const std::string* text : {&s.key, &s.title, &s.publisher, &s.url, &s.archive_url, &s.date,
                                    &s.licence, &s.hash})
        append_text(out, *text);
    append_properties(out, s.properties);
    return out;
}

Source decode_source(std::string_view bytes, SourceId id) {
    ByteReader in(bytes);
    Source s;
    s.id = id;
    for (std::string* text : {&s.key, &s.title, &s.publisher, &s.url, &s.archive_url, &s.date,
                              &s.licence, &s.hash})
        *text = in.text();
    s.properties = read_properties(in);
    return s;
}

std::string encode_change_set(const ChangeSet& set, std::uint64_t first_actor,
                              std::uint64_t first_relationship, std::uint64_t last_actor,
                              std::uint64_t last_relationship) {
    std::string out;
    append_varint(out, zigzag(set.time));
    append_text(out, set.what);
    append_varint(out, set.source.value);
    append_varint(out, set.undoes.value);
    append_varint(out, set.undone_by.value);
    for (const Counts* c : {&set.added, &set.changed, &set.removed}) append_counts(out, *c);
    for (const std::uint64_t v : {first_actor, last_actor, first_relationship, last_relationship})
        append_varint(out, v);
    append_varint(out, set.files.size());
    for (const ReadFile& f : set.files) {
        append_text(out, f.name);
        append_text(out, f.hash);
        append_varint(out, f.bytes);
        append_counts(out, f.read);
    }
    return out;
}

StoredChangeSet decode_change_set(std::string_view bytes, ChangeSetId id) {
    ByteReader in(bytes);
    StoredChangeSet out;
    ChangeSet& s = out.set;
    s.id = id;
    s.time = unzigzag(in.varint());
    s.what = in.text();
    s.source = SourceId(static_cast<std::uint32_t>(in.varint()));
    s.undoes = ChangeSetId(static_cast<std::uint32_t>(in.varint()));
    s.undone_by = ChangeSetId(static_cast<std::uint32_t>(in.varint()));
    for (Counts* c : {&s.added, &s.changed, &s.removed}) *c = read_counts(in);
    out.first_actor = in.varint();
    out.last_actor = in.varint();
    out.first_relationship = in.varint();
    out.last_relationship = in.varint();
    const std::uint64_t files = in.varint();
    for (std::uint64_t i = 0; i < files; ++i) {
        ReadFile f;
        f.name = in.text();
        f.hash = in.text();
        f.bytes = in.varint();
        f.read = read_counts(in);
        s.files.push_back(std::move(f));
    }
    return out;
}

std::string evidence_key(std::uint64_t subject, SourceId source) {
    std::string key(1, static_cast<char>(Table::evidence_detail));
    append_big_endian(key, subject, 6);
    append_big_endian(key, source.value, 4);
    return key;
}

std::string encode_evidence(const std::vector<Evidence>& evidence) {
    std::string out;
    for (const Evidence& e : evidence) {
        append_text(out, e.locator);
        append_text(out, e.excerpt);
        append_text(out, e.grade);
        const Value confidence = e.confidence ? Value(*e.confidence) : Value();
        const bool more = !e.url.empty() || !e.retrieved_at.empty();
        append_value(out, more ? Value(List{confidence, Value(e.url), Value(e.retrieved_at)}) : confidence);
    }
    return out;
}

std::vector<Evidence> decode_evidence(std::string_view bytes, SourceId source) {
    ByteReader in(bytes);
    std::vector<Evidence> out;
    while (!in.done()) {
        Evidence e;
        e.source = source;
        e.locator = in.text();
        e.excerpt = in.text();
        e.grade = in.text();
        if (const Value last = read_value(in); last.kind() == Value::Kind::list) {
            const List& more = last.list();
            if (more.size() != 3 || more[1].kind() != Value::Kind::text || more[2].kind() != Value::Kind::text)
                throw_corrupt("evidence has a wrong form");
            e.confidence = more[0].number();
            e.url = more[1].text();
            e.retrieved_at = more[2].text();
        } else {
            e.confidence = last.number();
        }
        out.push_back(std::move(e));
    }
    return out;
}

std::uint64_t name_hash(std::string_view text) {
    return XXH3_64bits(text.data(), text.size()) >> 8;
}

std::uint64_t word_prefix(std::string_view word) {
    std::uint64_t v = 0;
    for (std::size_t i = 0; i < 7; ++i)
        v = v << 8 | (i < word.size() ? static_cast<std::uint8_t>(word[i]) : 0u);
    return v;
}

void append_name_entries(std::string_view name, NameEntries& out) {
    const std::string folded = names::fold(name.substr(0, kIndexedName));
    if (folded.empty()) return;
    out.exact.push_back(name_hash(folded));
    std::size_t words = 0;
    for (const std::string_view word : names::split_folded(folded)) {
        if (++words > 32) break;
        const std::uint64_t prefix = word_prefix(word);
        out.prefixes.push_back(prefix);
        for (const std::uint32_t t : names::trigrams(word)) out.trigrams.emplace_back(t, prefix);
    }
}

NameEntries name_entries(const Row& actor, const Dictionary& dictionary) {
    NameEntries out;
    if (const auto p = dictionary.find_property("name"))
        if (const OwnedCell* c = actor.find(column::kFirstProperty + p->value)) {
            const Value v = value_of(c->view());
            if (v.kind() == Value::Kind::text) append_name_entries(v.text(), out);
        }
    if (const auto p = dictionary.find_property("aliases"))
        if (const OwnedCell* c = actor.find(column::kFirstProperty + p->value)) {
            const Value v = value_of(c->view());
            if (v.kind() == Value::Kind::text) append_name_entries(v.text(), out);
            if (v.kind() == Value::Kind::list)
                for (const Value& item : v.list())
                    if (item.kind() == Value::Kind::text) append_name_entries(item.text(), out);
        }
    const auto unique = [](auto& v) {
        std::sort(v.begin(), v.end());
        v.erase(std::unique(v.begin(), v.end()), v.end());
    };
    unique(out.exact);
    unique(out.prefixes);
    unique(out.trigrams);
    return out;
}

bool names_differ(const Row& actor, const Row& other, const Dictionary& dictionary) {
    for (const char* name : {"name", "aliases"}) {
        const auto p = dictionary.find_property(name);
        if (!p) continue;
        const OwnedCell* a = actor.find(column::kFirstProperty + p->value);
        const OwnedCell* b = other.find(column::kFirstProperty + p->value);
        if ((a == nullptr) != (b == nullptr)) return true;
        if (a != nullptr && (a->kind != b->kind || a->number != b->number || a->bytes != b->bytes)) return true;
    }
    return false;
}

}  // namespace entente::storage
