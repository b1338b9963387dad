// What an ingest makes of resources that come again, come late, refer to each other, or are broken: on a real lake.
#include "pluginlake/sources/ingest.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <memory>

#include "pluginlake/catalog/lake.h"
#include "pluginlake/catalog/writer.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/core/progress.h"

namespace pluginlake::sources {
namespace {

class IngestTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "ingest_test_XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    const catalog::LakeSettings settings{.project = {.name = "default",
                                                     .alias = "lake",
                                                     .catalog = "sqlite",
                                                     .data_path = folder_ + "/data/",
                                                     .directory = folder_},
                                         .extension_directory = PLUGINLAKE_TEST_EXTENSIONS,
                                         .temp_directory = folder_ + "/tmp"};
    catalog::Lake::Create(settings);
    lake_ = std::make_unique<catalog::Lake>(settings);
    writer_ = std::make_unique<catalog::Writer>(*lake_);
    ingest_ = std::make_unique<FhirIngest>(*lake_, *writer_, IngestSettings{});
  }
  void TearDown() override {
    ingest_.reset();
    writer_.reset();
    lake_.reset();
    std::filesystem::remove_all(folder_);
  }

  // Writes `content` to a file and ingests it; the file's name is `name`.
  IngestResult Ingest(const std::string& name, const std::string& content, bool strict = false) {
    const std::string path = folder_ + "/" + name;
    std::ofstream(path) << content;
    const IngestRequest request{
        .batch_id = "batch-" + std::to_string(++batches_), .paths = {{.shown = path}}, .strict = strict};
    core::NoProgress progress;
    const core::Cancellation cancellation;
    return ingest_->Run(core::Principal{.name = "test", .role = core::kLocalOperatorRole}, request, progress,
                        cancellation);
  }
  std::int64_t Number(const std::string& sql) { return lake_->Connect().QueryInt64(sql).value_or(-1); }
  std::string Text(const std::string& sql) { return lake_->Connect().QueryText(sql).value_or("NULL"); }

  std::string folder_;
  std::unique_ptr<catalog::Lake> lake_;
  std::unique_ptr<catalog::Writer> writer_;
  std::unique_ptr<FhirIngest> ingest_;
  int batches_ = 0;
};

constexpr auto kEncounter = R"({"resourceType":"Encounter","id":"e1","subject":{"reference":"Patient/p1"},)"
                            R"("serviceProvider":{"reference":"Organization?identifier=urn:agb|01"}})"
                            "\n";
constexpr auto kOrganization =
    R"({"resourceType":"Organization","id":"o1","identifier":[{"system":"urn:agb","value":"01"}]})"
    "\n";
constexpr auto kSecondOrganization =
    R"({"resourceType":"Organization","id":"o2","identifier":[{"system":"urn:agb","value":"01"}]})"
    "\n";
constexpr auto kProvider =
    "SELECT body->>'$.serviceProvider.reference' FROM raw.fhir_resource WHERE resource_type = 'Encounter'";

TEST_F(IngestTest, TheSameFileAgainWritesNothing) {
  const IngestResult first = Ingest("a.ndjson", std::string(kEncounter) + kOrganization);
  EXPECT_EQ(first.counts.stored, 2U);
  ASSERT_TRUE(first.snapshot_id.has_value());
  const IngestResult again = Ingest("a.ndjson", std::string(kEncounter) + kOrganization);
  EXPECT_EQ(again.counts.unchanged, 2U);
  EXPECT_FALSE(again.snapshot_id.has_value());
}

TEST_F(IngestTest, ConditionalReferencesResolveWithinABatchInAnyOrder) {
  Ingest("a.ndjson", std::string(kEncounter) + kOrganization);
  EXPECT_EQ(Text(kProvider), "Organization/o1");
  EXPECT_EQ(Number("SELECT count(*) FROM raw.fhir_reference_pending"), 0);
}

