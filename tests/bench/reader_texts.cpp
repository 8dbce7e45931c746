// SPDX-License-Identifier: MIT
#include "tests/bench/reader_texts.hpp"

#include <cstdint>
#include <iterator>
#include <random>
#include <string>

#include <fmt/format.h>

namespace entente::bench {
namespace {

constexpr const char* kSyllables[] = {"ma",  "ri", "no", "va",  "te", "lin", "sko", "dra", "ga",  "ber", "tom",
                                      "ul",  "pe", "tro", "ka", "zim", "or", "len", "do",  "bri", "mil", "ar",
                                      "sen", "vik", "hal", "ter", "nov", "ya", "el", "is", "gor", "dan"};
constexpr const char* kCyrillic[] = {"ма", "ри", "но", "ва", "те", "лин", "ско", "дра", "га", "бер", "том", "ул", "пе", "тро", "ка", "зим"};
constexpr const char* kCountries[] = {"az", "ua", "tr", "it", "ch", "ge", "pl", "de", "us", "gb"};
constexpr const char* kActorTypes[] = {"Person", "Company", "Organization", "PublicBody"};
constexpr const char* kTies[] = {"MEETING", "CONTRACT", "AID", "OWNERSHIP", "MEMBERSHIP", "PAYMENT", "VISIT", "STATEMENT"};
constexpr const char* kRoles[] = {"director", "shareholder", "secretary", "chair of the board", "beneficial owner"};

class Random {
public:
    std::uint64_t below(std::uint64_t n) { return engine_() % n; }
    template <class Table> const char* one(const Table& table) { return table[below(std::size(table))]; }
    bool once_in(std::uint64_t n) { return below(n) == 0; }
    template <class Table> std::string name(const Table& syllables) {
        std::string out;
        for (std::uint64_t words = 2 + below(2); words != 0; --words) {
            if (!out.empty()) out += ' ';
            const std::size_t at = out.size();
            for (std::uint64_t parts = 2 + below(2); parts != 0; --parts) out += one(syllables);
            if (out[at] >= 'a' && out[at] <= 'z') out[at] = static_cast<char>(out[at] - 'a' + 'A');
        }
        return out;
    }
    std::string name() { return name(kSyllables); }
    std::string date() { return fmt::format("{:04}-{:02}-{:02}", 1950 + below(75), 1 + below(12), 1 + below(28)); }
    std::string hex() { return fmt::format("{:016x}", engine_()); }

private:
    std::mt19937_64 engine_{42};
};

// How many actors a text of such records has: ten relationships for each.
std::size_t actors_of(std::size_t bytes, std::size_t actor, std::size_t tie) { return bytes / (actor + 10 * tie) + 2; }

void write_graphml(std::ostream& out, std::size_t bytes) {
    Random random;
    out << "<?xml version='1.0' encoding='utf-8'?>\n"
           "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
           "  <key id=\"d0\" for=\"node\" attr.name=\"type\" attr.type=\"string\"/>\n"
           "  <key id=\"d1\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>\n"
           "  <key id=\"d2\" for=\"node\" attr.name=\"country\" attr.type=\"string\"/>\n"
           "  <key id=\"d3\" for=\"node\" attr.name=\"founded\" attr.type=\"long\"/>\n"
           "  <key id=\"d4\" for=\"edge\" attr.name=\"type\" attr.type=\"string\"/>\n"
           "  <key id=\"d5\" for=\"edge\" attr.name=\"startDate\" attr.type=\"string\"/>\n"
           "  <key id=\"d6\" for=\"edge\" attr.name=\"amount\" attr.type=\"double\"/>\n"
           "  <key id=\"d7\" for=\"edge\" attr.name=\"role\" attr.type=\"string\"/>\n"
           "  <graph edgedefault=\"directed\">\n";
    const std::size_t actors = actors_of(bytes, 220, 240);
    for (std::size_t i = 0; i < actors; ++i) {
        out << fmt::format(
            "    <node id=\"a{}\">\n      <data key=\"d0\">{}</data>\n      <data key=\"d1\">{}</data>\n"
            "      <data key=\"d2\">{}</data>\n      <data key=\"d3\">{}</data>\n    </node>\n",
            i, random.one(kActorTypes), random.name(), random.one(kCountries), 1900 + random.below(125));
    }
    while (static_cast<std::size_t>(out.tellp()) < bytes) {
        out << fmt::format(
            "    <edge source=\"a{}\" target=\"a{}\">\n      <data key=\"d4\">{}</data>\n      <data key=\"d5\">{}</data>\n"
            "      <data key=\"d6\">{}.{:02}</data>\n      <data key=\"d7\">{}</data>\n    </edge>\n",
            random.below(actors), random.below(actors), random.one(kTies), random.date(), random.below(1000000), random.below(100), random.one(kRoles));
    }
    out << "  </graph>\n</graphml>\n";
}

void write_gexf(std::ostream& out, std::size_t bytes) {
    Random random;
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n  <graph defaultedgetype=\"directed\" mode=\"static\">\n"
           "    <attributes class=\"node\" mode=\"static\">\n"
           "      <attribute id=\"type\" title=\"type\" type=\"string\"/>\n"
           "      <attribute id=\"country\" title=\"country\" type=\"string\"/>\n"
           "      <attribute id=\"founded\" title=\"founded\" type=\"integer\"/>\n    </attributes>\n"
           "    <attributes class=\"edge\" mode=\"static\">\n"
           "      <attribute id=\"0\" title=\"startDate\" type=\"string\"/>\n"
           "      <attribute id=\"1\" title=\"amount\" type=\"double\"/>\n"
           "      <attribute id=\"2\" title=\"role\" type=\"string\"/>\n    </attributes>\n    <nodes>\n";
    const std::size_t actors = actors_of(bytes, 250, 290);
    for (std::size_t i = 0; i < actors; ++i) {
        out << fmt::format(
            "      <node id=\"a{}\" label=\"{}\">\n        <attvalues>\n          <attvalue for=\"type\" value=\"{}\"/>\n"
            "          <attvalue for=\"country\" value=\"{}\"/>\n          <attvalue for=\"founded\" value=\"{}\"/>\n"
            "        </attvalues>\n      </node>\n",
            i, random.name(), random.one(kActorTypes), random.one(kCountries), 1900 + random.below(125));
    }
    out << "    </nodes>\n    <edges>\n";
    for (std::size_t i = 0; static_cast<std::size_t>(out.tellp()) < bytes; ++i) {
        out << fmt::format(
            "      <edge id=\"{}\" source=\"a{}\" target=\"a{}\" kind=\"{}\" weight=\"{}.0\">\n        <attvalues>\n"
            "          <attvalue for=\"0\" value=\"{}\"/>\n          <attvalue for=\"1\" value=\"{}.{:02}\"/>\n"
            "          <attvalue for=\"2\" value=\"{}\"/>\n        </attvalues>\n      </edge>\n",
            i, random.below(actors), random.below(actors), random.one(kTies), 1 + random.below(9), random.date(), random.below(1000000),
            random.below(100), random.one(kRoles));
    }
    out << "    </edges>\n  </graph>\n</gexf>\n";
}

// Two persons, three companies, three ownerships, two directorships, and so on.
void write_ftm(std::ostream& out, std::size_t bytes) {
    Random random;
    const auto seen = [&] {
        return fmt::format("\"datasets\": [\"{}_companies\"], \"referents\": [], \"first_seen\": \"2024-0{}-11T06:22:01\", "
                           "\"last_seen\": \"2025-07-28T18:22:01\", \"target\": false}}\n",
                           random.one(kCountries), 1 + random.below(9));
    };
    const auto person = [&](std::uint64_t n) {
        const std::string name = random.name();
        out << fmt::format("{{\"id\": \"oc-person-{:08}\", \"caption\": \"{}\", \"schema\": \"Person\", \"properties\": {{\"name\": [\"{}\", \"{}\"], "
                           "\"birthDate\": [\"{}\"], \"nationality\": [\"{}\"], \"country\": [\"{}\", \"{}\"], \"topics\": [\"role.pep\"], "
                           "\"idNumber\": [\"{:09}\"], \"address\": [\"{} str. {}, {}\"]}}, ",
                           n, name, name, random.name(kCyrillic), random.date(), random.one(kCountries), random.one(kCountries),
                           random.one(kCountries), random.below(1000000000), random.name(), 1 + random.below(200), random.name())
            << seen();
    };
    const auto company = [&](std::uint64_t n) {
        const std::string name = random.name();
        out << fmt::format("{{\"id\": \"oc-company-{:08}\", \"caption\": \"{} LLC\", \"schema\": \"Company\", \"properties\": {{\"name\": [\"{} LLC\"], "
                           "\"jurisdiction\": [\"{}\"], \"registrationNumber\": [\"{:09}\"], \"incorporationDate\": [\"{}\"], \"status\": [\"active\"], "
                           "\"legalForm\": [\"limited liability company\"], \"address\": [\"{} str. {}, {}\"], "
                           "\"sourceUrl\": [\"https://registry.example.org/company/{}\"]}}, ",
                           n, name, name, random.one(kCountries), random.below(1000000000), random.date(), random.name(), 1 + random.below(200),
                           random.name(), n)
            << seen();
    };
    std::uint64_t persons = 0, companies = 0, ties = 0;
    while (static_cast<std::size_t>(out.tellp()) < bytes) {
        for (int i = 0; i < 2; ++i) person(persons++);
        for (int i = 0; i < 3; ++i) company(companies++);
        for (int i = 0; i < 3; ++i) {
            out << fmt::format("{{\"id\": \"oc-own-{}\", \"caption\": \"Ownership\", \"schema\": \"Ownership\", \"properties\": "
                               "{{\"owner\": [\"oc-person-{:08}\"], \"asset\": [\"oc-company-{:08}\"], \"percentage\": [\"{}.{}\"], "
                               "\"startDate\": [\"{}\"], \"role\": [\"{}\"], \"recordId\": [\"{}\"]}}, ",
                               random.hex(), random.below(persons), random.below(companies), 1 + random.below(99), random.below(10), random.date(),
                               random.one(kRoles), ++ties)
                << seen();
        }
        for (int i = 0; i < 2; ++i) {
            out << fmt::format("{{\"id\": \"oc-dir-{}\", \"caption\": \"Directorship\", \"schema\": \"Directorship\", \"properties\": "
                               "{{\"director\": [\"oc-person-{:08}\"], \"organization\": [\"oc-company-{:08}\"], \"role\": [\"{}\"], "
                               "\"startDate\": [\"{}\"], \"status\": [\"active\"]}}, ",
                               random.hex(), random.below(persons), random.below(companies), random.one(kRoles), random.date())
                << seen();
        }
    }
}

// As GDELT 2.0 has them: most codes are empty, an article's events follow each other, a third lacks one of the two.
void write_gdelt(std::ostream& out, std::size_t bytes) {
    Random random;
    constexpr const char* kCodes[] = {"USA", "GBR", "FRA", "DEU", "TUR", "AZE", "UKR", "POL", "ITA", "GEO", "RUS", "CHN"};
    constexpr const char* kGroups[] = {"GOV", "COP", "MIL", "BUS", "MED", "LEG", "EDU", "JUD", "CVL", "OPP"};
    constexpr const char* kNamed[] = {"PRESIDENT", "POLICE", "UNITED STATES", "MINISTRY", "SENATE", "COMPANY", "SCHOOL", "BAKU", "KYIV", "PRISON"};
    constexpr const char* kEvents[] = {"010", "020", "036", "040", "042", "043", "051", "057", "061", "070", "080", "111", "112", "120", "173", "190"};
    constexpr const char* kPlaces[] = {"Baku, Baki, Azerbaijan", "Kyiv, Kyyiv, Misto, Ukraine", "Washington, District of Columbia, United States",
                                       "Paris, France (general), France", "Ankara, Ankara, Turkey", "London, London, City of, United Kingdom"};
    const auto actor = [&] {
        switch (random.below(6)) {
            case 0: return std::string("\t\t\t\t\t\t\t\t\t\t");
            case 1:
            case 2: {
                const char* code = random.one(kCodes);
                return fmt::format("{}\t{}\t{}\t\t\t\t\t\t\t\t", code, random.one(kNamed), code);
            }
            case 3: {
                const char* code = random.one(kGroups);
                return fmt::format("{}\t{}\t\t\t\t\t\t{}\t\t\t", code, random.one(kNamed), code);
            }
            default: {
                const char* code = random.one(kCodes);
                const char* group = random.one(kGroups);
                return fmt::format("{}{}\t{}\t{}\t\t\t\t\t{}\t\t\t", code, group, random.one(kNamed), code, group);
            }
        }
    };
    const auto place = [&] {
        return fmt::format("4\t{}\tAJ\tAJ09\t{}\t{}.{:04}\t{}.{:04}\t-{}\t", random.one(kPlaces), random.below(100000), random.below(60), random.below(10000),
                           random.below(60), random.below(10000), 1000000 + random.below(1000000));
    };
    constexpr std::string_view kNoPlace = "0\t\t\t\t\t\t\t\t";
    std::string url;
    for (std::uint64_t id = 1200000000; static_cast<std::size_t>(out.tellp()) < bytes; ++id) {
        const std::uint64_t month = 1 + random.below(12);
        const std::uint64_t day = 1 + random.below(28);
        const char* const event = random.one(kEvents);
        if (url.empty() || random.once_in(3)) {
            url = fmt::format("https://www.example{}.com/news/2024/{:02}/{}-{}-{}.html", random.below(500), month, random.one(kSyllables), random.one(kRoles)[0], random.hex());
        }
        out << fmt::format("{}\t2024{:02}{:02}\t2024{:02}\t2024\t2024.{:04}\t", id, month, day, month, month * 800 + day) << actor() << actor()
            << fmt::format("{}\t{}\t{:.3}\t{:.2}\t{}\t{}.{}\t{}\t{}\t{}\t{}{}.{:014}\t", random.below(2), event, event, event, 1 + random.below(4), random.below(10),
                           random.below(10), 1 + random.below(20), 1 + random.below(3), 1 + random.below(20), random.once_in(3) ? "" : "-", random.below(10),
                           random.below(100000000000000))
            << (random.once_in(4) ? std::string(kNoPlace) : place()) << (random.once_in(3) ? std::string(kNoPlace) : place()) << place()
            << fmt::format("2024{:02}{:02}120000\t{}\n", month, day, url);
    }
}

void write_edges(std::ostream& out, std::size_t bytes) {
    Random random;
    out << "# Directed graph (each unordered pair of nodes is saved once)\n# FromNodeId\tToNodeId\n";
    const std::size_t actors = actors_of(bytes, 0, 14);
    while (static_cast<std::size_t>(out.tellp()) < bytes) out << fmt::format("{}\t{}\n", random.below(actors), random.below(actors));
}

constexpr ReaderText kTexts[] = {
    {"graphml", "text.graphml", write_graphml},
    {"gexf", "text.gexf", write_gexf},
    {"ftm", "text.ftm.json", write_ftm},
    {"gdelt", "text.export.CSV", write_gdelt},
    {"edges", "text.edges", write_edges},
};

}  // namespace

std::span<const ReaderText> reader_texts() { return kTexts; }

}  // namespace entente::bench
