// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <algorithm>

#include "support.hpp"

using namespace entente::importers;

namespace {
const std::string kSame =
    "a -MEETING-> b amount=12.5 date=2025-07-28d\n"
    "b -AID-> c amount=3.0\n";
}

TEST_CASE("any separator, line end and quoting reads as the same rows") {
    const std::string plain = "from,to,type,date,amount\na,b,MEETING,2025-07-28,12.5\nb,c,AID,,3\n";
    CHECK(csv(plain) == kSame);
    CHECK(csv("from;to;type;date;amount\na;b;MEETING;2025-07-28;12.5\nb;c;AID;;3\n") == kSame);
    CHECK(csv("from\tto\ttype\tdate\tamount\na\tb\tMEETING\t2025-07-28\t12.5\nb\tc\tAID\t\t3\n") == kSame);
    CHECK(csv("from|to|type|date|amount\na|b|MEETING|2025-07-28|12.5\nb|c|AID||3\n") == kSame);
    CHECK(csv("\xef\xbb\xbf" "from,to,type,date,amount\r\na,b,MEETING,2025-07-28,12.5\r\nb,c,AID,,3\r\n") == kSame);
    CHECK(csv("From, TO ,Type,Date,amount\n\n\"a\",\"b\",\"MEETING\",\"2025-07-28\",\"12.5\"\nb,c,AID,\"\",3") == kSame);
    CHECK(csv("\"from\",\"to\",\"type\",\"date\",\"amount\"\r\na,b,MEETING,2025-07-28,12.5\r\n\r\nb,c,AID,,3") == kSame);
}

TEST_CASE("names of columns") {
    CHECK(csv("source,target\na,b\n") == "a -LINKED-> b\n");
    CHECK(csv(":START_ID,:END_ID,:TYPE\na,b,T\n") == "a -T-> b\n");
    CHECK(csv(":START_ID(Person),:END_ID(Company),:TYPE,since:int\na,b,T,007\n") == "Person/a -T-> Company/b since=7\n");
    CHECK(csv("start_id,end_id,rel_type\na,b,T\n") == "a -T-> b\n");
    CHECK(csv("node_id_start,node_id_end,relationship\na,b,T\n") == "a -T-> b\n");
    CHECK(csv("src,dst,type\na,b,T\n") == "a -T-> b\n");
    CHECK(csv("from,to,source\na,b,s\n") == "a -LINKED-> b source=s\n");
    CHECK(csv("from,to,start,end,id\na,b,2014,2015-02,r7\n") ==
          "a -LINKED-> b id=r7 endDate=2015-02d startDate=2014d\n");
    CHECK(csv("from,to,valid_from,Valid-To,START_date2\na,b,2014,2015-02,x\n") ==
          "a -LINKED-> b START_date2='x' endDate=2015-02d startDate=2014d\n");
    CHECK(csv("Id,Label\n1,Ann\n") == "actor key=1 name='Ann'\n");
    CHECK(csv("key,type,name,aliases\nk,Person|Politician,Ann,A. | An\n") ==
          "actor key=k :Person :Politician aliases=[\"A.\",\"An\"] name='Ann'\n");
    CHECK(csv("personId:ID,name,:LABEL\n7,Ann,Person;Actor\n") == "actor key=7 :Person :Actor name='Ann' personId=7\n");
    CHECK(csv("node_id,caption,title\n7,Ann,Dr\n") == "actor key=7 name='Ann' title='Dr'\n");
    CHECK(csv("name\nAnn\n1984\n") == "actor name='Ann'\nactor name='1984'\n");
    CHECK(csv("key,title,publisher,url,archiveUrl,date,licence,pages\ns,T,P,u,v,2025,CC0,3\n") ==
          "source s title=T publisher=P url=u archiveUrl=v date=2025 licence=CC0 pages=3\n");
    CHECK(csv("type,kind,symmetric,event,verb,broader\nMEETING,relationship,true,yes,met,CONSULT\nCompany,actor,,,,LegalEntity\n") ==
          "type MEETING symmetric event verb=met broader=CONSULT\nactor type Company broader=LegalEntity\n");
    CHECK(csv("Source,Target,Type,Id,Label,Weight\n1,2,Undirected,0,x,1.0\n2,3,Directed,1,,2.0\n") ==
          "1 -LINKED-> 2 id=0 undirected Label='x' Weight=1.0\n2 -LINKED-> 3 id=1 directed Weight=2.0\n");
    CHECK(csv("source,target,type,relationship\n1,2,Undirected,KNOWS\n") == "1 -KNOWS-> 2 undirected\n");
    CHECK(csv("source,target,type\n1,2,Directed\n", {"", {"Type=>type"}}) == "1 -Directed-> 2\n");
    CHECK(csv("from,to,.type,.from\na,b,x,y\n") == "a -LINKED-> b from='y' type='x'\n");
}

