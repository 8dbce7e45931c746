// SPDX-License-Identifier: MIT
#include "core/exporters/xml.hpp"

namespace entente::exporters {
namespace {

bool control(char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

/// U+FFFE and U+FFFF, which are no characters.
bool none_at(std::string_view text, std::size_t i) {
    return text.substr(i, 3) == "\xef\xbf\xbe" || text.substr(i, 3) == "\xef\xbf\xbf";
}

}  // namespace

bool xml_holds(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (control(text[i]) || none_at(text, i)) return false;
    }
    return true;
}

std::string xml_spelled(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool none = none_at(text, i);
        if (none || control(text[i])) out += "\xef\xbf\xbd";
        else out += text[i];
        if (none) i += 2;
    }
    return out;
}

void append_xml(std::string& out, std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\t': out += "&#9;"; break;
            case '\n': out += "&#10;"; break;
            case '\r': out += "&#13;"; break;
            default:
                if (control(c)) {
                    out += "\xef\xbf\xbd";
                } else if (none_at(text, i)) {
                    out += "\xef\xbf\xbd";
                    i += 2;
                } else {
                    out += c;
                }
        }
    }
}

void append_attribute(std::string& out, std::string_view name, std::string_view value) {
    out.append(" ").append(name).append("=\"");
    append_xml(out, value);
    out += '"';
}

}  // namespace entente::exporters
