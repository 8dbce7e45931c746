// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "support.hpp"

using namespace entente::importers;

namespace {

std::string bods(const std::string& text, Asked asked = {}) { return graph("bods", text, std::move(asked)); }

std::string statement(const std::string& id, const std::string& type, const std::string& record, const std::string& details, const std::string& more = "") {
    return R"({"statementId":")" + id + R"(","statementDate":"2024-05-01","recordType":")" + type + R"(","recordId":")" + record +
           R"(","recordDetails":{)" + details + "}" + more + "}\n";
}

const std::string kCompany = statement("s1", "entity", "c", R"("name":"C Ltd","entityType":{"type":"registeredEntity"},"jurisdiction":{"name":"Kenya","code":"KE"},"foundingDate":"2010-02",)"
                                                            R"("identifiers":[{"scheme":"KE-RSC","id":"77"}],"addresses":[{"type":"registered","address":"1 Road","postCode":"00100","country":{"code":"KE"}}],"isComponent":false)");
const std::string kPerson = statement("s2", "person", "p", R"("personType":"knownPerson","names":[{"type":"alias","fullName":"Bo"},{"type":"legal","givenName":"Ann","familyName":"Lind"}],)"
                                                           R"("nationalities":[{"code":"SE"}],"birthDate":"1970-01")");

}  // namespace

TEST_CASE("statements of version 0.4") {
    const std::string tie = statement("s3", "relationship", "r", R"("isComponent":false,"subject":"c","interestedParty":"p","interests":[)"
        R"({"type":"shareholding","directOrIndirect":"direct","beneficialOwnershipOrControl":true,"share":{"minimum":25,"exclusiveMaximum":50},"startDate":"2019-01-01"},)"
        R"({"type":"votingRights","share":{"exact":75.5},"endDate":"2020"},{"type":"boardChair"},{"type":"unknownInterest"}])",
        R"(,"source":{"type":["officialRegister"],"url":"https://r.example","description":"The register","retrievedAt":"2024-05-02"},"publicationDetails":{"publisher":{"name":"Pub"},"license":"CC0"})");
    const std::string wanted =
        "actor key=c :Company address='1 Road' country='KE' entityType='registeredEntity' identifiers='KE-RSC 77' incorporationDate=2010-02d isComponent=false jurisdiction='KE' name='C Ltd' postCode='00100' statementDate=2024-05-01d\n"
        "actor key=p :Person aliases=[\"Bo\"] birthDate=1970-01d name='Ann Lind' nationality='SE' personType='knownPerson' statementDate=2024-05-01d\n"
        "p -OWNERSHIP-> c id=r/1 source=https://r.example beneficialOwnershipOrControl=true directOrIndirect='direct' isComponent=false percentageMax=50 percentageMin=25 role='shareholding' share.exclusiveMaximum=50 startDate=2019-01-01d statementDate=2024-05-01d\n"
        "p -CONTROL-> c id=r/2 source=https://r.example endDate=2020d isComponent=false percentage=75.5 role='votingRights' statementDate=2024-05-01d\n"
        "p -DIRECTORSHIP-> c id=r/3 source=https://r.example isComponent=false role='boardChair' statementDate=2024-05-01d\n"
        "p -INTEREST-> c id=r/4 source=https://r.example isComponent=false role='unknownInterest' statementDate=2024-05-01d\n"
        "source https://r.example title=The register publisher=Pub url=https://r.example date=2024-05-02 licence=CC0 type='officialRegister'\n";
    CHECK(bods(kCompany + kPerson + tie) == wanted);
    std::string array = kCompany + "," + kPerson + "," + tie;
    CHECK(graph("?", "[" + array + "]") == wanted);
    // what is no date is none of the source's
    std::string odd = tie;
    odd.replace(odd.find("2024-05-02"), 10, "last week");
    CHECK(bods(kCompany + kPerson + odd).ends_with("licence=CC0 retrievedAt='last week' type='officialRegister'\n"));
}

TEST_CASE("statements of version 0.3") {
    const std::string text = R"([{"statementID":"e1","statementType":"entityStatement","statementDate":"2020-01-01","entityType":"registeredEntity","name":"E","incorporatedInJurisdiction":{"code":"GB"}},
{"statementID":"q1","statementType":"personStatement","names":[{"type":"individual","fullName":"Q"}]},
{"statementID":"e2","statementType":"entityStatement","statementDate":"2021-01-01","entityType":"registeredEntity","name":"E renamed","replacesStatements":["e1"]},
{"statementID":"o1","statementType":"ownershipOrControlStatement","statementDate":"2021-01-01","subject":{"describedByEntityStatement":"e2"},"interestedParty":{"describedByPersonStatement":"q1"},
 "interests":[{"type":"voting-rights","interestLevel":"indirect","share":{"exact":30}}]}])";
    CHECK(graph("?", text) ==
          "actor key=e1 :Company entityType='registeredEntity' jurisdiction.code='GB' name='E' statementDate=2020-01-01d\n"
          "actor key=q1 :Person name='Q'\n"
          "actor key=e1 :Company entityType='registeredEntity' name='E renamed' statementDate=2021-01-01d\n"
          "q1 -CONTROL-> e1 id=o1/1 directOrIndirect='indirect' percentage=30 role='voting-rights' statementDate=2021-01-01d\n");
}

