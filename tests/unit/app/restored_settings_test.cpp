// A restored station keeps its settings, but not the places of its catalog and data.
#include "app/backup/restored_settings.h"

#include <gtest/gtest.h>

namespace pluginlake::app {
namespace {

TEST(RestoredSettingsTest, ReplacesThePlacesOnly) {
  EXPECT_EQ(
      FitSettings(
          "# mine\n[station]\nname = \"a\"\ncatalog = \"postgres://x\" # old\ndata = \"/srv\"\nstate = \"sqlite\"\n"
          "\n[duck]\ndata = 1\nmemory_mb_max = 3\n",
          "sqlite"),
      "# mine\n[station]\ncatalog = \"sqlite\"\ndata = \"data\"\nname = \"a\"\n\n[duck]\ndata = 1\nmemory_mb_max = "
      "3\n");
}

TEST(RestoredSettingsTest, DropsTheOldServer) {
  EXPECT_EQ(
      FitSettings("[station]\n[postgres]\nhost = \"old\"\n# a comment\n[log]\nlevel = \"info\"\n", "postgres://u@h/d"),
      "[station]\ncatalog = \"postgres://u@h/d\"\ndata = \"data\"\n[postgres]\n# a comment\n[log]\nlevel = \"info\"\n");
}

TEST(RestoredSettingsTest, MakesTheSectionIfThereIsNone) {
  EXPECT_EQ(FitSettings("", "it's \"x\""), "[station]\ncatalog = \"it's \\\"x\\\"\"\ndata = \"data\"\n\n");
}

}  // namespace
}  // namespace pluginlake::app