TEST_F(IngestTest, AReferenceIsResolvedWhenItsTargetArrives) {
  Ingest("a.ndjson", kEncounter);
  EXPECT_EQ(Text(kProvider), "Organization?identifier=urn:agb|01");
  EXPECT_EQ(Number("SELECT count(*) FROM raw.fhir_reference_pending"), 1);
  const IngestResult later = Ingest("b.ndjson", std::string(kOrganization) + kEncounter);
  EXPECT_EQ(later.references_resolved_later, 1U);
  EXPECT_EQ(later.counts.stored, 1U);
  EXPECT_EQ(later.counts.unchanged, 1U) << "what comes in is compared after the same resolution";
  EXPECT_EQ(Text(kProvider), "Organization/o1");
  EXPECT_EQ(Number("SELECT count(*) FROM raw.fhir_reference_pending"), 0);
  EXPECT_EQ(Number("SELECT max(version) FROM raw.fhir_resource"), 1);
}

TEST_F(IngestTest, OnceResolvedAReferenceStaysSo) {
  Ingest("a.ndjson", std::string(kEncounter) + kOrganization);
  Ingest("b.ndjson", kSecondOrganization);
  const IngestResult again = Ingest("a.ndjson", kEncounter);
  EXPECT_EQ(again.counts.unchanged, 1U);
  EXPECT_EQ(Text(kProvider), "Organization/o1");
}

TEST_F(IngestTest, TwoMatchesLeaveAReferenceOpen) {
  Ingest("a.ndjson", std::string(kOrganization) + kSecondOrganization + kEncounter);
  EXPECT_EQ(Text(kProvider), "Organization?identifier=urn:agb|01");
  EXPECT_EQ(Number("SELECT count(*) FROM raw.fhir_reference_pending"), 1);
}

TEST_F(IngestTest, AVersionWithoutItsOldIdentifierIsNoTargetAnyMore) {
  Ingest("a.ndjson", kOrganization);
  Ingest("b.ndjson", R"({"resourceType":"Organization","id":"o1","name":"renamed"})");
  EXPECT_EQ(Number("SELECT count(*) FROM raw.fhir_identifier"), 0);
}

TEST_F(IngestTest, RepeatedArrivalsAreDecidedInTheirOrder) {
  const std::string a = R"({"resourceType":"Patient","id":"p1","active":true})"
                        "\n";
  const std::string b = R"({"resourceType":"Patient","id":"p1","active":false})"
                        "\n";
  const IngestResult result = Ingest("a.ndjson", a + b + a + a);
  EXPECT_EQ(result.counts.stored, 3U);
  EXPECT_EQ(result.counts.unchanged, 1U);
  EXPECT_EQ(Text("SELECT string_agg(body->>'active', ' ' ORDER BY version) FROM raw.fhir_resource"), "true false true");
}

TEST_F(IngestTest, AnOlderVersionIsKeptButNeverNewest) {
  const std::string older = R"({"resourceType":"Patient","id":"p1","meta":{"lastUpdated":"2020-01-01T00:00:00Z"}})";
  const std::string newer = R"({"resourceType":"Patient","id":"p1","meta":{"lastUpdated":"2021-01-01T00:00:00Z"}})";
  Ingest("a.json", newer);
  const IngestResult result = Ingest("b.json", older);
  EXPECT_EQ(result.counts.superseded, 1U);
  EXPECT_EQ(Number("SELECT version FROM raw.fhir_resource WHERE superseded"), 2);
  EXPECT_EQ(Ingest("a.json", newer).counts.unchanged, 1U);
  EXPECT_EQ(Ingest("b.json", older).counts.unchanged, 1U);
}

