// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "importers/mapping.hpp"
#include "importers/workbook.hpp"
#include "support.hpp"
#include "zip_writer.hpp"

using namespace entente;
using namespace entente::importers;

namespace {

using Members = std::vector<std::pair<std::string, std::string>>;

struct Sheet {
    std::string name, data, state = {}, after = {};
};

const std::string kMain = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

/// The members of a workbook of these sheets; `texts`: `<si>` elements that they share.
Members book_of(const std::vector<Sheet>& sheets, const std::string& texts = {}, const std::string& properties = {}) {
    const std::string types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    Members out;
    out.emplace_back("[Content_Types].xml", "<Types/>");
    out.emplace_back("_rels/.rels", "<Relationships><Relationship Id=\"r\" Type=\"" + types +
                                        "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
    std::string list;
    std::string parts;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        const std::string n = std::to_string(i + 1);
        list += "<sheet name=\"" + sheets[i].name + "\" sheetId=\"" + n + "\" r:id=\"rId" + n + "\"" +
                (sheets[i].state.empty() ? "" : " state=\"" + sheets[i].state + "\"") + "/>";
        parts += "<Relationship Id=\"rId" + n + "\" Type=\"" + types + "worksheet\" Target=\"worksheets/sheet" + n + ".xml\"/>";
        out.emplace_back("xl/worksheets/sheet" + n + ".xml", "<worksheet " + kMain + "><sheetData>" + sheets[i].data +
                                                                 "</sheetData>" + sheets[i].after + "</worksheet>");
    }
    parts += "<Relationship Id=\"s\" Type=\"" + types + "styles\" Target=\"styles.xml\"/><Relationship Id=\"t\" Type=\"" + types +
             "sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>";
    out.emplace_back("xl/workbook.xml", "<workbook " + kMain + " xmlns:r=\"" + types + "\">" + properties + "<sheets>" + list +
                                            "</sheets></workbook>");
    out.emplace_back("xl/_rels/workbook.xml.rels", "<Relationships>" + parts + "</Relationships>");
    // styles: 0 plain, 1 a date, 2 a date and time of its own, 3 a time, 4 money
    out.emplace_back("xl/styles.xml",
                     "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\\ hh:mm\"/><numFmt numFmtId=\"165\" "
                     "formatCode=\"[Red]&quot;day&quot; 0.00\"/></numFmts>"
                     "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf "
                     "numFmtId=\"164\"/><xf numFmtId=\"20\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>");
    out.emplace_back("xl/sharedStrings.xml", "<sst>" + texts + "</sst>");
    return out;
}

std::string text_cell(const std::string& at, const std::string& text) {
    return "<c r=\"" + at + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
}
std::string number(const std::string& at, const std::string& value, int style = 0) {
    return "<c r=\"" + at + "\" s=\"" + std::to_string(style) + "\"><v>" + value + "</v></c>";
}
std::string row(int n, const std::string& cells) {
    return "<row r=\"" + std::to_string(n) + "\">" + cells + "</row>";
}
const std::string kHeader = row(1, text_cell("A1", "from") + text_cell("B1", "to") + text_cell("C1", "x"));

std::string read_book(const Members& members, bool skip_errors = false, const std::string& mapping = {},
                      bool with_lines = false) {
    const TemporaryDirectory here;
    RecordingSink sink;
    sink.with_lines = with_lines;
    try {
        std::uint64_t sequence = 0;
        Reading reading = reading_of({}, sink, sequence);
        reading.name = "b.xlsx";
        reading.skip_errors = skip_errors;
        Mapping saved;
        if (!mapping.empty()) {
            saved = parse_mapping(mapping, "map.json");
            reading.mapping = &saved;
        }
        const auto input = Input::open(write_zip(here.file("b.xlsx"), members));
        REQUIRE(input->next());
        std::string head(4096, '\0');
        head.resize(input->read(head.data(), head.size()));
        REQUIRE(format_of("b", head).name == "xlsx");
        read_table(*input, head, reading);
        CHECK_FALSE(input->next());
    } catch (const Error& e) {
        return std::string("! ") + e.what() + (e.kind() == ErrorKind::import ? "" : " (of another kind)");
    }
    REQUIRE(sink.gapless());
    std::string out = sink.text();
    for (const std::string& r : sink.rejects) out += "rejected " + r + "\n";
    for (const std::string& n : sink.notes) out += "note " + n + "\n";
    return out;
}
std::string read_cells(const std::string& cells, const std::string& texts = {}, const std::string& properties = {}) {
    return read_book(book_of({{"S", kHeader + row(2, text_cell("A2", "a") + text_cell("B2", "b") + cells)}}, texts, properties));
}

}  // namespace