TEST_CASE("a header that can be read two ways asks") {
    CHECK(csv("key,url\ns,T\n") ==
          "! t:1:1: the header can be read as actors and as sources <- say --kind actors or --kind sources");
    CHECK(csv("key,title\ns,T\n") == "source s title=T\n");
    CHECK(csv("key,title\ns,T\n", {"sources"}) == "source s title=T\n");
    CHECK(csv("key,title\ns,T\n", {"actors"}) == "actor key=s name='T'\n");
    CHECK(csv("key,from,to\nk,a,b\n") ==
          "! t:1:1: the header can be read as actors and as relationships <- say --kind actors or --kind relationships");
    CHECK(csv("from,to,source,target\na,b,c,d\n").starts_with("! t:1:9: two pairs of columns can be the ends: 'from' and 'source'"));
    CHECK(csv("x,y\na,b\n").starts_with("! t:1:1: the header does not say what the rows are"));
    CHECK(csv("from,to,type,rel_type\na,b,T,U\n").starts_with("! t:1:14: two columns can be the type"));
    CHECK(csv("from,to,amount,Amount\na,b,1,2\n").starts_with("! t:1:16: a second column for 'amount'"));
}

TEST_CASE("--map names columns and sets constants") {
    CHECK(csv("Buyer,Seller,\"Value, EUR\"\na,b,5\n",
              {"", {"buyer=>from", "Seller=>to", "Value, EUR=>amount:float", "type:=CONTRACT", "currency:=EUR"}}) ==
          "a -CONTRACT-> b amount=5.0 currency='EUR'\n");
    CHECK(csv("from,to,junk\na,b,5\n", {"", {"junk=>"}}) == "a -LINKED-> b\n");
    CHECK(csv("name\nAnn\n", {"actors", {"type:=Person"}}) == "actor :Person name='Ann'\n");
    CHECK(csv("from,to\na,b\n", {"", {"nothing"}}).starts_with("! --map nothing: expected"));
}

