// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <limits>
#include <random>
#include <sstream>

#include "core/exporters/csv.hpp"
#include "core/exporters/json.hpp"
#include "memory_network.hpp"
#include "support.hpp"

using namespace entente;
using namespace entente::importers;

namespace {

using Files = std::map<std::string, std::string>;

Files csv_of(MemoryNetwork& memory) {
    const exporters::Network network = memory.network();
    Files out;
    for (const auto& file : exporters::csv_files(network)) {
        std::ostringstream stream;
        file.write(stream);
        out[file.name] = stream.str();
    }
    return out;
}

std::string json_of(MemoryNetwork& memory, bool lines) {
    const exporters::Network network = memory.network();
    std::ostringstream stream;
    if (lines) exporters::write_json_lines(network, stream);
    else exporters::write_json(network, stream);
    return stream.str();
}

void read_text(MemoryNetwork& into, const std::string& text, bool json, bool lines = false) {
    const TemporaryDirectory here;
    Asked asked;
    asked.lines = lines;
    std::uint64_t sequence = 0;
    const auto input = Input::open(here.write("t", text));
    input->next();
    std::string head(512, '\0');
    head.resize(input->read(head.data(), head.size()));
    const Reading reading = reading_of(asked, into, sequence);
    if (json) read_json(*input, head, reading);
    else read_csv(*input, head, reading);
}

MemoryNetwork from_csv(const Files& files) {
    MemoryNetwork out;
    for (const char* name : {"sources.csv", "actors.csv", "relationships.csv", "types.csv", "evidence.csv"}) {
        if (files.contains(name)) read_text(out, files.at(name), false);
    }
    return out;
}

void check_round_trips(MemoryNetwork& memory) {
    const Files csv = csv_of(memory);
    const std::string json = json_of(memory, false);
    const std::string lines = json_of(memory, true);
    {
        MemoryNetwork again = from_csv(csv);
        const Files second = csv_of(again);
        for (const auto& [name, text] : csv) {
            INFO(name);
            CHECK(second.at(name) == text);
        }
        CHECK(second.size() == csv.size());
        CHECK(again.actors.size() == memory.actors.size());
        for (std::size_t i = 0; i < again.actors.size(); ++i) {
            CHECK(again.actors[i].properties == memory.actors[i].properties);
            CHECK(again.actors[i].types == memory.actors[i].types);
        }
    }
    MemoryNetwork again;
    read_text(again, json, true);
    CHECK(json_of(again, false) == json);
    CHECK(csv_of(again) == csv);
    MemoryNetwork third;
    read_text(third, lines, true, true);
    CHECK(json_of(third, true) == lines);
    for (std::size_t i = 0; i < third.actors.size(); ++i) {
        CHECK(third.actors[i].properties == memory.actors[i].properties);
    }
}

Actor actor(std::uint32_t id, std::optional<std::string> key, Properties properties,
            std::vector<std::string> types = {}) {
    Actor a;
    a.id = ActorId{id};
    a.key = std::move(key);
    a.types = std::move(types);
    a.properties = std::move(properties);
    return a;
}

std::vector<Value> sample_values() {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    return {Value(std::int64_t{5}), Value(-7), Value(std::numeric_limits<std::int64_t>::min()), Value(5.0), Value(0.1),
            Value(-0.0), Value(1e300), Value(1e-7), Value(1.234), Value(nan), Value(-std::numeric_limits<double>::infinity()),
            Value(true), Value(false), Value("x"), Value(""), Value("17"), Value("007"), Value("1.5"), Value("true"),
            Value("2025-07-28"), Value("2025"), Value("=1+1"), Value("'=1"), Value("'tis"), Value("-"), Value("-5"),
            Value("@a"), Value("a,b"), Value("say \"hi\""), Value("two\nlines"), Value("cr\r\n"), Value(" edge "), Value("\ttab"),
            Value(std::string("nul\0!", 5)), Value("\xd0\x97\xd0\xb5"), Value("1e5"), Value("1.234,5"), Value("03/04/2025"),
            Value(*parse_date("2025-07-28")), Value(*parse_date("2025")), Value(*parse_date("..2022")),
            Value(*parse_date("2025-01..2025-04~")), Value(*parse_date("-0044-03-15")), Value(CalendarDay{20000}),
            Value(*parse_time("14:30")), Value(*parse_date_time("2025-07-28T14:30:05Z")), Value(*parse_duration("P1Y2M")),
            Value(List{}), Value(List{Value("a|b"), Value(2), Value(2.0), Value(List{Value(*parse_date("2025"))})})};
}

}  // namespace

TEST_CASE("an empty network") {
    MemoryNetwork memory;
    const Files files = csv_of(memory);
    CHECK(files.at("actors.csv") == "key,type,name,aliases\n");
    CHECK(files.at("relationships.csv") == "from,to,type\n");
    CHECK(json_of(memory, false) == "{\n\"types\": [\n],\n\"sources\": [\n],\n\"actors\": [\n],\n\"relationships\": [\n]\n}\n");
    check_round_trips(memory);
}

