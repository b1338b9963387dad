// R4 as the table has it.
#include "pluginlake/fhir/element_model.h"

#include <gtest/gtest.h>

#include <string>

#include "pluginlake/fhir/resource_types.h"

namespace pluginlake::fhir {
namespace {

TEST(ElementModelTest, HasEveryResourceTypeAndItsElements) {
  for (const std::string_view type : ResourceTypes()) {
    EXPECT_TRUE(IsModelType(type)) << type;
    EXPECT_TRUE(IsKindOf(type, "Resource")) << type;
    EXPECT_TRUE(FindElement(type, "meta")) << type;
    EXPECT_EQ(FindElement(type, "id")->types, "id") << type;
  }
  EXPECT_FALSE(IsModelType("Nothing"));
  EXPECT_FALSE(IsModelType(""));
  EXPECT_FALSE(IsModelType("type"));
  EXPECT_FALSE(IsModelType("zzz"));
}

TEST(ElementModelTest, FindsElementsOfEveryKind) {
  EXPECT_EQ(FindElement("Patient", "birthDate")->types, "date");
  EXPECT_TRUE(FindElement("Patient", "name")->is_list);
  EXPECT_FALSE(FindElement("Patient", "gender")->is_list);
  EXPECT_TRUE(FindElement("Observation", "value")->is_choice);
  EXPECT_EQ(FindElement("Patient", "contact")->types, "Patient.contact");
  EXPECT_EQ(FindElement("Patient.contact", "telecom")->types, "ContactPoint");
  EXPECT_EQ(FindElement("QuestionnaireResponse.item", "item")->types, "QuestionnaireResponse.item");
  EXPECT_EQ(FindElement("Observation.component", "referenceRange")->types, "Observation.referenceRange");
  EXPECT_EQ(FindElement("code", "extension")->types, "Extension");
  EXPECT_EQ(FindElement("Age", "value")->types, "decimal");
  EXPECT_FALSE(FindElement("Patient", "valueString"));
  EXPECT_FALSE(FindElement("Nothing", "id"));
}

TEST(ElementModelTest, KnowsKinds) {
  EXPECT_TRUE(IsKindOf("positiveInt", "integer"));
  EXPECT_TRUE(IsKindOf("Age", "Quantity"));
  EXPECT_FALSE(IsKindOf("Quantity", "Age"));
  EXPECT_EQ(KindOf("markdown"), TypeKind::kString);
  EXPECT_EQ(KindOf("canonical"), TypeKind::kString);
  EXPECT_EQ(KindOf("instant"), TypeKind::kDateTime);
  EXPECT_EQ(KindOf("unsignedInt"), TypeKind::kInteger);
  EXPECT_EQ(KindOf("Patient.contact"), TypeKind::kComplex);
  EXPECT_EQ(KindOf("nothing"), TypeKind::kUnknown);
}

TEST(ElementModelTest, ListsElementsInTheModelsOrder) {
  std::string names;
  for (const ModelElement& element : ElementsOf("Coding")) {
    names += std::string(element.name) + " ";
  }
  EXPECT_EQ(names, "system version code display userSelected ");
  EXPECT_EQ(ElementsOf("Age").size(), 5U);
  EXPECT_EQ(SplitTypes("a|b|c").size(), 3U);
}

}  // namespace
}  // namespace pluginlake::fhir
