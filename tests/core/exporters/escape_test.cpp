// SPDX-License-Identifier: MIT
#include "core/exporters/escape.hpp"

#include <catch2/catch.hpp>

using namespace entente::exporters;

TEST_CASE("one_line leaves nothing that could break out of a line", "[escape]") {
    CHECK(one_line("Ilham Aliyev", 80) == "Ilham Aliyev");
    CHECK(one_line("\xD0\x97\xD0\xB5\xD0\xBB", 80) == "Зел");
    CHECK(one_line("  a\r\n\tb \n", 80) == "a b");
    CHECK(one_line(std::string("a\0b", 3), 80) == "a\\x00b");
    CHECK(one_line("a\x1b[31mb\x7f", 80) == "a\\x1b[31mb\\x7f");
    CHECK(one_line("a\u009Bb", 80) == "a\\x9bb");
    CHECK(one_line("a\xFF\xC0\x80\xED\xA0\x80z", 80) == "a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDz");
    CHECK(one_line("cut\xE2\x82", 80) == "cut\uFFFD\uFFFD");
    CHECK(one_line("\uFFFE", 80) == "\uFFFD");
    CHECK(one_line("", 80).empty());
}

TEST_CASE("one_line keeps the writing direction to itself", "[escape]") {
    CHECK(one_line("שלום", 80) == "\u2068שלום\u2069");
    CHECK(one_line("a\u202Eb\u2066c", 80) == "abc");
}

TEST_CASE("one_line cuts at a character", "[escape]") {
    CHECK(one_line("abcdef", 6) == "abcdef");
    CHECK(one_line("abcdefg", 6) == "abcde…");
    CHECK(one_line("äöüäöüä", 6) == "äöüäö…");
    CHECK(length(one_line(std::string(1'000'000, 'x'), 90)) == 90);
}

TEST_CASE("wrap breaks at words", "[escape]") {
    using Lines = std::vector<std::string>;
    CHECK(wrap("Commonwealth of Independent States", 16, 9) ==
          Lines{"Commonwealth of", "Independent", "States"});
    CHECK(wrap("a b c d", 1, 2) == Lines{"a", "b…"});
    CHECK(wrap("Donaudampfschiffahrt", 5, 2) == Lines{"Donaudampfschiffahrt"});
    CHECK(wrap("", 5, 2) == Lines{""});
}

TEST_CASE("dot_string and xml_text quote every sign that means something", "[escape]") {
    CHECK(dot_string(R"(a"b\c\N{}<b>&amp;|)") == R"("a\"b\\c\\N{}<b>&amp;amp;|")");
    CHECK(dot_string("two\nlines") == R"("two\nlines")");
    CHECK(dot_tooltip(R"(a\"b)") == R"("a∖\"b")");
    CHECK(dot_html(R"(<\N>)") == R"(&lt;\\N&gt;)");
    CHECK(dot_html("") == "&#160;");
    CHECK(xml_text(R"(<a href="x">'&)") == "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
}

TEST_CASE("web_address takes the web and nothing else", "[escape]") {
    CHECK(web_address("https://example.org/a?b=c&d") == "https://example.org/a?b=c&d");
    CHECK(web_address("HTTP://example.org") == "http://example.org");
    CHECK(web_address("https://example.org/\"><script>\\N\n") ==
          "https://example.org/%22%3E%3Cscript%3E%5CN%0A");
    CHECK(web_address("https://example.org/Ü") == "https://example.org/%C3%9C");
    CHECK_FALSE(web_address("javascript:alert(1)"));
    CHECK_FALSE(web_address("file:///etc/passwd"));
    CHECK_FALSE(web_address("https://"));
    CHECK_FALSE(web_address("http:///x"));
    CHECK_FALSE(web_address(""));
    CHECK_FALSE(web_address(" https://example.org"));
    CHECK_FALSE(web_address("https://example.org/" + std::string(3000, 'a')));
}