TEST_CASE("kinds of cells are found, and told ones are kept") {
    const auto cell = [](const std::string& header, const std::string& value, const Asked& asked = {}) {
        const std::string out = csv("from;to;" + header + "\na;b;" + value + "\n", asked);
        const std::string lead = "a -LINKED-> b";
        if (!out.starts_with(lead)) return out;
        return out.substr(lead.size() + (out.size() > lead.size() + 1 ? 1 : 0));
    };
    CHECK(cell("x", "17") == "x=17\n");
    CHECK(cell("x", "-17") == "x=-17\n");
    CHECK(cell("x", "007") == "x='007'\n");
    CHECK(cell("x", "+7") == "x='+7'\n");
    CHECK(cell("x", "-0") == "x='-0'\n");
    CHECK(cell("x", "9223372036854775807") == "x=9223372036854775807\n");
    CHECK(cell("x", "-9223372036854775808") == "x=-9223372036854775808\n");
    CHECK(cell("x", "9223372036854775808") == "x='9223372036854775808'\n");
    CHECK(cell("x", "9223372036854775808.5") == "x='9223372036854775808.5'\n");
    CHECK(cell("x", "1.50") == "x=1.5\n");
    CHECK(cell("x", "0.125") == "x=0.125\n");
    CHECK(cell("x", "1.234") == "x='1.234'\n");
    CHECK(cell("x", "1.234", {"", {}, "."}) == "x=1.234\n");
    CHECK(cell("x", "1.234", {"", {}, ","}) == "x=1234\n");
    CHECK(cell("x", "1.234,5", {"", {}, ","}) == "x=1234.5\n");
    CHECK(cell("x", "1.234,5") == "x='1.234,5'\n");
    CHECK(cell("x", "1e+300") == "x=1e+300\n");
    CHECK(cell("x", "1e5") == "x='1e5'\n");
    CHECK(cell("x", "true") == "x=true\n");
    CHECK(cell("x", "True") == "x='True'\n");
    CHECK(cell("x", "2025-07-28") == "x=2025-07-28d\n");
    CHECK(cell("x", "2025-01..2025-04") == "x=2025-01..2025-04d\n");
    CHECK(cell("x", "2025") == "x=2025\n");
    CHECK(cell("x", "2025-13") == "x='2025-13'\n");
    CHECK(cell("x", "03/04/2025") == "x='03/04/2025'\n");
    CHECK(cell("date", "2025") == "date=2025d\n");
    CHECK(cell("date", "2025-07-28T00:00:00Z") == "date=2025-07-28d\n");
    CHECK(cell("date", "03/04/2025").starts_with("! t:2:5: date: '03/04/2025' is no date that can be read one way only"));
    CHECK(cell("date", "03/04/2025").ends_with("<- say how dates are written: --date-format %d/%m/%Y"));
    CHECK(cell("date", "03/04/2025", {"", {}, "", "%d/%m/%Y"}) == "date=2025-04-03d\n");
    CHECK(cell("date", "3 April 2025", {"", {}, "", "%d %B %Y"}) == "date=2025-04-03d\n");
    CHECK(cell("date", "31/02/2025", {"", {}, "", "%d/%m/%Y"}).starts_with("! t:2:5: date: '31/02/2025' is no date"));
    CHECK(cell("confidence", "0.7") == "confidence=0.7\n");
    CHECK(cell("confidence", "7").starts_with("! t:2:5: confidence: '7' is no confidence"));
    CHECK(cell("confidence", "0,7").starts_with("! t:2:5: confidence: '0,7' is not a confidence"));
    CHECK(cell("amount", "1.234,50").starts_with("! t:2:5: amount: '1.234,50' can be read as more than one number"));
    CHECK(cell("amount", "1.234").starts_with("! t:2:5: amount: '1.234' can be read as more than one number"));
    CHECK(cell("amount", "unknown") == "amount='unknown'\n");
    CHECK(cell("amount:float", "1.234,50").ends_with("<- say --decimal . or --decimal ,"));
    CHECK(cell("x:int", "7") == "x=7\n");
    CHECK(cell("x:int", "7.5").starts_with("! t:2:5: x: '7.5' is not an integer"));
    CHECK(cell("x:string", "7") == "x='7'\n");
    CHECK(cell("x:string", "\"\"") == "x=''\n");
    CHECK(cell("x:string", "") == "\n");
    CHECK(cell("x:bool", "Yes") == "x=true\n");
    CHECK(cell("x:date", "2025") == "x=2025d\n");
    CHECK(cell("x:datetime", "2025-07-28T14:30:00Z") == "x=2025-07-28T14:30Z\n");
    CHECK(cell("x:json", "\"[1,\"\"a\"\",2.5]\"") == "x=[1,\"a\",2.5]\n");
    CHECK(cell("x:string[]", "\"p;q\"") == "x=[\"p\",\"q\"]\n");
    CHECK(cell("x", "'=SUM(1)") == "x='=SUM(1)'\n");
    CHECK(cell("x", "'tis") == "x=''tis'\n");
    // one odd cell keeps the column as it was written
    CHECK(csv("from,to,x\na,b,1\na,b,2.5\na,b,\n") == "a -LINKED-> b x=1.0\na -LINKED-> b x=2.5\na -LINKED-> b\n");
    CHECK(csv("from,to,x\na,b,1\na,b,2.50\na,b,n/a\n") ==
          "a -LINKED-> b x='1'\na -LINKED-> b x='2.50'\na -LINKED-> b x='n/a'\n");
}

