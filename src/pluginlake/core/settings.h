// Every setting of a station as a typed value; core/settings_table.h lists them with bounds and descriptions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pluginlake::core {

// Holds defaults until core/settings_load.h fills it. Rooms never read this: app maps it to their own Settings structs.
struct Settings {
  struct Station {
    std::string name;                // empty = the folder's name
    std::string catalog = "sqlite";  // or postgres://user@host:port/database
    std::string data = "data";       // folder (relative to the station) or s3://bucket/prefix
    std::string state;               // empty = beside the catalog: state.sqlite, or the same PostgreSQL
    std::string endpoint_url = "http://localhost:8000";
    bool dashboards = true;
  } station;

  struct Postgres {  // parts of the catalog's URL, each winning over the same part of station.catalog
    std::string host;
    std::uint64_t port = 0;  // 0 = the URL's, else 5432
    std::string user;
    std::string password;  // secret
    std::string database;
    std::uint64_t connect_timeout_ms_max = 10'000;
  } postgres;

  struct Log {
    std::string level = "warning";
    std::string format = "auto";
  } log;

  struct Duck {
    std::uint64_t memory_mb_max = 512;
    std::uint64_t threads = 0;        // 0 = one a core
    std::uint64_t temp_mb_max = 0;    // 0 = no bound but the disk
    std::string extension_directory;  // empty = beside the program
  } duck;

  struct Sources {
    std::uint64_t threads = 0;  // 0 = one a core
    std::uint64_t resource_mb_max = 32;
    std::uint64_t depth_max = 200;
    std::uint64_t expansion_ratio_max = 200;
    std::uint64_t expansion_free_mb = 64;
    std::uint64_t expanded_mb_max = 1'048'576;
    std::uint64_t files_max = 1'000'000;
    std::uint64_t batch_records_max = 50'000'000;
    std::uint64_t block_kb = 1024;
  } sources;

  struct Quarantine {
    std::uint64_t body_kb_max = 64;
  } quarantine;

  struct Catalog {
    std::uint64_t expire_days_min = 7;
  } catalog;

  struct Vocab {
    std::uint64_t memory_mb_max = 2048;
    std::uint64_t threads = 0;  // 0 = one a core
    std::string needed = "SNOMED,LOINC,UCUM,RxNorm,ICD10,ATC,CVX,Gender,Visit,Type Concept";
    std::uint64_t shrink_percent_max = 10;
    std::string licences;
    std::string text_roles;
  } vocab;

  struct Assets {
    std::string folder = "assets";  // relative to the station
    std::uint64_t wave_assets_max = 100;
    std::uint64_t wave_ms_max = 60'000;
  } assets;

  struct Mapping {
    std::string profile = "orders-as-exposures";
    std::string time_zone = "Europe/Amsterdam";
  } mapping;

  struct Query {
    std::uint64_t memory_mb_max = 512;
    std::uint64_t threads = 0;
    std::uint64_t table_rows_max = 1000;
  } query;

  struct Owner {
    std::uint64_t wait_ms_max = 5'000;
    std::uint64_t clients_max = 16;
  } owner;

  struct ProjectEntry {  // [[projects]] as the predecessor wrote it
    std::string name;
    std::string path;
    std::string source;
  };
  std::vector<ProjectEntry> projects;
};

}  // namespace pluginlake::core
