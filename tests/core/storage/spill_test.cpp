// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <sys/mount.h>

#include <catch2/catch.hpp>
#include <array>
#include <bit>
#include <deque>
#include <filesystem>
#include <map>
#include <random>

#include "core/error.hpp"
#include "core/model/actor.hpp"
#include "core/storage/check.hpp"
#include "core/storage/environment.hpp"
#include "core/storage/layout.hpp"
#include "core/storage/loader.hpp"
#include "core/storage/spill.hpp"
#include "core/storage/store.hpp"
#include "tests/core/storage/scratch.hpp"

using namespace entente;
using namespace entente::tests;

namespace {

constexpr std::uint64_t kNothing = 0;

/// Everything in memory, or as little of it as can be.
storage::LoadOptions keeping(bool in_memory) {
    storage::LoadOptions options;
    options.what = "import";
    options.skip_errors = true;
    options.threads = 2;
    if (!in_memory) {
        options.staged_bytes = kNothing;
        options.sorted_at_once = 400;
    }
    return options;
}

/// What a batch points to.
struct Texts {
    std::string_view keep(std::string text) { return all.emplace_back(std::move(text)); }
    std::deque<std::string> all;
};

struct What {
    std::uint64_t seed = 1;
    std::size_t batches = 12, rows = 200;
    std::size_t files = 1;
    bool actors = true, ids = true, hub = false;
    std::size_t people = 0;  ///< batches of actors that tell more than their keys
    bool fragments = false;
};

RelationshipBatch ties(const What& what, std::size_t number, Texts& texts) {
    std::mt19937_64 random(what.seed * 1000 + number);
    const auto below = [&](std::uint64_t n) { return random() % n; };
    RelationshipBatch batch;
    batch.origin.sequence = what.people + number + 1;
    batch.origin.file = static_cast<std::uint32_t>(number % what.files);
    batch.rows = what.rows;
    Column amount, note, share;
    amount.name = "amount";
    amount.kind = number % 3 == 0 ? Column::Kind::decimal : Column::Kind::integer;
    note.name = "note";
    note.kind = number % 4 == 0 ? Column::Kind::integer : Column::Kind::text;
    share.name = "share";
    share.kind = Column::Kind::real;
    for (std::size_t r = 0; r < what.rows; ++r) {
        batch.origin.lines.push_back(static_cast<std::uint32_t>(2 * r));
        batch.origin.raw.push_back(texts.keep(fmt::format("row {} of {}", r, number)));
        batch.from.push_back(texts.keep(fmt::format("k{}", what.hub && below(4) != 0 ? 1 : below(210))));
        batch.to.push_back(texts.keep(fmt::format("k{}", below(210))));
        batch.types.push_back(below(2) == 0 ? "MEETING" : "AID");
        if (what.ids) batch.ids.push_back(below(3) == 0 ? "" : texts.keep(fmt::format("id-of-a-row-{}", below(4000))));
        batch.sources.push_back(below(3) == 0 ? "register" : "");
        batch.further_sources.emplace_back();
        if (below(5) == 0) batch.further_sources.back().emplace_back("gazette");
        batch.direction.push_back(static_cast<std::uint8_t>(below(3)));
        amount.present.push_back(below(4) != 0 ? 1 : 0);
        amount.numbers.push_back(static_cast<std::int64_t>(below(3)));
        if (amount.kind == Column::Kind::decimal) amount.scales.push_back(static_cast<std::uint8_t>(below(3)));
        if (note.kind == Column::Kind::text) note.texts.push_back(texts.keep(fmt::format("n{}", below(2))));
        else note.numbers.push_back(static_cast<std::int64_t>(below(2)));
        share.present.push_back(below(2) != 0 ? 1 : 0);
        share.numbers.push_back(std::bit_cast<std::int64_t>(static_cast<double>(below(4)) / 3));
    }
    batch.properties = {std::move(amount), std::move(note)};
    if (number % 5 != 1) batch.properties.push_back(std::move(share));
    return batch;
}

/// Actors with names, aliases, types and sources; some without a key, some told more than once.
ActorBatch people(const What& what, std::size_t number, Texts& texts) {
    std::mt19937_64 random(what.seed * 100'000 + number);
    const auto below = [&](std::uint64_t n) { return random() % n; };
    ActorBatch batch;
    batch.origin.sequence = number + 1;
    batch.origin.file = static_cast<std::uint32_t>(number % what.files);
    batch.rows = what.rows;
    batch.fragments = what.fragments;
    Column name, aliases, born;
    name.name = "name";
    name.kind = Column::Kind::text;
    aliases.name = "aliases";
    aliases.kind = Column::Kind::value;
    born.name = "born";
    born.kind = number % 3 == 0 ? Column::Kind::text : Column::Kind::integer;
    constexpr std::array<const char*, 4> types{"Person", "Politician", "LegalEntity", "Company"};
    for (std::size_t r = 0; r < what.rows; ++r) {
        batch.keys.push_back(below(10) == 0 ? "" : texts.keep(fmt::format("p{}", below(3000))));
        name.texts.push_back(texts.keep(fmt::format("Word{} Of {} Ünnamed{}", below(300), below(40), below(5))));
        List others;
        for (std::uint64_t i = below(3); i > 0; --i) others.emplace_back(fmt::format("Alias{} {}", below(500), r));
        aliases.present.push_back(others.empty() ? 0 : 1);
        aliases.values.emplace_back(others.empty() ? Value() : Value(std::move(others)));
        if (born.kind == Column::Kind::text) born.texts.push_back(texts.keep(fmt::format("{}", 1900 + below(90))));
        else born.numbers.push_back(static_cast<std::int64_t>(1900 + below(90)));
        if (number % 2 == 0) {
            batch.single_type.push_back(types[below(4)]);
        } else {
            batch.types.emplace_back();
            for (std::uint64_t i = below(4); i > 0; --i) batch.types.back().push_back(types[below(4)]);
        }
        batch.sources.emplace_back();
        for (std::uint64_t i = below(3); i > 0; --i) batch.sources.back().push_back(i == 1 ? "register" : "gazette");
    }
    batch.properties = {std::move(name), std::move(aliases), std::move(born)};
    return batch;
}

storage::Account load(storage::Store& store, const What& what, storage::LoadOptions options) {
    storage::Loader loader(store, std::move(options));
    for (std::size_t f = 0; f < what.files; ++f) loader.add_file(fmt::format("ties-{}.csv", f));
    Source source;
    source.key = "report";
    loader.set_source(source);
    Texts texts;
    ActorBatch actors;
    for (std::size_t a = 0; what.actors && a < 200; ++a) actors.keys.push_back(texts.keep(fmt::format("k{}", a)));
    actors.rows = actors.keys.size();
    loader.stage(std::move(actors));
    for (std::size_t b = 0; b < what.people; ++b) loader.stage(people(what, b, texts));
    for (std::size_t b = 0; b < what.batches; ++b) loader.stage(ties(what, b, texts));
    return loader.finish();
}

/// Every entry of the file but the time of a change set.
std::map<std::string, std::string> entries(const storage::Store& store) {
    std::map<std::string, std::string> out;
    const storage::Transaction transaction(store.environment().raw(), false);
    for (auto e = transaction.seek(std::string(1, '\0')); e; e = transaction.next())
        if (e->key[0] != static_cast<char>(storage::Table::change_sets)) out.emplace(e->key, e->value.text());
    return out;
}

/// The tables of the entries that two files do not have alike; empty when they do. What cites a source is put there in
/// portions when there is much of it, and cut otherwise: of actors' sources only the contents are the same.
std::string difference(const storage::Store& a, const storage::Store& b, bool citations) {
    const auto of_a = entries(a), of_b = entries(b);
    std::string out;
    const auto look = [&](const auto& these, const auto& those) {
        for (const auto& [key, value] : these) {
            const auto table = static_cast<storage::Table>(key[0]);
            if (!citations && (table == storage::Table::evidence_source || table == storage::Table::evidence_subject)) continue;
            const auto there = those.find(key);
            if (there == those.end() || there->second != value) out += fmt::format("{}({}) ", key[0], value.size());
        }
    };
    look(of_a, of_b);
    look(of_b, of_a);
    return out;
}

std::string told(const storage::Reader& reader) {
    std::string out = fmt::format("{} {}\n", reader.counts().actors, reader.counts().relationships);
    reader.scan_actors([&](const Actor& a) {
        out += fmt::format("{} {}", a.id.value, a.key.value_or("-"));
        for (const std::string& type : a.types) out += " :" + type;
        for (const auto& [name, value] : a.properties) out += " " + name + "=" + to_text(value);
        for (const Evidence& e : reader.own_evidence(a.id)) out += fmt::format(" [{}]", e.source.value);
        for (const ActorId id : reader.actors_by_name(name_of(a))) out += fmt::format(" {}", id.value);
        out += "\n";
        return true;
    });
    reader.scan_relationships([&](const Relationship& r) {
        out += fmt::format("{} {} {} {}", r.id.value, r.from.value, r.type, r.to.value);
        for (const auto& [name, value] : r.properties) out += " " + name + "=" + to_text(value);
        for (const Evidence& e : reader.evidence(r.id)) out += fmt::format(" [{}]", e.source.value);
        if (const auto id = r.properties.find("id"); id != r.properties.end())
            out += fmt::format(" {}", reader.relationship_by_key(id->second.text()).value_or(RelationshipId()).value);
        out += "\n";
        return true;
    });
    for (std::uint32_t a = 1; a <= reader.last_actor().value; ++a)
        for (const auto side : {storage::Side::out, storage::Side::in})
            for (auto c = reader.ties(ActorId(a), side); c; ++c) out += fmt::format("{} ", c->id.value);
    return out;
}

std::string told(const storage::Account& account) {
    std::string out;
    for (const auto& f : account.files) {
        for (const storage::Tally& t : {f.relationships, f.actors})
            out += fmt::format("{}: {} {} {} {} {}; {} made\n", f.name, t.read, t.stored, t.joined, t.changed, t.rejected, f.made_actors);
    }
    for (const auto& r : account.rejects) out += fmt::format("{}:{} {} {}\n", r.file, r.line, r.reason, r.raw);
    for (const std::string& note : account.notes) out += note + "\n";
    return out;
}

storage::Store make(const std::string& path) {
    storage::OpenOptions options;
    options.create = true;
    return storage::Store::open(path, options);
}

/// Loads one after the other into a file of its own, in memory and outside of it.
void loads_the_same(const std::vector<What>& imports) {
    const Scratch scratch;
    storage::Store in_memory = make(scratch / "memory.db"), outside = make(scratch / "outside.db");
    bool first = true;
    for (const What& what : imports) {
        CHECK(told(load(in_memory, what, keeping(true))) == told(load(outside, what, keeping(false))));
        CHECK(told(in_memory.read()) == told(outside.read()));
        // What comes later is put between what is there in other portions.
        if (first) CHECK(difference(in_memory, outside, what.people == 0) == "");
        first = false;
    }
    CHECK(storage::check(scratch / "outside.db").problems == std::vector<std::string>{});
    CHECK(std::distance(std::filesystem::directory_iterator(scratch.path()), {}) == 4);  // each with its lock
}

}  // namespace

TEST_CASE("an import that does not stay in memory makes the same database") {
    loads_the_same({What{}});
    What bare;
    bare.actors = bare.ids = false;
    loads_the_same({bare});
}

TEST_CASE("so does one into a database that holds something, and one of several files") {
    What again, other;
    again.files = other.files = 3;
    other.seed = 2;
    loads_the_same({What{}, again, other});
    again.ids = other.ids = false;
    loads_the_same({again, other, again});
}

TEST_CASE("so does one of actors with names, aliases, types and sources") {
    What people;
    people.people = 8;
    loads_the_same({people});
    people.files = 2;
    What more = people;
    more.seed = 3;
    loads_the_same({people, more});
    more.fragments = true;
    loads_the_same({more, people});
}

TEST_CASE("so does one of a hub, whose ties no part of memory holds") {
    What hub;
    hub.hub = true;
    hub.ids = false;
    loads_the_same({hub, hub});
}

TEST_CASE("a full disk while rows go there is met with an error and the file as before") {
    const Scratch scratch;
    const std::string disk = scratch / "disk";
    std::filesystem::create_directory(disk);
    if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=2m") != 0) {
        WARN("no file system can be mounted here");
        return;
    }
    {
        storage::Store store = make(disk + "/full.db");
        What small, large;
        small.batches = 1;
        large.batches = 200;
        large.rows = 1000;
        load(store, small, keeping(false));
        const auto before = entries(store);
        const auto fails = [&] {
            try {
                load(store, large, keeping(false));
            } catch (const Error& error) {
                CHECK(error.kind() == ErrorKind::full);
                CHECK_THAT(error.what(), Catch::StartsWith("no room beside '" + disk + "/full.db' for what an import cannot keep in memory"));
                return;
            }
            FAIL("the disk is larger than the import");
        };
        fails();
        CHECK(entries(store) == before);
        load(store, small, keeping(false));
        CHECK(std::distance(std::filesystem::directory_iterator(disk), {}) == 2);
    }
    ::umount2(disk.c_str(), MNT_DETACH);
}

