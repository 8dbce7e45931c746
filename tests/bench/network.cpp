// SPDX-License-Identifier: MIT
//
// Writes the benchmarks' own data: a network of named, typed actors whose relationships follow the
// recursive matrix model (Chakrabarti, Zhan and Faloutsos 2004; a = 0.57, b = c = 0.19), with a date, an
// amount and a confidence each. The same arguments give the same bytes.
//
//   network SCALE TIES_PER_ACTOR FOLDER [SEED [cyrillic]]
//
// 2^SCALE actors in FOLDER/actors.csv, that many times TIES_PER_ACTOR rows in FOLDER/relationships.csv.
// With `cyrillic` a tenth of the names are in Cyrillic.
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace {

/// Names from syllables, latin and cyrillic in step.
constexpr const char* kSyllables[][2] = {
    {"ma", "ма"}, {"ri", "ри"}, {"no", "но"}, {"va", "ва"}, {"te", "те"}, {"lin", "лин"},
    {"sko", "ско"}, {"dra", "дра"}, {"ga", "га"}, {"ber", "бер"}, {"tom", "том"}, {"ul", "ул"},
    {"pe", "пе"}, {"tro", "тро"}, {"ka", "ка"}, {"zim", "зим"}, {"or", "ор"}, {"len", "лен"},
    {"do", "до"}, {"bri", "бри"}, {"mil", "мил"}, {"ar", "ар"}, {"sen", "сен"}, {"vik", "вик"},
    {"hal", "гал"}, {"ter", "тер"}, {"nov", "нов"}, {"ya", "я"}, {"el", "ел"}, {"is", "ис"},
    {"gor", "гор"}, {"dan", "дан"}};
constexpr const char* kTypes[] = {"Person", "Person", "Person", "Company",
                                  "Company", "Organization", "PublicBody", "Country"};
constexpr const char* kTies[] = {"MEETING", "CONTRACT", "AID", "OWNERSHIP",
                                 "MEMBERSHIP", "PAYMENT", "VISIT", "STATEMENT"};
constexpr const char* kCountries[] = {"az", "ua", "tr", "it", "ch", "ge", "pl", "de", "us", "gb"};

class Random {
public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}
    std::uint64_t below(std::uint64_t n) { return engine_() % n; }
    double unit() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }

private:
    std::mt19937_64 engine_;
};

std::string name(Random& random, bool cyrillic) {
    std::string out;
    const std::uint64_t words = 2 + random.below(2);
    for (std::uint64_t w = 0; w < words; ++w) {
        if (w != 0) out += ' ';
        const std::uint64_t syllables = 2 + random.below(2);
        for (std::uint64_t s = 0; s < syllables; ++s) {
            std::string part = kSyllables[random.below(std::size(kSyllables))][cyrillic ? 1 : 0];
            if (s == 0 && !cyrillic) part[0] = static_cast<char>(part[0] - 'a' + 'A');
            out += part;
        }
    }
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        std::cerr << "network SCALE TIES_PER_ACTOR FOLDER [SEED [cyrillic]]\n";
        return 2;
    }
    const unsigned scale = static_cast<unsigned>(std::atoi(argv[1]));
    const std::uint64_t actors = 1ull << scale;
    const std::uint64_t ties = actors * static_cast<std::uint64_t>(std::atoll(argv[2]));
    const std::string folder = argv[3];
    Random random(argc > 4 ? static_cast<std::uint64_t>(std::atoll(argv[4])) : 42);
    const bool cyrillic = argc > 5;
    {
        std::ofstream out(folder + "/actors.csv");
        out << "id,type,name,country,founded\n";
        for (std::uint64_t i = 0; i < actors; ++i)
            out << fmt::format("a{},{},{},{},{}\n", i, kTypes[random.below(8)],
                               name(random, cyrillic && random.below(10) == 0),
                               kCountries[random.below(10)], 1900 + random.below(125));
    }
    // Numbers are shuffled, so that an actor's number says nothing of its place in the matrix.
    std::vector<std::uint32_t> number(actors);
    std::iota(number.begin(), number.end(), 0u);
    for (std::uint64_t i = actors - 1; i > 0; --i) std::swap(number[i], number[random.below(i + 1)]);
    std::ofstream out(folder + "/relationships.csv");
    out << "source,target,type,date,amount,confidence\n";
    for (std::uint64_t k = 0; k < ties; ++k) {
        std::uint64_t from = 0, to = 0;
        for (unsigned bit = 0; bit < scale; ++bit) {
            const double x = random.unit();
            from = from << 1 | (x >= 0.76 ? 1u : 0u);
            to = to << 1 | ((x >= 0.57 && x < 0.76) || x >= 0.95 ? 1u : 0u);
        }
        const std::uint64_t cents = random.below(100000000);
        out << fmt::format("a{},a{},{},{:04}-{:02}-{:02},{}.{:02},{:.2f}\n", number[from], number[to],
                           kTies[random.below(8)], 2000 + random.below(26), 1 + random.below(12),
                           1 + random.below(28), cents / 100, cents % 100,
                           0.5 + static_cast<double>(random.below(51)) / 100);
    }
    std::cout << actors << " actors, " << ties << " relationships\n";
    return out ? 0 : 1;
}
