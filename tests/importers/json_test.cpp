// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "support.hpp"

using namespace entente::importers;

TEST_CASE("one object, lines and plain records read as the same") {
    const std::string wanted =
        "actor key=a :Company :LegalEntity aliases=[\"A.\"] founded=1990 name='Ann'\n"
        "a -MEETING-> b date=2025-07d share=0.5\n"
        "source s title=T url=u\n";
    CHECK(json(R"({"actors":[{"key":"a","type":["Company","LegalEntity"],"name":"Ann","aliases":["A."],"founded":1990}],
                   "relationships":[{"from":"a","to":"b","type":"MEETING","date":"2025-07","share":0.5}],
                   "sources":[{"key":"s","title":"T","url":"u"}]})") == wanted);
    CHECK(json("{\"actor\":{\"key\":\"a\",\"types\":[\"Company\",\"LegalEntity\"],\"name\":\"Ann\",\"aliases\":\"A.\",\"founded\":1990}}\n"
               "{\"relationship\":{\"from\":\"a\",\"to\":\"b\",\"type\":\"MEETING\",\"date\":\"2025-07\",\"share\":0.5}}\n"
               "{\"source\":{\"key\":\"s\",\"title\":\"T\",\"url\":\"u\"}}\n") == wanted);
    CHECK(json("{\"key\":\"a\",\"type\":[\"Company\",\"LegalEntity\"],\"name\":\"Ann\",\"aliases\":[\"A.\"],\"properties\":{\"founded\":1990}}\n"
               "{\"source\":\"a\",\"target\":\"b\",\"type\":\"MEETING\",\"date\":\"2025-07\",\"share\":0.5}\n"
               "{\"source\":{\"key\":\"s\",\"title\":\"T\",\"url\":\"u\"}}\n") == wanted);
    CHECK(json(R"([{"from":"a","to":"b"},{"from":1,"to":2,"id":3}])") == "a -LINKED-> b\n1 -LINKED-> 2 id=3\n");
}

TEST_CASE("values keep their kinds") {
    CHECK(json(R"({"actor":{"name":"A","i":5,"r":5.0,"t":"5","b":true,"n":null,"l":[1,"x",[2.5]],"o":{"c":{"d":1}},
                   "d":{"date":"2025-07~"},"day:day":"2025-07-28","big":12345678901234567890,"m:string":7,"lo":[{"x":1}]}})") ==
          "actor b=true big='12345678901234567890' d=2025-07~d day=2025-07-28 i=5 l=[1,\"x\",[2.5]] "
          "lo=[\"{\\\"x\\\":1}\"] m='7' name='A' o.c.d=1 r=5.0 t='5'\n");
    CHECK(json(R"({"type":{"type":"MEETING","symmetric":true,"verb":"met"}} {"types":[{"type":"Company","kind":"actor","broader":"X"}]})")
              .starts_with("type MEETING symmetric"));
}

TEST_CASE("times in any spelling of ISO 8601") {
    CHECK(json(R"({"actor":{"key":"a","t":{"time":"12:30:00"},"u":{"time":"12:30:06.500"},"x":{"datetime":"2001-02-03T04:05:00Z"},"y":{"datetime":"2001-02-03 04:05:06.500+00:00"},)"
               R"("z":{"datetime":"2001-02-03T04:05:00.000+0100"},"p":{"duration":"PT90M"},"q":{"duration":"P2WT0.5S"},"r":{"duration":"P"},"d":{"date":"2001-02-03T00:00:00Z"}}})") ==
          "actor key=a d=2001-02-03d p=PT1H30M q=P14DT0.5S r.duration='P' t=12:30 u=12:30:06.5 x=2001-02-03T04:05Z y=2001-02-03T04:05:06.5Z z=2001-02-03T04:05+01:00\n");
    CHECK(csv("key,x:datetime,p:duration\na,2001-02-03T04:05:06.500Z,PT90M\n") == "actor key=a p=PT1H30M x=2001-02-03T04:05:06.5Z\n");
    CHECK(csv("key,x:time\na,12:30:\n").starts_with("! t:2:3: x: '12:30:' is not a time"));
    CHECK(csv("key,x:duration\na,P1H\n").starts_with("! t:2:3: x: 'P1H' is not a duration"));
}

