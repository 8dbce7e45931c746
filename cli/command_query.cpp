// SPDX-License-Identifier: MIT
#include <iostream>
#include <iterator>

#include "cli/commands.hpp"
#include "cli/statement.hpp"
#include "core/error.hpp"
#include "core/query/answer_table.hpp"
#include "core/query/failure_text.hpp"
#include "core/query/script.hpp"
#include "core/query/standard_procedures.hpp"

namespace entente::cli {
namespace {

class Query : public Command {
public:
    void setup(Options& options) override {
        statement_.setup(options);
        write_.setup(options);
    }

    int run(Context& context) override {
        statement_.resolve();
        std::string name = "query";
        const std::string text = text_of(context, name);
        const auto statements = query::split_statements(text);
        if (statements.empty()) throw Error(ErrorKind::usage, "there is no statement to run");
        int status = answered;
        for (const std::string_view each : statements) {
            try {
                status = ask(context, each);
            } catch (const query::Failure& failure) {
                throw query::in_script(failure, each, text, name);
            }
        }
        return status;
    }

private:
    /// What is to be run, and in `name` where it is from, if not from the command itself.
    static std::string text_of(const Context& context, std::string& name) {
        if (context.words.empty() || context.words[0] == "-") {
            name = "script";
            return {std::istreambuf_iterator<char>(std::cin), {}};
        }
        if (context.words[0].starts_with('@')) {
            name = context.words[0].substr(1);
            return read_script(name);
        }
        return context.words[0];
    }

    int ask(Context& context, std::string_view text) {
        query::Prepared prepared(text, query::standard_procedures(), statement_.parameters());
        const auto mode = prepared.statement().mode;
        if (mode == query::Statement::Mode::explain) {
            const Database database = open_to_read(context);
            const storage::Reader reader = statement_.read(database);
            return write_plan(context, prepared.plan(reader, statement_.bounds()), nullptr, statement_.output);
        }
        const bool profile = mode == query::Statement::Mode::profile;
        if (!prepared.writes()) {
            const Database database = open_to_read(context);
            const storage::Reader reader = statement_.read(database);
            const query::Answer answer = prepared.run(reader, nullptr, statement_.bounds());
            if (profile) return write_plan(context, prepared.plan(reader), &answer, statement_.output);
            return write_answer(context, prepared, answer, reader, statement_.output, statement_.reading());
        }
        statement_.expect_writing("the statement writes");
        Database database = open_to_write(context, write_, true);
        storage::Writer writer = database.write(context.text);
        const query::Answer answer = prepared.run(writer.reader(), &writer, statement_.bounds());
        if (query::sentence(answer.changes).empty()) return write_answer(context, prepared, answer, writer.reader(), statement_.output);
        writer.commit();
        tell_created(context, database);
        const storage::Reader reader = database.read();
        if (profile) return write_plan(context, prepared.plan(reader), &answer, statement_.output);
        return write_answer(context, prepared, answer, reader, statement_.output);
    }

    StatementOptions statement_;
    WriteOptions write_;
};

constexpr Example kExamples[] = {
    {"entente query \"MATCH (a)-[r:MEETING]-(b) RETURN a.name, b.name, r.date ORDER BY r.date\"", "who met whom"},
    {"entente query 'MATCH (a) WHERE key(a) = $who MATCH (a)--(b) RETURN b' --param who=aliyev", "with a parameter"},
    {"entente query @questions.cypher --format json", "statements of a file, answers for a program"},
    {"entente query 'CALL entente.betweenness({types: [\"MEETING\"]}) YIELD actor, score RETURN actor.name, score LIMIT 5'",
     "an analysis within a query"},
    {"entente query 'PROFILE MATCH (a:Person)-->(b:Company) RETURN count(*)'", "how it is answered, step by step"},
};

}  // namespace

extern const CommandEntry kQuery;
constinit const CommandEntry kQuery{
    .name = "query",
    .topic = Topic::ask,
    .line = "ask or change the network in openCypher",
    .words = "[CYPHER|@FILE]",
    .least = 0,
    .most = 1,
    .description =
        "Runs statements of openCypher 9, several with semicolons between them; without a word, or for -, they are read "
        "from standard input. An actor's types are its labels, a relationship is matched in the direction it is "
        "stored in, whatever its type, and every status counts: leave out what is denied with a condition.\n\n"
        "Beyond the standard: key(a), sources(r), evidence(r), similarity(a.name, 'Zelensky'), and every measure as a "
        "procedure: CALL entente.pagerank() YIELD actor, score; also communities, components, bridges, brokers, matrix, "
        "summary, neighbors, path, connect and compare. CALL entente.procedures() and CALL entente.functions() "
        "list all of them. Paths: shortestPath((a)-[*]-(b)), or MATCH p = ALL SHORTEST (a)-[*]-(b).\n\n"
        "A statement that writes is one change set, which `entente undo` takes back; one that fails leaves nothing. "
        "EXPLAIN before a statement shows its plan, PROFILE also how many rows each step had.",
    .examples = kExamples,
    .make = make_command<Query>,
};

}  // namespace entente::cli
