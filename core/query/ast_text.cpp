// SPDX-License-Identifier: MIT
#include "core/query/ast.hpp"

namespace entente::query {
namespace {

/// A name as it must be written: in backquotes unless it is a plain word.
std::string name_text(const std::string& name) {
    bool plain = !name.empty() && !(name[0] >= '0' && name[0] <= '9');
    for (const char c : name) {
        plain = plain && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
                          (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80);
    }
    if (plain) return name;
    std::string out = "`";
    for (const char c : name) {
        if (c == '`') out += '`';
        out += c;
    }
    return out + "`";
}

std::string labels_text(const std::vector<NameRef>& labels, const char* between) {
    std::string out;
    for (const NameRef& label : labels) {
        out += out.empty() ? ":" : between;
        out += name_text(label.name);
    }
    return out;
}

std::string joined(const std::vector<ExpressionPtr>& parts, std::size_t from = 0) {
    std::string out;
    for (std::size_t i = from; i < parts.size(); ++i) {
        if (i != from) out += ", ";
        out += to_text(*parts[i]);
    }
    return out;
}

std::string infix(const Expression& e, const char* op) {
    std::string out = "(";
    for (std::size_t i = 0; i < e.parts.size(); ++i) {
        if (i != 0) out += std::string(" ") + op + " ";
        out += to_text(*e.parts[i]);
    }
    return out + ")";
}

std::string optional_text(const ExpressionPtr& e, const char* before) {
    return e ? before + to_text(*e) : std::string();
}

std::string map_text(const Expression& e, std::size_t from) {
    std::string out = "{";
    for (std::size_t i = 0; i < e.names.size(); ++i) {
        if (i != 0) out += ", ";
        if (e.names[i].empty() && !e.parts[i + from]) {
            out += ".*";
        } else {
            out += name_text(e.names[i]) + ": " + to_text(*e.parts[i + from]);
        }
    }
    return out + "}";
}

std::string case_text(const Expression& e) {
    std::string out = "CASE";
    if (e.parts[0]) out += " " + to_text(*e.parts[0]);
    for (std::size_t i = 1; i + 1 < e.parts.size(); i += 2) {
        out += " WHEN " + to_text(*e.parts[i]) + " THEN " + to_text(*e.parts[i + 1]);
    }
    if (e.parts.back()) out += " ELSE " + to_text(*e.parts.back());
    return out + " END";
}

std::string hops_text(const Hops& hops) {
    std::string out = "*" + std::to_string(hops.least) + "..";
    if (hops.most != Hops().most) out += std::to_string(hops.most);
    return out;
}

std::string node_text(const NodePattern& n) {
    std::string out = "(" + (n.variable.empty() ? std::string() : name_text(n.variable));
    out += labels_text(n.labels, ":");
    if (n.properties) out += (out.size() > 1 ? " " : "") + to_text(*n.properties);
    return out + optional_text(n.where, " WHERE ") + ")";
}

std::string relationship_text(const RelationshipPattern& r) {
    std::string in = r.variable.empty() ? std::string() : name_text(r.variable);
    in += labels_text(r.types, "|");
    if (r.hops) in += hops_text(*r.hops);
    if (r.properties) in += (in.empty() ? "" : " ") + to_text(*r.properties);
    in += optional_text(r.where, " WHERE ");
    if (!in.empty()) in = "[" + in + "]";
    return (r.heading == Heading::left ? "<-" : "-") + in + (r.heading == Heading::right ? "->" : "-");
}

std::string set_text(const SetItem& item) {
    switch (item.kind) {
        case SetItem::Kind::property:
            return to_text(*item.target) + "." + name_text(item.name.name) + " = " + to_text(*item.value);
        case SetItem::Kind::replace:
            return to_text(*item.target) + " = " + to_text(*item.value);
        case SetItem::Kind::merge:
            return to_text(*item.target) + " += " + to_text(*item.value);
        case SetItem::Kind::remove_property:
            return to_text(*item.target) + "." + name_text(item.name.name);
        case SetItem::Kind::labels:
        case SetItem::Kind::remove_labels:
            return to_text(*item.target) + labels_text(item.labels, ":");
    }
    return {};
}

std::string sets_text(const std::vector<SetItem>& items) {
    std::string out;
    for (const SetItem& item : items) out += (out.empty() ? "" : ", ") + set_text(item);
    return out;
}

std::string projection_text(const Clause& c) {
    std::string out = c.distinct ? "DISTINCT " : "";
    if (c.star) out += "*";
    bool first = !c.star;
    for (const ProjectionItem& item : c.items) {
        if (!first) out += ", ";
        first = false;
        out += to_text(*item.expression);
        if (item.aliased) out += " AS " + name_text(item.alias);
    }
    for (std::size_t i = 0; i < c.order.size(); ++i) {
        out += (i == 0 ? " ORDER BY " : ", ") + to_text(*c.order[i].expression);
        if (c.order[i].descending) out += " DESC";
    }
    return out + optional_text(c.skip, " SKIP ") + optional_text(c.limit, " LIMIT ") +
           optional_text(c.where, " WHERE ");
}

std::string call_text(const Clause& c) {
    std::string out = "CALL " + c.procedure;
    if (!c.implicit_arguments) out += "(" + joined(c.arguments) + ")";
    if (c.yield_star) out += " YIELD *";
    for (std::size_t i = 0; i < c.yields.size(); ++i) {
        out += (i == 0 ? " YIELD " : ", ") + name_text(c.yields[i].field);
        if (c.yields[i].alias != c.yields[i].field) out += " AS " + name_text(c.yields[i].alias);
    }
    return out + optional_text(c.where, " WHERE ");
}

}  // namespace

std::string to_text(const Expression& e) {
    switch (e.op) {
        case Op::literal:
            return to_literal(e.value);
        case Op::parameter:
            return "$" + name_text(e.text);
        case Op::variable:
            return name_text(e.text);
        case Op::property:
            return to_text(*e.parts[0]) + "." + name_text(e.name.name);
        case Op::index:
            return to_text(*e.parts[0]) + "[" + to_text(*e.parts[1]) + "]";
        case Op::slice:
            return to_text(*e.parts[0]) + "[" + optional_text(e.parts[1], "") + ".." +
                   optional_text(e.parts[2], "") + "]";
        case Op::list:
            return "[" + joined(e.parts) + "]";
        case Op::map:
            return map_text(e, 0);
        case Op::projection:
            return to_text(*e.parts[0]) + map_text(e, 1);
        case Op::negate:
            return "-(" + to_text(*e.parts[0]) + ")";
        case Op::plus:
            return "+(" + to_text(*e.parts[0]) + ")";
        case Op::not_:
            return "NOT(" + to_text(*e.parts[0]) + ")";
        case Op::and_:
            return infix(e, "AND");
        case Op::or_:
            return infix(e, "OR");
        case Op::xor_:
            return infix(e, "XOR");
        case Op::add:
            return infix(e, "+");
        case Op::subtract:
            return infix(e, "-");
        case Op::multiply:
            return infix(e, "*");
        case Op::divide:
            return infix(e, "/");
        case Op::modulo:
            return infix(e, "%");
        case Op::power:
            return infix(e, "^");
        case Op::comparison: {
            std::string out = "(" + to_text(*e.parts[0]);
            for (std::size_t i = 0; i < e.names.size(); ++i) {
                out += " " + e.names[i] + " " + to_text(*e.parts[i + 1]);
            }
            return out + ")";
        }
        case Op::in:
            return infix(e, "IN");
        case Op::starts_with:
            return infix(e, "STARTS WITH");
        case Op::ends_with:
            return infix(e, "ENDS WITH");
        case Op::contains:
            return infix(e, "CONTAINS");
        case Op::matches:
            return infix(e, "=~");
        case Op::is_null:
            return "(" + to_text(*e.parts[0]) + " IS NULL)";
        case Op::is_not_null:
            return "(" + to_text(*e.parts[0]) + " IS NOT NULL)";
        case Op::has_labels:
            return "(" + to_text(*e.parts[0]) + labels_text(e.labels, ":") + ")";
        case Op::call:
            return e.text + "(" + (e.distinct ? "DISTINCT " : "") + joined(e.parts) + ")";
        case Op::count_star:
            return "count(*)";
        case Op::case_:
            return case_text(e);
        case Op::comprehension:
            return "[" + name_text(e.text) + " IN " + to_text(*e.parts[0]) +
                   optional_text(e.parts[1], " WHERE ") + optional_text(e.parts[2], " | ") + "]";
        case Op::quantifier:
            return e.text + "(" + name_text(e.names[0]) + " IN " + to_text(*e.parts[0]) +
                   optional_text(e.parts[1], " WHERE ") + ")";
        case Op::reduce:
            return "reduce(" + name_text(e.names[0]) + " = " + to_text(*e.parts[0]) + ", " +
                   name_text(e.names[1]) + " IN " + to_text(*e.parts[1]) + " | " +
                   to_text(*e.parts[2]) + ")";
        case Op::pattern:
            return to_text(*e.pattern);
        case Op::pattern_comprehension:
            return "[" + to_text(*e.pattern) + optional_text(e.parts[0], " WHERE ") + " | " +
                   to_text(*e.parts[1]) + "]";
        case Op::exists:
            return "EXISTS {" + to_text(*e.subquery) + "}";
        case Op::count:
            return "COUNT {" + to_text(*e.subquery) + "}";
        case Op::group_value:
            return e.text;
        case Op::reference:
            return to_text(*e.referred);
    }
    return {};
}

std::string to_text(const PathPattern& path) {
    std::string out = path.variable.empty() ? std::string() : name_text(path.variable) + " = ";
    std::string close;
    if (path.as_function) {
        out += path.selector == Selector::any_shortest ? "shortestPath(" : "allShortestPaths(";
        close = ")";
    } else if (path.selector == Selector::any_shortest) {
        out += path.count == 1 ? "ANY SHORTEST " : "SHORTEST " + std::to_string(path.count) + " ";
    } else if (path.selector == Selector::all_shortest) {
        out += "ALL SHORTEST ";
    } else if (path.selector == Selector::shortest_groups) {
        out += "SHORTEST " + std::to_string(path.count) + " GROUPS ";
    }
    for (std::size_t i = 0; i < path.nodes.size(); ++i) {
        if (i != 0) out += relationship_text(path.relationships[i - 1]);
        out += node_text(path.nodes[i]);
    }
    return out + close;
}

std::string to_text(const Pattern& pattern) {
    std::string out;
    for (const PathPattern& path : pattern.paths) out += (out.empty() ? "" : ", ") + to_text(path);
    return out;
}

std::string to_text(const Clause& c) {
    switch (c.kind) {
        case Clause::Kind::match:
            return (c.optional ? "OPTIONAL MATCH " : "MATCH ") + to_text(c.pattern) +
                   optional_text(c.where, " WHERE ");
        case Clause::Kind::unwind:
            return "UNWIND " + to_text(*c.expression) + " AS " + name_text(c.variable);
        case Clause::Kind::with:
            return "WITH " + projection_text(c);
        case Clause::Kind::return_:
            return "RETURN " + projection_text(c);
        case Clause::Kind::create:
            return "CREATE " + to_text(c.pattern);
        case Clause::Kind::merge: {
            std::string out = "MERGE " + to_text(c.pattern);
            if (!c.on_create.empty()) out += " ON CREATE SET " + sets_text(c.on_create);
            if (!c.on_match.empty()) out += " ON MATCH SET " + sets_text(c.on_match);
            return out;
        }
        case Clause::Kind::set:
            return "SET " + sets_text(c.sets);
        case Clause::Kind::remove:
            return "REMOVE " + sets_text(c.sets);
        case Clause::Kind::delete_:
            return (c.detach ? "DETACH DELETE " : "DELETE ") + joined(c.arguments);
        case Clause::Kind::call:
            return call_text(c);
        case Clause::Kind::subquery: {
            std::string in;
            for (const std::string& name : c.imports) in += (in.empty() ? "" : ", ") + name_text(name);
            if (c.import_all) in = "*";
            return std::string("CALL ") + (in.empty() ? "" : "(" + in + ") ") + "{" +
                   to_text(*c.subquery) + "}";
        }
        case Clause::Kind::foreach: {
            std::string out = "FOREACH (" + name_text(c.variable) + " IN " + to_text(*c.expression) + " |";
            for (const Clause& each : c.body) out += " " + to_text(each);
            return out + ")";
        }
    }
    return {};
}

std::string to_text(const Query& query) {
    std::string out;
    for (std::size_t i = 0; i < query.parts.size(); ++i) {
        if (i != 0) out += query.union_all[i - 1] ? " UNION ALL " : " UNION ";
        bool first = true;
        for (const Clause& c : query.parts[i].clauses) {
            if (!first) out += " ";
            first = false;
            out += to_text(c);
        }
    }
    return out;
}

std::string to_text(const IndexCommand& c) {
    switch (c.kind) {
        case IndexCommand::Kind::show:
            return "SHOW INDEXES";
        case IndexCommand::Kind::drop:
            return "DROP INDEX " + c.name + (c.lenient ? " IF EXISTS" : "");
        case IndexCommand::Kind::create:
            break;
    }
    return "CREATE INDEX " + c.name + (c.lenient ? " IF NOT EXISTS" : "") + " FOR (a" +
           (c.type.empty() ? "" : ":" + c.type) + ") ON (a." + c.property + ")";
}

std::string to_text(const Statement& s) {
    if (s.index) return to_text(*s.index);
    switch (s.mode) {
        case Statement::Mode::explain:
            return "EXPLAIN " + to_text(s.query);
        case Statement::Mode::profile:
            return "PROFILE " + to_text(s.query);
        case Statement::Mode::run:
            break;
    }
    return to_text(s.query);
}

}  // namespace entente::query
