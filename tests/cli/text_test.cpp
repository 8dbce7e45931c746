// SPDX-License-Identifier: MIT
#include "cli/text.hpp"

#include <catch2/catch.hpp>

using namespace entente::cli;

TEST_CASE("controls are written out, scripts stay") {
    CHECK(escape_controls("Ільхам Алієв 阿利耶夫 عليف") == "Ільхам Алієв 阿利耶夫 عليف");
    CHECK(escape_controls("a\x1b[31mred") == "a\\x1b[31mred");
    CHECK(escape_controls("a\nb\tc\rd") == "a\\nb\\tc\\rd");
    CHECK(escape_controls("a\nb", true) == "a\nb");
    CHECK(escape_controls(std::string_view("a\0b", 3)) == "a\\x00b");
    CHECK(escape_controls("\xc2\x9b" "31m") == "\\x9b31m");  // CSI in one character
    CHECK(escape_controls("\xe2\x80\xae" "gpj.exe") == "\\u202egpj.exe");  // right-to-left override
    CHECK(escape_controls("\xff\xfe") == "\\xff\\xfe");
    CHECK(escape_controls("\xed\xa0\x80") == "\\xed\\xa0\\x80");  // a surrogate
    CHECK(escape_controls("") == "");
}

TEST_CASE("width counts what a terminal shows") {
    CHECK(display_width("abc") == 3);
    CHECK(display_width("Əliyev") == 6);
    CHECK(display_width("e\xcc\x81") == 1);   // a letter and a mark
    CHECK(display_width("阿利耶夫") == 8);
    CHECK(display_width("") == 0);
}

TEST_CASE("clipping never cuts a character") {
    CHECK(clip("abcdef", 6) == "abcdef");
    CHECK(clip("abcdef", 4) == "abc…");
    CHECK(clip("阿利耶夫", 5) == "阿利…");
    CHECK(clip("阿利耶夫", 4) == "阿…");
    CHECK(clip("abc", 0) == "");
    CHECK(clip("e\xcc\x81" "e\xcc\x81" "e\xcc\x81", 2) == "e\xcc\x81…");
}

TEST_CASE("paragraphs are filled, examples kept") {
    CHECK(wrap("one two three four five six seven", 20) == "one two three four\nfive six seven\n");
    CHECK(wrap("one\n\ntwo", 20) == "one\n\ntwo\n");
    CHECK(wrap("a:\n  $ kept   as it is", 24, 2) == "  a:\n    $ kept   as it is\n");
    CHECK(wrap("", 20) == "");
    CHECK(wrap("averyveryverylongwordthatcannotbreak", 20) == "averyveryverylongwordthatcannotbreak\n");
}

TEST_CASE("words as a shell takes them") {
    CHECK(shell_quote("date=2025-07") == "date=2025-07");
    CHECK(shell_quote("Ilham Aliyev") == "'Ilham Aliyev'");
    CHECK(shell_quote("O'Neill") == "'O'\\''Neill'");
    CHECK(shell_quote("#17") == "'#17'");
    CHECK(shell_quote("") == "''");
}

TEST_CASE("lists and counts") {
    CHECK(split_commas(" a, b ,,c") == std::vector<std::string>{"a", "b", "c"});
    CHECK(split_commas("").empty());
    CHECK(counted(1, "actor") == "1 actor");
    CHECK(counted(0, "actor") == "0 actors");
    CHECK(counted(2, "body", "bodies") == "2 bodies");
    CHECK(ascii_lower("MEETING Ə") == "meeting Ə");
}
