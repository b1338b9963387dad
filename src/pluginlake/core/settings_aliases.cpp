// The names that the predecessor's environment used, and what they are here.
#include <array>

#include "pluginlake/core/settings_table.h"

namespace pluginlake::core {
namespace {

constexpr std::string_view kNoServer = "there is no server in this version";
constexpr std::string_view kOrchestrator = "the orchestrator is built in";
constexpr std::string_view kContainers = "container settings; one process needs none";
constexpr std::string_view kFolders = "give the folder to `ingest` instead";
constexpr std::string_view kNoDownload = "nothing downloads itself here";
constexpr std::string_view kFixed = "fixed here";

constexpr std::array kAliases{
    EnvironmentAlias{"PLUGINLAKE_DEBUG", "log.level", "true = debug"},
    EnvironmentAlias{"PLUGINLAKE_VERBOSE", "log.level", "true = debug"},
    EnvironmentAlias{"PLUGINLAKE_LOG_LEVEL", "log.level", "DEBUG, INFO, WARNING, ERROR, CRITICAL (= error)"},
    EnvironmentAlias{"DUCKLAKE_PG_HOST", "postgres.host", "also turns the catalog to PostgreSQL"},
    EnvironmentAlias{"DUCKLAKE_PG_PORT", "postgres.port", ""},
    EnvironmentAlias{"DUCKLAKE_PG_USER", "postgres.user", ""},
    EnvironmentAlias{"DUCKLAKE_PG_PASSWORD", "postgres.password", ""},
    EnvironmentAlias{"DUCKLAKE_PG_DB", "postgres.database", ""},
    EnvironmentAlias{"PLUGINLAKE_DUCKLAKE_PG_HOST", "postgres.host", ""},
    EnvironmentAlias{"PLUGINLAKE_DUCKLAKE_PG_PORT", "postgres.port", ""},
    EnvironmentAlias{"PLUGINLAKE_DUCKLAKE_PG_USER", "postgres.user", ""},
    EnvironmentAlias{"PLUGINLAKE_DUCKLAKE_PG_PASSWORD", "postgres.password", ""},
    EnvironmentAlias{"PLUGINLAKE_DUCKLAKE_PG_DB", "postgres.database", ""},
    EnvironmentAlias{"DUCKLAKE_DATA_PATH", "station.data", ""},
    EnvironmentAlias{"PLUGINLAKE_DUCKLAKE_DATA_PATH", "station.data", ""},
    EnvironmentAlias{"PLUGINLAKE_EXTENSION_DIR", "duck.extension_directory", "a shorter name"},
    EnvironmentAlias{"DATASTATION_NAME", "station.name", ""},
    EnvironmentAlias{"DUCKLAKE_CATALOG_NAME", "", "the lake is attached as `lake`"},
    EnvironmentAlias{"DUCKLAKE_TARGET_FILE_SIZE", "", kFixed},
    EnvironmentAlias{"DUCKLAKE_PARQUET_COMPRESSION", "", kFixed},
    EnvironmentAlias{"DUCKLAKE_PER_THREAD_OUTPUT", "", kFixed},
    EnvironmentAlias{"PLUGINLAKE_LOG_BASE_DIR", "", "logs are in logs/ of the station"},
    EnvironmentAlias{"PLUGINLAKE_SERVER_HOST", "", kNoServer},
    EnvironmentAlias{"PLUGINLAKE_SERVER_PORT", "", kNoServer},
    EnvironmentAlias{"PLUGINLAKE_STORAGE_BASE_DIR", "", "see station.data"},
    EnvironmentAlias{"PLUGINLAKE_STORAGE_BACKEND", "", "see station.data"},
    EnvironmentAlias{"PLUGINLAKE_INGEST_MAX_FILE_SIZE_MB", "", "files have no limit; see sources.resource_mb_max"},
    EnvironmentAlias{"PLUGINLAKE_INGEST_ALLOWED_EXTENSIONS", "", kFixed},
    EnvironmentAlias{"PLUGINLAKE_INGEST_DAGSTER_JOB_NAME", "", kOrchestrator},
    EnvironmentAlias{"PLUGINLAKE_INGEST_DAGSTER_WEBSERVER_URL", "", kOrchestrator},
    EnvironmentAlias{"PLUGINLAKE_DAGSTER_*", "", kOrchestrator},
    EnvironmentAlias{"PLUGINLAKE_POSTGRES_*", "", kContainers},
    EnvironmentAlias{"PLUGINLAKE_PROJECTS", "", kContainers},
    EnvironmentAlias{"PLUGINLAKE_ENSURE_DB", "", kContainers},
    EnvironmentAlias{"PLUGINLAKE_CONFIG_DIR", "", "a station is one folder"},
    EnvironmentAlias{"PLUGINLAKE_DATA_DIR", "", "a station is one folder"},
    EnvironmentAlias{"PLUGINLAKE_STATE_DIR", "", "a station is one folder"},
    EnvironmentAlias{"DATASTATION_ID", "", "see station.name"},
    EnvironmentAlias{"OMOP_RAW_DATA_DIR", "", kFolders},
    EnvironmentAlias{"FHIR_RAW_DATA_DIR", "", kFolders},
    EnvironmentAlias{"OMOP_FOLDER_WATCH_*", "", kFolders},
    EnvironmentAlias{"FHIR_FOLDER_WATCH_*", "", kFolders},
    EnvironmentAlias{"OMOP_CDM_VERSION", "", "5.4"},
    EnvironmentAlias{"OMOP_VALIDATE_*", "", kFixed},
    EnvironmentAlias{"OMOP_SKIP_INVALID_ROWS", "", "nothing is skipped: see `quarantine list`"},
    EnvironmentAlias{"OMOP_BATCH_SIZE", "", kFixed},
    EnvironmentAlias{"OMOP_CSV_ENCODING", "", kFixed},
    EnvironmentAlias{"OMOP_INFER_SCHEMA_LENGTH", "", kFixed},
    EnvironmentAlias{"OMOP_VOCABULARY_*", "", kNoDownload},
    EnvironmentAlias{"OMOP_AUDIT_SCHEMA", "", kFixed},
};

}  // namespace

std::span<const EnvironmentAlias> EnvironmentAliases() { return kAliases; }

}  // namespace pluginlake::core
