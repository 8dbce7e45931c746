// SPDX-License-Identifier: MIT
#include "core/names/similarity.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

using namespace entente;

namespace {

const std::vector<std::string> kStored = {"Volodymyr Zelenskyy",
                                          "Olena Zelenska",
                                          "Oleksandr Zelensko",
                                          "Zelenodolsk",
                                          "Selena Gomez",
                                          "Volodymyr Groysman",
                                          "Vladimir Putin",
                                          "Ilham Aliyev",
                                          "Heydar Aliyev Foundation",
                                          "Mehriban Aliyeva",
                                          "Natig Aliyev",
                                          "Ali Asadov",
                                          "Andrii Sybiha",
                                          "Andriy Yermak",
                                          "Sibi George",
                                          "Anna Müller",
                                          "Hans Moeller",
                                          "Maria Miller",
                                          "SOCAR",
                                          "SOCAR Energy Ukraine",
                                          "Naftogaz",
                                          "Gazprom",
                                          "Łódź",
                                          "Lodi",
                                          "Xi Jinping",
                                          "Li Keqiang",
                                          "Kyriakos Mitsotakis",
                                          "Sean O'Neill",
                                          "Terry Neil",
                                          "Mohammed bin Salman",
                                          "School No. 5",
                                          "School No. 6",
                                          "Deutsche Bank AG",
                                          "Deutsche Bahn AG",
                                          "Recep Tayyip Erdoğan",
                                          "Ursula von der Leyen"};

std::string first_for(const std::string& query) {
    std::string best;
    double score = -1;
    for (const std::string& name : kStored) {
        const double s = names::likeness(query, name).score;
        if (s > score) {
            score = s;
            best = name;
        }
    }
    return best;
}

}  // namespace

TEST_CASE("every spelling finds its owner first") {
    const std::vector<std::pair<const char*, const char*>> rows = {
        {"Zelensky", "Volodymyr Zelenskyy"},
        {"Zelenskiy", "Volodymyr Zelenskyy"},
        {"Selenskyj", "Volodymyr Zelenskyy"},
        {"Зеленський", "Volodymyr Zelenskyy"},
        {"Зеленский", "Volodymyr Zelenskyy"},
        {"ZELENSKYY", "Volodymyr Zelenskyy"},
        {"Zelenski", "Volodymyr Zelenskyy"},
        {"Zełenski", "Volodymyr Zelenskyy"},
        {"Zelensy", "Volodymyr Zelenskyy"},
        {"Zelenksyy", "Volodymyr Zelenskyy"},
        {"V. Zelensky", "Volodymyr Zelenskyy"},
        {"Wolodymyr Selenskyj", "Volodymyr Zelenskyy"},
        {"Vladimir Zelensky", "Volodymyr Zelenskyy"},
        {"Zelenskyy, Volodymyr", "Volodymyr Zelenskyy"},
        {"Володимир Зеленський", "Volodymyr Zelenskyy"},
        {"Зеленський Володимир Олександрович", "Volodymyr Zelenskyy"},
        {"volodymyr zel", "Volodymyr Zelenskyy"},
        {"زيلينسكي", "Volodymyr Zelenskyy"},
        {"ზელენსკი", "Volodymyr Zelenskyy"},
        {"Zelenska", "Olena Zelenska"},
        {"Зеленська", "Olena Zelenska"},
        {"Ilham Aliev", "Ilham Aliyev"},
        {"İlham Əliyev", "Ilham Aliyev"},
        {"Ильхам Алиев", "Ilham Aliyev"},
        {"Ільхам Алієв", "Ilham Aliyev"},
        {"Aliyew", "Ilham Aliyev"},
        {"Əliyev", "Ilham Aliyev"},
        {"إلهام علييف", "Ilham Aliyev"},
        {"Путин", "Vladimir Putin"},
        {"Poutine", "Vladimir Putin"},
        {"Sibiga", "Andrii Sybiha"},
        {"Сибіга", "Andrii Sybiha"},
        {"Андрей Сибига", "Andrii Sybiha"},
        {"Mueller", "Anna Müller"},
        {"Muller", "Anna Müller"},
        {"MÜLLER", "Anna Müller"},
        {"Möller", "Hans Moeller"},
        {"socar", "SOCAR"},
        {"SOCAR Ukraine", "SOCAR Energy Ukraine"},
        {"Naftohaz", "Naftogaz"},
        {"Нафтогаз", "Naftogaz"},
        {"Lodz", "Łódź"},
        {"习近平", "Xi Jinping"},
        {"Μητσοτάκης", "Kyriakos Mitsotakis"},
        {"ONeill", "Sean O'Neill"},
        {"O Neill", "Sean O'Neill"},
        {"O’Neil", "Sean O'Neill"},
        {"محمد بن سلمان", "Mohammed bin Salman"},
        {"School 6", "School No. 6"},
        {"Deutsche Bank", "Deutsche Bank AG"},
        {"Erdogan", "Recep Tayyip Erdoğan"},
        {"Эрдоган", "Recep Tayyip Erdoğan"},
        {"von der Leyen", "Ursula von der Leyen"},
        {"Leyen, Ursula von der", "Ursula von der Leyen"},
    };
    for (const auto& [query, expected] : rows) {
        INFO(query << ": " << names::likeness(query, expected).score << " against "
                   << names::likeness(query, first_for(query)).score);
        CHECK(first_for(query) == expected);
        CHECK(names::likeness(query, expected).score >= 0.6);
    }
}

