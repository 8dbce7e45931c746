// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "core/exporters/dialect.hpp"

namespace entente::exporters {

/// One table of an export, written when it is asked for.
struct CsvFile {
    std::string name;  ///< `actors.csv`
    std::function<void(std::ostream&)> write;
};

/// A network as tables: actors.csv, relationships.csv, sources.csv, types.csv, and evidence.csv when a
/// relationship or an actor has more support than its row can tell. Importing them and exporting again
/// gives the same bytes. LF line ends, UTF-8 without mark, commas, RFC 4180 quoting.
/// The network must outlive the files.
std::vector<CsvFile> csv_files(const Network& network);

/// Writes tables into a directory that does not exist or is empty; it appears whole or not at all.
/// Throws Error{exists}, Error{io}.
void write_tables(const std::vector<CsvFile>& files, const std::string& directory);

/// csv_files() in a directory.
void write_csv(const Network& network, const std::string& directory);

}  // namespace entente::exporters
