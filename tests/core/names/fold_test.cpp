// SPDX-License-Identifier: MIT
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <random>
#include <thread>
#include <vector>

#include "core/model/utf8.hpp"
#include "core/names/normalize.hpp"

using namespace entente;

TEST_CASE("names fold to plain letters") {
    const std::vector<std::pair<const char*, const char*>> rows = {
        {"", ""},
        {"   ", ""},
        {"\t\n", ""},
        {"Ilham Aliyev", "ilham aliyev"},
        {"  ILHAM   ALIYEV ", "ilham aliyev"},
        {"O'Neill", "oneill"},
        {"O’Neill", "oneill"},
        {"O`Neill", "oneill"},
        {"OʼNeill", "oneill"},
        {"Jean-Luc", "jean luc"},
        {"Smith, John (Jr)", "smith john jr"},
        {"AT&T", "at t"},
        {"U.S.A.", "usa"},
        {"USA", "usa"},
        {"S.p.A.", "spa"},
        {"J. K. Rowling", "j k rowling"},
        {"J.Smith", "j smith"},
        {"Dr.Smith", "dr smith"},
        {"No.5", "no 5"},
        {"3.5", "3 5"},
        {"a_b", "a b"},
        {"x\x01y", "x y"},
        // Latin with marks and letters of their own
        {"Łódź", "lodz"},
        {"Müller", "muller"},
        {"STRAẞE Straße", "strasse strasse"},
        {"Ærøskøbing", "aeroskobing"},
        {"Œuvre Þór Đặng", "oeuvre thor dang"},
        {"Əliyev", "aliyev"},
        {"İlham Əliyev", "ilham aliyev"},
        {"Erdoğan", "erdogan"},
        {"Ceaușescu", "ceausescu"},
        {"Vučić", "vucic"},
        {"Nguyễn Phú Trọng", "nguyen phu trong"},
        {"e\xCC\x81t\xC3\xA9", "ete"},
        {"ﬁnance ＡＢＣ", "finance abc"},
        // Cyrillic
        {"Зеленський", "zelenskyi"},
        {"Володимир Зеленський", "volodymyr zelenskyi"},
        {"ВОЛОДИМИР ЗЕЛЕНСЬКИЙ", "volodymyr zelenskyi"},
        {"Зеленский", "zelenskiy"},
        {"Владимир Зеленский", "vladimir zelenskiy"},
        {"Сибіга", "sybiha"},
        {"Алиев", "aliyev"},
        {"Ильхам Алиев", "ilkham aliyev"},
        {"Юлія Свириденко", "yuliia svyrydenko"},
        {"Горбачёв", "gorbachev"},
        {"Горбаче\xCC\x88в", "gorbachev"},
        {"Зеленскии\xCC\x86", "zelenskiy"},
        {"Ельцин", "yeltsin"},
        {"Подъезд Търново", "podyezd tarnovo"},
        {"Щербаков", "shcherbakov"},
        {"Вучић", "vucic"},
        {"Новак Ђоковић", "novak djokovic"},
        {"Қазақстан", "kazakstan"},
        {"Ь", "ь"},
        // others
        {"Κυριάκος Μητσοτάκης", "kyriakos mitsotakis"},
        {"ΑΛΈΞΗΣ ΤΣΊΠΡΑΣ", "alexis tsipras"},
        {"习近平", "xi jin ping"},
        {"ზელენსკი", "zelenski"},
        {"Զելենսկի", "zelenski"},
        {"زيلينسكي", "zylynsky"},
        {"ज़ेलेंस्की", "zelenski"},
        {"٢٠٢٥", "2025"},
        // nothing but signs
        {"!!!", "!!!"},
        {" ! ? ", "! ?"},
        {"😀", "😀"},
        {"...", "..."},
        {"'", "'"},
        {"\xFF", "\xEF\xBF\xBD"},
        // not UTF-8
        {"a\xFF"
         "b",
         "a b"},
        {"Ali\xC3", "ali"},
        // invisible
        {"Ali\xE2\x80\x8B"
         "yev\xEF\xBB\xBF",
         "aliyev"},
        {"Ilham\xC2\xA0"
         "Aliyev",
         "ilham aliyev"},
        {"\xE2\x80\xAE"
         "Aliyev",
         "aliyev"},
    };
    for (const auto& [name, folded] : rows) {
        INFO(name);
        CHECK(names::fold(name) == folded);
        CHECK(names::fold(folded) == folded);
        std::string out = "before|";
        names::fold_into(name, out);
        CHECK(out == std::string("before|") + folded);
    }
    CHECK(names::fold(std::string_view("a\0b", 3)) == "a b");
}