TEST_CASE("a likeness says why") {
    const auto reason = [](const char* query, const char* name) {
        return names::likeness(query, name).reason;
    };
    CHECK(reason("Ilham Aliyev", "Ilham Aliyev") == "exact");
    CHECK(reason("ILHAM ALIYEV", "Ilham Aliyev") == "same letters");
    CHECK(reason("Əliyev", "Aliyev") == "same letters");
    CHECK(reason("Алиев", "Aliyev") == "same letters in another script");
    CHECK(reason("Aliyev Ilham", "Ilham Aliyev") == "same words in another order");
    CHECK(reason("XiJinping", "Xi Jinping") == "same letters, other spaces");
    CHECK(reason("Ilham Al", "Ilham Aliyev") == "prefix");
    CHECK(reason("Aliyev", "Ilham Aliyev") == "part of the name");
    CHECK(reason("Ilham Heydar Aliyev", "Ilham Aliyev") == "more than the name");
    CHECK(reason("Ilham Aliev", "Ilham Aliyev") == "similar");
    CHECK(reason("School 5", "School 6") == "other number");
    CHECK(reason("Gazprom", "Ilham Aliyev") == "different");
}

TEST_CASE("scores keep their promises") {
    const auto score = [](const char* query, const char* name) {
        return names::likeness(query, name).score;
    };
    CHECK(score("Gazprom", "Ilham Aliyev") == 0.0);
    CHECK(score("", "") == 1.0);
    CHECK(score("", "a") == 0.0);
    CHECK(score("!!!", "!!!") == 1.0);
    CHECK(score("!!!", "???") == 0.0);
    CHECK(score("School 5", "School 6") < 0.6);
    // more weight on what the query says and the name does not than the other way round
    CHECK(score("Ilham Aliyev", "Aliyev") < score("Aliyev", "Ilham Aliyev"));
    CHECK(score("Zelensky", "Volodymyr Zelenskyy") > score("Zelensky", "Olena Zelenska"));
    CHECK(score("Naftogaz LLC", "Naftogaz") > score("Naftogaz Romania", "Naftogaz"));

    std::mt19937 random(8);
    const std::string letters = "aeiklnszy 15";
    for (int i = 0; i < 20000; ++i) {
        std::string a, b;
        for (auto n = random() % 14; n > 0; --n) a += letters[random() % letters.size()];
        b = a;
        for (auto n = random() % 4; n > 0 && !b.empty(); --n) {
            b[random() % b.size()] = letters[random() % letters.size()];
        }
        const names::Likeness likeness = names::likeness(a, b);
        INFO(a << " | " << b);
        REQUIRE(likeness.score >= 0.0);
        REQUIRE(likeness.score <= 1.0);
        REQUIRE_FALSE(likeness.reason.empty());
        REQUIRE((likeness.score == 1.0) == (names::likeness(b, a).score == 1.0));
    }
}

TEST_CASE("hostile names are compared in bounded time") {
    std::string many, one(1'000'000, 'a');
    for (int i = 0; i < 100'000; ++i) many += "ab ";
    CHECK(names::likeness(many, many + "c").score > 0.5);
    CHECK(names::likeness(one, many).score < 1.0);
    CHECK(names::likeness(one, one).score == 1.0);
}
