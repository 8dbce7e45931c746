// SPDX-License-Identifier: MIT
// Answers the questions of a compatibility-kit runner: a JSON object a line on standard input, one a line
// on standard output. Each scenario works on one writer of a fresh database that is never committed.

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <limits>
#include <optional>
#include <string>

#include "core/error.hpp"
#include "core/query/compare.hpp"
#include "core/query/failure.hpp"
#include "core/query/run.hpp"
#include "core/storage/store.hpp"

namespace {

using namespace entente;
using namespace entente::query;
using Json = rapidjson::Value;
using Kind = Datum::Kind;

Datum read_value(const Json& v) {
    if (v.IsNull()) return {};
    if (v.IsBool()) return Datum(v.GetBool());
    if (v.IsInt64()) return Datum(std::int64_t{v.GetInt64()});
    if (v.IsNumber()) return Datum(v.GetDouble());
    if (v.IsString()) return Datum(std::string(v.GetString(), v.GetStringLength()));
    if (v.IsArray()) {
        Datums out;
        for (const Json& each : v.GetArray()) out.push_back(read_value(each));
        return Datum(std::move(out));
    }
    if (v.HasMember("$int")) return Datum(std::int64_t{std::atoll(v["$int"].GetString())});
    if (v.HasMember("$float")) {
        const Json& f = v["$float"];
        if (f.IsNumber()) return Datum(f.GetDouble());
        const std::string text = f.GetString();
        if (text == "NaN") return Datum(std::numeric_limits<double>::quiet_NaN());
        return Datum(text[0] == '-' ? -std::numeric_limits<double>::infinity()
                                    : std::numeric_limits<double>::infinity());
    }
    const Json& map = v.HasMember("$map") ? v["$map"] : v;
    DatumMap out;
    for (const auto& m : map.GetObject()) out.emplace(m.name.GetString(), read_value(m.value));
    return Datum(std::move(out));
}

class Adapter {
public:
    explicit Adapter(std::string folder) : folder_(std::move(folder)) {}

    std::string answer(const std::string& line) {
        rapidjson::Document request;
        request.Parse(line.c_str(), line.size());
        out_.Clear();
        json_.Reset(out_);
        json_.StartObject();
        const std::string op = request.IsObject() && request.HasMember("op") ? request["op"].GetString() : "";
        if (op == "hello") {
            ok(true);
            text("engine", "entente");
        } else if (op == "reset") {
            reset();
            ok(true);
        } else if (op == "procedure") {
            procedure(request);
            ok(true);
        } else if (op == "query") {
            query(request);
        } else {
            ok(false);
        }
        json_.EndObject();
        return out_.GetString();
    }

private:
    void ok(bool yes) {
        json_.Key("ok");
        json_.Bool(yes);
    }
    void text(const char* key, std::string_view value) {
        json_.Key(key);
        json_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
    }

    void reset() {
        writer_.reset();
        store_.reset();
        procedures_ = Procedures();
        const std::string path = folder_ + "/tck.db";
        std::filesystem::remove(path);
        std::filesystem::remove(path + "-lock");
        storage::OpenOptions options;
        options.create = true;
        store_.emplace(storage::Store::open(path, options));
        writer_.emplace(store_->write("tck"));
    }

    void procedure(const Json& request) {
        Procedure p;
        p.name = request["name"].GetString();
        const auto kinds_of = [](const std::string& type) -> Kinds {
            if (type.starts_with("INTEGER")) return kind::kInteger;
            if (type.starts_with("FLOAT") || type.starts_with("NUMBER")) return kind::kNumber;
            if (type.starts_with("STRING")) return kind::kText;
            if (type.starts_with("BOOLEAN")) return kind::kBoolean;
            return kind::kAny;
        };
        for (const Json& f : request["inputs"].GetArray()) {
            p.inputs.push_back({f["name"].GetString(), kinds_of(f["type"].GetString())});
        }
        for (const Json& f : request["outputs"].GetArray()) {
            p.outputs.push_back({f["name"].GetString(), kind::kAny});
        }
        std::vector<Datums> rows;
        for (const Json& row : request["rows"].GetArray()) {
            Datums cells;
            for (const Json& cell : row.GetArray()) cells.push_back(read_value(cell));
            rows.push_back(std::move(cells));
        }
        const std::size_t inputs = p.inputs.size();
        p.run = [rows, inputs](Context&, const Datums& arguments) {
            std::vector<Datums> out;
            for (const Datums& row : rows) {
                bool same = true;
                for (std::size_t i = 0; i < inputs; ++i) same = same && entente::query::equivalent(row[i], arguments[i]);
                if (same) out.emplace_back(row.begin() + static_cast<std::ptrdiff_t>(inputs), row.end());
            }
            return out;
        };
        procedures_.add(std::move(p));
    }