TEST_CASE("bad JSON is refused where it stands") {
    CHECK(json("") == "! t:1:1: the file is empty, expected JSON");
    CHECK(json("{\"actor\":{\"name\":\"A\"}}\n{\"actor\":{\"name\":\"B\"}\n").starts_with("! t:3:1: this is no JSON: "));
    CHECK(json("{\"actor\":\n {\"name\":nul}}").starts_with("! t:2:"));
    CHECK(json("5").starts_with("! t:1:2: a value alone") );
    CHECK(json("[5]").starts_with("! t:1:3: a value in a list"));
    CHECK(json("{\"actors\":[5]}").find("a value in a list of records") != std::string::npos);
    CHECK(json("{\"relationship\":{\"from\":\"a\"}}").starts_with("! t:1:17: relationships: the record lacks"));
    CHECK(json("{\"relationship\":{\"from\":\"a\",\"to\":\"b\",\"date\":\"03/04/2025\"}}")
              .starts_with("! t:1:45: date: '03/04/2025' is no date that can be read one way only"));
    CHECK(json("{\"relationship\":{\"from\":\"a\",\"to\":\"b\",\"status\":\"refuted\"}}").starts_with("! t:1:47: status: 'refuted' is no status"));
    CHECK(json("{\"relationship\":{\"from\":\"a\",\"to\":\"b\",\"status\":5}}").starts_with("! t:1:47: status: '5' is no status"));
    CHECK(json("{\"colour\":\"red\"}").starts_with("! t:1:1: the record does not say what the rows are"));
    CHECK(json("{\"actor\":{\"name\":\"\xc3\x28\"}}").find("this is no JSON") != std::string::npos);
    CHECK(json("{\"actor\":{\"name\":\"" + std::string(1000, 'x') + std::string(1, '\0') + "\"}}").find("a NUL byte") != std::string::npos);
    CHECK(json("{\"actor\":{\"name\":\"A\",\"x\":" + std::string(1000000, '[')).find("deeper than 64 levels") != std::string::npos);
    CHECK(json("{\"z\":" + std::string(1000000, '[')).find("deeper than 64 levels") != std::string::npos);
    CHECK(json(std::string(1000000, '[')).find("a value in a list of records") != std::string::npos);
    CHECK(json("{\"actor\":{\"name\":\"" + std::string(70U << 20U, 'x')).find("more than 64 MiB") != std::string::npos);
}

TEST_CASE("what stands beside the lists is named") {
    CHECK(json(R"({"actors":[{"key":"a"}],"relatonships":[{"from":"a","to":"a"},{}],"evidence":[],"version":1})") ==
          "actor key=a\nnote t: not read: members 'evidence' of the outermost object; evidence stands in its relationship or actor (1)\n"
          "note t: not read: members 'relatonships' of the outermost object, did you mean 'relationships'? (2)\n"
          "note t: not read: members 'version' of the outermost object (1)\n");
}

TEST_CASE("a record that is left out is kept whole, and its date is pointed at") {
    Asked skip;
    skip.skip_errors = true;
    skip.lines = true;
    const std::string record = "{\"relationship\":{\"from\":\"a\",\"to\":\"b\",\"x\":{\"y\":1},\"date\": \"31/12/2020\"}}";
    CHECK(json(record + "\n", skip).find("rejected 1:58: date: '31/12/2020' is no date that can be read one way only") != std::string::npos);
    CHECK(json(record + "\n", skip).find("<" + record + ">") != std::string::npos);
    CHECK(json("{\"from\":\"a\",\"to\":\"b\",\"date\":\"x\"}\n", skip).find("<{\"from\":\"a\",\"to\":\"b\",\"date\":\"x\"}>") != std::string::npos);
    skip.lines = false;
    CHECK(json("{\"actors\":[{\"key\":\"a\",\n\"startDate\":\"x\"}]}", skip).find("rejected 2:13: startDate: 'x'") != std::string::npos);
    CHECK(json("{\"actors\":[{\"key\":\"a\",\"startDate\":\"x\"}]}", skip).find("<{\"key\":\"a\",\"startDate\":\"x\"}>") != std::string::npos);
}

TEST_CASE("bad lines can be left out") {
    Asked skip;
    skip.skip_errors = true;
    skip.lines = true;
    const std::string out = json("{\"actor\":{\"name\":\"A\"}}\n{\"actor\":{\"name\":}}\n{\"relationship\":{\"from\":\"a\"}}\n"
                                 "{\"actor\":{\"name\":\"B\"}} x\n{\"actor\":{\"name\":\"C\"}}", skip);
    CHECK(out.starts_with("actor name='A'\nactor name='B'\nactor name='C'\nrejected 2:18: this is no JSON"));
    CHECK(out.find("rejected 3:17: relationships: the record lacks") != std::string::npos);
}