TEST_CASE("floats as programs write them") {
    const auto column = [](const std::string& cells, const std::string& name = "x", const Asked& asked = {}) {
        std::string text = "from\tto\t" + name + "\n";
        for (std::size_t at = 0; at < cells.size();) {
            const std::size_t end = std::min(cells.find(' ', at), cells.size());
            text += "a\tb\t" + cells.substr(at, end - at) + "\n";
            at = end + 1;
        }
        std::string out = csv(text, asked);
        const std::string lead = "a -LINKED-> b " + name + "=";
        for (std::size_t at = out.find(lead); at != std::string::npos; at = out.find(lead)) out.erase(at, lead.size());
        std::replace(out.begin(), out.end(), '\n', ' ');
        return out;
    };
    CHECK(column("1e-05") == "0.00001 ");
    CHECK(column("2 1e-05") == "2.0 0.00001 ");
    CHECK(column("1e-05 2 0.50") == "0.00001 2.0 0.5 ");
    CHECK(column("0.50 1E+05 -2.5e3 1.5E7") == "0.5 100000.0 -2500.0 15000000.0 ");
    CHECK(column("0e+00 1e-310") == "0.0 1e-310 ");
    CHECK(column(".5 -.5 5. 7") == "0.5 -0.5 5.0 7.0 ");
    CHECK(column("1 .5") == "1.0 0.5 ");
    CHECK(column("1,5e-05 2", "x", {"", {}, ","}) == "0.000015 2.0 ");
    CHECK(column("2 1e+06", "amount") == "2.0 1000000.0 ");
    CHECK(column("0.5 1e-05", "confidence") == "0.5 0.00001 ");
    for (const char* text : {"12E5", "1e5", "01e-05", "+1e-05", "1e-999", "1e", "1e-", ".", "-", "e-05", ".e-05", "1.5e", "1..5",
                             "1e-05x", "1. 2.", "1 2.", "1.5 NaN", "2e-05 NaN 3", "9007199254740993 1e-05", "1e-05 n/a",
                             "1,5e-05", ".123456789012345678"}) {
        std::string quoted;
        for (const char* c = text;; ++c) {
            if (quoted.empty() || (c > text && c[-1] == ' ')) quoted += '\'';
            if (*c == ' ' || *c == '\0') quoted += '\'';
            if (*c == '\0') break;
            quoted += *c;
        }
        INFO(text);
        CHECK(column(text) == quoted + " ");
    }
}

TEST_CASE("quoted newlines, doubled quotes and lines") {
    CHECK(csv("name,note\nAnn,\"one\ntwo\"\n\nBo,\"say \"\"hi\"\"\"\nC\"x\",d\n", {"", {}, "", "", false, false, true}) ==
          "2: actor name='Ann' note='one\ntwo'\n5: actor name='Bo' note='say \"hi\"'\n6: actor name='C\"x\"' note='d'\n");
}

TEST_CASE("bad rows are refused where they stand, or left out") {
    Asked skip;
    skip.skip_errors = true;
    skip.with_lines = true;
    CHECK(csv("name,note\nAnn,x\nBo\n") == "! t:3:3: the row has 1 field, expected 2 as in the header");
    CHECK(csv("name,note\nAnn,x\nBo,1,2\nC,3\n") == "! t:3:6: the row has 3 fields, expected 2 as in the header");
    CHECK(csv("name,note\nAnn,x\nBo,1,2\nC,3\n", skip) ==
          "2: actor name='Ann' note='x'\n4: actor name='C' note='3'\n"
          "rejected 3:6: the row has 3 fields, expected 2 as in the header <Bo,1,2>\n");
    CHECK(csv("name,note\n\"Ann\"x,y\n").starts_with("! t:2:6: something stands after the closing quote"));
    CHECK(csv("name,note\nAnn,\"x\nBo,y\n").starts_with("! t:2:5: a quote opens here and is not closed"));
    CHECK(csv("name,note\nAnn,\"x\nBo,y\n", skip) ==
          "3: actor name='Bo' note='y'\n"
          "rejected 2:5: a quote opens here and is not closed by the end of the file <Ann,\"x>\n");
    CHECK(csv("from,to\na,b\n,b\n") == "! t:3:1: no from, expected the key of an actor");
    CHECK(csv("key,name\n,\n") == "! t:2:1: an actor without key and name <- give it one of them");
    CHECK(csv(std::string("name,note\nAnn,x\nB\xc3\x28,y\n")).starts_with("! t:3:2: a byte that is not UTF-8"));
    CHECK(csv(std::string("from,to,date\na,b,2025\na,c,soon\nd,,2025\n"), skip) ==
          "2: a -LINKED-> b date=2025d\n"
          "rejected 3:5: date: 'soon' is no date that can be read one way only, expected 2025-07-28, 2025-07, 2025, "
          "2025-01..2025-04 and the like <a,c,soon>\n"
          "rejected 4:3: no to, expected the key of an actor <d,,2025>\n");
    CHECK(csv("source,target,type\n1,2,Directed\n1,3,Directed\n").find("directed") != std::string::npos);
}

TEST_CASE("files that are no tables") {
    CHECK(csv("") == "! t:1:1: the file is empty, expected a header");
    CHECK(csv("\n\n  \n") == "! t:1:1: the file is empty, expected a header");
    CHECK(csv("from,to\n") == "note t: no rows, only a header\n");
    CHECK(csv("from,to") == "note t: no rows, only a header\n");
    CHECK(csv(std::string("\xff\xfe" "f\0r\0", 6)).starts_with("! t:1:1: the text is UTF-16"));
    CHECK(csv(std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16)).starts_with("! t:1:1: a NUL byte near the start"));
    CHECK(csv("from,to\ra,b\r").starts_with("! t:1:1: lines end in carriage returns alone"));
    CHECK(csv("from,\"to\n").starts_with("! t:1:1: a quote in the header is not closed"));
    CHECK(csv(",from,to\n0,a,b\n") == "a -LINKED-> b\nnote t:1:1: a column without a name was left out\n");
    std::string nul = "name,note\n" + std::string(2000, 'x') + ",y\nBo,";
    nul += '\0';
    CHECK(csv(nul + "\n").starts_with("! t:3:4: a NUL byte, expected text"));
}