TEST_CASE("only the first thousand characters of a name count") {
    CHECK(names::fold(std::string(5000, 'a')) == std::string(1000, 'a'));
    std::string cyrillic;
    for (int i = 0; i < 5000; ++i) cyrillic += "б";
    CHECK(names::fold(cyrillic) == std::string(1000, 'b'));
    CHECK(names::fold(std::string(1'000'000, '!')).size() == 1000);
    CHECK(names::fold(std::string(1'000'000, '\x80')).size() <= 12'000);
    CHECK(names::fold(std::string(999, ' ') + "ab") == "a");
}

TEST_CASE("words are the parts of the folded name") {
    CHECK(names::words("Jean-Luc O'Neill") == std::vector<std::string>{"jean", "luc", "oneill"});
    CHECK(names::words("").empty());
    CHECK(names::words(" \t ").empty());
    const std::string folded = "a bc  d";
    CHECK(names::split_folded(folded) == std::vector<std::string_view>{"a", "bc", "d"});
    CHECK(names::split_folded(" a ") == std::vector<std::string_view>{"a"});
    CHECK(names::split_folded("").empty());
}

TEST_CASE("spellings of one name share a skeleton") {
    const std::vector<std::vector<const char*>> groups = {
        {"zelenskyy", "selenskyj", "zelenskiy", "zelenskyi", "zelensky", "zelenski", "zelenskii"},
        {"aliyev", "aliev", "aliyew", "alijew", "aliiev"},
        {"sybiha", "sibiga", "sybiga"},
        {"muller", "mueller", "muler"},
        {"chernobyl", "tschernobyl", "czernobyl", "cernobyl"},
        {"yeltsin", "jelzin", "eltsin", "yeltzin"},
        {"khrushchev", "hruscev"},
        {"volodymyr", "volodimir", "wolodymyr"},
        {"sarah", "sara"},
        {"christos", "kristos"},
        {"goethe", "gote"},
        {"poutin", "putin"},
    };
    for (const auto& group : groups) {
        for (const char* word : group) {
            INFO(word << " and " << group.front());
            CHECK(names::skeleton(word) == names::skeleton(group.front()));
        }
    }
    CHECK(names::skeleton("putin") != names::skeleton("potanin"));
    CHECK(names::skeleton("1100") == "1100");
    CHECK(names::skeleton("") == "");
}

TEST_CASE("no word has an empty skeleton") {
    const std::string letters = "abcdehijkqstuvwxyz";
    std::size_t empty = 0;
    for (const char a : letters) {
        if (names::skeleton(std::string{a}).empty()) ++empty;
        for (const char b : letters) {
            if (names::skeleton(std::string{a, b}).empty()) ++empty;
            for (const char c : letters) {
                if (names::skeleton(std::string{a, b, c}).empty()) ++empty;
            }
        }
    }
    CHECK(empty == 0);
}

namespace {

std::string random_name(std::mt19937& random) {
    static const std::vector<std::string> parts = {"a",
                                                   "Z",
                                                   " ",
                                                   ".",
                                                   "'",
                                                   "-",
                                                   "é",
                                                   "ß",
                                                   "Ə",
                                                   "ж",
                                                   "Й",
                                                   "ь",
                                                   "ъ",
                                                   "и\xCC\x86",
                                                   "є",
                                                   "Ω",
                                                   "ς",
                                                   "李",
                                                   "م",
                                                   "\xCC\x81",
                                                   "한",
                                                   "ก",
                                                   "é",
                                                   "½",
                                                   "²",
                                                   "😀",
                                                   "\xE2\x80\x8B",
                                                   "\xFF",
                                                   "\xC3",
                                                   "\xE2\x82",
                                                   "7",
                                                   "٣",
                                                   "ﬁ",
                                                   "ゼ",
                                                   "ー",
                                                   "\xF0\x93\x80\x80",
                                                   "\xEE\x80\x80",
                                                   "ʼ",
                                                   "ა",
                                                   "İ",
                                                   "\xF4\x8F\xBF\xBF",
                                                   "ー",
                                                   "ॐ",
                                                   "ा",
                                                   "Ǆ"};
    std::string out;
    for (auto n = random() % 12; n > 0; --n) {
        if (random() % 10 == 0) {
            out += static_cast<char>(random());
        } else {
            out += parts[random() % parts.size()];
        }
    }
    return out;
}

bool valid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t before = at;
        if (next_character(text, at) == kReplacement &&
            text.substr(before, at - before) != "\xEF\xBF\xBD") {
            return false;
        }
    }
    return true;
}

}  // namespace

