// Lists every verb there is.
#include "app/verb_table.h"

#include <array>

#include "app/verbs/assets.h"
#include "app/verbs/assets_test.h"
#include "app/verbs/backup.h"
#include "app/verbs/catalog_compact.h"
#include "app/verbs/catalog_expire.h"
#include "app/verbs/catalog_fsck.h"
#include "app/verbs/completion.h"
#include "app/verbs/config_show.h"
#include "app/verbs/demo.h"
#include "app/verbs/doctor.h"
#include "app/verbs/erase.h"
#include "app/verbs/help.h"
#include "app/verbs/ingest.h"
#include "app/verbs/init.h"
#include "app/verbs/lineage.h"
#include "app/verbs/plan.h"
#include "app/verbs/quarantine.h"
#include "app/verbs/query.h"
#include "app/verbs/restore.h"
#include "app/verbs/run.h"
#include "app/verbs/runs.h"
#include "app/verbs/snapshots.h"
#include "app/verbs/version.h"
#include "app/verbs/view_run.h"
#include "app/verbs/vocab_concept.h"
#include "app/verbs/vocab_diff.h"
#include "app/verbs/vocab_load.h"
#include "app/verbs/vocab_lookup.h"
#include "app/verbs/vocab_map_load.h"
#include "app/verbs/vocab_search.h"
#include "app/verbs/vocab_status.h"
#include "app/verbs/vocab_unmapped.h"

namespace pluginlake::app {

std::span<const VerbFactory> VerbTable() {
  static constexpr std::array kVerbs{
      // One a line, so that two that add a verb do not meet.
      &MakeInit,            //
      &MakeDemo,            //
      &MakeIngest,          //
      &MakeQuarantineList,  //
      &MakeQuarantineShow,  //
      &MakeVocabLoad,       //
      &MakeVocabStatus,     //
      &MakeVocabLookup,     //
      &MakeVocabSearch,     //
      &MakeVocabConcept,    //
      &MakeVocabDiff,       //
      &MakeVocabMapLoad,    //
      &MakeVocabUnmapped,   //
      &MakeRun,             //
      &MakePlan,            //
      &MakeAssetsList,      //
      &MakeAssetsShow,      //
      &MakeAssetsGraph,     //
      &MakeAssetsTest,      //
      &MakeRunsList,        //
      &MakeRunsShow,        //
      &MakeRunsLogs,        //
      &MakeLineage,         //
      &MakeQuery,           //
      &MakeViewRun,         //
      &MakeSnapshots,       //
      &MakeCatalogFsck,     //
      &MakeCatalogCompact,  //
      &MakeCatalogExpire,   //
      &MakeErase,           //
      &MakeBackup,          //
      &MakeRestore,         //
      &MakeDoctor,          //
      &MakeConfigShow,      //
      &MakeVersion,         //
      &MakeCompletion,      //
      &MakeHelp,            //
  };
  return kVerbs;
}

std::unique_ptr<Verb> MakeVerb(std::string_view name) {
  for (VerbFactory make : VerbTable()) {
    std::unique_ptr<Verb> verb = make();
    if (verb->Describe().name == name) {
      return verb;
    }
  }
  return nullptr;
}

std::vector<std::string> VerbNames() {
  std::vector<std::string> names;
  for (VerbFactory make : VerbTable()) {
    names.push_back(make()->Describe().name);
  }
  return names;
}

std::vector<std::string> VerbsInGroup(std::string_view group) {
  std::vector<std::string> names;
  for (std::string& name : VerbNames()) {
    if (name.size() > group.size() && name.starts_with(group) && name[group.size()] == ' ') {
      names.push_back(std::move(name));
    }
  }
  return names;
}

}  // namespace pluginlake::app
