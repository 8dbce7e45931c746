// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <set>

#include "core/model/sentence.hpp"
#include "importers/cameo.hpp"
#include "importers/events.hpp"
#include "support.hpp"

using namespace entente;
using namespace entente::importers;

namespace {

struct Gdelt {
    std::string id = "1", day = "20250728", code1 = "USA", name1 = "UNITED STATES", land1 = "USA", role1 = {}, code2 = "RUS", name2 = "MOSCOW", land2 = "RUS",
                role2 = {}, root = "1", code = "042", quad = "1", goldstein = "1.9", mentions = "4", sources = "1", articles = "4", tone = "-2.5", place = {}, latitude = {},
                longitude = {}, url = "https://www.example.org/a";
};

/// A line of so many columns.
std::string line(const Gdelt& g, std::size_t columns = 61) {
    std::vector<std::string> cells{g.id, g.day, g.day.substr(0, 6), g.day.substr(0, 4), "2025.5"};
    const auto actor = [&](const std::string& code, const std::string& name, const std::string& land, const std::string& role) {
        for (const std::string& cell : {code, name, land, std::string(), std::string(), std::string(), std::string(), role, std::string(), std::string()}) cells.push_back(cell);
    };
    actor(g.code1, g.name1, g.land1, g.role1);
    actor(g.code2, g.name2, g.land2, g.role2);
    for (const std::string& cell : {g.root, g.code, g.code.substr(0, 3), g.code.substr(0, 2), g.quad, g.goldstein, g.mentions, g.sources, g.articles, g.tone}) cells.push_back(cell);
    const auto where = [&](const std::string& name, const std::string& latitude, const std::string& longitude) {
        for (const std::string& cell : {std::string("1"), name, std::string(), std::string()}) cells.push_back(cell);
        if (columns == 61) cells.emplace_back();
        for (const std::string& cell : {latitude, longitude, std::string("x")}) cells.push_back(cell);
    };
    where("", "", "");
    where("", "", "");
    where(g.place, g.latitude, g.longitude);
    cells.emplace_back("20250728120000");
    if (columns != 57) cells.push_back(g.url);
    REQUIRE(cells.size() == columns);
    std::string out;
    for (const std::string& cell : cells) out.append(out.empty() ? "" : "\t").append(cell);
    return out + "\n";
}

std::string each(const std::string& text) {
    Asked asked;
    asked.format = "?";
    asked.each_event = true;
    return outcome(text, false, asked);
}

std::string days(const std::string& text, bool skip = false) {
    Asked asked;
    asked.format = "?";
    asked.skip_errors = skip;
    return outcome(text, false, asked);
}

const std::string kIcewsHeader =
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\tTarget Country\t"
    "Story ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n";

const std::string kPolecatHeader =
    "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tActor Name\tActor Country\tActor Sectors\tWikipedia Actor ID\tRecipient Name\tRecipient Country\t"
    "Recipient Sectors\tWikipedia Recipient ID\tPlacename\tSource\n";

}  // namespace

TEST_CASE("GDELT: events of one day, actor, action and recipient are one relationship") {
    Gdelt a;
    Gdelt b;
    b.id = "2";
    b.name1 = "WASHINGTON";
    b.code = "0421";
    b.tone = "1.5";
    b.goldstein = "2.1";
    b.mentions = "6";
    b.url = "https://other.example/b";
    Gdelt other_day = a;
    other_day.id = "3";
    other_day.day = "20250729";
    CHECK(days(line(a) + line(b) + line(other_day)) ==
          "actor key=USA :Country code='USA' country='us' name='United States'\n"
          "actor key=RUS :Country code='RUS' country='ru' name='Russia'\n"
          "USA -VISIT-> RUS id=gdelt-day:1 source=https://www.example.org/a cameo='042' date=2025-07-28d eventIds=[\"1\",\"2\"] events=2 goldstein=2.0 "
          "numArticles=8 numMentions=10 numSources=2 quadClass=1 rootEvents=2 tone=-0.5\n"
          "USA -VISIT-> RUS id=gdelt-day:3 source=https://www.example.org/a cameo='042' date=2025-07-29d eventIds=[\"3\"] events=1 goldstein=1.9 "
          "numArticles=4 numMentions=4 numSources=1 quadClass=1 rootEvents=1 tone=-2.5\n"
          "source https://www.example.org/a publisher=example.org url=https://www.example.org/a\n"
          "source https://other.example/b publisher=other.example url=https://other.example/b\n"
          "evidence gdelt-day:1 https://other.example/b '' '' \n"
          "counted 1: 1 joined, 0 rejected\n");
}

