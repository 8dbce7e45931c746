// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "core/error.hpp"
#include "core/names/similarity.hpp"
#include "importers/importers.hpp"

namespace entente::cli {
namespace {

class Mappings : public Command {
public:
    void setup(Options& options) override { output_.setup(options); }

    int run(Context& context) override {
        if (!context.words.empty()) return print(context, context.words.front());
        Table table;
        table.columns = {{"name"}, {"for"}};
        for (const importers::SavedMapping& m : importers::saved_mappings())
            table.rows.push_back({m.name, m.title});
        write_table(context, table, output_);
        return answered;
    }

private:
    static int print(Context& context, const std::string& name) {
        std::vector<std::string> names;
        for (const importers::SavedMapping& m : importers::saved_mappings()) {
            if (m.name == name) {
                context.out << m.text;
                return answered;
            }
            names.push_back(m.name);
        }
        throw Error(ErrorKind::usage, fmt::format("there is no mapping '{}' at hand", name),
                    fmt::format("there are {}", fmt::join(names, ", ")));
    }

    OutputOptions output_;
};

constexpr Example kExamples[] = {
    {"entente mappings", "which mappings come with the program"},
    {"entente mappings icij > mine.json", "one of them, to change it"},
    {"entente import leak/ --map mine.json", "and to read files through it"},
};

}  // namespace

extern const CommandEntry kMappings;
constinit const CommandEntry kMappings{
    .name = "mappings",
    .topic = Topic::write,
    .line = "list or print the saved mappings that come with the program",
    .words = "[NAME]",
    .least = 0,
    .most = 1,
    .description =
        "A saved mapping is a JSON file that says what actors and relationships the rows of a "
        "table make: "
        "`entente import FILES --map mapping.json`. Some come with the program, for tables that "
        "many people have; "
        "`--map NAME` and `--format NAME` read through them. With NAME the mapping is printed, to "
        "be copied "
        "and changed. importers/MAPPINGS.md explains how one is written.",
    .examples = kExamples,
    .make = make_command<Mappings>,
};

}  // namespace entente::cli
