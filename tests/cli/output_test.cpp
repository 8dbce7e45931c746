// SPDX-License-Identifier: MIT
#include "cli/output.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "cli/text.hpp"

using namespace entente;
using namespace entente::cli;

namespace {

Table sample() {
    Table table;
    table.columns = {{"rank", true}, {"name"}, {"share", true}};
    table.rows = {{1, "Ilham Aliyev", 1.0 / 3}, {2, "=SUM(A1)", 2.0}, {10, "a \"b\"\nc", Value()}};
    table.reading = "degree; direction any";
    table.notes = {"left out: 1 relationship, denied"};
    return table;
}

struct Written {
    std::string out, err;
};

Written write(const Table& table, const std::string& format,
              std::optional<std::uint64_t> rows = std::nullopt, std::size_t terminal = 0,
              const std::string& cut_last = {}) {
    std::ostringstream out;
    std::ostringstream err;
    Terminal screen;
    screen.out = terminal != 0;
    if (terminal != 0) screen.width = terminal;
    Context context{{}, "entente.db", "test", out, err, screen};
    OutputOptions options;
    options.format_word = format;
    options.rows = rows;
    options.cut_last = cut_last;
    write_table(context, table, options);
    return {out.str(), err.str()};
}

}  // namespace

TEST_CASE("a table for people") {
    const Written written = write(sample(), "table");
    CHECK(written.err.empty());
    CHECK(written.out ==
          "degree; direction any\n"
          "rank  name             share\n"
          "   1  Ilham Aliyev  0.333333\n"
          "   2  =SUM(A1)             2\n"
          "  10  a \"b\"\\nc\n"
          "left out: 1 relationship, denied\n");
}

TEST_CASE("rows beyond those asked for are counted") {
    CHECK(write(sample(), "table", 1).out.find("(1 of 3 rows; -n 0 shows all)\n") != std::string::npos);
    Table many;
    many.columns = {{"n", true}};
    for (int i = 0; i < 25; ++i) many.rows.push_back({i});
    CHECK(write(many, "table").out.find("(20 of 25 rows") != std::string::npos);
    CHECK(write(many, "table", 0).out.find("rows") == std::string::npos);
    CHECK(write(many, "csv").out.find("\n24\n") != std::string::npos);
    CHECK(write(many, "csv", 2).out == "n\n0\n1\n");
    CHECK(write(many, "csv", 2).err == "note: 2 of 25 rows\n");
}

TEST_CASE("data for programs") {
    CHECK(write(sample(), "csv").out ==
          "rank,name,share\n1,Ilham Aliyev,0.3333333333333333\n2,'=SUM(A1),2.0\n"
          "10,\"a \"\"b\"\"\nc\",\n");
    CHECK(write(sample(), "csv").err == "note: left out: 1 relationship, denied\n");
    CHECK(write(sample(), "jsonl").out ==
          "{\"rank\":1,\"name\":\"Ilham Aliyev\",\"share\":0.3333333333333333}\n"
          "{\"rank\":2,\"name\":\"=SUM(A1)\",\"share\":2.0}\n"
          "{\"rank\":10,\"name\":\"a \\\"b\\\"\\nc\",\"share\":null}\n");
    Table none;
    none.columns = {{"a"}};
    CHECK(write(none, "json").out == "[]\n");
    CHECK(write(none, "jsonl").out.empty());
    CHECK(write(none, "csv").out == "a\n");
    none.rows = {{1}};
    CHECK(write(none, "json").out == "[\n{\"a\":1}\n]\n");
}

TEST_CASE("spreadsheets get no formulas, numbers stay numbers") {
    CHECK(csv_cell("+994 12") == "'+994 12");
    CHECK(csv_cell("-1+1|cmd") == "'-1+1|cmd");
    CHECK(csv_cell("@x") == "'@x");
    CHECK(csv_cell(-5) == "-5");
    CHECK(csv_cell(-0.5) == "-0.5");
    CHECK(csv_cell("#17") == "#17");
}

TEST_CASE("a table fits its terminal") {
    Table table;
    table.columns = {{"id"}, {"name"}, {"n", true}};
    table.rows = {{"#1", "State Oil Company of the Azerbaijan Republic", 123456}};
    const std::string out = write(table, "table", std::nullopt, 40).out;
    CHECK(out == "id  name                               n\n#1  State Oil Company of the Az…  123456\n");
    CHECK(write(table, "table", std::nullopt, 0).out.find("Republic") != std::string::npos);
}

TEST_CASE("one column of a table may be cut last") {
    Table table;
    table.columns = {{"time"}, {"what"}, {"by"}};
    table.rows = {{"2025-07-28 14:30:00", "import actors.csv relationships.csv", "somebody"}};
    const auto lines = [&](std::size_t width) { return write(table, "table", std::nullopt, width, "time").out; };
    CHECK(lines(50) == "time                 what                 by\n2025-07-28 14:30:00  import actors.csv …  somebody\n");
    CHECK(lines(43).find("2025-07-28 14:30:00") != std::string::npos);
    CHECK(lines(38).find("2025-07-28 14…") != std::string::npos);
    CHECK(lines(20).find("2025-07-28 14:30:00") != std::string::npos);  // too long in any case
}

TEST_CASE("a terminal never gets raw controls, whatever the format") {
    Table table;
    table.columns = {{"name"}};
    table.rows = {{"a\x1b[2Jb\xc2\x9b" "c"}};
    for (const char* format : {"table", "csv", "json", "jsonl"}) {
        const std::string out = write(table, format, std::nullopt, 80).out;
        INFO(format << ": " << out);
        CHECK(out.find('\x1b') == std::string::npos);
        CHECK(out.find("\xc2\x9b") == std::string::npos);
    }
}

TEST_CASE("numbers for people: six digits, but whole ones and hundredths in full and no exponent") {
    const auto text = [](double number) { return for_people(Value(number)); };
    CHECK(text(0) == "0");
    CHECK(text(-0.0) == "0");
    CHECK(text(4e7) == "40000000");
    CHECK(text(-4e7) == "-40000000");
    CHECK(text(123456789012) == "123456789012");
    CHECK(text(999999999999999) == "999999999999999");
    CHECK(text(1e15) == "1e+15");
    CHECK(text(52345678.55) == "52345678.55");
    CHECK(text(12345.5) == "12345.5");
    CHECK(text(1234567.891) == "1234568");
    CHECK(text(999999.7891) == "1000000");
    CHECK(text(1.0 / 3) == "0.333333");
    CHECK(text(1234.56789) == "1234.57");
    CHECK(text(0.00001) == "1e-05");
    CHECK(text(1e300) == "1e+300");
    CHECK(number_for_people(66.666, 3) == "66.7");
    CHECK(number_for_people(100, 3) == "100");
    CHECK(number_for_people(1e6, 3) == "1000000");
}
