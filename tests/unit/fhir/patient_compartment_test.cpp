// Whose compartment a resource is in, for each type Synthea writes and for the table's less usual rows.
#include <gtest/gtest.h>

#include <string>

#include "parsed_resource.h"
#include "pluginlake/fhir/patient_compartment.h"
#include "pluginlake/fhir/resource_types.h"

namespace pluginlake::fhir {
namespace {

constexpr std::string_view kNone = "(none)";

struct Membership {
  std::string type;
  std::string members;
  std::string patient_id;
};

class CompartmentTest : public testing::TestWithParam<Membership> {};

TEST_P(CompartmentTest, NamesThePatient) {
  const Membership& given = GetParam();
  const std::string comma = given.members.empty() ? "" : ",";
  const ParsedResource parsed("{\"resourceType\":\"" + given.type + "\",\"id\":\"own\"" + comma + given.members + "}");
  ASSERT_EQ(parsed.reason(), "");
  EXPECT_EQ(parsed.parser->PatientId().value_or(std::string(kNone)), given.patient_id) << given.type << given.members;
}

const std::string kSubject = R"("subject":{"reference":"Patient/1"})";
const std::string kPatient = R"("patient":{"reference":"Patient/1"})";

INSTANTIATE_TEST_SUITE_P(
    Synthea, CompartmentTest,
    testing::Values(
        Membership{"AllergyIntolerance", kPatient, "1"}, Membership{"CarePlan", kSubject, "1"},
        Membership{"CareTeam", kSubject, "1"}, Membership{"Claim", kPatient, "1"},
        Membership{"Condition", kSubject, "1"}, Membership{"Device", kPatient, std::string(kNone)},
        Membership{"DiagnosticReport", kSubject, "1"}, Membership{"DocumentReference", kSubject, "1"},
        Membership{"Encounter", kSubject, "1"}, Membership{"ExplanationOfBenefit", kPatient, "1"},
        Membership{"ImagingStudy", kSubject, "1"}, Membership{"Immunization", kPatient, "1"},
        Membership{"Location", kSubject, std::string(kNone)}, Membership{"Medication", kSubject, std::string(kNone)},
        Membership{"MedicationAdministration", kSubject, "1"}, Membership{"MedicationRequest", kSubject, "1"},
        Membership{"Observation", kSubject, "1"}, Membership{"Organization", "", std::string(kNone)},
        Membership{"Patient", "", "own"}, Membership{"Practitioner", "", std::string(kNone)},
        Membership{"PractitionerRole", "", std::string(kNone)}, Membership{"Procedure", kSubject, "1"},
        Membership{"Provenance", R"("target":[{"reference":"Encounter/2"},{"reference":"Patient/1"}])", "1"},
        Membership{"SupplyDelivery", kPatient, "1"}));

INSTANTIATE_TEST_SUITE_P(
    Forms, CompartmentTest,
    testing::Values(
        Membership{"Observation", R"("subject":{"reference":"http://a.example/Patient/1/_history/4"})", "1"},
        Membership{"Observation", R"("subject":{"reference":"Group/1"})", std::string(kNone)},
        Membership{"Observation", R"("subject":{"reference":"urn:uuid:1"})", std::string(kNone)},
        Membership{"Observation", R"("subject":{"reference":"#p"})", std::string(kNone)},
        Membership{"Observation", R"("subject":{"display":"x"})", std::string(kNone)},
        Membership{"Observation", R"("subject":"Patient/1")", std::string(kNone)},
        Membership{"Observation", R"("subject":{"reference":{"reference":"Patient/1"}})", std::string(kNone)},
        Membership{"Observation", R"("focus":[{"reference":"Patient/1"}])", std::string(kNone)},
        Membership{"Observation", R"("subject":[{"reference":"Patient/1"}])", "1"},
        Membership{"Patient", R"("link":[{"other":{"reference":"Patient/1"}}])", "own"}));

INSTANTIATE_TEST_SUITE_P(
    SeveralPatients, CompartmentTest,
    testing::Values(
        Membership{"Observation", R"("performer":[{"reference":"Patient/2"}],"subject":{"reference":"Patient/1"})",
                   "1"},
        Membership{"Observation", R"("performer":[{"reference":"Practitioner/1"},{"reference":"Patient/2"}])", "2"},
        Membership{"Coverage", R"("subscriber":{"reference":"Patient/2"},"beneficiary":{"reference":"Patient/1"})",
                   "1"},
        Membership{"Group", R"("member":[{"entity":{"reference":"Patient/1"}},{"entity":{"reference":"Patient/2"}}])",
                   "1"},
        Membership{"CarePlan", R"("activity":[{"detail":{}},{"detail":{"performer":[{"reference":"Patient/3"}]}}])",
                   "3"}));

TEST(CompartmentTableTest, HoldsR4TypesInOrder) {
  std::size_t with_elements = 0;
  for (const std::string_view type : ResourceTypes()) {
    for (const CompartmentElement& element : CompartmentElements(type)) {
      EXPECT_EQ(element.resource_type, type);
      EXPECT_FALSE(element.path.empty());
    }
    with_elements += CompartmentElements(type).empty() ? 0U : 1U;
  }
  EXPECT_EQ(with_elements, 66U);
  EXPECT_TRUE(CompartmentElements("Nothing").empty());
}

}  // namespace
}  // namespace pluginlake::fhir