TEST_CASE("GDELT: the class of an event is the file's, where it has one") {
    Gdelt a;
    a.quad = "3";
    CHECK(days(line(a)).find(" quadClass=3 ") != std::string::npos);
    a.quad = "0";
    CHECK(days(line(a)).find(" quadClass=1 ") != std::string::npos);
}

TEST_CASE("GDELT: what a day has more than is kept is counted") {
    std::string text;
    for (int i = 1; i <= 24; ++i) {
        Gdelt a;
        a.id = std::to_string(i);
        a.url = "https://a.example/" + std::to_string(i % 8);
        a.place = "Place " + std::to_string(i % 6);
        text += line(a);
    }
    const std::string out = days(text);
    CHECK(out.find("note not read: event ids beyond the first 20 of a relationship (4)\n") != std::string::npos);
    CHECK(out.find("note not read: places of events beyond the first 5 of a relationship (4)\n") != std::string::npos);
    CHECK(out.find("note not read: sources of events beyond the first 5 of a relationship (9)\n") != std::string::npos);
}

TEST_CASE("GDELT: one relationship for each event") {
    Gdelt a;
    a.code = "0421";
    a.root = "0";
    a.place = "Geneva, Genève, Switzerland";
    a.latitude = "46.2";
    a.longitude = "6.1667";
    a.url = "";
    CHECK(each(line(a)) ==
          "actor key=USA :Country code='USA' country='us' name='United States'\n"
          "actor key=RUS :Country code='RUS' country='ru' name='Russia'\n"
          "USA -VISIT-> RUS id=gdelt:1 cameo='0421' date=2025-07-28d goldstein=1.9 latitude=46.2 longitude=6.1667 numArticles=4 numMentions=4 numSources=1 "
          "place='Geneva, Genève, Switzerland' quadClass=1 rootEvent=false tone=-2.5\n");
}

TEST_CASE("GDELT: who an actor is") {
    Gdelt g;
    g.code1 = "USAGOV";
    g.name1 = "THE WHITE HOUSE";
    g.role1 = "GOV";
    g.code2 = "COP";
    g.name2 = "POLICE";
    g.land2 = "";
    g.role2 = "COP";
    Gdelt h = g;
    h.id = "2";
    h.code1 = "EUR";
    h.name1 = "THE EUROPEANS";
    h.land1 = "EUR";
    h.role1 = "";
    h.code2 = "";
    h.name2 = "SOMEBODY";
    h.role2 = "ZZZ";
    const std::string out = each(line(g) + line(h));
    CHECK(out.starts_with("actor key=USAGOV:THE WHITE HOUSE :Government code='USAGOV' country='us' name='THE WHITE HOUSE'\n"
                          "actor key=COP:POLICE :Police code='COP' name='POLICE'\n"
                          "actor key=EUR :Region code='EUR' country='EUR' name='Europe'\n"
                          "actor key=SOMEBODY :ZZZ name='SOMEBODY'\n"));
    CHECK(out.find("actor type Police broader=PublicBody\n") != std::string::npos);
    CHECK(out.find("actor type Government") == std::string::npos);  // is known
}

