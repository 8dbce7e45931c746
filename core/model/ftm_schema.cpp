// SPDX-License-Identifier: MIT
#include "core/model/ftm_schema.hpp"

#include <algorithm>
#include <iterator>

namespace entente::ftm {
namespace {

enum Trait : std::uint8_t { kPlain, kAbstract, kDirected, kUndirected, kLoose };

/// As in followthemoney's own files: what a schema adds to those it extends. A mark behind a property: `@` a date,
/// `#` a number, `>` other entities.
struct Row {
    std::string_view name, parents;
    Trait trait;
    std::string_view source, target, caption, properties;
};

constexpr Row kRows[] = {
    {"Address", "Thing", kPlain, "", "", "full summary city remarks",
     "full remarks postOfficeBox street street2 city postalCode region state latitude# longitude# "
     "country osmId googlePlaceId"},
    {"Airplane", "Vehicle", kPlain, "", "", "name registrationNumber",
     "serialNumber icaoCode manufacturer"},
    {"Analyzable", "", kAbstract, "", "", "",
     "detectedLanguage detectedCountry namesMentioned peopleMentioned companiesMentioned ibanMentioned "
     "ipMentioned locationMentioned phoneMentioned emailMentioned"},
    {"Article", "Document", kPlain, "", "", "title fileName", ""},
    {"Assessment", "Thing", kPlain, "", "", "name",
     "publishDate@ assessmentId author>"},
    {"Asset", "Thing Value", kPlain, "", "", "name", ""},
    {"Associate", "Interval", kUndirected, "person", "associate", "relationship",
     "person> associate> relationship"},
    {"Audio", "Document", kPlain, "", "", "fileName title",
     "duration# samplingRate#"},
    {"BankAccount", "Asset", kPlain, "", "", "name iban accountNumber",
     "bankName accountNumber iban bic bank> accountType openingDate@ closingDate@ balance# "
     "balanceDate@ maxBalance# maxBalanceDate@ bankAddress"},
    {"Call", "Interval", kLoose, "caller", "receiver", "",
     "caller> callerNumber receiver> receiverNumber duration#"},
    {"CallForTenders", "Thing Interval", kPlain, "", "", "",
     "callId title authority> authorityReferenceId onBehalfOf> publicationDate@ evaluationMechanism "
     "procurementType directive procedure involvesOutcome cpvCode reverseAuctionsIncluded nutsCode "
     "relationToThreshold paymentOptions submissionDeadline@ clarificationDeadline@ awardedInLots "
     "numberOfLots# lotsNames tendersForLots maximumNumberOfLots# euFunding multipleTenders tedUrl "
     "fallsUnderGPPScope certificationCheck awardingDate@ contractNoticeDate@ awardNoticeDate@ "
     "tenderers>"},
    {"Company", "Organization Asset", kPlain, "", "", "name",
     "jurisdiction registrationNumber capital voenCode coatoCode irsCode ipoCode cikCode jibCode "
     "mbsCode ibcRuc caemCode kppCode okvedCode okopfCode fnsCode fssCode bikCode pfrNumber oksmCode "
     "isinCode ticker ricCode"},
    {"Contract", "Asset", kPlain, "", "", "title name procedureNumber",
     "title authority> project> type contractDate@ procedureNumber procedure noticeId numberAwards "
     "status method criteria classification cancelled language"},
    {"ContractAward", "Value Interest", kDirected, "contract", "supplier", "lotNumber",
     "supplier> contract> callForTenders> lotNumber documentNumber documentType decisionReason cpvCode "
     "nutsCode amended"},
    {"Control", "Interest", kDirected, "controller", "controlled", "controlType",
     "controller> controlled> controlType legalBasis"},
    {"CourtCase", "Thing", kPlain, "", "", "name caseNumber",
     "category type status caseNumber court fileDate@ closeDate@"},
    {"CourtCaseParty", "Interest", kDirected, "party", "case", "role",
     "party> case>"},
    {"CryptoWallet", "Thing Value", kPlain, "", "", "publicKey name summary",
     "publicKey privateKey creationDate@ currencySymbol mangingExchange holder> balance# balanceDate@"},
    {"Debt", "Interval Value", kDirected, "debtor", "creditor", "amount",
     "debtor> creditor>"},
    {"Directorship", "Interest", kDirected, "director", "organization", "role",
     "director> organization> secretary"},
    {"Document", "Thing Analyzable", kPlain, "", "", "fileName title",
     "contentHash title author generator crawler fileSize# fileName extension encoding bodyText "
     "messageId mimeType language translatedLanguage translatedText date@ authoredAt@ publishedAt@ "
     "parent> ancestors> processingStatus processingError processingAgent processedAt@"},
    {"Documentation", "Interest", kUndirected, "document", "entity", "role",
     "document> entity>"},
    {"EconomicActivity", "Interval", kPlain, "", "", "",
     "contract> ccdNumber ccdValue directionOfTransportation customsProcedure vedCode "
     "vedCodeDescription goodsDescription declarant> sender> receiver> contractHolder> invoiceAmount "
     "customsAmount dollarExchRate tradingCountry departureCountry destinationCountry originCountry "
     "bankAccount> bankRub> bankForeign> transport>"},
    {"Email", "Folder PlainText HyperText", kPlain, "", "", "subject threadTopic title name fileName",
     "subject threadTopic sender from to cc bcc emitters> recipients> inReplyTo inReplyToEmail> "
     "headers"},
    {"Employment", "Interest", kDirected, "employee", "employer", "role",
     "employer> employee>"},
    {"Event", "Interval Analyzable Thing", kPlain, "", "", "",
     "location country important organizer> involved>"},
    {"Family", "Interval", kUndirected, "person", "relative", "relationship",
     "person> relative> relationship"},
    {"Folder", "Document", kPlain, "", "", "fileName title", ""},
    {"HyperText", "Document", kPlain, "", "", "title fileName",
     "bodyHtml"},
    {"Identification", "Interval", kPlain, "", "", "",
     "holder> type country number authority"},
    {"Image", "Document", kPlain, "", "", "fileName title",
     "pictured>"},
    {"Interest", "Interval", kAbstract, "", "", "",
     "role status"},
    {"Interval", "", kAbstract, "", "", "",
     "startDate@ endDate@ date@ summary description recordId sourceUrl publisher publisherUrl alephUrl "
     "namesMentioned indexText modifiedAt@ retrievedAt@ proof>"},
    {"LegalEntity", "Thing", kPlain, "", "", "name email phone registrationNumber",
     "email phone website legalForm incorporationDate@ dissolutionDate@ taxStatus status sector "
     "classification registrationNumber idNumber taxNumber licenseNumber vatCode jurisdiction "
     "mainCountry opencorporatesUrl bvdId icijId okpoCode innCode ogrnCode leiCode dunsCode "
     "uniqueEntityId npiCode swiftBic parent>"},
    {"License", "Contract", kPlain, "", "", "name",
     "area commodities reviewDate"},
    {"Membership", "Interest", kDirected, "member", "organization", "role",
     "member> organization>"},
    {"Mention", "", kPlain, "", "", "name",
     "document> resolved> name detectedSchema contextCountry contextPhone contextEmail"},
    {"Message", "Interval Folder PlainText HyperText", kPlain, "", "", "",
     "subject threadTopic sender> senderAccount> recipients> recipientAccount> inReplyTo "
     "inReplyToMessage> metadata"},
    {"Note", "Thing Analyzable", kPlain, "", "", "description",
     "entity>"},
    {"Occupancy", "Interval", kDirected, "holder", "post", "startDate endDate",
     "holder> post> declarationDate@ status"},
    {"Organization", "LegalEntity", kPlain, "", "", "name",
     "cageCode permId imoNumber giiNumber"},
    {"Ownership", "Interest", kDirected, "owner", "asset", "percentage",
     "owner> asset> percentage# sharesCount sharesValue sharesCurrency sharesType legalBasis "
     "ownershipType"},
    {"Package", "Folder", kPlain, "", "", "fileName title", ""},
    {"Page", "", kPlain, "", "", "",
     "index# bodyText document> detectedLanguage translatedText translatedTextLanguage indexText"},
    {"Pages", "Document", kPlain, "", "", "fileName title",
     "pdfHash"},
    {"Passport", "Identification", kPlain, "", "", "",
     "passportNumber surname givenName birthDate@ birthPlace gender personalNumber"},
    {"Payment", "Interval Value", kDirected, "payer", "beneficiary", "amount date purpose",
     "sequenceNumber transactionNumber purpose programme payer> payerAccount> beneficiary> "
     "beneficiaryAccount> contract> project>"},
    {"Person", "LegalEntity", kPlain, "", "", "name lastName email phone",
     "title firstName secondName middleName fatherName motherName lastName nameSuffix birthDate@ "
     "birthPlace birthCountry deathDate@ position nationality citizenship passportNumber "
     "socialSecurityNumber gender ethnicity height# weight# eyeColor hairColor appearance religion "
     "political education spokenLanguage"},
    {"PlainText", "Document", kPlain, "", "", "fileName title", ""},
    {"Position", "Thing", kPlain, "", "", "name",
     "organization> inceptionDate@ dissolutionDate@ subnationalArea numberOfSeats#"},
    {"Post", "Interest", kPlain, "", "", "",
     "holder> organization wikidataId"},
    {"Project", "Interval Thing Value", kPlain, "", "", "",
     "projectId status phase goal"},
    {"ProjectParticipant", "Interest", kDirected, "participant", "project", "role",
     "project> participant>"},
    {"PublicBody", "Organization", kPlain, "", "", "name", ""},
    {"RealEstate", "Asset", kPlain, "", "", "name address registrationNumber",
     "latitude# longitude# censusBlock cadastralCode area# registrationNumber titleNumber tenure "
     "encumbrance propertyType landType createDate@ parent>"},
    {"Representation", "Interest", kDirected, "agent", "client", "role",
     "agent> client>"},
    {"Risk", "Interval", kPlain, "", "", "",
     "entity> status"},
    {"Sanction", "Interval", kPlain, "", "", "",
     "entity> authority authorityId unscId program programId programUrl provisions status duration "
     "reason country listingDate@"},
    {"Security", "Asset", kPlain, "", "", "name isin registrationNumber",
     "isin registrationNumber ticker figiCode issuer> issueDate@ maturityDate@ type classification "
     "collateral"},
    {"Similar", "", kLoose, "candidate", "match", "confidenceScore criteria",
     "candidate> match> confidenceScore# criteria matcher"},
    {"Succession", "Interest", kDirected, "predecessor", "successor", "date",
     "predecessor> successor>"},
    {"Table", "Document", kPlain, "", "", "title name fileName",
     "columns rowCount# csvHash"},
    {"TaxRoll", "Interval", kPlain, "", "", "",
     "taxee> country surname givenName birthDate@ income taxPaid wealth"},
    {"Territory", "Thing", kPlain, "", "", "name",
     "partOf> level territoryCode"},
    {"Thing", "", kAbstract, "", "", "name",
     "name summary description country alias previousName weakAlias sourceUrl publisher publisherUrl "
     "alephUrl wikipediaUrl wikidataId keywords topics address addressEntity> program programId notes "
     "proof> indexText createdAt@ modifiedAt@ retrievedAt@"},
    {"Trip", "Event", kPlain, "", "", "",
     "startLocation> endLocation> vehicle>"},
    {"UnknownLink", "Interest", kUndirected, "subject", "object", "role",
     "subject> object>"},
    {"UserAccount", "Thing", kPlain, "", "", "username email service",
     "owner> service email number username password ipAddress"},
    {"Value", "", kAbstract, "", "", "",
     "amount# currency amountUsd# amountEur#"},
    {"Vehicle", "Asset", kPlain, "", "", "name registrationNumber",
     "registrationNumber type model owner> operator> buildDate@ registrationDate@ deregistrationDate@"},
    {"Vessel", "Vehicle", kPlain, "", "", "name imoNumber",
     "imoNumber crsNumber flag registrationPort navigationArea tonnage# grossRegisteredTonnage# "
     "nameChangeDate@ callSign pastFlags pastTypes mmsi"},
    {"Video", "Document", kPlain, "", "", "fileName title",
     "duration#"},
    {"Workbook", "Folder", kPlain, "", "", "fileName title", ""},
};

std::vector<std::string_view> words(std::string_view text) {
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end != 0) out.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

class Schemata {
public:
    Schemata() : all_(std::size(kRows)) {
        for (std::size_t i = 0; i < all_.size(); ++i) by_name_.emplace(kRows[i].name, static_cast<std::uint16_t>(i));
        for (std::size_t i = 0; i < all_.size(); ++i) fill(i);
    }

