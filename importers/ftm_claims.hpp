// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tsl/robin_map.h>

#include "importers/ftm_entity.hpp"

namespace entente::importers {

/// What a text has told of each id so far, so that lines of one id fit together: thirty to sixty bytes an id, by a
/// hash of 64 bits. Chunks take their turns in the order of the text, whichever threads read them.
class FtmClaims {
public:
    FtmClaims() { known_.max_load_factor(0.8F); }  // as many as there are ids: room before speed

    /// An edge that a part lacks an end of, until others bring it or the text ends.
    struct Waiting {
        std::string id, schema_name, caption;
        std::map<std::string, std::vector<std::string>> members, beside;
        std::vector<std::string> datasets;
        std::vector<std::pair<std::string, std::string>> texts;
        std::vector<std::pair<std::string, Value>> more;
        Value own;
        std::uint64_t line = 0;
        std::string raw;
    };

    /// The turn of a chunk; it ends with the object.
    class Turn {
    public:
        Turn(FtmClaims& claims, std::uint64_t chunk);
        ~Turn();
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;

        /// Fits an entity to what was told of its id before: its schema becomes the most specific one. `line`: of
        /// the text. An edge without both ends is kept to wait and left out here. The text: what does not fit.
        std::string claim(FtmEntity& entity, std::uint64_t line);

    private:
        FtmClaims& claims_;
        std::uint64_t chunk_;
    };

    /// Edges whose parts waited, each whole; the texts are its own. Called once, when all turns are over.
    [[nodiscard]] const std::deque<Waiting>& waiting() const { return waiting_; }
    /// The same as an entity that can be read. It must not outlive `from`.
    [[nodiscard]] FtmEntity entity_of(const Waiting& from) const;

private:
    struct Known {
        std::uint32_t ends = 0;    ///< of an edge: hash of the only ones told; 0: several or none
        std::uint16_t schema = 0;  ///< its number, or kUnknown and some bits of its name's hash
    };
    static constexpr std::uint16_t kUnknown = 0x8000;
    static std::uint16_t code_of(const FtmEntity& entity);

    std::mutex lock_;
    std::condition_variable turn_over_;
    std::uint64_t next_ = 0;
    tsl::robin_map<std::uint64_t, Known> known_;
    std::deque<Waiting> waiting_;
    std::map<std::string, std::size_t> waiting_by_id_;
};

}  // namespace entente::importers
