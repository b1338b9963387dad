// The verbs `assets list`, `assets show` and `assets graph`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeAssetsList();
std::unique_ptr<Verb> MakeAssetsShow();
std::unique_ptr<Verb> MakeAssetsGraph();

}  // namespace pluginlake::app