TEST_F(IngestTest, BundleEntriesFollowTheirMethod) {
  const IngestResult result = Ingest("b.json", R"({"resourceType":"Bundle","type":"transaction","entry":[
      {"fullUrl":"urn:uuid:11111111-1111-1111-1111-111111111111","resource":{"resourceType":"Patient","id":"p1"},
       "request":{"method":"POST","url":"Patient"}},
      {"fullUrl":"urn:uuid:22222222-2222-2222-2222-222222222222",
       "resource":{"resourceType":"Observation","subject":{"reference":"urn:uuid:11111111-1111-1111-1111-111111111111"}},
       "request":{"method":"POST","url":"Observation"}},
      {"request":{"method":"DELETE","url":"Condition/c9"}},
      {"request":{"method":"GET","url":"Condition/c9"}},
      {"fullUrl":"urn:uuid:x"}]})");
  EXPECT_EQ(result.counts.received, 5U);
  EXPECT_EQ(result.counts.stored, 2U);
  EXPECT_EQ(result.counts.deleted, 1U);
  EXPECT_EQ(result.counts.quarantined, 2U);
  EXPECT_EQ(Text("SELECT resource_id FROM raw.fhir_resource WHERE resource_type = 'Observation'"),
            "22222222-2222-2222-2222-222222222222");
  EXPECT_EQ(Text("SELECT patient_id FROM raw.fhir_resource WHERE resource_type = 'Observation'"), "p1");
  EXPECT_EQ(Text("SELECT body::VARCHAR FROM raw.fhir_resource WHERE deleted"), "NULL");
}

TEST_F(IngestTest, ADeletionOfWhatIsDeletedIsUnchanged) {
  const std::string deletion =
      R"({"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"DELETE","url":"Patient/p1"}}]})";
  EXPECT_EQ(Ingest("d.json", deletion).counts.deleted, 1U);
  EXPECT_EQ(Ingest("d.json", deletion).counts.unchanged, 1U);
}

TEST_F(IngestTest, ABrokenRecordIsOneRowForEver) {
  const std::string content = std::string(R"({"resourceType":"Patient","id":"p1"})") + "\n{\"resourceType\":\n";
  const IngestResult first = Ingest("a.ndjson", content);
  EXPECT_EQ(first.counts.stored, 1U);
  EXPECT_EQ(first.counts.quarantined, 1U);
  const IngestResult again = Ingest("a.ndjson", content);
  EXPECT_EQ(again.counts.quarantined, 1U);
  EXPECT_FALSE(again.snapshot_id.has_value());
  EXPECT_EQ(Number("SELECT count(*) FROM quality.quarantine"), 1);
  EXPECT_EQ(Text("SELECT line || ' ' || reason_code FROM quality.quarantine"), "2 invalid_json");
}

TEST_F(IngestTest, BytesThatAreNoTextAreKeptAsBase64) {
  Ingest("a.ndjson", "{\"resourceType\":\"Patient\",\"id\":\"\xff\"}\n");
  EXPECT_EQ(Text("SELECT left(body, 7) FROM quality.quarantine"), "base64:");
}

TEST_F(IngestTest, StrictCommitsNothing) {
  const IngestResult result = Ingest("a.ndjson", "{}\n" + std::string(kOrganization), true);
  EXPECT_TRUE(result.refused);
  EXPECT_EQ(Number("SELECT count(*) FROM raw.fhir_resource"), 0);
  EXPECT_EQ(Number("SELECT count(*) FROM quality.quarantine"), 0);
}

TEST_F(IngestTest, LayoutDoesNotChangeTheHash) {
  Ingest("a.ndjson",
         R"({"resourceType":"Patient","id":"p1","name":[{"family":"Ja\u006esen"}],"multipleBirthInteger":1})");
  const IngestResult again = Ingest("b.json",
                                    "{ \"id\": \"p1\",\n \"multipleBirthInteger\": 1, \"resourceType\": \"Patient\","
                                    " \"name\": [ { \"family\": \"Jansen\" } ] }");
  EXPECT_EQ(again.counts.unchanged, 1U);
}

}  // namespace
}  // namespace pluginlake::sources