    [[nodiscard]] const Schema* named(std::string_view name) const {
        const auto found = by_name_.find(name);
        return found == by_name_.end() ? nullptr : &all_[found->second];
    }
    [[nodiscard]] const std::vector<Schema>& all() const { return all_; }

private:
    void inherit(Schema& out, std::size_t row) const {
        const auto number = static_cast<std::uint16_t>(row);
        if (std::find(out.ancestors.begin(), out.ancestors.end(), number) != out.ancestors.end()) return;
        out.ancestors.push_back(number);
        for (std::string_view word : words(kRows[row].properties)) {
            Kind kind = Kind::text;
            if (word.ends_with('@')) kind = Kind::date;
            else if (word.ends_with('#')) kind = Kind::number;
            else if (word.ends_with('>')) kind = Kind::entity;
            if (kind != Kind::text) word.remove_suffix(1);
            out.properties.emplace(word, Property{kind, kind == Kind::entity ? type_of_property(word) : std::string()});
        }
        for (const std::string_view parent : words(kRows[row].parents)) inherit(out, by_name_.at(parent));
    }

    void fill(std::size_t row) {
        const Row& told = kRows[row];
        Schema& out = all_[row];
        out.name = told.name;
        out.number = static_cast<std::uint16_t>(row);
        out.abstract = told.trait == kAbstract;
        out.loose = told.trait == kLoose;
        out.edge = told.trait == kDirected || told.trait == kUndirected || out.loose;
        out.symmetric = told.trait == kUndirected;
        out.source = told.source;
        out.target = told.target;
        out.caption = words(told.caption);
        out.type = upper_snake(told.name);
        inherit(out, row);
        std::sort(out.ancestors.begin(), out.ancestors.end());
    }

