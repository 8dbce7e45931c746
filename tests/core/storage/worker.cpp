// SPDX-License-Identifier: MIT
// A program of its own for tests that kill, starve or deceive a process. One task per call:
//   write DB SEED       random change sets without end; prints the number of each after its commit
//   write DB SEED N     the same up to number N
//   probe DB            checks the file, then reads all of it; prints a digest of the answers
//   read DB             reads all of it without a check; prints a digest of the answers
//   count DB N          one of several writers: N change sets that each count one further
//   watch DB SECONDS    reads while others count, and looks whether every view is whole
//   fill DB             writes 16 MB in one change set
//   sample DB VERSION   the small file that tests/core/storage/data keeps of each format version
// Exit status: 0, 3 when something is not as it must be, 4 when the library reports an Error.
#include <fmt/format.h>
#include <unistd.h>
#include <xxhash.h>

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "core/storage/check.hpp"
#include "core/storage/fault.hpp"
#include "core/storage/property_index.hpp"
#include "core/storage/store.hpp"
#include "tests/core/storage/model.hpp"

using namespace entente;

namespace {

constexpr int kWrong = 3, kTrouble = 4;

void say(const std::string& line) {
    const std::string text = line + "\n";
    for (std::size_t at = 0; at < text.size();) {
        const ssize_t n = ::write(STDOUT_FILENO, text.data() + at, text.size() - at);
        if (n <= 0) ::_exit(kWrong);
        at += static_cast<std::size_t>(n);
    }
}

std::uint64_t number(std::string_view text) {
    std::uint64_t n = 0;
    std::from_chars(text.data(), text.data() + text.size(), n);
    return n;
}

storage::OpenOptions creating() {
    storage::OpenOptions options;
    options.create = true;
    options.wait = std::chrono::seconds(120);
    return options;
}

int write(const std::string& path, std::uint64_t seed, std::uint64_t last) {
    storage::Store store = storage::Store::open(path, creating());
    std::uint64_t stored = 0;
    if (!store.created()) stored = store.read().change_sets().size();
    tests::Model model;
    while (model.change_sets < stored) tests::random_change_set(seed, model, nullptr, false);
    while (model.change_sets < last) {
        storage::Writer writer = store.write("a step");
        tests::random_change_set(seed, model, &writer, false);
        writer.commit();
        say(fmt::format("{}", model.change_sets));
    }
    return 0;
}

class Digest {
public:
    void add(std::string_view text) {
        hash_ = XXH3_64bits_withSeed(text.data(), text.size(), hash_);
    }
    void add(std::uint64_t n) { add(fmt::format("{};", n)); }
    void add(const Properties& properties) {
        for (const auto& [name, value] : properties) {
            add(name);
            add(kind_name(value.kind()));
            add(to_text(value));
        }
    }
    void add(const std::vector<Evidence>& list) {
        for (const Evidence& e : list) {
            add(e.source.value);
            add(e.locator + "|" + e.excerpt + "|" + e.grade + "|" + e.url + "|" + e.retrieved_at);
            add(e.confidence ? shortest(*e.confidence) : "-");
        }
    }
    [[nodiscard]] std::string text() const { return fmt::format("{:016x}", hash_); }

private:
    std::uint64_t hash_ = 0;
};

std::string digest(const storage::Reader& reader) {
    using storage::Side;
    Digest d;
    d.add(reader.counts().actors);
    d.add(reader.counts().relationships);
    for (std::uint32_t t = 1; t <= reader.relationship_type_count(); ++t) {
        const RelationshipSchema& s = reader.schema(RelationshipType(t));
        d.add(s.type + "|" + s.verb + "|" + s.broader);
        d.add(reader.count(RelationshipType(t)) * 4 + (s.symmetric ? 2u : 0u) + (s.event ? 1u : 0u));
    }
    for (const Source& s : reader.sources()) {
        d.add(s.key + "|" + s.title + "|" + s.url);
        d.add(s.properties);
        for (const RelationshipId id : reader.supported_by(s.id)) d.add(id.value);
    }
    for (const ChangeSet& c : reader.change_sets()) {
        d.add(c.what);
        d.add(c.added.actors + c.added.relationships * 1000);
    }
    const auto actor = [&](const Actor& a) {
        d.add(a.id.value);
        d.add(a.key.value_or("-"));
        for (const std::string& t : a.types) d.add(t);
        d.add(a.properties);
    };
    const auto relationship = [&](const Relationship& r) {
        d.add(r.id.value);
        d.add(fmt::format("{} {} {}", r.from.value, r.type, r.to.value));
        d.add(r.properties);
    };
    reader.scan_actors([&](const Actor& a) { return actor(a), true; });
    reader.scan_relationships([&](const Relationship& r) { return relationship(r), true; });
    const std::uint32_t actors = reader.last_actor().value;
    for (std::uint32_t n = 1; n <= actors; ++n) {
        const ActorId id(n);
        for (const auto& v : reader.history(id)) actor(v.record), d.add(v.until.value);
        if (const auto a = reader.actor(id)) {
            actor(*a);
            if (a->key) d.add(reader.actor_by_key(*a->key).value_or(ActorId()).value);
            if (!name_of(*a).empty()) {
                for (const ActorId same : reader.actors_by_name(name_of(*a))) d.add(same.value);
                if (n % 16 == 0)
                    for (const auto& match : reader.find(name_of(*a), 5)) d.add(match.actor.value);
            }
        }
        for (const Side side : {Side::out, Side::in}) {
            for (auto c = reader.ties(id, side); c; ++c) d.add(c->id.value + c->neighbour.value * 7);
            d.add(reader.degree(id, side));
        }
        d.add(reader.component(id).value);
        d.add(reader.evidence(id));
    }
    for (std::uint64_t n = 1; n <= reader.last_relationship().value; ++n) {
        const RelationshipId id(n);
        for (const auto& v : reader.history(id)) relationship(v.record), d.add(v.until.value);
        if (const auto ends = reader.ends(id)) d.add(ends->from.value + ends->to.value * 3);
        if (n % 4 == 0)
            if (const auto r = reader.relationship(id)) relationship(*r);
        d.add(reader.evidence(id));
    }
    for (const Side side : {Side::out, Side::in}) {
        const auto arrays = reader.adjacency(side, 2);
        d.add({reinterpret_cast<const char*>(arrays.ids.data()), arrays.ids.size() * 8});
        d.add({reinterpret_cast<const char*>(arrays.neighbours.data()), arrays.neighbours.size() * 4});
    }
    if (const auto p = reader.find_property("confidence"))
        for (const double x : reader.numbers(*p)) d.add(x == x ? shortest(x) : "-");
    return d.text();
}

int read(const std::string& path) {
    storage::OpenOptions options;
    options.read_only = true;
    const storage::Store store = storage::Store::open(path, options);
    say(digest(store.read()));
    return 0;
}

int probe(const std::string& path) {
    const storage::CheckReport report = storage::check(path);
    for (const std::string& problem : report.problems) std::fprintf(stderr, "%s\n", problem.c_str());
    if (!report.problems.empty()) return kTrouble;
    return read(path);
}

/// Every change set of the counters adds an actor and two ties to actor 1, and counts in its property.
int count(const std::string& path, std::uint64_t times) {
    storage::Store store = storage::Store::open(path, creating());
    for (std::uint64_t i = 0; i < times; ++i) {
        storage::Writer writer = store.write("count");
        const storage::Reader& reader = writer.reader();
        auto hub = reader.actor(ActorId(1));
        if (!hub) {
            Actor first;
            first.properties["name"] = "Hub";
            first.properties["count"] = 0;
            writer.add(first);
            hub = writer.reader().actor(ActorId(1));
        }
        Actor next;
        next.properties["name"] = fmt::format("Actor {} of {}", i, ::getpid());
        const ActorId id = writer.add(next);
        Relationship tie;
        tie.type = "TIE";
        tie.from = ActorId(1);
        tie.to = id;
        writer.add(tie);
        std::swap(tie.from, tie.to);
        writer.add(tie);
        hub->properties["count"] = hub->properties["count"].integer() + 1;
        writer.change(ActorId(1), *hub);
        writer.commit();
        say(fmt::format("{}", i + 1));
    }
    return 0;
}

int watch(const std::string& path, std::uint64_t seconds) {
    using Clock = std::chrono::steady_clock;
    storage::OpenOptions options;
    options.read_only = true;
    const storage::Store store = storage::Store::open(path, options);
    const auto end = Clock::now() + std::chrono::seconds(seconds);
    std::int64_t before = 0;
    std::uint64_t views = 0;
    auto slowest = Clock::duration::zero();
    while (Clock::now() < end) {
        const auto start = Clock::now();
        const storage::Reader reader = store.read();
        slowest = std::max(slowest, Clock::now() - start);
        ++views;
        const auto hub = reader.actor(ActorId(1));
        const std::int64_t counted = hub ? hub->properties.at("count").integer() : 0;
        std::int64_t out = 0, in = 0;
        for (auto c = reader.ties(ActorId(1), storage::Side::out); c; ++c) ++out;
        for (auto c = reader.ties(ActorId(1), storage::Side::in); c; ++c) ++in;
        const Counts counts = reader.counts();
        if (counted < before || out != counted || in != counted ||
            counts.relationships != static_cast<std::uint64_t>(2 * counted) ||
            (hub && counts.actors != static_cast<std::uint64_t>(counted + 1)) ||
            reader.actors_by_name("Hub").size() != (hub ? 1u : 0u)) {
            std::fprintf(stderr, "torn: count %lld, ties %lld %lld\n", static_cast<long long>(counted),
                         static_cast<long long>(out), static_cast<long long>(in));
            return kWrong;
        }
        before = counted;
    }
    say(fmt::format("{} {}", views,
                    std::chrono::duration_cast<std::chrono::microseconds>(slowest).count()));
    return 0;
}

int fill(const std::string& path) {
    storage::Store store = storage::Store::open(path, creating());
    storage::Writer writer = store.write("fill");
    tests::Random random(1);
    for (int i = 0; i < 4000; ++i) {
        Actor a;
        a.properties["name"] = fmt::format("Actor {} {:x}", i, random());
        a.properties["text"] = std::string(2500, static_cast<char>('a' + i % 26));  // a page each
        writer.add(a);
    }
    writer.commit();
    return 0;
}

int sample(const std::string& path, std::uint64_t version) {
    storage::Store store = storage::Store::open(path, creating());
    storage::Writer writer = store.write("sample");
    Source article;
    article.key = "article";
    article.title = "An article";
    article.url = "https://example.org/article";
    writer.set_source(writer.put(article));
    Actor person, company;
    person.key = "anna";
    person.types = {"Person"};
    person.properties = {{"name", "Anna Ahmad"},
                         {"aliases", List{"Анна Ахмад"}},
                         {"born", *parse_date("1970")}};
    company.key = "acme";
    company.types = {"Company", "LegalEntity"};
    company.properties = {{"name", "Acme"}, {"note", std::string(1500, 'n')}, {"staff", 1200}};
    const ActorId a = writer.add(person), c = writer.add(company);
    Relationship directs;
    directs.from = a;
    directs.to = c;
    directs.type = "DIRECTORSHIP";
    directs.properties = {{"startDate", *parse_date("2024-03")}, {"amount", 12.5}, {"locator", "p. 7"}};
    const RelationshipId r = writer.add(directs);
    Evidence second;
    second.source = writer.reader().source_by_key("article").value();
    second.locator = "p. 9";
    second.grade = "B2";
    writer.commit();
    storage::Writer later = store.write("correction");
    Properties changed = directs.properties;
    changed["role"] = "chair";
    later.change(r, changed);
    later.cite(r, second);
    later.commit();
    if (version < 2) return 0;
    storage::Writer twin = store.write("a second record");
    Source leak;
    leak.key = "leak";
    const SourceId withdrawn = twin.put(leak);
    twin.set_source(withdrawn);
    Actor again;
    again.key = "a-ahmad";
    again.types = {"Politician"};
    again.properties = {{"name", "A. Ahmad"}, {"email", "a@example.org"}};
    const ActorId b = twin.add(again);
    Relationship owns = directs;
    owns.from = b;
    owns.type = "OWNERSHIP";
    const RelationshipId o = twin.add(owns);
    second.locator = "p. 11";
    twin.cite(o, second);
    directs.type = "MEETING";
    twin.add(directs);
    twin.commit();
    storage::Writer merging = store.write("merge");
    Merge merge;
    merge.into = a;
    merge.absorbed = b;
    merge.reason = "same address";
    merge.decided_by = "the desk";
    merging.merge(merge);
    merging.commit();
    storage::Writer retracting = store.write("retract");
    retracting.retract(withdrawn);
    retracting.commit();
    if (version < 3) return 0;
    storage::Writer index = store.write("indexes");
    storage::add_property_index(index, {"of_staff", "Company", "staff"});
    storage::add_property_index(index, {"of_born", "", "born"});
    storage::add_property_index(index, {"of_note", "", "note"});
    storage::drop_property_index(index, "of_note");
    index.commit();
    return 0;
}

int run(int argc, char** argv) {
    const std::string_view task = argc > 1 ? argv[1] : "";
    const std::string path = argc > 2 ? argv[2] : "";
    const std::uint64_t n = argc > 3 ? number(argv[3]) : 0;
    if (task == "write") return write(path, n, argc > 4 ? number(argv[4]) : ~0ull);
    if (task == "probe") return probe(path);
    if (task == "read") return read(path);
    if (task == "count") return count(path, n);
    if (task == "watch") return watch(path, n);
    if (task == "fill") return fill(path);
    if (task == "sample") return sample(path, n == 0 ? 1 : n);
    std::fprintf(stderr, "unknown task\n");
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGXFSZ, SIG_IGN);
    storage::install_fault_handler(kTrouble);
    try {
        return run(argc, argv);
    } catch (const Error& e) {
        std::fprintf(stderr, "%d: %s\n", static_cast<int>(e.kind()), e.what());
        return kTrouble;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "unexpected: %s\n", e.what());
        return kWrong;
    }
}
