// SPDX-License-Identifier: MIT
#include "core/storage/text_scan.hpp"

#include <cstring>

#include "core/storage/reader_state.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {
namespace {

class TextScan {
public:
    TextScan(const Tables& tables, PropertyId property, TextTest test, std::string_view part)
        : tables_(tables), column_(column::kFirstProperty + property.value), test_(test), part_(part) {}

    /// Calls found(row) for each row of the block that passes, ascending.
    template <class Found>
    void block(const RecordBlock& b, Found&& found) {
        if (b.rows() == 0) return;
        const auto texts = b.find_column(column_);
        const bool rest = b.find_column(column::kRest).has_value();
        if (texts && texts->encoding == Encoding::text && !rest && test_ == TextTest::contains && !part_.empty()) {
            return stretch(b, *texts, found);
        }
        for (std::uint32_t row = 0; row < b.rows(); ++row) {
            if (texts && texts->has(row) && (texts->encoding == Encoding::text || texts->encoding == Encoding::words)) {
                if (passes(b.bytes(*texts, row))) found(row);
            } else if (rest || texts) {
                const auto cell = tables_.cell(Table::actors, b, row, b.id(row), column_);
                if (!cell) continue;
                const Value value = value_of(*cell);
                if (value.kind() == Value::Kind::text && passes(value.text())) found(row);
            }
        }
    }

private:
    [[nodiscard]] bool passes(std::string_view text) const {
        switch (test_) {
            case TextTest::starts_with: return text.starts_with(part_);
            case TextTest::ends_with: return text.ends_with(part_);
            case TextTest::contains: break;
        }
        return text.find(part_) != std::string_view::npos;
    }

    /// Texts stand end to end: a hit that reaches into the next one is none.
    template <class Found>
    void stretch(const RecordBlock& b, const RecordBlock::ColumnView& texts, Found&& found) {
        const std::string_view last = b.bytes(texts, b.rows() - 1);
        const char* at = b.bytes(texts, 0).data();
        const char* const end = last.data() + last.size();
        std::uint32_t row = 0;
        for (;;) {
            const auto left = static_cast<std::size_t>(end - at);
            const auto* hit = static_cast<const char*>(memmem(at, left, part_.data(), part_.size()));
            if (hit == nullptr) return;
            std::uint32_t high = b.rows();
            while (high - row > 1) {  // the last row that does not begin behind it
                const std::uint32_t middle = row + (high - row) / 2;
                (b.bytes(texts, middle).data() <= hit ? row : high) = middle;
            }
            const std::string_view text = b.bytes(texts, row);
            if (hit + part_.size() > text.data() + text.size()) {
                at = hit + 1;
                continue;
            }
            found(row);
            at = text.data() + text.size();
        }
    }

    const Tables& tables_;
    std::uint32_t column_;
    TextTest test_;
    std::string_view part_;
};

}  // namespace

std::vector<ActorId> actors_with_text(const Reader& reader, PropertyId property, TextTest test, std::string_view part) {
    const Tables& tables = *reader.state().tables;
    TextScan scan(tables, property, test, part);
    std::vector<ActorId> out;
    for (std::uint64_t at = 0;;) {
        const auto found = tables.locate(Table::actors, at);
        scan.block(found.block, [&](std::uint32_t row) {
            const ActorId id(static_cast<std::uint32_t>(found.block.id(row)));
            if (reader.exists(id)) out.push_back(id);
        });
        if (found.upper == kLastRecord) return out;
        at = found.upper + 1;
    }
}

}  // namespace entente::storage
