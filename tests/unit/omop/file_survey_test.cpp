// What one look at a file's bytes tells, whatever the sizes of its lines.
#include "pluginlake/omop/file_survey.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "pluginlake/core/digest.h"

namespace pluginlake::omop {
namespace {

class SurveyTest : public ::testing::Test {
 protected:
  ~SurveyTest() override { std::filesystem::remove(path_); }

  FileSurvey Survey(const std::string& text) {
    std::ofstream(path_, std::ios::binary) << text;
    FileSurvey survey = SurveyFile(path_, "shown", [](std::uint64_t) {});
    EXPECT_EQ(survey.sha256, core::Sha256Hex(text));
    EXPECT_EQ(survey.bytes, text.size());
    return survey;
  }

  std::string path_ = (std::filesystem::temp_directory_path() / ("survey-" + std::to_string(::getpid()))).string();
};

using Columns = std::vector<std::string>;

TEST_F(SurveyTest, ReadsHeadAndCountsLines) {
  const FileSurvey survey = Survey("Concept_ID\tconcept_name\n1\tone\n2\ttwo\n");
  EXPECT_EQ(survey.columns, (Columns{"concept_id", "concept_name"}));
  EXPECT_EQ(survey.lines, 2U);
  EXPECT_TRUE(survey.ends_in_line_feed);
  EXPECT_FALSE(survey.has_crlf || survey.has_quotes || survey.has_byte_order_mark);
  EXPECT_EQ(survey.delimiter, '\t');
  EXPECT_FALSE(survey.first_misencoded_byte);
}

TEST_F(SurveyTest, SeesALastLineThatIsCut) {
  const FileSurvey survey = Survey("a\tb\n1\tone\n2\ttw");
  EXPECT_FALSE(survey.ends_in_line_feed);
  EXPECT_EQ(survey.lines, 2U);
}

TEST_F(SurveyTest, SeesWhatAToolDidToTheFile) {
  const FileSurvey survey = Survey("\xEF\xBB\xBF\"a\",\"b\"\r\n\"1\",\"one\"\r\n");
  EXPECT_TRUE(survey.has_byte_order_mark);
  EXPECT_TRUE(survey.has_crlf);
  EXPECT_TRUE(survey.has_quotes);
  EXPECT_EQ(survey.delimiter, ',');
  EXPECT_EQ(survey.columns, (Columns{"a", "b"}));
}

TEST_F(SurveyTest, AQuoteWithinANameIsNoQuoting) { EXPECT_FALSE(Survey("a\tb\n1\t5\" tube\n").has_quotes); }

TEST_F(SurveyTest, FindsWhatIsNoUtf8WhereverABlockEnds) {
  std::string text = "a\tb\n";
  while (text.size() < (3U << 20)) {
    text += "1\tna\xC3\xAFve \xC3\xA9l\xC3\xA8ve\n";
  }
  EXPECT_FALSE(Survey(text).first_misencoded_byte);
  text.insert(text.size() - 20, "\xE9");
  const FileSurvey survey = Survey(text);
  ASSERT_TRUE(survey.first_misencoded_byte);
  EXPECT_LE(*survey.first_misencoded_byte, text.size() - 20);
}

TEST_F(SurveyTest, ALineLongerThanABlockIsReadWhole) {
  const std::string text = "a\n" + std::string(5U << 20, 'x') + "\xC3\xA9\n";
  const FileSurvey survey = Survey(text);
  EXPECT_EQ(survey.lines, 1U);
  EXPECT_FALSE(survey.first_misencoded_byte);
}

TEST_F(SurveyTest, AnEmptyFileHasNoLines) {
  const FileSurvey survey = Survey("");
  EXPECT_EQ(survey.lines, 0U);
  EXPECT_TRUE(survey.columns.empty());
}

}  // namespace
}  // namespace pluginlake::omop
