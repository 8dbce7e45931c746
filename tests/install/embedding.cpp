// SPDX-License-Identifier: MIT
#include <cstdio>

#include "core/database.hpp"
#include "importers/importers.hpp"

int main(int count, char** words) {
    if (count != 2) return 2;
    const entente::Database database = entente::Database::open(words[1]);
    const auto reader = database.read();
    const auto id = reader.actor_by_key("aliyev");
    if (!id || entente::importers::formats().empty()) return 1;
    std::printf("%s\n", entente::label_of(*reader.actor(*id)).c_str());
    return 0;
}
