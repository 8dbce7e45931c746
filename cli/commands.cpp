// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"

#include <array>

namespace entente::cli {

// Each is defined in cli/command_NAME.cpp. A new command is a file, a line here and a line below.
extern const CommandEntry kAdd;
extern const CommandEntry kAudit;
extern const CommandEntry kBridges;
extern const CommandEntry kBrokers;
extern const CommandEntry kCentrality;
extern const CommandEntry kCheck;
extern const CommandEntry kCite;
extern const CommandEntry kCommunities;
extern const CommandEntry kCompact;
extern const CommandEntry kCompare;
extern const CommandEntry kCompletion;
extern const CommandEntry kComponents;
extern const CommandEntry kConnect;
extern const CommandEntry kDraw;
extern const CommandEntry kExport;
extern const CommandEntry kFind;
extern const CommandEntry kHelp;
extern const CommandEntry kHistory;
extern const CommandEntry kImport;
extern const CommandEntry kLog;
extern const CommandEntry kMan;
extern const CommandEntry kMappings;
extern const CommandEntry kMatrix;
extern const CommandEntry kMerge;
extern const CommandEntry kNeighbors;
extern const CommandEntry kPath;
extern const CommandEntry kQuery;
extern const CommandEntry kRemove;
extern const CommandEntry kRetract;
extern const CommandEntry kSchema;
extern const CommandEntry kSet;
extern const CommandEntry kShell;
extern const CommandEntry kShow;
extern const CommandEntry kSources;
extern const CommandEntry kSplit;
extern const CommandEntry kStats;
extern const CommandEntry kSummary;
extern const CommandEntry kUndo;
extern const CommandEntry kVersionCommand;

namespace {

constexpr std::array kCommands = {
    &kImport,
    &kMappings,
    &kAdd,
    &kSet,
    &kCite,
    &kRemove,
    &kMerge,
    &kSplit,
    &kRetract,
    &kUndo,
    &kFind,
    &kShow,
    &kPath,
    &kConnect,
    &kNeighbors,
    &kCentrality,
    &kCommunities,
    &kComponents,
    &kBridges,
    &kBrokers,
    &kMatrix,
    &kSummary,
    &kCompare,
    &kQuery,
    &kShell,
    &kDraw,
    &kExport,
    &kStats,
    &kSources,
    &kSchema,
    &kAudit,
    &kLog,
    &kHistory,
    &kCheck,
    &kCompact,
    &kHelp,
    &kVersionCommand,
    &kCompletion,
    &kMan,
};

}  // namespace

std::span<const CommandEntry* const> commands() { return kCommands; }

const CommandEntry* find_command(std::string_view name) {
    for (const CommandEntry* entry : kCommands) {
        if (entry->name == name) return entry;
    }
    return nullptr;
}

void add_common_options(Options& options, std::string& database) {
    options.group("Every command");
    options.text("db", database, "FILE",
                 "the database; else the one that $ENTENTE_DB names, else entente.db here");
}

Options options_of(const CommandEntry& entry) {
    const auto command = entry.make();
    Options options;
    command->setup(options);
    std::string database;
    add_common_options(options, database);
    return options;
}

std::string_view heading(Topic topic) {
    switch (topic) {
        case Topic::ask:
            return "Ask";
        case Topic::draw:
            return "Draw and hand on";
        case Topic::write:
            return "Bring in and correct";
        case Topic::file:
            return "Look after the database";
        case Topic::help:
            return "Help";
    }
    return {};
}

}  // namespace entente::cli
