// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/text.hpp"

namespace entente::cli {

void WriteOptions::setup(Options& options) {
    options.number("wait", wait, "SECONDS",
                   "how long to wait while another process writes to the database (10)", 0, 1e6);
}

Database open_to_read(Context& context) {
    storage::OpenOptions options;
    options.read_only = true;
    Database database = Database::open(context.database, options);
    if (database.unlocked() && !context.unlocked) {
        context.unlocked = database.read().transaction();
        context.out_buffer = context.out.rdbuf(&context.held);
    }
    return database;
}

Database open_to_write(Context& context, const WriteOptions& options, bool create) {
    storage::OpenOptions open;
    open.create = create;
    if (options.wait) {
        open.wait = std::chrono::milliseconds(static_cast<std::int64_t>(*options.wait * 1000));
    }
    open.on_wait = [&err = context.err](const std::string& holder) {
        err << "entente: waiting for " << escape_controls(holder) << " to finish writing\n";
        err.flush();
    };
    return Database::open(context.database, open);
}

void tell_created(Context& context, const Database& database) {
    if (!database.created()) return;
    context.err << "entente: made a new database, " << escape_controls(database.path()) << "\n";
}

}  // namespace entente::cli