TEST_CASE("GDELT: rows that are no relationship are counted under their reason") {
    Gdelt nobody;
    nobody.code2 = nobody.name2 = nobody.land2 = "";
    Gdelt without;
    without.code1 = without.name1 = without.land1 = "";
    Gdelt uncoded;
    uncoded.code = "---";
    Gdelt good;
    good.id = "9";
    good.url = "";
    const std::string out = days(line(nobody) + line(nobody) + line(without) + line(uncoded) + line(good));
    CHECK(out.find("USA -VISIT-> RUS id=gdelt-day:9 ") != std::string::npos);
    CHECK(out.find("counted 4: 0 joined, 4 rejected\n") != std::string::npos);
    CHECK(out.find("note left out: 1 event: no actor\n") != std::string::npos);
    CHECK(out.find("note left out: 1 event: no event code\n") != std::string::npos);
    CHECK(out.find("note left out: 2 events: no recipient\n") != std::string::npos);
}

TEST_CASE("GDELT: an event that two texts tell counts once") {
    Gdelt a;
    const std::string out = days(line(a) + line(a));
    CHECK(out.find(" events=1 ") != std::string::npos);
    CHECK(out.find("numMentions=4 ") != std::string::npos);
    CHECK(out.find("counted 1: 1 joined, 0 rejected\n") != std::string::npos);
}

TEST_CASE("GDELT: what a day tells of many events is bounded") {
    std::string text;
    for (int i = 1; i <= 50; ++i) {
        Gdelt g;
        g.id = std::to_string(i);
        g.url = "https://example.org/" + std::to_string(i);
        g.place = "Place " + std::to_string(i);
        text += line(g);
    }
    const std::string out = days(text);
    CHECK(out.find(" events=50 ") != std::string::npos);
    CHECK(out.find("\"20\"]") != std::string::npos);
    CHECK(out.find("\"21\"") == std::string::npos);
    CHECK(out.find(" place='") == std::string::npos);
    CHECK(out.find("places=[\"Place 1\",\"Place 2\",\"Place 3\",\"Place 4\",\"Place 5\"]") != std::string::npos);
    CHECK(out.find("source https://example.org/5 ") != std::string::npos);
    CHECK(out.find("source https://example.org/6 ") == std::string::npos);
}

TEST_CASE("GDELT: 1.0, and tables with a header") {
    Gdelt g;
    CHECK(days(line(g, 58)).find("USA -VISIT-> RUS id=gdelt-day:1 source=https://www.example.org/a") != std::string::npos);
    CHECK(days(line(g, 57)).find("USA -VISIT-> RUS id=gdelt-day:1 cameo") != std::string::npos);
    const std::string csv_text =
        "GLOBALEVENTID,SQLDATE,Actor1Code,Actor1Name,Actor1CountryCode,Actor2Code,Actor2Name,Actor2CountryCode,EventCode,SOURCEURL\n"
        "7,20250728,USA,AMERICAN,USA,BUS,\"COMPANY, LIMITED\",,046,\"http://x.example/a,b\"\n";
    CHECK(days(csv_text) ==
          "actor key=USA :Country code='USA' country='us' name='United States'\n"
          "actor key=BUS:COMPANY, LIMITED code='BUS' name='COMPANY, LIMITED'\n"
          "USA -NEGOTIATION-> BUS:COMPANY, LIMITED id=gdelt-day:7 source=http://x.example/a,b cameo='046' date=2025-07-28d eventIds=[\"7\"] events=1 goldstein=7.0 quadClass=1\n"
          "source http://x.example/a,b publisher=x.example url=http://x.example/a,b\n");
}

