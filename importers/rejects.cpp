// SPDX-License-Identifier: MIT
#include "importers/rejects.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "core/error.hpp"
#include "core/exporters/output_file.hpp"

namespace entente::importers {
namespace {

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

}  // namespace

void write_rejects(const std::string& path, const storage::Account& account) {
    std::vector<const storage::Reject*> rows;
    for (const storage::Reject& r : account.rejects) rows.push_back(&r);
    std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) {
        return std::tie(a->file, a->line, a->column) < std::tie(b->file, b->line, b->column);
    });
    exporters::OutputFile file(path);
    std::string buffer = "file,line,column,reason,raw\n";
    for (const storage::Reject* r : rows) {
        buffer += quoted(r->file < account.files.size() ? account.files[r->file].name : std::string());
        buffer.append(",").append(std::to_string(r->line)).append(",").append(std::to_string(r->column));
        buffer.append(",").append(quoted(r->reason)).append(",").append(quoted(r->raw)).append("\n");
        if (buffer.size() < (1U << 16U)) continue;
        file.write(buffer);
        buffer.clear();
    }
    file.write(buffer);
    file.finish();
}

}  // namespace entente::importers