TEST_CASE("cells of a workbook") {
    CHECK(read_cells(number("C2", "5.0999999999999996")) == "a -LINKED-> b x=5.1\n");
    CHECK(read_cells(number("C2", "1000000")) == "a -LINKED-> b x=1000000\n");
    CHECK(read_cells(number("C2", "1E-3")) == "a -LINKED-> b x=0.001\n");
    CHECK(read_cells("<c r=\"C2\" t=\"b\"><v>1</v></c>") == "a -LINKED-> b x=true\n");
    CHECK(read_cells("<c r=\"C2\" t=\"str\"><f>A1&amp;B1</f><v>made &lt;up&gt;</v></c>") == "a -LINKED-> b x='made <up>'\n");
    CHECK(read_cells("<c r=\"C2\" t=\"s\"><v>1</v></c>",
                     "<si><t>no</t></si><si><r><t>two </t></r><r><t>runs</t></r><rPh><t>aside</t></rPh></si>") ==
          "a -LINKED-> b x='two runs'\n");
    CHECK(read_cells("<c r=\"C2\" t=\"inlineStr\"><is><t>a_x000A_b_x_</t></is></c>") == "a -LINKED-> b x='a\nb_x_'\n");
    CHECK(read_cells("<c r=\"C2\" t=\"e\"><v>#N/A</v></c>") ==
          "a -LINKED-> b\nnote b.xlsx(S): not read: cells with an error (#N/A) (1)\n");
    CHECK(read_cells("<c r=\"C2\"><f>1+1</f></c>") == "a -LINKED-> b\nnote b.xlsx(S): not read: formulas without a value (1)\n");
    CHECK(read_cells("<c r=\"C2\" t=\"s\"><v>7</v></c>") ==
          "! b.xlsx(S):2:3: a text that the workbook has not, its number is '7'");
    CHECK(read_cells(number("C2", "5", 4)) == "a -LINKED-> b x=5\n");
}

TEST_CASE("numbers of a workbook that are dates") {
    CHECK(read_cells(number("C2", "45866", 1)) == "a -LINKED-> b x=2025-07-28d\n");
    CHECK(read_cells(number("C2", "45866.604166666664", 2)) == "a -LINKED-> b x='2025-07-28T14:30'\n");
    CHECK(read_cells(number("C2", "0.5", 3)) == "a -LINKED-> b x='12:00'\n");
    CHECK(read_cells(number("C2", "59", 1)) == "a -LINKED-> b x=1900-02-28d\n");
    CHECK(read_cells(number("C2", "60", 1)) == "a -LINKED-> b x=60\n");
    CHECK(read_cells(number("C2", "61", 1)) == "a -LINKED-> b x=1900-03-01d\n");
    CHECK(read_cells(number("C2", "44404", 1), {}, "<workbookPr date1904=\"1\"/>") == "a -LINKED-> b x=2025-07-28d\n");
    CHECK(read_cells(number("C2", "0", 1), {}, "<workbookPr date1904=\"true\"/>") == "a -LINKED-> b x=1904-01-01d\n");
    CHECK(read_cells("<c r=\"C2\" t=\"d\"><v>2025-07-28</v></c>") == "a -LINKED-> b x=2025-07-28d\n");
    CHECK(form_of("yyyy\\-mm\\-dd") == Workbook::Form::date);
    CHECK(form_of("mmm") == Workbook::Form::date);
    CHECK(form_of("mm:ss") == Workbook::Form::time);
    CHECK(form_of("#,##0.00 [$EUR]") == Workbook::Form::number);
    CHECK(form_of("General") == Workbook::Form::number);
    CHECK(form_of("[h]:mm") == Workbook::Form::number);
    CHECK(form_of("0 \"days\";yyyy") == Workbook::Form::number);
}

