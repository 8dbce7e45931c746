// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/model/id.hpp"
#include "core/model/value.hpp"

namespace entente {

/// A document or a data set that facts come from.
struct Source {
    SourceId id;
    std::string key;  ///< unique, never empty
    std::string title;
    std::string publisher;
    std::string url;
    std::string archive_url;
    std::string date;     ///< as written; a date with precision where it is one
    std::string licence;
    std::string hash;     ///< XXH3-128 of the file it was read from, in hex, or empty
    Properties properties;  ///< anything else

    friend bool operator==(const Source&, const Source&) = default;
};

/// One support of one fact: where in which source it stands, and how sure that makes it.
/// Texts are empty when unknown.
struct Evidence {
    SourceId source;
    std::string locator;  ///< "Energy, sentence 1", "p. 12"
    std::string excerpt;
    std::string grade;    ///< Admiralty letter and number (`B2`) as given
    std::optional<double> confidence;  ///< 0..1 as given
    std::string url;           ///< of the very page, where it is not the source's
    std::string retrieved_at;  ///< when it was looked up, as written

    friend bool operator==(const Evidence&, const Evidence&) = default;
};

/// The number derived from an Admiralty grade, for ranking only: letter A 1.0, B 0.8, C 0.6, D 0.4,
/// E 0.2, F 0.5 times number 1 1.0, 2 0.8, 3 0.6, 4 0.4, 5 0.2, 6 0.5. std::nullopt when the text is
/// no grade (`A1` to `F6`, any case).
std::optional<double> confidence_of_grade(std::string_view grade);

/// The evidence's confidence: as given, else from its grade, else none.
std::optional<double> confidence_of(const Evidence& evidence);

}  // namespace entente
