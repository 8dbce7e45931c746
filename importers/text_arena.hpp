// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace entente::importers {

/// Memory for the texts of a batch. What is kept stays where it is until clear(), whose memory is used again.
class TextArena {
public:
    std::string_view keep(std::string_view text) {
        char* const to = room(text.size());
        if (!text.empty()) std::memcpy(to, text.data(), text.size());
        return {to, text.size()};
    }
    /// Room for so many bytes, to be filled.
    char* room(std::size_t size) {
        bytes_ += size;
        while (block_ < blocks_.size() && blocks_[block_].size - blocks_[block_].used < size) ++block_;
        if (block_ == blocks_.size()) {
            const std::size_t whole = std::max(kBlock, size);
            blocks_.push_back({std::make_unique_for_overwrite<char[]>(whole), whole, 0});
        }
        Block& block = blocks_[block_];
        char* const place = block.bytes.get() + block.used;
        block.used += size;
        return place;
    }
    void clear() {
        for (Block& block : blocks_) block.used = 0;
        if (blocks_.size() > kKept) blocks_.resize(kKept);
        block_ = 0;
        bytes_ = 0;
    }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

private:
    struct Block {
        std::unique_ptr<char[]> bytes;
        std::size_t size = 0, used = 0;
    };
    static constexpr std::size_t kBlock = std::size_t{256} << 10U;
    static constexpr std::size_t kKept = 8;
    std::vector<Block> blocks_;
    std::size_t block_ = 0;
    std::size_t bytes_ = 0;
};

}  // namespace entente::importers