TEST_CASE("a small network as tables") {
    MemoryNetwork memory;
    memory.actors = {actor(1, "a", {{"name", "Ann"}, {"aliases", List{Value("A."), Value("An")}}, {"founded", 1990}}, {"Person"}),
                     actor(2, std::nullopt, {{"name", "=Bo"}, {"code", "007"}}, {"Company", "Firm"}),
                     actor(3, "actor-2", {{"founded", 2000}})};
    Relationship r;
    r.id = RelationshipId{1};
    r.from = ActorId{1};
    r.to = ActorId{2};
    r.type = "MEETING";
    r.properties = {{"date", *parse_date("2025-07")}, {"amount", 1.5}, {"locator", "p. 2"}};
    memory.ties.push_back(r);
    r.id = RelationshipId{2};
    r.properties = {{"id", "x"}, {"status", "denied"}, {"type", "odd"}};
    memory.ties.push_back(r);
    Source s;
    s.id = SourceId{1};
    s.key = "s";
    s.title = "Title, with comma";
    memory.sources.push_back(s);
    memory.supports[1] = {{SourceId{1}, "p. 2", "", "", std::nullopt, "", ""},
                          {SourceId{1}, "p. 9", "so", "B2", 0.5, "https://s.example/9", "2025-07"}};
    memory.tie_types = {{"MEETING", true, true, "met", "CONSULT"}};
    memory.actor_types = {{"Company", "LegalEntity"}};
    const Files files = csv_of(memory);
    CHECK(files.at("actors.csv") ==
          "key,type,name,aliases,code:string,founded\n"
          "a,Person,Ann,A.|An,,1990\n"
          "actor-2-,Company|Firm,'=Bo,,007,\n"
          "actor-2,,,,,2000\n");
    CHECK(files.at("relationships.csv") ==
          "from,to,type,id,source,amount:float,date,locator,status,.type\n"
          "a,actor-2-,MEETING,tie-1,s,1.5,2025-07,p. 2,,\n"
          "a,actor-2-,MEETING,x,,,,,denied,odd\n");
    CHECK(files.at("sources.csv") ==
          "key,title,publisher,url,archiveUrl,date,licence,hash\ns,\"Title, with comma\",,,,,,\n");
    CHECK(files.at("types.csv") ==
          "type,kind,symmetric,event,verb,broader\nMEETING,relationship,true,true,met,CONSULT\nCompany,actor,,,,LegalEntity\n");
    CHECK(files.at("evidence.csv") ==
          "relationship,actor,source,locator,excerpt,grade,confidence,url,retrievedAt\ntie-1,,s,p. 9,so,B2,0.5,https://s.example/9,2025-07\n");
    CHECK(json_of(memory, true).find("{\"relationship\":{\"from\":\"a\",\"to\":\"actor-2-\",\"type\":\"MEETING\",\"id\":\"tie-1\","
                                     "\"source\":\"s\",\"amount\":1.5,\"date\":\"2025-07\",\"locator\":\"p. 2\",\"evidence\":"
                                     "[{\"source\":\"s\",\"locator\":\"p. 9\",\"excerpt\":\"so\",\"grade\":\"B2\",\"confidence\":0.5,"
                                     "\"url\":\"https://s.example/9\",\"retrievedAt\":\"2025-07\"}]}}") !=
          std::string::npos);
    check_round_trips(memory);
}

TEST_CASE("every kind of value under every kind of name, alone and mixed") {
    const std::vector<std::string> names{"x", "date", "startDate", "confidence", "amount", "amountMin", "grade", "status", "retrievedAt",
                                         "type", "from", "source", "target", "key", "id", "Place", "a:int", ".dot",
                                         " edge ", "=f", "publisher", "title", "url", "evidence", "properties", "kind", "src",
                                         "end", "validFrom", "valid_to", "x:ID", "a\"b,c", "label", "_", "hash"};
    const auto values = sample_values();
    std::mt19937 random(7);
    for (const std::string& name : names) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            MemoryNetwork memory;
            const Value& other = values[random() % values.size()];
            memory.actors = {actor(1, "a", {{name, values[i]}}), actor(2, "b", {{"name", "B"}})};
            if (i % 3 == 0) memory.actors[1].properties.insert_or_assign(name, other);
            Relationship r;
            r.id = RelationshipId{1};
            r.from = r.to = ActorId{1};
            r.type = "T";
            r.properties = {{name, values[i]}};
            memory.ties.push_back(r);
            r.id = RelationshipId{2};
            r.properties = {};
            if (i % 2 == 0) r.properties = {{name, other}};
            memory.ties.push_back(r);
            Source s;
            s.id = SourceId{1};
            s.key = "s";
            s.properties = {{name, values[i]}};
            memory.sources.push_back(s);
            INFO(name << " = " << to_json(values[i]) << " " << to_json(other));
            check_round_trips(memory);
            MemoryNetwork again = from_csv(csv_of(memory));
            REQUIRE(again.ties.size() == 2);
            CHECK(again.ties[0].properties == memory.ties[0].properties);
            CHECK(again.ties[1].properties == memory.ties[1].properties);
            CHECK(again.sources[0].properties == memory.sources[0].properties);
        }
    }
}

TEST_CASE("names, keys, types and aliases of any spelling") {
    for (const char* text : {"plain", "=SUM(A1)", "+x", "-x", "@x", "'=x", "''=x", "'", "a|b", "a;b", " a", "a ", "\"", ",", "\n",
                             "\r", "17", "true", "2025", "\xd0\x97"}) {
        MemoryNetwork memory;
        memory.actors = {actor(1, text, {{"name", text}, {"aliases", List{Value(text), Value("y")}}}, {text, "Z"}),
                         actor(2, "other", {{"name", "B"}})};
        Relationship r;
        r.id = RelationshipId{1};
        r.from = ActorId{1};
        r.to = ActorId{2};
        r.type = text;
        memory.ties.push_back(r);
        INFO(text);
        check_round_trips(memory);
    }
}