TEST_CASE("later, closed and unspecified") {
    const std::string first = statement("a", "relationship", "r", R"("subject":"c","interestedParty":"p","interests":[{"type":"shareholding"},{"type":"trustee"}])");
    std::string second = first;
    second.replace(second.find("2024"), 4, "2025");
    second.replace(second.find("{\"type\":\"shareholding\"},"), 24, "");
    // an earlier one that comes later is left out
    CHECK(bods(second + first) ==
          "p -CONTROL-> c id=r/1 role='trustee' statementDate=2025-05-01d\nnote t: not read: statements that an earlier one in the text supersedes by its date (1)\n");
    CHECK(bods(first + second).find("note t: interests that a later statement no longer tells of, kept as they were told (1)\n") != std::string::npos);
    CHECK(bods(statement("a", "relationship", "r", R"("subject":"c","interestedParty":"p","interests":[{"type":"shareholding"}])", R"(,"recordStatus":"closed")")) ==
          "p -OWNERSHIP-> c id=r/1 endDate=2024-05-01d recordStatus='closed' role='shareholding' statementDate=2024-05-01d\n");
    // a record that is closed ends what its statement no longer lists, too
    std::string last = statement("a", "relationship", "r", R"("subject":"c","interestedParty":"p","interests":[{"type":"shareholding"}])", R"(,"recordStatus":"closed")");
    last.replace(last.find("2024"), 4, "2025");
    CHECK(bods(first + last) ==
          "p -OWNERSHIP-> c id=r/1 role='shareholding' statementDate=2024-05-01d\np -CONTROL-> c id=r/2 role='trustee' statementDate=2024-05-01d\n"
          "p -OWNERSHIP-> c id=r/1 endDate=2025-05-01d recordStatus='closed' role='shareholding' statementDate=2025-05-01d\n"
          "p -CONTROL-> c id=r/2 endDate=2025-05-01d recordStatus='closed' statementDate=2025-05-01d\n");
    last.replace(last.find("{\"type\":\"shareholding\"}"), 23, "");
    CHECK(bods(first + last) ==
          "p -OWNERSHIP-> c id=r/1 role='shareholding' statementDate=2024-05-01d\np -CONTROL-> c id=r/2 role='trustee' statementDate=2024-05-01d\n"
          "p -OWNERSHIP-> c id=r/1 endDate=2025-05-01d recordStatus='closed' statementDate=2025-05-01d\n"
          "p -CONTROL-> c id=r/2 endDate=2025-05-01d recordStatus='closed' statementDate=2025-05-01d\n");
    CHECK(bods(statement("a", "relationship", "r", R"("subject":"c","interestedParty":{"reason":"subjectUnableToConfirm","description":"so they say"})")) ==
          "actor key=r/interestedParty :UnspecifiedParty description='so they say' name='unspecified: subjectUnableToConfirm' reason='subjectUnableToConfirm'\n"
          "r/interestedParty -INTEREST-> c id=r/1 statementDate=2024-05-01d\n");
    CHECK(bods(statement("a", "relationship", "r", R"("subject":"c","interestedParty":{"reason":"noBeneficialOwners"},"interests":[])")) ==
          "note t: not read: statements that there is nobody to name (noBeneficialOwners) (1)\n");
    CHECK(bods(statement("a", "spaceship", "r", "")) == "note t: not read: statements of the kind spaceship (1)\n");
}

TEST_CASE("bad statements are refused where they stand") {
    CHECK(bods("") == "! t:1:1: the file is empty, expected statements");
    CHECK(bods("17") == "! t:1:3: a value alone, expected a statement as an object");
    CHECK(bods("[[") == "! t:1:2: a list in the list of statements, expected an object");
    CHECK(bods("\n{}") == "! t:2:1: a statement without statementId");
    CHECK(bods(R"({"statementId":"a","recordType":"entity"})") == "! t:1:1: a statement without recordId");
    CHECK(bods(R"({"statementId":"a","recordType":"entity","recordId":"r","recordDetails":[]})") == "! t:1:1: recordDetails: expected an object");
    CHECK(bods(R"({"statementId":["a"]})") == "! t:1:1: statementId: a list or an object, expected a text");
    CHECK(bods(R"({"statementId":"a"})") == "! t:1:1: a statement without recordType or statementType");
    CHECK(bods(statement("a", "relationship", "r", R"("subject":"c")")) == "! t:1:1: a relationship without interestedParty");
    CHECK(bods(statement("a", "relationship", "r", R"("subject":17,"interestedParty":"p")")) == "! t:1:1: subject: 17, expected the id of a record");
    CHECK(bods(statement("a", "relationship", "r", R"("subject":"c","interestedParty":"p","interests":[5])")) == "! t:1:1: interests: 5 in the list, expected an object");
    CHECK(bods(statement("a", "relationship", "r", R"("subject":"c","interestedParty":"p","interests":[{"share":5}])")) == "! t:1:1: share: 5, expected an object");
    CHECK(bods(kPerson + R"({"statementId":)" + std::string(100000, '[')).find("deeper than 64 levels") != std::string::npos);
    CHECK(bods(kPerson + statement("a", "person", "", "") + kCompany, {.skip_errors = true}).find("rejected 2:1: a statement without recordId") != std::string::npos);
}
