// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/commands.hpp"

namespace entente::cli {
namespace {

class Compact : public Command {
public:
    void setup(Options& options) override { write_.setup(options); }

    int run(Context& context) override {
        Database database = open_to_write(context, write_, false);
        const auto sizes = database.compact();
        context.out << fmt::format("{} bytes before, {} after\n", sizes.before, sizes.after);
        return answered;
    }

private:
    WriteOptions write_;
};

constexpr Example kExamples[] = {{"entente compact", "shrink entente.db to what it needs"}};

}  // namespace

extern const CommandEntry kCompact;
constinit const CommandEntry kCompact{
    .name = "compact",
    .topic = Topic::file,
    .line = "shrink the file to what it needs",
    .words = "",
    .least = 0,
    .most = 0,
    .description = "A database file never shrinks by itself: room that removals leave is kept for "
                   "what comes next. This writes the file anew, without holes, and puts it in the "
                   "place of the old one in a single step. Nothing is lost, history stays.",
    .examples = kExamples,
    .make = make_command<Compact>,
};

}  // namespace entente::cli
