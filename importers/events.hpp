// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tsl/robin_map.h>
#include <tsl/robin_set.h>

#include "core/model/date.hpp"
#include "importers/reading.hpp"

namespace entente::importers {

/// Who acts or is acted upon in event data.
struct EventActor {
    std::string key, name;
    std::vector<std::string> types;
    std::map<std::string, Value> properties;  ///< beside its name
};

/// What was done: the relationship's type, and the finer code of the data under the name of its property.
struct EventAction {
    RelationshipSchema schema;
    std::string property, code;
    int quad = 0;  ///< see quad_class(); 0: not said
};

struct EventPlace {
    std::string name;
    std::optional<double> latitude, longitude;
};

/// One row of event data. Numbers are those that Events gave.
struct EventRow {
    std::uint64_t line = 1;
    Day day = 0;
    std::uint32_t from = 0, action = 0, to = 0;
    std::string_view id;        ///< without its data's name: `669666350`
    std::optional<std::int64_t> mentions, sources, articles;
    std::optional<double> goldstein;  ///< a score; where actions have a mode in place of CAMEO's code, its intensity
    std::optional<double> tone;
    std::optional<bool> root;   ///< is it what its article begins with?
    std::uint32_t place = 0;    ///< 0: none
    std::uint32_t source = 0;   ///< 0: none
    std::string_view locator;   ///< in the source
    std::string_view event;     ///< name of the event, if other ties are of it too
};

/// Makes relationships of the events of all files of an import (GDELT, ICEWS, POLECAT): one for each day, actor,
/// action and recipient, or one for each event.
///
/// Days wait for further events until finish(), the most recent million of them at least: what comes later for one
/// that had to go is a relationship beside it. Its id is made of its first event's. Actors, sources and
/// types are staged once. One thread at a time.
class Events {
public:
    static constexpr std::size_t kMostIds = 20;     ///< event ids kept of a day; `events` counts all
    static constexpr std::size_t kMostSources = 5;  ///< sources kept of a day
    static constexpr std::size_t kMostPlaces = 5;

    /// `reading`: of the import; its name and file do not matter. REQUIRES: outlives this.
    explicit Events(const Reading& reading) : reading_(reading) {}

    /// A text of the data called so (`gdelt`) begins.
    void begin(std::string_view data, std::uint32_t file);

    /// The numbers of what the file tells so; `make` makes it when that is new.
    template <class Make> std::uint32_t actor(std::string_view told, const Make& make) {
        const auto found = actors_told_.find(told, hash_of(told));
        return found != actors_told_.end() ? found->second : add_actor(told, make());
    }
    template <class Make> std::uint32_t action(std::string_view told, const Make& make) {
        const auto found = actions_told_.find(told, hash_of(told));
        return found != actions_told_.end() ? found->second : add_action(told, make());
    }
    std::uint32_t place(const EventPlace& place);
    /// A document by its address or name; an address says its publisher.
    std::uint32_t source(std::string_view key, std::string_view publisher = {});

    void add(const EventRow& row);
    /// A row that is no relationship: `no recipient`. It stops nothing; when errors are skipped it is a reject.
    void leave_out(std::string_view reason, std::uint64_t line, std::string_view raw);
    /// What rows have and relationships have not.
    void drop(const std::string& what, std::uint64_t count) { dropped_[what] += count; }

    /// Stages everything that waits, and tells what was left out.
    void finish();

    [[nodiscard]] bool any() const { return file_.has_value(); }  ///< event data was read
    std::size_t most_days = std::size_t{1} << 21U;                ///< that wait at once

private:
    static std::size_t hash_of(std::string_view text) noexcept;
    struct Deed {
        Day day = 0;
        std::uint32_t from = 0, action = 0, to = 0;
        friend bool operator==(const Deed&, const Deed&) = default;
    };
    struct HashDeed {
        std::size_t operator()(const Deed& d) const noexcept;
    };
    struct HashText {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept { return hash_of(text); }
    };
    /// To numbers; with the hashes kept, so that growing need not look at the keys.
    template <class Key, class Hash, class Equal>
    using StoredHash = tsl::robin_map<Key, std::uint32_t, Hash, Equal, std::allocator<std::pair<Key, std::uint32_t>>, true>;
    using Numbers = StoredHash<std::string, HashText, std::equal_to<>>;

    /// Different numbers in the order of their coming, up to so many.
    template <std::size_t most> struct Few {
        std::array<std::uint32_t, most> numbers{};
        std::uint32_t size = 0;
        bool add(std::uint32_t number, std::uint64_t& left_out) {
            const auto end = numbers.begin() + size;
            if (std::find(numbers.begin(), end, number) != end) return false;
            if (size == most) {
                ++left_out;
                return false;
            }
            numbers[size++] = number;
            return true;
        }
    };

    struct Tie {
        Deed what;
        std::uint32_t data = 0, file = 0, events = 0, roots = 0, goldsteins = 0, tones = 0;
        std::uint64_t line = 0, touched = 0;
        std::string id, event;
        std::vector<std::string> more_ids;
        std::optional<std::int64_t> mentions, sources, articles;
        double goldstein = 0, tone = 0;
        bool tells_root = false;
        Few<kMostPlaces> places;
        Few<kMostSources> from;
        std::vector<std::string> locators;  // of its sources, if any is told
    };

    std::uint32_t add_actor(std::string_view told, EventActor actor);
    std::uint32_t add_action(std::string_view told, EventAction action);
    Tie& tie_of(const Deed& what);
    void note_source(Tie& tie, const EventRow& row);
    void write_older_half();
    void write(std::vector<Tie>&& ties);
    void write_batch(std::span<const Tie> ties);
    void write_evidence(std::span<const Tie> ties);
    void write_actors();
    [[nodiscard]] std::string id_of(const Tie& tie) const;

    const Reading& reading_;
    std::vector<std::string> data_;  // names
    std::uint32_t data_number_ = 0;
    std::optional<std::uint32_t> file_;

    Numbers actors_told_, actor_keys_, actions_told_, places_named_, source_keys_;
    std::vector<std::string> keys_;  // of actors
    std::vector<EventAction> actions_;
    std::vector<EventPlace> places_;
    struct Told {
        std::string key, publisher;
        bool staged;
    };
    std::vector<Told> sources_;
    std::vector<EventActor> new_actors_;
    std::vector<std::uint32_t> new_actor_files_;
    std::set<std::string> actor_types_, tie_types_;  // that are staged

    StoredHash<Deed, HashDeed, std::equal_to<Deed>> days_;  // to ties_
    std::vector<Tie> ties_;
    tsl::robin_set<std::uint64_t> seen_;  // hashes of event ids
    std::uint64_t rows_ = 0;
    bool parted_ = false;  // some had to go before the end
    std::map<std::uint32_t, storage::Tally> tallies_;
    std::map<std::string, std::uint64_t, std::less<>> left_out_, dropped_;
    std::uint64_t further_ids_ = 0, further_sources_ = 0, further_places_ = 0;  // of days that have as many as are kept
};

/// The events of an import, or of one text alone if the reading has none.
class EventText {
public:
    EventText(const Reading& reading, std::string_view data);
    ~EventText();
    EventText(const EventText&) = delete;
    EventText& operator=(const EventText&) = delete;
    Events* operator->() { return events_; }
    /// The text ended well.
    void finish();

private:
    std::unique_ptr<Events> own_;
    Events* events_;
};

}  // namespace entente::importers