TEST_CASE("many chunks and threads give the same rows in the same order") {
    std::string text = "from,to,type,amount,note\n";
    std::string wanted;
    for (int i = 0; i < 60000; ++i) {
        const std::string n = std::to_string(i);
        text += "a" + n + ",b" + n + ",T," + n + (i % 7 == 0 ? ",\"two\nlines, \"\"" + n + "\"\"\"\n" : ",\n");
        wanted += "a" + n + " -T-> b" + n + " amount=" + n +
                  (i % 7 == 0 ? " note='two\nlines, \"" + n + "\"'" : "") + "\n";
    }
    for (const int threads : {1, 2, 5}) {
        const entente::importers::TemporaryDirectory here;
        RecordingSink sink;
        Asked asked;
        asked.threads = threads;
        read_file(here.write("t", text), false, asked, sink);
        CHECK(sink.gapless());
        CHECK((sink.text() == wanted));
    }
    Asked asked;
    asked.threads = 4;
    std::string broken = text;
    broken += "a,b\n";
    broken.insert(broken.find("a30000,"), "x,y\n");
    for (int i = 0; i < 5; ++i) {
        CHECK(csv(broken, asked) == csv(broken));
        CHECK(csv(broken, asked).find("the row has 2 fields") != std::string::npos);
    }
}

TEST_CASE("a record may be long, but not endless") {
    const std::string big(3U << 20U, 'x');
    CHECK(csv("name,note\nAnn,\"" + big + "\"\nBo,y\n") == "actor name='Ann' note='" + big + "'\nactor name='Bo' note='y'\n");
    const std::string endless = "name,note\nAnn,\"" + std::string(70U << 20U, 'x');
    CHECK(csv(endless).starts_with("! t:2:1: a row of more than 64 MiB begins here"));
}

TEST_CASE("an object in a cell stays its JSON text") {
    CHECK(csv("key,p:json\na,\"{\"\"x\"\":1}\"\nb,\"[1,{\"\"y\"\":2}]\"\n") ==
          "actor key=a p='{\"x\":1}'\nactor key=b p=[1,\"{\\\"y\\\":2}\"]\n");
}

TEST_CASE("a carriage return alone is pointed out") {
    CHECK(csv("key,name\na,A\rb,B\nc,C\n").find("the row has 3 fields, expected 2 as in the header; a carriage return alone stands in it, which ends no line here") !=
          std::string::npos);
    CHECK(csv("key,name\r\na,A,x\r\n").find("carriage") == std::string::npos);
}

TEST_CASE("what a row of an actor is known from is its evidence") {
    CHECK(csv("key,name,source,locator,excerpt,grade,confidence,retrievedAt\na,A,s,p. 2,so,b2,0.5,2025\nb,B,s,,,,,\nc,C,,p. 9,,,,\n") ==
          "actor key=a name='A'\nactor key=b source=s name='B'\nactor key=c locator='p. 9' name='C'\n"
          "evidence of a s 'p. 2' 'so' B2 0.5 looked up 2025\n");
    // a name alone cannot be cited; a point and Neo4j's words make properties
    CHECK(csv("name,source\nA,s\n") == "actor name='A' source='s'\n");
    CHECK(csv("key,.source\na,s\n") == "actor key=a source='s'\n");
    CHECK(csv(":ID,source\na,s\n").starts_with("actor key=a source='s'"));
    CHECK(csv("key,name,source,locator\n,A,s,p\n") == "! t:2:4: evidence of an actor without key, expected a key");
    CHECK(csv("key,source,grade\na,s,Z9\n").starts_with("! t:2:5: grade: 'Z9' is no grade"));
    Asked skip;
    skip.skip_errors = true;
    CHECK(csv("key,source,confidence\na,s,7\nb,s,1\n", skip) ==
          "actor key=b\nevidence of b s '' ''  1\nrejected 2:5: a confidence, expected a number from 0 to 1 <a,s,7>\n");
}
