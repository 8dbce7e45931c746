// SPDX-License-Identifier: MIT
#include <filesystem>
#include <fstream>
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "core/error.hpp"

namespace entente::cli {
namespace {

void write_page(const std::filesystem::path& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (!file) {
        throw Error(ErrorKind::io, fmt::format("{} cannot be written", path.string()),
                    "see whether the directory is there and may be written to");
    }
}

class Man : public Command {
public:
    void setup(Options& options) override {
        options.text("directory,o", directory_, "DIRECTORY",
                     "write all pages into this directory instead: entente.1, entente-import.1 ...");
    }
    int run(Context& context) override {
        if (!directory_.empty()) {
            std::error_code problem;
            std::filesystem::create_directories(directory_, problem);
            const std::filesystem::path directory(directory_);
            write_page(directory / "entente.1", man_page(nullptr));
            for (const CommandEntry* entry : commands()) {
                write_page(directory / fmt::format("entente-{}.1", entry->name), man_page(entry));
            }
            return answered;
        }
        const CommandEntry* entry = nullptr;
        if (!context.words.empty()) {
            entry = find_command(context.words.front());
            if (entry == nullptr) refuse_command(context.words.front());
        }
        context.out << man_page(entry);
        return answered;
    }

private:
    std::string directory_;
};

constexpr Example kExamples[] = {
    {"entente man path | man -l -", "read the page on `path`"},
    {"entente man -o share/man/man1", "write all pages, as the installation does"},
};

}  // namespace

extern const CommandEntry kMan;
constinit const CommandEntry kMan{
    .name = "man",
    .topic = Topic::help,
    .line = "write the manual pages",
    .words = "[COMMAND]",
    .least = 0,
    .most = 1,
    .description = "Prints the manual page of a command, or of the program, in the form that `man` "
                   "reads. After an installation `man entente` and `man entente-path` find them.",
    .examples = kExamples,
    .make = make_command<Man>,
};

}  // namespace entente::cli
