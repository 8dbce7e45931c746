// SPDX-License-Identifier: MIT
#include "cli/options.hpp"

#include <catch2/catch.hpp>

#include "core/error.hpp"

using namespace entente;
using namespace entente::cli;

namespace {

struct Asked {
    bool all = false;
    std::string name;
    std::vector<std::string> types;
    std::vector<std::string> raw;
    std::optional<std::uint64_t> hops;
    std::optional<double> share;
    std::optional<Date> at;
    std::string direction;
    bool help = false;
    std::vector<std::string> words;
};

Asked parse(const std::vector<std::string>& arguments) {
    Asked asked;
    Options options;
    options.flag("all", asked.all, "every one");
    options.text("name,o", asked.name, "FILE", "a name");
    options.list("type", asked.types, "TYPE", "types");
    options.texts("raw", asked.raw, "TEXT", "texts");
    options.whole("hops,n", asked.hops, "N", "steps", 1, 100);
    options.number("min-confidence", asked.share, "X", "share", 0, 1);
    options.date("at", asked.at, "time");
    options.choice("direction", asked.direction, {"any", "out", "in"}, "way");
    asked.words = parse_options(options, arguments, asked.help);
    return asked;
}

/// The message and the advice of the error that the arguments give.
std::string refused(const std::vector<std::string>& arguments) {
    try {
        parse(arguments);
    } catch (const Error& error) {
        CHECK(error.kind() == ErrorKind::usage);
        return std::string(error.what()) + " | " + error.advice();
    }
    return "accepted";
}

}  // namespace

TEST_CASE("options stand anywhere among the words") {
    const Asked asked = parse({"Aliyev", "--hops", "3", "SOCAR Energy", "--all", "-o", "x.svg"});
    CHECK(asked.words == std::vector<std::string>{"Aliyev", "SOCAR Energy"});
    CHECK(asked.hops == 3);
    CHECK(asked.all);
    CHECK(asked.name == "x.svg");
}

TEST_CASE("values may be attached") {
    const Asked asked = parse({"--hops=7", "-ofile", "--at=2025-07"});
    CHECK(asked.hops == 7);
    CHECK(asked.name == "file");
    CHECK(asked.at->text() == "2025-07");
    CHECK(parse({"-n5"}).hops == 5);
}

TEST_CASE("lists take commas and repetition, texts only repetition") {
    const Asked asked = parse({"--type", "MEETING, AID", "--type=CONTRACT", "--raw", "a,b", "--raw", "c"});
    CHECK(asked.types == std::vector<std::string>{"MEETING", "AID", "CONTRACT"});
    CHECK(asked.raw == std::vector<std::string>{"a,b", "c"});
}

TEST_CASE("two dashes end the options, one dash is a word") {
    const Asked asked = parse({"-", "--", "--all", "-n"});
    CHECK(asked.words == std::vector<std::string>{"-", "--all", "-n"});
    CHECK_FALSE(asked.all);
}

TEST_CASE("help is seen beside anything") {
    CHECK(parse({"--nonsense", "--help"}).help);
    CHECK(parse({"-h"}).help);
    CHECK_FALSE(parse({"--", "--help"}).help);
}

TEST_CASE("options are never guessed from a prefix") {
    CHECK(refused({"--dir", "in"}) == "unknown option --dir | did you mean --direction?");
    CHECK(refused({"--al"}).starts_with("unknown option --al | did you mean --all"));
}

TEST_CASE("what is wrong is named") {
    CHECK(refused({"--directoin", "in"}) == "unknown option --directoin | did you mean --direction?");
    CHECK(refused({"--zzzzzz"}) == "unknown option --zzzzzz | ");
    CHECK(refused({"-x"}) == "unknown option -x | ");
    CHECK(refused({"--hops"}) == "--hops needs a value | ");
    CHECK(refused({"--all=yes"}) == "--all takes no value | ");
    CHECK(refused({"--hops", "three"}) ==
          "--hops wants a whole number from 1 to 100, not \"three\" | ");
    CHECK(refused({"--hops", "0"}).starts_with("--hops wants"));
    CHECK(refused({"--hops", "-1"}).starts_with("--hops wants"));
    CHECK(refused({"--hops", "3 "}).starts_with("--hops wants"));
    CHECK(refused({"--hops", "99999999999999999999"}).starts_with("--hops wants"));
    CHECK(refused({"--min-confidence", "1.5"}) ==
          "--min-confidence wants a number from 0 to 1, not \"1.5\" | ");
    CHECK(refused({"--min-confidence", "nan"}).starts_with("--min-confidence wants"));
    CHECK(refused({"--min-confidence", "0,5"}).starts_with("--min-confidence wants"));
    CHECK(refused({"--at", "2025-02-30"}).starts_with("--at wants a date"));
    CHECK(refused({"--direction", "up"}) == "--direction wants one of any, out, in, not \"up\" | ");
    CHECK(refused({"--type", ","}).starts_with("--type wants"));
}
