// Runs SQL from standard input on an in-memory DuckDB, the same that pluginlake is made of: sql_bench THREADS. Built on
// request only, for comparisons.
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <string>

#include "pluginlake/duck/connection.h"
#include "pluginlake/duck/database.h"

int main(int argument_count, char** arguments) {
  if (argument_count != 2) {
    std::fprintf(stderr, "usage: sql_bench THREADS <SQL\n");
    return 2;
  }
  const std::string sql{std::istreambuf_iterator<char>(std::cin), {}};
  pluginlake::duck::DatabaseSettings settings;
  settings.memory_mb_max = 8192;
  settings.threads = static_cast<std::uint32_t>(std::strtoul(arguments[1], nullptr, 10));
  pluginlake::duck::Database database(settings);
  pluginlake::duck::Connection connection = database.Connect();
  connection.Query(sql);
  return 0;
}
