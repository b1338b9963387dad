// A verb of the command line: what it is called, which options it takes, and how it runs.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}
namespace pluginlake::core {
class Log;
struct Principal;
struct Settings;
}  // namespace pluginlake::core

namespace pluginlake::app {

class Console;
class StationHost;

// A file or folder named on the command line. `descriptor` >= 0: the client that forwarded the verb opened it.
struct PathArgument {
  std::string shown;     // as given
  std::string absolute;  // joined with the working directory of the person who typed it
  int descriptor = -1;
};

// One command line as it was typed, wherever it then runs. Everything a verb may know of the process that typed it.
struct Invocation {
  std::vector<std::string> args;                   // without the program's name
  std::string directory;                           // working directory, absolute
  std::map<std::string, std::string> environment;  // PLUGINLAKE_*, documented aliases, NO_COLOR, HOME, TERM, TMPDIR
  std::vector<PathArgument> paths;                 // Verb::input_paths() in the same order, once resolved
};

// The flags that every verb has.
struct GlobalFlags {
  std::string station;           // --station; empty = look for it
  std::string role;              // --role; empty = local operator
  std::vector<std::string> set;  // --set KEY=VALUE
  bool json = false;
  bool quiet = false;
  bool verbose = false;
  bool no_color = false;
};

// Which process may run a verb, and what it must have found before it runs.
enum class Needs {
  kNothing,  // no station (init, version, completion, help, view run, restore)
  kFolder,   // a station folder if there is one; never the owner (config show, doctor)
  kOwner,    // the owner of the station: run there, or forwarded there
};

// What a verb does under --role, as long as no gate stands between a role and the rows.
enum class UnderRole {
  kRefused,   // it shows rows, or changes something
  kMetadata,  // it shows names, ids and counts; text of licensed vocabularies only to a role that may read it
  kAllowed,   // it reads nothing of a lake that stands
};

// What a running verb is given. Lives as long as Run().
struct VerbContext {
  const Invocation& invocation;
  const GlobalFlags& flags;
  const core::Settings& settings;  // flags and environment of who typed it, over the station's file
  const core::Principal& principal;
  const std::string& station_folder;  // absolute; empty if there is none (kNothing, kFolder)
  Console& console;
  core::Log& log;                      // to the stderr of who typed it, and the station's log file (kOwner)
  StationHost& host;                   // gives the open Station (kOwner only)
  bool may_read_licensed_text = true;  // of vocabularies; a role only if vocab.text_roles names it
};

// What `help` says of a verb. `name` has a blank for a verb in a group: "catalog fsck".
struct VerbDescription {
  std::string name;
  std::string help;                   // one line
  std::vector<std::string> examples;  // command lines, without a prompt
  Needs needs = Needs::kOwner;
  UnderRole under_role = UnderRole::kRefused;
  bool before_pending_erasures = false;  // runs on a restored station that has patients to erase first (PL-0246)
};

// One verb with its options. A new object for each command line.
class Verb {
 public:
  virtual ~Verb() = default;
  virtual VerbDescription Describe() const = 0;
  // Binds options to members. Options that every verb has are the frame's.
  virtual void AddOptions(CLI::App& app) = 0;
  // Returns the exit code (0, 5, 8); throws core::Error or core::Interrupted for the rest.
  virtual int Run(const VerbContext& context) = 0;

  // PATHs among the options: the client opens them and hands the descriptors over; see Invocation::paths.
  virtual std::vector<std::string> input_paths() const { return {}; }
  // The file of -o: the client writes what the verb gives to Out() there, by rename when the exit is 0.
  virtual std::optional<std::string> output_path() const { return std::nullopt; }
};

using VerbFactory = std::unique_ptr<Verb> (*)();

// Runs one command line from parsing to its last line of output, and returns the exit code; catches everything (this
// is the CLI's edge). Used for the process's own command line and for forwarded ones alike.
int RunVerb(const Invocation& invocation, Console& console, StationHost& host);

// Writes `document` and a line feed: what --json answers. `document` is JSON text.
void PrintJson(Console& console, std::string_view document);

}  // namespace pluginlake::app
