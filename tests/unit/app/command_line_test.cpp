// What a command line is taken for, and how a wrong one is refused.
#include "app/command_line.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/catalog_url.h"
#include "app/completion_script.h"
#include "app/help_text.h"
#include "app/verb_table.h"
#include "pluginlake/core/error.h"

namespace pluginlake::app {
namespace {

// Returns "CODE: hint" of the refusal, "" if the line is understood.
std::string Refusal(const std::vector<std::string>& args) {
  try {
    ParseCommandLine(args);
  } catch (const core::Error& error) {
    EXPECT_EQ(core::ExitCodeOf(error.kind()), 2);
    return error.code() + ": " + error.hint();
  }
  return "";
}

TEST(CommandLine, TakesGlobalFlagsAnywhere) {
  CommandLine line = ParseCommandLine({"--station", "s", "version", "--json", "-q", "--set", "a=b", "--set", "c=d"});
  EXPECT_EQ(line.description.name, "version");
  EXPECT_EQ(line.flags.station, "s");
  EXPECT_TRUE(line.flags.json);
  EXPECT_TRUE(line.flags.quiet);
  EXPECT_EQ(line.flags.set, (std::vector<std::string>{"a=b", "c=d"}));
}

TEST(CommandLine, FindsVerbsOfGroups) {
  EXPECT_EQ(ParseCommandLine({"catalog", "--json", "fsck"}).description.name, "catalog fsck");
  EXPECT_EQ(ParseCommandLine({"config", "show", "--origin"}).description.name, "config show");
}

TEST(CommandLine, OffersTheNearestVerbAndFlag) {
  EXPECT_NE(Refusal({"versoin"}).find("PL-0201: Did you mean `version`?"), std::string::npos);
  EXPECT_NE(Refusal({"catalog", "fsk"}).find("PL-0201: Did you mean `catalog fsck`?"), std::string::npos);
  EXPECT_NE(Refusal({"version", "--jsno"}).find("PL-0203: Did you mean `--json`?"), std::string::npos);
  EXPECT_EQ(Refusal({"catalog"}).substr(0, 7), "PL-0202");
  EXPECT_EQ(Refusal({"version", "more"}).substr(0, 7), "PL-0204");
}

TEST(CommandLine, HelpNeedsNoOtherArgument) {
  EXPECT_TRUE(ParseCommandLine({"init", "--help"}).help);
  EXPECT_EQ(ParseCommandLine({}).description.name, "help");
  EXPECT_EQ(ParseCommandLine({"catalog", "--help"}).description.name, "help");
  EXPECT_EQ(ParseCommandLine({"--version"}).description.name, "version");
}

TEST(VerbTable, EveryVerbHasHelpAndExamplesThatParse) {
  for (const std::string& name : VerbNames()) {
    std::unique_ptr<Verb> verb = MakeVerb(name);
    ASSERT_NE(verb, nullptr) << name;
    VerbDescription description = verb->Describe();
    EXPECT_FALSE(description.help.empty()) << name;
    EXPECT_FALSE(description.examples.empty()) << name;
    for (const std::string& example : description.examples) {
      EXPECT_NE(example.find("pluginlake " + name), std::string::npos) << example;
    }
    EXPECT_NE(VerbHelp(*verb).find("Usage: pluginlake " + name), std::string::npos);
  }
}

TEST(Completion, NamesEveryVerb) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    std::string script = CompletionScript(shell);
    for (const std::string& name : VerbNames()) {
      EXPECT_NE(script.find(name.substr(name.rfind(' ') + 1)), std::string::npos) << shell << " " << name;
    }
  }
}

TEST(CatalogUrl, SettingsReplaceParts) {
  core::Settings settings;
  EXPECT_EQ(CatalogOf(settings), "sqlite");
  settings.station.catalog = "postgresql://u:old@h:1/d?sslmode=require";
  settings.postgres.password = "p@ss/word";
  EXPECT_EQ(CatalogOf(settings), "postgres://u:p%40ss%2Fword@h:1/d?sslmode=require");
  settings.postgres.host = "other";
  settings.postgres.port = 5433;
  EXPECT_EQ(CatalogOf(settings), "postgres://u:p%40ss%2Fword@other:5433/d?sslmode=require");
  settings.station.catalog = "mysql://x";
  EXPECT_THROW(CatalogOf(settings), core::Error);
}

}  // namespace
}  // namespace pluginlake::app
