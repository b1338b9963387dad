// Makes the patients and writes them to the inbox.
#include "app/demo/inbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>

#include "app/demo/inbox_file.h"
#include "app/demo/later.h"
#include "app/demo/resources.h"

namespace pluginlake::app::demo {
namespace {

// Every twentieth person comes in the Bundle, up to so many: a Bundle is one document.
constexpr std::size_t kBundleEvery = 20;
constexpr std::size_t kBundlePeopleMax = 20;

class InboxWriter {
 public:
  explicit InboxWriter(const InboxSettings& settings)
      : settings_(settings), care_(catalogue_, settings.seed), faults_(PlantedFaults()) {
    std::filesystem::create_directories(settings.directory);
  }

  Inbox Write() {
    MakeMasterData(care_, [this](const MadeResource& made) { AddLine(made); });
    for (std::size_t index = 0; index < settings_.patients; ++index) {
      WritePerson(index);
    }
    CountFaults();
    WriteBundle();
    InboxFile resent(settings_.directory, "re-sent.ndjson", {});
    later_.WriteResent(resent, inbox_.expected);
    Close(resent, "re-sent.ndjson");
    for (auto& [name, file] : files_) {
      Close(*file, name);
    }
    std::sort(inbox_.files.begin(), inbox_.files.end());
    ExpectedCounts& expected = inbox_.expected;
    expected.quarantined = inbox_.reason_codes.size();
    expected.received =
        expected.stored + expected.unchanged + expected.superseded + expected.deleted + expected.quarantined;
    return inbox_;
  }

 private:
  void WritePerson(std::size_t index) {
    Random random(settings_.seed, index);
    const Person person = MakePerson(index, catalogue_, care_, random);
    const Life life = LiveLife(person, catalogue_, care_, random);
    const bool bundled = index % kBundleEvery == kBundleEvery / 2 && index / kBundleEvery < kBundlePeopleMax;
    if (bundled) {
      MakePersonsResources(person, life, care_, Naming::kBundle, [this](const MadeResource& made) { AddEntry(made); });
    } else {
      MakePersonsResources(person, life, care_, Naming::kIds, [this](const MadeResource& made) { AddLine(made); });
    }
  }

  void AddLine(const MadeResource& made) {
    const std::string name = fmt::format("{}.ndjson", made.type);
    std::unique_ptr<InboxFile>& file = files_[name];
    if (file == nullptr) {
      file = std::make_unique<InboxFile>(settings_.directory, name, faults_);
    }
    file->Line(made.json);
    later_.See(made.type, made.json);
    ++inbox_.expected.stored;
  }

  void AddEntry(const MadeResource& made) {
    entries_.push_back(fmt::format(R"({{"fullUrl":"{}","resource":{},"request":{{"method":"POST","url":"{}"}}}})",
                                   made.full_url, made.json, made.type));
    ++inbox_.expected.stored;
  }

  void CountFaults() {
    for (const Fault& fault : faults_) {
      if (files_.contains(fault.file)) inbox_.reason_codes.push_back(fault.reason_code);
    }
  }

  void WriteBundle() {
    const std::vector<std::string> later = later_.BundleEntries(inbox_.expected, inbox_.reason_codes);
    entries_.insert(entries_.end(), later.begin(), later.end());
    InboxFile file(settings_.directory, "transferred.json", {});
    file.Line(R"({"resourceType":"Bundle","type":"transaction","entry":[)");
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      file.Line(i + 1 < entries_.size() ? entries_[i] + "," : entries_[i]);
    }
    file.Line("]}");
    Close(file, "transferred.json");
  }

  void Close(InboxFile& file, const std::string& name) {
    file.Close();
    inbox_.files.push_back(name);
    inbox_.bytes += file.bytes();
  }

  InboxSettings settings_;
  Catalogue catalogue_;
  Care care_;
  std::vector<Fault> faults_;
  std::map<std::string, std::unique_ptr<InboxFile>> files_;
  std::vector<std::string> entries_;
  Later later_;
  Inbox inbox_;
};

}  // namespace

Inbox WriteInbox(const InboxSettings& settings) { return InboxWriter(settings).Write(); }

}  // namespace pluginlake::app::demo
