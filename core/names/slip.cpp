// SPDX-License-Identifier: MIT
#include "core/names/slip.hpp"

#include "core/names/similarity.hpp"

namespace entente::names {
namespace {

constexpr std::size_t kLong = 10;  // letters, from which two slips are believed

std::string letters(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c != ' ' && c != '_' && c != '-') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

/// Slips between both, 0 for the same, 3 for too many.
std::size_t slips(const std::string& word, const std::string& known) {
    if (word == known) return 0;
    if (word.size() < 3 || known.empty() || word[0] != known[0]) return 3;
    const std::size_t most = word.size() < kLong ? 1 : 2;
    const std::size_t distance = edit_distance(word, known, most);
    return distance <= most ? distance : 3;
}

}  // namespace

bool is_slip(std::string_view word, std::string_view known) {
    const std::size_t n = slips(letters(word), letters(known));
    return n == 1 || n == 2;
}

std::string slip_of(std::string_view word, const std::vector<std::string>& known) {
    const std::string plain = letters(word);
    std::string best;
    std::size_t least = 3;
    for (const std::string& one : known) {
        if (one == word) return {};
        const std::size_t n = slips(plain, letters(one));
        if (n >= least) continue;
        least = n;
        best = one;
    }
    return best;
}

}  // namespace entente::names