    std::vector<Schema> all_;
    std::unordered_map<std::string_view, std::uint16_t> by_name_;
};

const Schemata& schemata() {
    static const Schemata kSchemata;
    return kSchemata;
}

}  // namespace

const Property* Schema::property(std::string_view word) const {
    const auto found = properties.find(word);
    return found == properties.end() ? nullptr : &found->second;
}

std::optional<Kind> Schema::kind(std::string_view word) const {
    const Property* found = property(word);
    return found == nullptr ? std::nullopt : std::optional(found->kind);
}

bool Schema::is_a(const Schema& other) const { return std::binary_search(ancestors.begin(), ancestors.end(), other.number); }

const Schema* schema_named(std::string_view name) { return schemata().named(name); }

const std::vector<Schema>& all_schemata() { return schemata().all(); }

const Schema* schema_of_type(std::string_view type) {
    std::string upper;
    for (const char c : type) upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    for (const Schema& s : schemata().all()) {
        if (s.edge && s.type == upper) return &s;
    }
    return nullptr;
}

const Schema* common(const Schema& a, const Schema& b) {
    if (a.is_a(b)) return &a;
    if (b.is_a(a)) return &b;
    const Schema* best = nullptr;
    for (const Schema& s : schemata().all()) {
        if (s.is_a(a) && s.is_a(b) && (best == nullptr || s.ancestors.size() < best->ancestors.size())) best = &s;
    }
    return best;
}

std::vector<std::string> narrowest(std::vector<std::string> types) {
    std::sort(types.begin(), types.end());
    types.erase(std::unique(types.begin(), types.end()), types.end());
    const std::vector<std::string> all = types;
    std::erase_if(types, [&](const std::string& type) {
        const Schema* broad = schema_named(type);
        return broad != nullptr && std::any_of(all.begin(), all.end(), [&](const std::string& other) {
            const Schema* narrow = schema_named(other);
            return narrow != nullptr && narrow != broad && narrow->is_a(*broad);
        });
    });
    return types;
}

std::string upper_snake(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper && i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z') out += '_';
        out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    }
    return out;
}

std::string type_of_property(std::string_view property) { return "HAS_" + upper_snake(property); }

}  // namespace entente::ftm
