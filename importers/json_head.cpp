// SPDX-License-Identifier: MIT
#include "importers/json_head.hpp"

#include <vector>

namespace entente::importers {
namespace {

constexpr std::size_t kDeepest = 64;

/// Walks over a text that may end anywhere.
class Walk {
public:
    explicit Walk(std::string_view text) : text_(text) {
        if (text_.starts_with("\xef\xbb\xbf")) text_.remove_prefix(3);
    }

    /// The next character that is no blank; NUL at the end.
    char peek() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\r' || text_[at_] == '\n')) ++at_;
        return at_ < text_.size() ? text_[at_] : '\0';
    }
    void pass() { ++at_; }

    /// A string at its quote; false: the text ends in it.
    bool string(std::string& out) {
        out.clear();
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] == '"') {
                ++at_;
                return true;
            }
            if (text_[at_] == '\\' && ++at_ >= text_.size()) break;
            out += text_[at_];
        }
        return false;
    }
    /// A number or a word.
    void bare() {
        while (at_ < text_.size() && std::string_view(",]} \t\r\n").find(text_[at_]) == std::string_view::npos) ++at_;
    }

private:
    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

std::map<std::string, std::string> json_head(std::string_view head) {
    std::map<std::string, std::string> out;
    Walk walk(head);
    if (walk.peek() != '{') return out;
    std::vector<char> open;
    std::string top;      // member of the outermost object that we are in
    std::string text;
    std::string* list = nullptr;  // gets what the first element of a list begins with
    while (true) {
        const char c = walk.peek();
        if (c == '\0') return out;
        if (list != nullptr && c != ']') *list += c;
        list = nullptr;
        if (c == '{' || c == '[') {
            if (open.size() == kDeepest) return out;
            open.push_back(c);
            walk.pass();
        } else if (c == '}' || c == ']') {
            if (open.empty()) return {};
            open.pop_back();
            walk.pass();
            if (open.empty()) return out;
        } else if (c == '"') {
            if (!walk.string(text)) return out;
            if (open.empty()) return {};
            const bool object = open.back() == '{';
            if (object && walk.peek() == ':') {
                walk.pass();
                const bool inner = open.size() == 2 && open[0] == '{';
                if (open.size() == 1) top = text;
                if (open.size() == 1 || inner) {
                    std::string& value = out[inner ? top + "." + text : text];
                    value = walk.peek();
                    if (value == "[") list = &value;
                    if (list != nullptr) {
                        open.push_back('[');
                        walk.pass();
                    }
                }
            }
        } else if (c == ',' || c == ':') {
            walk.pass();
        } else {
            walk.bare();
        }
    }
}

}  // namespace entente::importers