TEST_CASE("whatever a name holds, folding it is total, clean and done once") {
    std::mt19937 random(20250728);
    for (int i = 0; i < 5000; ++i) {
        const std::string name = random_name(random);
        INFO(name);
        const std::string folded = names::fold(name);
        REQUIRE(valid_utf8(folded));
        REQUIRE(names::fold(folded) == folded);
        REQUIRE(folded.find("  ") == std::string::npos);
        REQUIRE((folded.empty() || (folded.front() != ' ' && folded.back() != ' ')));
        for (const std::string_view word : names::split_folded(folded)) {
            REQUIRE_FALSE(names::skeleton(word).empty());
        }
        if (folded.empty()) {
            REQUIRE(std::all_of(name.begin(), name.end(), [](char c) {
                return static_cast<unsigned char>(c) <= ' ' || c == 0x7F;
            }));
        }
    }
}

TEST_CASE("a name folds alike on every thread and in every order") {
    std::mt19937 random(5);
    std::vector<std::string> all;
    for (int i = 0; i < 600; ++i) all.push_back(random_name(random));
    std::vector<std::string> expected;
    for (const std::string& name : all) expected.push_back(names::fold(name));
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (unsigned t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            std::mt19937 order(t);
            for (int i = 0; i < 3000; ++i) {
                const std::size_t at = order() % all.size();
                if (names::fold(all[at]) != expected[at]) ++wrong;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(wrong == 0);
}

TEST_CASE("the memo forgets words without changing the answer") {
    std::mt19937 random(9);
    const auto georgian = [&] {
        std::string word;
        for (int k = 0; k < 5; ++k) {
            append_character(word, static_cast<char32_t>(0x10D0 + random() % 33));
        }
        return word;
    };
    std::vector<std::pair<std::string, std::string>> first;
    for (int i = 0; i < 500; ++i) {
        const std::string word = georgian();
        first.emplace_back(word, names::fold(word));
    }
    for (int i = 0; i < 75'000; ++i) names::fold(georgian());  // more than it holds
    for (const auto& [word, folded] : first) REQUIRE(names::fold(word) == folded);
}

TEST_CASE("a million ASCII names fold in a moment", "[.][speed]") {
    const std::vector<std::string> some = {"Ilham Aliyev1", "Person 000123", "O'Neill Group"};
    const auto start = std::chrono::steady_clock::now();
    std::string out;
    std::size_t bytes = 0;
    for (int i = 0; i < 1'000'000; ++i) {
        out.clear();
        names::fold_into(some[static_cast<std::size_t>(i) % some.size()], out);
        bytes += out.size();
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    CHECK(bytes > 11'000'000);
    WARN("ASCII: " << took.count() << " s");
    const std::string cyrillic = "Володимир Зеленський";
    const auto again = std::chrono::steady_clock::now();
    for (int i = 0; i < 100'000; ++i) {
        out.clear();
        names::fold_into(cyrillic, out);
    }
    WARN("100,000 Cyrillic: "
         << std::chrono::duration<double>(std::chrono::steady_clock::now() - again).count()
         << " s");
}