    void query(const Json& request) {
        DatumMap parameters;
        if (request.HasMember("params")) {
            for (const auto& m : request["params"].GetObject()) {
                parameters.emplace(m.name.GetString(), read_value(m.value));
            }
        }
        try {
            Prepared prepared(request["text"].GetString(), procedures_, parameters);
            if (std::getenv("ENTENTE_TCK_PLANS") != nullptr) {
                std::cerr << to_text(prepared.statement()) << '\n' << to_text(prepared.plan(writer_->reader())) << '\n';
            }
            const Answer answer = prepared.run(writer_->reader(), &*writer_, Bounds());
            ok(true);
            json_.Key("columns");
            json_.StartArray();
            for (const std::string& c : answer.columns) json_.String(c.c_str());
            json_.EndArray();
            json_.Key("rows");
            json_.StartArray();
            for (const Datums& row : answer.rows) {
                json_.StartArray();
                for (const Datum& d : row) write(d);
                json_.EndArray();
            }
            json_.EndArray();
        } catch (const Failure& failure) {
            error(failure.words(), failure.what());
        } catch (const Error& e) {
            error({"DatabaseError", "runtime", "Other"}, e.what());
        }
    }

    void error(const ErrorWords& words, std::string_view message) {
        ok(false);
        json_.Key("error");
        json_.StartObject();
        text("type", words.type);
        text("phase", words.phase);
        text("detail", words.detail);
        text("message", message);
        json_.EndObject();
    }

    void properties(const DatumMap& map) {
        json_.Key("properties");
        json_.StartObject();
        for (const auto& [name, value] : map) {
            json_.Key(name.c_str());
            write(value);
        }
        json_.EndObject();
    }

    void node(ActorId id) {
        const auto actor = writer_->reader().actor(id);
        json_.StartObject();
        json_.Key("$node");
        json_.StartObject();
        json_.Key("id");
        json_.Uint64(id.value);
        json_.Key("labels");
        json_.StartArray();
        if (actor) {
            for (const std::string& type : actor->types) json_.String(type.c_str());
        }
        json_.EndArray();
        DatumMap map;
        if (actor) {
            for (const auto& [name, value] : actor->properties) map.emplace(name, Datum(value));
        }
        properties(map);
        json_.EndObject();
        json_.EndObject();
    }

    void relationship(RelationshipId id) {
        const auto r = writer_->reader().relationship(id);
        json_.StartObject();
        json_.Key("$relationship");
        json_.StartObject();
        json_.Key("id");
        json_.Uint64(id.value);
        text("type", r ? r->type : "");
        json_.Key("start");
        json_.Uint64(r ? r->from.value : 0);
        json_.Key("end");
        json_.Uint64(r ? r->to.value : 0);
        DatumMap map;
        if (r) {
            for (const auto& [name, value] : r->properties) map.emplace(name, Datum(value));
        }
        properties(map);
        json_.EndObject();
        json_.EndObject();
    }

    void tagged(const char* tag, const std::string& value) {
        json_.StartObject();
        text(tag, value);
        json_.EndObject();
    }

    void write(const Datum& d) {
        switch (d.kind()) {
            case Kind::null:
                json_.Null();
                return;
            case Kind::boolean:
                json_.Bool(d.boolean());
                return;
            case Kind::integer:
                json_.Int64(d.integer());
                return;
            case Kind::real:
                json_.StartObject();
                json_.Key("$float");
                if (std::isfinite(d.real())) {
                    json_.Double(d.real());
                } else {
                    json_.String(to_text(d).c_str());
                }
                json_.EndObject();
                return;
            case Kind::text:
                json_.String(d.text().c_str(), static_cast<rapidjson::SizeType>(d.text().size()));
                return;
            case Kind::date:
                return tagged("$date", to_text(d));
            case Kind::calendar_day:
                return tagged("$date", to_text(d));
            case Kind::time:
                return tagged(d.temporal().time().offset ? "$time" : "$localtime", to_text(d));
            case Kind::date_time:
                return tagged(d.temporal().date_time().offset ? "$datetime" : "$localdatetime", to_text(d));
            case Kind::duration:
                return tagged("$duration", to_text(d));
            case Kind::list:
                json_.StartArray();
                for (const Datum& each : d.list()) write(each);
                json_.EndArray();
                return;
            case Kind::map:
                json_.StartObject();
                json_.Key("$map");
                json_.StartObject();
                for (const auto& [name, value] : d.map()) {
                    json_.Key(name.c_str());
                    write(value);
                }
                json_.EndObject();
                json_.EndObject();
                return;
            case Kind::node:
                return node(d.node());
            case Kind::relationship:
                return relationship(d.relationship());
            case Kind::path:
                json_.StartObject();
                json_.Key("$path");
                json_.StartObject();
                json_.Key("nodes");
                json_.StartArray();
                for (const ActorId a : d.walk().actors) node(a);
                json_.EndArray();
                json_.Key("relationships");
                json_.StartArray();
                for (const RelationshipId r : d.walk().relationships) relationship(r);
                json_.EndArray();
                json_.EndObject();
                json_.EndObject();
                return;
        }
    }

    std::string folder_;
    std::optional<storage::Store> store_;
    std::optional<storage::Writer> writer_;
    Procedures procedures_;
    rapidjson::StringBuffer out_;
    rapidjson::Writer<rapidjson::StringBuffer> json_{out_};
};

}  // namespace

int main() {
    namespace fs = std::filesystem;
    const fs::path base = fs::exists("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
    std::string folder = (base / "entente-tck-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) return 1;
    {
        Adapter adapter(folder);
        std::string line;
        while (std::getline(std::cin, line)) std::cout << adapter.answer(line) << std::endl;
    }
    fs::remove_all(folder);
    return 0;
}
