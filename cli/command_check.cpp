// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"

namespace entente::cli {
namespace {

class Check : public Command {
public:
    void setup(Options&) override {}

    int run(Context& context) override {
        storage::CheckReport report;
        {
            Progress progress(context);
            report = storage::check(context.database,
                                    [&](double share) { progress.update("checking", share); });
        }
        if (report.problems.empty()) {
            context.out << fmt::format("{}: sound, {} and {}\n", escape_controls(context.database),
                                       counted(report.pages, "page"),
                                       counted(report.blocks, "block"));
            return answered;
        }
        for (const std::string& problem : report.problems) {
            context.out << escape_controls(problem) << "\n";
        }
        throw Error(ErrorKind::corrupt,
                    fmt::format("{} is broken: {} found", context.database,
                                counted(report.problems.size(), "fault")),
                    "restore the file from a copy, or import its data again into a new one");
    }
};

constexpr Example kExamples[] = {{"entente check", "is every byte of entente.db as it should be?"}};

}  // namespace

extern const CommandEntry kCheck;
constinit const CommandEntry kCheck{
    .name = "check",
    .topic = Topic::file,
    .line = "test whether the file is sound",
    .words = "",
    .least = 0,
    .most = 0,
    .description = "Reads the whole file, verifies every checksum and every rule, and names what is "
                   "broken. Changes nothing. Exit status 0 when the file is sound, 4 when it is not.",
    .examples = kExamples,
    .make = make_command<Check>,
};

}  // namespace entente::cli