TEST_CASE("sheets of a workbook") {
    const std::string actors = row(1, text_cell("A1", "key") + text_cell("B1", "name") + text_cell("C1", "type"));
    CHECK(read_book(book_of({{"People", actors + row(4, text_cell("A4", "a") + text_cell("C4", "Person"))},
                             {"Empty", ""},
                             {"Old", kHeader, "hidden"},
                             {"Very", "rubbish", "veryHidden"},
                             {"Ties",
                              kHeader + row(2, text_cell("A2", "a") + text_cell("B2", "b")),
                              {},
                              "<mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>"}}),
                    false, {}, true) ==
          "4: actor key=a :Person\n2: a -LINKED-> b\n"
          "note b.xlsx(Ties): not read: merges of cells (1)\nnote b.xlsx: not read: hidden sheets: Old (1)\nnote b.xlsx: not "
          "read: hidden sheets: Very (1)\n");
    CHECK(read_book(book_of({{"S", ""}})) == "! b.xlsx: no sheet of the workbook has rows, expected one with a header");
    CHECK(read_book(book_of({{"S", row(3, text_cell("B3", "key") + text_cell("C3", "name")) + row(4, text_cell("B4", "k"))}})) ==
          "actor key=k\nnote b.xlsx(S):3:1: a column without a name was left out\n");
    // cells and rows that do not say where they are
    CHECK(read_book(book_of({{"S",
                              "<row><c t=\"inlineStr\"><is><t>from</t></is></c><c "
                              "t=\"inlineStr\"><is><t>to</t></is></c></row><row><c><v>1</v></c><c><v>2</v></c></row>"}})) ==
          "1 -LINKED-> 2\n");
    CHECK(read_book(book_of({{"S", row(1, text_cell("A1", "source") + text_cell("B1", "target") + text_cell("C1", "Type")) +
                                       row(2, text_cell("A2", "a") + text_cell("B2", "b") + text_cell("C2", "Undirected"))}})) ==
          "a -LINKED-> b undirected\n");
}

TEST_CASE("bad rows of a workbook are placed by sheet, row and column") {
    const auto members = book_of({{"S", kHeader + row(2, text_cell("A2", "a")) +
                                            row(3, text_cell("A3", "a") + text_cell("B3", "b") + text_cell("E3", "odd")) +
                                            row(4, text_cell("A4", "a") + text_cell("B4", "b"))}});
    CHECK(read_book(members) == "! b.xlsx(S):2:2: no to, expected the key of an actor");
    CHECK(read_book(members, true) ==
          "a -LINKED-> b\nrejected 2:2: no to, expected the key of an actor <a>\nrejected 3:5: a cell beyond the last column of "
          "the header <a,b,,,odd>\n");
    CHECK(read_book(book_of({{"S", row(1, text_cell("A1", "what"))}}))
              .starts_with("! b.xlsx(S):1:1: the header does not say what the rows are"));
}

TEST_CASE("a sheet of notes is left out beside others, and named") {
    const Sheet notes{"Notes", row(1, text_cell("A1", "Compiled by hand")) + row(3, text_cell("A3", "colours mean nothing"))};
    const Sheet ties{"S", kHeader + row(2, text_cell("A2", "a") + text_cell("B2", "b"))};
    for (const auto& sheets : {std::vector{notes, ties}, std::vector{ties, notes}}) {
        CHECK(read_book(book_of(sheets)) ==
              "a -LINKED-> b\nnote b.xlsx: not read: sheets whose first row does not say what the others are: Notes (1)\n");
    }
    CHECK(read_book(book_of({notes})).starts_with("! b.xlsx(Notes):1:1: the header does not say what the rows are"));
}