TEST_CASE("what is laid outside of memory is read, changed and mapped") {
    const Scratch scratch;
    storage::Spill spill(scratch / "a.db");
    const std::string text(10'000, 'x');
    const std::uint64_t first = spill.reserve(text.size()), second = spill.reserve(3);
    spill.write(first, text.data(), text.size());
    spill.write(second, "abc", 3);
    std::byte* const there = spill.map(first, text.size());
    there[9'999] = std::byte{'y'};
    spill.let_go();
    std::string back(text.size(), ' ');
    spill.read(first, back.data(), back.size());
    CHECK(back == text.substr(1) + "y");
    spill.read(second, back.data(), 3);
    CHECK(back.substr(0, 3) == "abc");
    CHECK(std::filesystem::is_empty(scratch.path()));
}

TEST_CASE("what is laid outside of memory shares maps, whatever its size") {
    const Scratch scratch;
    storage::Spill spill(scratch / "a.db");
    constexpr std::size_t kMiB = 1u << 20;
    std::vector<std::pair<std::byte*, std::size_t>> laid;
    for (const std::size_t bytes : {40 * kMiB, 40 * kMiB, 100 * kMiB, std::size_t{5}, 64 * kMiB}) {
        const std::uint64_t at = spill.reserve(bytes);
        spill.write(at, "first", 5);
        spill.write(at + bytes - 5, "last.", 5);
        laid.emplace_back(spill.map(at, bytes), bytes);
    }
    for (std::size_t i = 0; i < 1000; ++i) {
        const std::uint64_t at = spill.reserve(100);
        spill.write(at, std::string(100, 'z').data(), 100);
        CHECK(spill.map(at, 100)[99] == std::byte{'z'});
    }
    spill.let_go();
    for (const auto& [at, bytes] : laid) {
        CHECK(std::string_view(reinterpret_cast<const char*>(at + bytes - 5), 5) == "last.");
        if (bytes > 5) CHECK(std::string_view(reinterpret_cast<const char*>(at), 5) == "first");
    }
}