TEST_CASE("GDELT: bad rows stand where they stand") {
    Gdelt a;
    Gdelt b;
    b.id = "2";
    b.day = "20250230";
    CHECK(days(line(a) + line(b)) == "! t:2:3: SQLDATE: '20250230', expected a day");
    const std::string skipped = days(line(a) + line(b) + "1\t2\n", true);
    CHECK(skipped.find("USA -VISIT-> RUS id=gdelt-day:1 ") != std::string::npos);
    CHECK(skipped.find("rejected 2:3: SQLDATE: '20250230', expected a day <2\t20250230\t") != std::string::npos);
    CHECK(skipped.find("rejected 3:1: 2 cells in this row, expected 61 <1\t2>") != std::string::npos);
    Gdelt c;
    c.mentions = "99999999999999999999";
    CHECK(days(line(c)).find("NumMentions: '99999999999999999999', expected a count") != std::string::npos);
    Gdelt d;
    d.tone = "nan";
    CHECK(days(line(d)).find("AvgTone: 'nan', expected a number") != std::string::npos);
    Gdelt e;
    e.id = "x";
    CHECK(graph("gdelt", line(e)).find("GLOBALEVENTID: 'x', expected the number of an event") != std::string::npos);
    Gdelt f;
    f.name1 = "\xff";
    CHECK(days(line(f)).find("a byte that is not UTF-8") != std::string::npos);
    CHECK(days(line(a) + line(f), true).find("a byte that is not UTF-8, expected UTF-8 text") != std::string::npos);
}

TEST_CASE("days that have to go before the end stand in parts, and their sums are right") {
    RecordingSink sink;
    std::uint64_t sequence = 0;
    const Reading reading = reading_of({}, sink, sequence);
    Events events(reading);
    events.most_days = 8;
    events.begin("gdelt", 0);
    const auto actor = [&](const std::string& key) { return events.actor(key, [&] { return EventActor{key, key, {}, {}}; }); };
    const std::uint32_t action = events.action("x", [&] { return EventAction{schema_of(*cameo_action("042")), "cameo", "042", 1}; });
    std::uint64_t told = 0;
    for (std::uint64_t i = 0; i < 500; ++i) {
        EventRow row;
        row.line = i + 1;
        row.day = static_cast<Day>(20000 + i % 25);
        row.from = actor("a");
        row.action = action;
        row.to = actor("b" + std::to_string(i % 3));
        const std::string id = std::to_string(i);
        row.id = id;
        row.mentions = static_cast<std::int64_t>(i);
        told += i;
        events.add(row);
    }
    events.finish();
    CHECK(sink.gapless());
    const std::string text = sink.text();
    std::uint64_t mentions = 0;
    std::uint64_t count = 0;
    std::uint64_t ties = 0;
    std::set<std::string> ids;
    for (std::size_t at = text.find("-VISIT->"); at != std::string::npos; at = text.find("-VISIT->", at + 1)) {
        const auto number = [&](const std::string& name) { return std::stoull(text.substr(text.find(name, at) + name.size())); };
        mentions += number("numMentions=");
        count += number(" events=");
        ids.insert(text.substr(at, text.find(" cameo", at) - at));
        ++ties;
    }
    CHECK(mentions == told);
    CHECK(count == 500);
    CHECK(ids.size() == ties);
    CHECK(ties > 75);
    CHECK(ties + sink.counted.joined == 500);
    REQUIRE(sink.notes.size() == 1);
    CHECK(sink.notes[0].find("some stand in parts") != std::string::npos);
}

TEST_CASE("GDELT mentions are further sources of events") {
    const std::string text =
        "7\t20250728120000\t20250728121500\t1\tx.example\thttp://x.example/a\t3\t-1\t10\t20\t1\t40\t1000\t-2.5\t\t\n"
        "7\t20250728120000\t20250728121500\t1\ty.example\thttp://y.example/b\t1\t-1\t10\t20\t1\t100\t1000\t-2.5\t\n";
    CHECK(each(text) ==
          "source http://x.example/a publisher=x.example url=http://x.example/a\n"
          "evidence gdelt:7 http://x.example/a 'sentence 3' ''  0.4\n"
          "source http://y.example/b publisher=y.example url=http://y.example/b\n"
          "evidence gdelt:7 http://y.example/b 'sentence 1' ''  1\n");
    CHECK(each("7\t20250728120000\t20250728121500\t1\tx\thttp://x.example/a\t3\t-1\t10\t20\t1\t101\t1000\t-2.5\t\t\n").find("Confidence: '101', expected a number from 0 to 100") != std::string::npos);
}