TEST_CASE("a workbook through a saved mapping") {
    const std::string mapping = R"({"tables": [{"file": "b*.xlsx", "sheet": "Pay*",
        "actors": [{"key": "{from}", "name": "{from}"}], "relationships": [{"from": "{from}", "to": "{to}", "type": "PAYMENT", "locator": "{line}", "rest": true}]}]})";
    CHECK(read_book(book_of({{"Notes", row(1, text_cell("A1", "what"))},
                             {"Payments", kHeader + row(2, text_cell("A2", "a") + text_cell("B2", "b") + number("C2", "7"))}}),
                    false, mapping) ==
          "actor key=a name='a'\na -PAYMENT-> b locator='2' x=7\nnote b.xlsx: not read: sheets that no table of the mapping is "
          "for: Notes (1)\n");
}

TEST_CASE("hostile workbooks are errors") {
    CHECK(read_book(book_of({{"S", "<row r=\"1048577\"/>"}})) ==
          "! b.xlsx(S):1048577:1: a row beyond number 1,048,576, expected a sheet as programs make them");
    CHECK(read_book(book_of({{"S", row(2, "") + row(1, "")}})).find("the rows of the sheet are not in their order") !=
          std::string::npos);
    CHECK(read_book(book_of({{"S", row(1, text_cell("ZZZZ1", "x"))}})).find("a cell beyond column 16,384") != std::string::npos);
    CHECK(read_book(book_of({{"S", "<row><c>"}})).starts_with("! b.xlsx/xl/worksheets/sheet1.xml:1:"));
    CHECK(read_book(book_of({{"S", "<!DOCTYPE a>"}})).starts_with("! b.xlsx/xl/worksheets/sheet1.xml:1:"));
    CHECK(read_book({{"[Content_Types].xml", "<Types/>"}}) == "! b.xlsx: no workbook in this archive, expected an .xlsx file");
    auto missing = book_of({{"S", kHeader}});
    missing.erase(missing.begin() + 2);
    CHECK(read_book(missing) == "! b.xlsx: the sheet 'S' is not in the file, expected its part xl/worksheets/sheet1.xml");
    auto external = book_of({{"S", kHeader}});
    external[2].second =
        "<!DOCTYPE w [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><worksheet><sheetData><row><c "
        "t=\"inlineStr\"><is><t>&e;</t></is></c></row></sheetData></worksheet>";
    CHECK(read_book(external).find("a reference to another file, which is never read") != std::string::npos);
    // a part that is far larger than the file
    auto bomb = book_of({{"S", kHeader}});
    bomb[2].second = "<worksheet><sheetData>" + std::string(std::size_t{100} << 20U, ' ') + "</sheetData></worksheet>";
    CHECK(read_book(bomb) ==
          "! b.xlsx: its part xl/worksheets/sheet1.xml unpacks to far more than the file holds, expected a workbook");
}

TEST_CASE("a workbook that is cut short is an error") {
    const TemporaryDirectory here;
    const std::string whole =
        write_zip(here.file("b.xlsx"), book_of({{"S", kHeader + row(2, text_cell("A2", "a") + text_cell("B2", "b"))}}));
    std::ifstream in(whole, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    for (std::size_t size = 60; size < bytes.size(); size += 97) {
        const std::string file = here.write("cut.xlsx", bytes.substr(0, size));
        RecordingSink sink;
        std::uint64_t sequence = 0;
        const Reading reading = reading_of({}, sink, sequence);
        const auto input = Input::open(file);
        input->next();
        std::string head(4096, '\0');
        head.resize(input->read(head.data(), head.size()));
        try {
            read_table(*input, head, reading);
            FAIL("read though cut at " << size);
        } catch (const Error& e) {
            CHECK(e.kind() == ErrorKind::import);
        }
    }
}
