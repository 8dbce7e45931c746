// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "core/names/similarity.hpp"

using namespace entente;

namespace {

/// The textbook table, all of it.
std::size_t slow_distance(const std::string& a, const std::string& b) {
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1,
                                d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
            }
        }
    }
    return d[a.size()][b.size()];
}

std::uint32_t packed(const char* three) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(three[0])) << 16U |
           static_cast<std::uint32_t>(static_cast<unsigned char>(three[1])) << 8U |
           static_cast<unsigned char>(three[2]);
}

}  // namespace

TEST_CASE("Jaro-Winkler as published") {
    // Winkler's own examples
    CHECK(names::jaro_winkler("martha", "marhta") == Approx(0.9611).epsilon(1e-4));
    CHECK(names::jaro_winkler("dwayne", "duane") == Approx(0.84).epsilon(1e-4));
    CHECK(names::jaro_winkler("dixon", "dicksonx") == Approx(0.8133).epsilon(1e-4));
    CHECK(names::jaro_winkler("jones", "johnson") == Approx(0.8324).epsilon(1e-4));
    CHECK(names::jaro_winkler("", "") == 1.0);
    CHECK(names::jaro_winkler("a", "") == 0.0);
    CHECK(names::jaro_winkler("a", "b") == 0.0);
    CHECK(names::jaro_winkler("a", "a") == 1.0);
    CHECK(names::jaro_winkler("abc", "xyz") == 0.0);
}

TEST_CASE("Jaro-Winkler lies between 0 and 1 and does not mind the order") {
    std::mt19937 random(4);
    for (int i = 0; i < 20000; ++i) {
        std::string a, b;
        for (auto n = random() % 9; n > 0; --n) a += static_cast<char>('a' + random() % 4);
        for (auto n = random() % 9; n > 0; --n) b += static_cast<char>('a' + random() % 4);
        const double score = names::jaro_winkler(a, b);
        INFO(a << " " << b);
        REQUIRE(score >= 0.0);
        REQUIRE(score <= 1.0);
        REQUIRE((score == 1.0) == (a == b));
        REQUIRE((score == 0.0) == (names::jaro_winkler(b, a) == 0.0));
    }
}

TEST_CASE("the edit distance is the textbook's up to its bound") {
    CHECK(names::edit_distance("import", "imprt", 3) == 1);
    CHECK(names::edit_distance("import", "improt", 3) == 1);
    CHECK(names::edit_distance("ca", "abc", 9) == 3);  // optimal string alignment, not Damerau's 2
    CHECK(names::edit_distance("", "", 0) == 0);
    CHECK(names::edit_distance("", "abc", 2) == 3);
    CHECK(names::edit_distance(std::string(100000, 'a'), "b", 3) == 4);
    std::mt19937 random(6);
    for (int i = 0; i < 60000; ++i) {
        std::string a, b;
        for (auto n = random() % 10; n > 0; --n) a += static_cast<char>('a' + random() % 3);
        if (i % 2 == 0) {
            b = a;
            for (auto n = random() % 4; n > 0 && b.size() > 1; --n) {
                const std::size_t at = random() % (b.size() - 1);
                if (random() % 2 == 0) {
                    std::swap(b[at], b[at + 1]);
                } else {
                    b.erase(at, 1);
                }
            }
        } else {
            for (auto n = random() % 10; n > 0; --n) b += static_cast<char>('a' + random() % 3);
        }
        const std::size_t bound = random() % 6;
        INFO(a << " " << b << " within " << bound);
        REQUIRE(names::edit_distance(a, b, bound) == std::min(slow_distance(a, b), bound + 1));
    }
}

TEST_CASE("trigrams of a word") {
    CHECK(names::trigrams("").empty());
    CHECK(names::trigrams("a") == std::vector<std::uint32_t>{packed(" a ")});
    CHECK(names::trigrams("zel") ==
          std::vector<std::uint32_t>{packed(" ze"), packed("el "), packed("zel")});
    CHECK(names::trigrams("aaaa") ==
          std::vector<std::uint32_t>{packed(" aa"), packed("aa "), packed("aaa")});
    CHECK(names::trigrams("\xFF").front() == 0x20FF20);
}

TEST_CASE("the nearest words, for those who mistyped") {
    const std::vector<std::string> commands = {"import",    "export", "show",  "path",
                                               "neighbors", "Draw",   "query", "path"};
    const auto near = [&](const char* wanted) { return names::nearest(wanted, commands); };
    CHECK(near("improt") == std::vector<std::string>{"import"});
    CHECK(near("exprot") == std::vector<std::string>{"export"});
    CHECK(near("neigbours") == std::vector<std::string>{"neighbors"});
    CHECK(near("PATH") == std::vector<std::string>{"path"});
    CHECK(near("draw") == std::vector<std::string>{"Draw"});
    CHECK(near("pth") == std::vector<std::string>{"path"});
    CHECK(near("zzzzzz").empty());
    CHECK(near("").empty());
    CHECK(names::nearest("a", {"c", "b", "d", "e"}) == std::vector<std::string>{"b", "c", "d"});
    CHECK(names::nearest("a", {"c", "b", "d"}, 1) == std::vector<std::string>{"b"});
    CHECK(names::nearest("Зеленский", {"Zelenskiy", "Other"}) ==
          std::vector<std::string>{"Zelenskiy"});
}