TEST_CASE("ICEWS: codes get their zeros back, days and names are read") {
    const auto row = [](const std::string& id, const std::string& day, const std::string& text, const std::string& code) {
        return id + "\t" + day + "\tVidar Helgesen\tExecutive,(National) Major Party (Right, Centre),Government\tNorway\t" + text + "\t" + code +
               "\t2.8\tCitizen (Poland)\tGeneral Population / Civilian / Social\tPoland\t555\t4\tExample News\tOslo\t\tOslo\tNorway\t59.9\t10.7\n";
    };
    const std::string out = each(kIcewsHeader + row("1", "1/9/2017", "Host a visit", "43") + row("2", "2017-01-10", "Make statement", "10") +
                                 row("3", "2017-01-11", "Demand", "10") + row("4", "2017-01-11", "Express intent to cooperate economically", "311") +
                                 row("5", "2017-01-12", "Use conventional military force", "190"));
    CHECK(out.starts_with(
        "actor key=Vidar Helgesen/Norway :Government country='no' name='Vidar Helgesen' sectors=[\"Executive\",\"(National) Major Party (Right, Centre)\",\"Government\"]\n"
        "actor key=Citizen (Poland) country='pl' name='Citizen (Poland)' sectors=[\"General Population / Civilian / Social\"]\n"
        "Vidar Helgesen/Norway -HOST_VISIT-> Citizen (Poland) id=icews:2017-01-09-1 source=ICEWS story 555 cameo='043' date=2017-01-09d goldstein=2.8 "
        "latitude=59.9 locator='sentence 4' longitude=10.7 place='Oslo, Norway' quadClass=1\n"));
    for (const char* expected : {"-STATEMENT-> Citizen (Poland) id=icews:2017-01-10-2 source=ICEWS story 555 cameo='010'",
                                 "-REQUEST-> Citizen (Poland) id=icews:2017-01-11-3 source=ICEWS story 555 cameo='10'",
                                 "-AGREE_TO_COOPERATE-> Citizen (Poland) id=icews:2017-01-11-4 source=ICEWS story 555 cameo='0311'", "-FIGHT-> Citizen (Poland)",
                                 "source ICEWS story 555 publisher=Example News\n"}) {
        INFO(expected);
        CHECK(out.find(expected) != std::string::npos);
    }
    CHECK(days(kIcewsHeader + row("1", "1/9/2017", "Host a visit", "43") + row("2", "1/9/2017", "Host a visit", "43")).find("id=icews-day:2017-01-09-1") != std::string::npos);
    CHECK(days(kIcewsHeader + row("1", "13/9/2017", "Host a visit", "43")) == "! t:2:3: Event Date: '13/9/2017', expected a day");
}

TEST_CASE("POLECAT: pairs of those who act and those who are acted upon") {
    const std::string together = "e1\t2023-05-01\tCONSULT\tvisit\t2.5\tOlaf Scholz; Emmanuel Macron; None\tGermany; France; None\tGOV\tx\tNone\tNone\tNone\tNone\tBerlin\tAFP\n";
    const std::string aid = "e2\t2023-05-01\tAID\tNone\t10\tNorway\tNorway\tGOV; EXE\tNone\tUkraine; Moldova\tNone\tNone\tNone\tNone\tNTB\n";
    const std::string out = each(kPolecatHeader + together + aid);
    for (const char* expected : {"actor key=Olaf Scholz/Germany country='de' name='Olaf Scholz'\n",
                                 "actor key=Norway :Country :Government country='no' name='Norway' sectors=[\"GOV\",\"EXE\"]\n",
                                 "Olaf Scholz/Germany -CONSULT-> Emmanuel Macron/France id=polecat:e1 source=AFP date=2023-05-01d intensity=2.5 mode='visit' place='Berlin' quadClass=1\n",
                                 "Norway -AID-> Ukraine id=polecat:e2 source=NTB date=2023-05-01d event='e2' intensity=10.0 quadClass=2\n",
                                 "Norway -AID-> Moldova id=polecat:e2/2 source=NTB date=2023-05-01d event='e2' intensity=10.0 quadClass=2\n"}) {
        INFO(expected << out);
        CHECK(out.find(expected) != std::string::npos);
    }
    CHECK(days(kPolecatHeader + "e\t2023-05-01\tNOTHING\t\t\ta\t\t\t\tb\t\t\t\t\t\n") == "! t:2:14: Event Type: 'NOTHING', expected a PLOVER type such as CONSULT");
    std::string crowd;
    for (int i = 0; i < 100; ++i) crowd += "n" + std::to_string(i) + "; ";
    CHECK(days(kPolecatHeader + "e\t2023-05-01\tAID\t\t\t" + crowd + "\t\t\t\t" + crowd + "\t\t\t\t\t\n").find("at most 1000 pairs of actors in an event") != std::string::npos);
}

