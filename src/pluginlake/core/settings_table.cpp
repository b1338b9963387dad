// Lists every setting once, with bounds and words for administrators.
#include "pluginlake/core/settings_table.h"

#include <array>

namespace pluginlake::core {
namespace {

constexpr std::uint64_t kMegabytesMax = 16'777'216;  // 16 TB
constexpr std::uint64_t kThreadsMax = 1024;
constexpr std::uint64_t kMillisMax = 86'400'000;  // a day

template <auto Section, auto Member>
auto& Reach(Settings& settings) {
  return settings.*Section.*Member;
}

template <auto Section, auto Member>
constexpr SettingField Field() {
  return SettingField(&Reach<Section, Member>);
}

using S = Settings;

constexpr std::array kSettings{
    SettingSpec{.key = "station.name",
                .field = Field<&S::station, &S::Station::name>(),
                .description = "Name of this station, as doctor shows it; empty = the folder's name"},
    SettingSpec{
        .key = "station.catalog",
        .field = Field<&S::station, &S::Station::catalog>(),
        .description =
            "Where the lake's catalog is: sqlite (a file in the station), or postgres://user@host:port/database"},
    SettingSpec{.key = "station.data",
                .field = Field<&S::station, &S::Station::data>(),
                .description = "Folder of the Parquet files, relative to the station, or s3://bucket/prefix"},
    SettingSpec{.key = "station.state",
                .field = Field<&S::station, &S::Station::state>(),
                .description = "Where the station's own records are: a file, or postgres://…; empty = state.sqlite, or "
                               "the catalog's PostgreSQL"},
    SettingSpec{.key = "station.endpoint_url",
                .field = Field<&S::station, &S::Station::endpoint_url>(),
                .description = "Public URL of the station's HTTP interface; kept for when there is a server"},
    SettingSpec{.key = "station.dashboards",
                .field = Field<&S::station, &S::Station::dashboards>(),
                .description = "Whether the station shows its web pages; kept for when there is a server"},
    SettingSpec{.key = "postgres.host",
                .field = Field<&S::postgres, &S::Postgres::host>(),
                .description = "Host of the catalog's PostgreSQL; wins over the host in station.catalog"},
    SettingSpec{.key = "postgres.port",
                .field = Field<&S::postgres, &S::Postgres::port>(),
                .description = "Port of the catalog's PostgreSQL; 0 = the one in station.catalog, else 5432",
                .max = 65535},
    SettingSpec{.key = "postgres.user",
                .field = Field<&S::postgres, &S::Postgres::user>(),
                .description = "User of the catalog's PostgreSQL; wins over the user in station.catalog"},
    SettingSpec{.key = "postgres.password",
                .field = Field<&S::postgres, &S::Postgres::password>(),
                .description = "Password of the catalog's PostgreSQL; wins over the password in station.catalog",
                .secret = true},
    SettingSpec{.key = "postgres.database",
                .field = Field<&S::postgres, &S::Postgres::database>(),
                .description = "Database of the catalog's PostgreSQL; wins over the database in station.catalog"},
    SettingSpec{.key = "postgres.connect_timeout_ms_max",
                .field = Field<&S::postgres, &S::Postgres::connect_timeout_ms_max>(),
                .description = "How long to wait for PostgreSQL to answer at start",
                .unit = "ms",
                .min = 100,
                .max = kMillisMax},
    SettingSpec{.key = "log.level",
                .field = Field<&S::log, &S::Log::level>(),
                .description = "What is logged on stderr; -v means info, -q means error",
                .choices = "debug|info|warning|error"},
    SettingSpec{.key = "log.format",
                .field = Field<&S::log, &S::Log::format>(),
                .description = "How: text for people, json lines for machines, auto = text on a terminal",
                .choices = "auto|text|json"},
    SettingSpec{.key = "duck.memory_mb_max",
                .field = Field<&S::duck, &S::Duck::memory_mb_max>(),
                .description = "Memory that DuckDB may use before it spills to tmp/",
                .unit = "MB",
                .min = 64,
                .max = kMegabytesMax},
    SettingSpec{.key = "duck.threads",
                .field = Field<&S::duck, &S::Duck::threads>(),
                .description = "Threads of DuckDB; 0 = one a core",
                .max = kThreadsMax},
    SettingSpec{.key = "duck.temp_mb_max",
                .field = Field<&S::duck, &S::Duck::temp_mb_max>(),
                .description = "Disk that spilled work may take in tmp/; 0 = what is free",
                .unit = "MB",
                .max = kMegabytesMax},
    SettingSpec{.key = "duck.extension_directory",
                .field = Field<&S::duck, &S::Duck::extension_directory>(),
                .description = "Folder of DuckDB's extensions; empty = beside the program"},
    SettingSpec{.key = "sources.threads",
                .field = Field<&S::sources, &S::Sources::threads>(),
                .description = "Threads that parse input; 0 = one a core",
                .max = kThreadsMax},
    SettingSpec{.key = "sources.resource_mb_max",
                .field = Field<&S::sources, &S::Sources::resource_mb_max>(),
                .description = "Largest single resource (or NDJSON line); a larger one goes to quarantine as too_large",
                .unit = "MB",
                .min = 1,
                .max = 2048},
    SettingSpec{.key = "sources.depth_max",
                .field = Field<&S::sources, &S::Sources::depth_max>(),
                .description = "How deep objects and lists may nest; deeper goes to quarantine as too_deep",
                .unit = "levels",
                .min = 8,
                .max = 1000},
    SettingSpec{
        .key = "sources.expansion_ratio_max",
        .field = Field<&S::sources, &S::Sources::expansion_ratio_max>(),
        .description = "How many times its size a packed file may grow; more goes to quarantine as expansion_limit",
        .unit = "times",
        .min = 2,
        .max = 100'000},
    SettingSpec{.key = "sources.expansion_free_mb",
                .field = Field<&S::sources, &S::Sources::expansion_free_mb>(),
                .description = "Unpacked size below which expansion_ratio_max does not count",
                .unit = "MB",
                .min = 1,
                .max = kMegabytesMax},
    SettingSpec{.key = "sources.expanded_mb_max",
                .field = Field<&S::sources, &S::Sources::expanded_mb_max>(),
                .description = "What one packed file may unpack to at most; more goes to quarantine as expansion_limit",
                .unit = "MB",
                .min = 1,
                .max = kMegabytesMax},
    SettingSpec{.key = "sources.files_max",
                .field = Field<&S::sources, &S::Sources::files_max>(),
                .description = "Files that one ingest may find",
                .unit = "files",
                .min = 1,
                .max = 100'000'000},
    SettingSpec{.key = "sources.batch_records_max",
                .field = Field<&S::sources, &S::Sources::batch_records_max>(),
                .description = "Resources that one ingest may bring; bounds its index, 48 bytes each",
                .unit = "records",
                .min = 1'000,
                .max = 10'000'000'000},
    SettingSpec{.key = "sources.block_kb",
                .field = Field<&S::sources, &S::Sources::block_kb>(),
                .description = "Size of the blocks that files are read in",
                .unit = "KB",
                .min = 64,
                .max = 65'536},
    SettingSpec{.key = "quarantine.body_kb_max",
                .field = Field<&S::quarantine, &S::Quarantine::body_kb_max>(),
                .description = "How much of a refused record's body is kept",
                .unit = "KB",
                .max = 65'536},
    SettingSpec{.key = "catalog.expire_days_min",
                .field = Field<&S::catalog, &S::Catalog::expire_days_min>(),
                .description = "Snapshots younger than this are never expired",
                .unit = "days",
                .max = 36'500},
    SettingSpec{.key = "vocab.memory_mb_max",
                .field = Field<&S::vocab, &S::Vocab::memory_mb_max>(),
                .description = "Memory that a load of vocabularies may use before it spills to tmp/",
                .unit = "MB",
                .min = 256,
                .max = kMegabytesMax},
    SettingSpec{.key = "vocab.threads",
                .field = Field<&S::vocab, &S::Vocab::threads>(),
                .description = "Threads of a load of vocabularies; 0 = one a core",
                .max = kThreadsMax},
    SettingSpec{.key = "vocab.needed",
                .field = Field<&S::vocab, &S::Vocab::needed>(),
                .description = "Vocabularies that a release must bring, separated by commas; one without is refused"},
    SettingSpec{.key = "vocab.shrink_percent_max",
                .field = Field<&S::vocab, &S::Vocab::shrink_percent_max>(),
                .description = "How much of a vocabulary or table a release may lack that the loaded one has",
                .unit = "percent",
                .max = 100},
    SettingSpec{.key = "query.memory_mb_max",
                .field = Field<&S::query, &S::Query::memory_mb_max>(),
                .description = "Memory that one query may use before it spills to tmp/",
                .unit = "MB",
                .min = 64,
                .max = kMegabytesMax},
    SettingSpec{.key = "query.threads",
                .field = Field<&S::query, &S::Query::threads>(),
                .description = "Threads of one query; 0 = one a core",
                .max = kThreadsMax},
    SettingSpec{.key = "query.table_rows_max",
                .field = Field<&S::query, &S::Query::table_rows_max>(),
                .description = "Rows that --format table shows before it says how many more there are",
                .unit = "rows",
                .min = 1,
                .max = 10'000'000},
    SettingSpec{.key = "owner.wait_ms_max",
                .field = Field<&S::owner, &S::Owner::wait_ms_max>(),
                .description = "How long a verb waits for an owner that starts or ends",
                .unit = "ms",
                .max = kMillisMax},
    SettingSpec{.key = "owner.clients_max",
                .field = Field<&S::owner, &S::Owner::clients_max>(),
                .description = "Verbs that may be forwarded to one owner at once",
                .unit = "verbs",
                .min = 1,
                .max = 10'000},
};

}  // namespace

std::span<const SettingSpec> SettingsTable() { return kSettings; }

const SettingSpec* FindSetting(std::string_view key) {
  for (const SettingSpec& spec : kSettings) {
    if (spec.key == key) {
      return &spec;
    }
  }
  return nullptr;
}

}  // namespace pluginlake::core
