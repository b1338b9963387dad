// The hot copy answers as the tables it was made of say.
#include "pluginlake/omop/lookup_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "pluginlake/core/cancel.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/duck/database.h"
#include "pluginlake/omop/athena_tables.h"
#include "pluginlake/omop/lookup_build.h"

namespace pluginlake::omop {
namespace {

using Ids = std::vector<std::int64_t>;

class LookupTest : public ::testing::Test {
 protected:
  LookupTest() : database_({}), connection_(database_.Connect()) {
    connection_.Query(schemas::CreateSchemaStatement("vocab"));
    for (const char* name : {"concept", "concept_synonym", "concept_ancestor", "code_target", "code_system"}) {
      connection_.Query(schemas::CreateTableStatement(VocabTable(name)));
    }
    AddConcept(101, "Kuchziekte", "9001001", "S");
    AddConcept(102, "Hevige kuchziekte met koorts", "9001002", "S");
    AddConcept(103, "Oude kuchziekte", "9001003", "");
    AddConcept(104, "Café – allergie", "E11.9", "S");
    connection_.Query(
        "INSERT INTO vocab.concept_synonym VALUES (101, 'cough thing', 1), (102, 'Rhume très sévère', 1)");
    connection_.Query("INSERT INTO vocab.concept_ancestor VALUES (101, 101, 0, 0), (101, 102, 1, 2), (101, 104, 2, 2)");
    connection_.Query(
        "INSERT INTO vocab.code_system VALUES ('urn:icd', 'ICD10', 'undotted'), ('urn:sct', 'SNOMED', 'plain')");
    connection_.Query(
        "INSERT INTO vocab.code_target VALUES ('SNOMED', '9001001', 101, 'Condition', true, 101, 'Condition', 'X', "
        "NULL, "
        "1, NULL), ('ICD10', 'E119', 104, 'Condition', false, 101, 'Condition', 'X', 103, 1, NULL), ('ICD10', 'E119', "
        "104, 'Condition', false, 102, 'Condition', 'X', NULL, 2, 'mine'), ('ICD10', 'E120', 103, 'Condition', false, "
        "NULL, NULL, NULL, NULL, 1, NULL)");
  }
  ~LookupTest() override { std::filesystem::remove_all(folder_); }

  void AddConcept(std::int64_t id, const std::string& name, const std::string& code, const std::string& standard) {
    connection_.Query(
        "INSERT INTO vocab.concept VALUES ($1, $2, 'Condition', 'SNOMED', 'Finding', nullif($3, ''), $4, DATE "
        "'1970-01-01', DATE '2099-12-31', if($3 = '', 'D', NULL))",
        {id, name, standard, code});
  }

  LookupFile Build() {
    core::NoProgress progress;
    const core::Cancellation cancellation;
    BuildLookupFile(connection_, {.path = path(), .snapshot_id = 7}, progress, cancellation);
    return LookupFile(path());
  }

  static Ids Found(LookupFile& file, std::string_view text) {
    Ids ids;
    for (const SearchHit& hit : file.Search(text, 10)) {
      ids.push_back(hit.summary.concept_id);
    }
    return ids;
  }

  std::string path() const { return folder_ + "/vocab.sqlite"; }

  std::string folder_ = (std::filesystem::temp_directory_path() / ("lookup-" + std::to_string(::getpid()))).string();
  duck::Database database_;
  duck::Connection connection_;
};

TEST(NormalCode, LeavesPlainCodesAndUndotsTheRest) {
  EXPECT_EQ(NormalCode(" 44054006 ", false), "44054006");
  EXPECT_EQ(NormalCode("m[IU]/L", false), "m[IU]/L");
  EXPECT_EQ(NormalCode("e11.9", true), "E119");
  EXPECT_EQ(NormalCode("A17.0†", true), "A170");
  EXPECT_EQ(NormalCode("G01*", true), "G01");
  EXPECT_EQ(NormalCode("   ", true), "");
}

TEST_F(LookupTest, FindsWordsInNamesAndSynonymsBestFirst) {
  LookupFile file = Build();
  EXPECT_EQ(file.snapshot_id(), 7);
  EXPECT_EQ(Found(file, "kuchziekte"), (Ids{101, 102, 103}));
  EXPECT_EQ(Found(file, "KUCHZIEKTE koorts"), Ids{102});
  EXPECT_EQ(Found(file, "cough"), Ids{101});
  EXPECT_EQ(Found(file, "severe tres"), Ids{102});
  EXPECT_EQ(Found(file, "cafe"), Ids{104});
  EXPECT_EQ(Found(file, "café–allergie"), Ids{104});
  EXPECT_EQ(Found(file, "kuchz"), (Ids{101, 102, 103}));
  EXPECT_EQ(Found(file, "ku"), Ids{});
  EXPECT_EQ(Found(file, "\" OR * NEAR("), Ids{});
  EXPECT_EQ(Found(file, ""), Ids{});
}

TEST_F(LookupTest, RecognizesCodesAndTheirBeginnings) {
  LookupFile file = Build();
  const std::vector<SearchHit> exact = file.Search("e11.9", 10);
  ASSERT_EQ(exact.size(), 1U);
  EXPECT_EQ(exact[0].match, Match::kCode);
  EXPECT_EQ(Found(file, "E1"), (Ids{104, 103}));
  EXPECT_EQ(file.Search("E1", 10)[0].match, Match::kCodePrefix);
  EXPECT_EQ(Found(file, "9001001"), Ids{101});
}

TEST_F(LookupTest, SaysWhatACodeMeans) {
  LookupFile file = Build();
  const std::optional<CodeMeaning> meaning = file.LookUp("urn:icd", "E11.9+");
  ASSERT_TRUE(meaning);
  EXPECT_EQ(meaning->source.concept_id, 104);
  ASSERT_EQ(meaning->targets.size(), 2U);
  EXPECT_EQ(meaning->targets[0].meaning.name, "Kuchziekte");
  EXPECT_EQ(meaning->targets[0].value->concept_id, 103);
  EXPECT_EQ(meaning->targets[1].mapping_set_id, "mine");
  EXPECT_TRUE(file.LookUp("ICD10", "E120")->targets.empty());
  EXPECT_FALSE(file.LookUp("ICD10", "E121"));
  EXPECT_FALSE(file.LookUp("urn:none", "E119"));
}

TEST_F(LookupTest, WalksTheHierarchyNearestFirst) {
  LookupFile file = Build();
  const RelatedConcepts below = file.Descendants(101, 1);
  EXPECT_EQ(below.count, 2U);
  ASSERT_EQ(below.nearest.size(), 1U);
  EXPECT_EQ(below.nearest[0].summary.concept_id, 102);
  EXPECT_EQ(below.nearest[0].levels, 1);
  EXPECT_EQ(file.Ancestors(104, 10).nearest[0].levels, 2);
  EXPECT_EQ(file.Ancestors(101, 10).count, 0U);
  EXPECT_EQ(file.Concept(102)->code, "9001002");
  EXPECT_FALSE(file.Concept(999));
}

TEST_F(LookupTest, AFileOfAnotherReleaseOrOfNoneIsTold) {
  std::filesystem::create_directories(folder_);
  std::ofstream(path()) << "this is no database, whatever its name says; long enough to be read as a head";
  EXPECT_THROW(LookupFile{path()}, core::Error);
  EXPECT_THROW(LookupFile{path() + ".none"}, core::Error);
}

}  // namespace
}  // namespace pluginlake::omop