TEST_CASE("event data that is no text, or lacks its columns") {
    using namespace std::string_literals;
    for (const char* format : {"gdelt", "gdelt-mentions", "icews", "polecat"}) {
        INFO(format);
        CHECK(graph(format, "\xff\xfe\x31\x00"s).find("the text is UTF-16") != std::string::npos);
        CHECK(graph(format, "1\t\0\t2\n"s).find("a NUL byte near the start") != std::string::npos);
        CHECK(graph(format, "a\tb\n").starts_with("! t:1:1: "));
    }
    CHECK(graph("icews", "a\tb\n").find("no header of ICEWS events, expected columns between tabs, Event ID") != std::string::npos);
    CHECK(graph("gdelt", "GLOBALEVENTID\tSQLDATE\n").find("no column 'Actor1Code'") != std::string::npos);
    // lines of mixed ends, and empty ones
    CHECK(days("\r\n" + line({}).substr(0, line({}).size() - 1) + "\r\n\n").find("-VISIT-> RUS") != std::string::npos);
}

TEST_CASE("options about columns say nothing of event data") {
    Asked asked;
    asked.format = "gdelt";
    asked.map = {"type:=X"};
    CHECK(outcome(line({}), false, asked).find("the columns of GDELT events are known") != std::string::npos);
}

TEST_CASE("CAMEO: every code has an action, its root's if need be") {
    CHECK(cameo_action("0421") == cameo_action("042"));
    CHECK(cameo_action("04") == cameo_action("040"));
    CHECK(cameo_action("049") == cameo_action("040"));
    CHECK(cameo_action("21") == nullptr);
    CHECK(cameo_action("") == nullptr);
    CHECK(cameo_action("---") == nullptr);
    CHECK(cameo_action("12345") == nullptr);
    CHECK(quad_class(*cameo_action("010")) == 1);
    CHECK(quad_class(*cameo_action("070")) == 2);
    CHECK(quad_class(*cameo_action("138")) == 3);
    CHECK(quad_class(*cameo_action("2042")) == 4);
    std::set<std::string> types;
    int actions = 0;
    for (int code = 10; code < 1000; ++code) {
        const std::string text = std::string(code < 100 ? "0" : "") + std::to_string(code);
        const CameoAction* const action = cameo_action(text);
        if (action == nullptr || action->code != text) continue;
        ++actions;
        INFO(text);
        CHECK(types.insert(std::string(action->type)).second);
        const RelationshipSchema schema = schema_of(*action);
        CHECK(schema.event);
        CHECK_FALSE(schema.verb.empty());
        CHECK((action->goldstein >= -10 && action->goldstein <= 10));
        // what stands above is a type of its own with words of its own
        if (!action->plover.empty()) CHECK(default_schema(action->plover).verb != "");
    }
    CHECK(actions == 149);
    CHECK(cameo_country("DEU")->name == "Germany");
    CHECK(cameo_country("XXX") == nullptr);
    CHECK(cameo_role("GOV") == "Government");
    CHECK(broader_role("Police") == "PublicBody");
}
