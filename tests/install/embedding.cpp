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
    const entente::query::DatumMap parameters{{"key", entente::query::Datum(std::string("aliyev"))}};
    entente::query::Prepared ties("MATCH (a)--() WHERE key(a) = $key RETURN count(*)",
                                  entente::query::standard_procedures(), parameters);
    const entente::query::Answer answer = ties.run(reader, nullptr, {});
    if (answer.rows.at(0).at(0).integer() != 0) return 1;  // he stands alone
    return 0;
}
