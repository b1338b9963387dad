// The forms of a reference, each with what it points at.
#include <gtest/gtest.h>

#include <string>

#include "pluginlake/fhir/reference.h"
#include "pluginlake/fhir/resource_types.h"

namespace pluginlake::fhir {
namespace {

TEST(ReferenceTest, LocalForms) {
  for (const std::string text :
       {"Patient/p-1.A", "Patient/p-1.A/_history/2", "http://a.example/fhir/Patient/p-1.A",
        "https://a.example/Patient/p-1.A/_history/2", "http://a.example/Group/g/Patient/p-1.A"}) {
    const Reference reference = ClassifyReference(text);
    EXPECT_EQ(reference.kind, ReferenceKind::kLocal) << text;
    EXPECT_EQ(reference.target, "Patient/p-1.A") << text;
    EXPECT_EQ(reference.resource_type, "Patient") << text;
    EXPECT_EQ(reference.resource_id, "p-1.A") << text;
  }
}

TEST(ReferenceTest, KeptForms) {
  for (const std::string text : {"",
                                 "/",
                                 "Patient",
                                 "Patient/",
                                 "/Patient/1",
                                 "patient/1",
                                 "Person1/1",
                                 "Patient/a_b",
                                 "Patient/1/",
                                 "Patient/1/2",
                                 "Patient/1/_history/",
                                 "Patient/1/_history",
                                 "Patient/1#x",
                                 "Patient//1",
                                 "x/Patient/1",
                                 "ftp://a/Patient/1",
                                 "http://Patient/1",
                                 "https://Patient/1",
                                 "http://a.example/x/1",
                                 "http://a.example",
                                 "1",
                                 "_history/1",
                                 "urn:isbn:1",
                                 "Patient/1 "}) {
    EXPECT_EQ(ClassifyReference(text).kind, ReferenceKind::kOther) << text;
  }
  EXPECT_EQ(ClassifyReference("Patient/" + std::string(65, 'a')).kind, ReferenceKind::kOther);
  EXPECT_EQ(ClassifyReference("Patient/" + std::string(64, 'a')).kind, ReferenceKind::kLocal);
}

TEST(ReferenceTest, BundleAndContained) {
  EXPECT_EQ(ClassifyReference("urn:uuid:9b1c").kind, ReferenceKind::kBundle);
  EXPECT_EQ(ClassifyReference("urn:oid:1.2.3").kind, ReferenceKind::kBundle);
  EXPECT_EQ(ClassifyReference("#").kind, ReferenceKind::kContained);
  EXPECT_EQ(ClassifyReference("#c1").kind, ReferenceKind::kContained);
}

TEST(ReferenceTest, ConditionalBySystemAndValue) {
  const Reference reference = ClassifyReference("Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999");
  EXPECT_EQ(reference.kind, ReferenceKind::kConditional);
  EXPECT_EQ(reference.resource_type, "Practitioner");
  EXPECT_EQ(reference.system, "http://hl7.org/fhir/sid/us-npi");
  EXPECT_EQ(reference.value, "9999");
  EXPECT_FALSE(reference.any_system);
}

TEST(ReferenceTest, ConditionalIsPercentDecoded) {
  const Reference reference = ClassifyReference("Location?identifier=urn%3aoid%3A1%7Ca%20b+%C3%A9");
  EXPECT_EQ(reference.kind, ReferenceKind::kConditional);
  EXPECT_EQ(reference.system, "urn:oid:1");
  EXPECT_EQ(reference.value, "a b+\xC3\xA9");
}

TEST(ReferenceTest, ConditionalWithoutSystem) {
  EXPECT_TRUE(ClassifyReference("Patient?identifier=12").any_system);
  EXPECT_EQ(ClassifyReference("Patient?identifier=12").value, "12");
  EXPECT_FALSE(ClassifyReference("Patient?identifier=|12").any_system);
  EXPECT_EQ(ClassifyReference("Patient?identifier=|12").system, "");
}

TEST(ReferenceTest, OtherSearchesAreKept) {
  for (const std::string text :
       {"Patient?name=x", "Patient?identifier=a|b&active=true", "Patient?identifier=", "Patient?identifier=a|",
        "Patient?", "?identifier=a|b", "Thing?identifier=a|b", "Patient?identifier=a%2", "Patient?identifier=a%zz",
        "Patient?identifier=a%00", "Patient?identifier:exact=a|b", "http://a.example/Patient?identifier=a|b"}) {
    EXPECT_EQ(ClassifyReference(text).kind, ReferenceKind::kOther) << text;
  }
}

TEST(ResourceTypesTest, AreTheConcreteOnesOfR4) {
  EXPECT_EQ(ResourceTypes().size(), 146U);
  for (const std::string_view type : ResourceTypes()) {
    EXPECT_TRUE(IsResourceType(type)) << type;
  }
  for (const std::string_view name : {"", "A", "Resource", "DomainResource", "Element", "patient", "Patients", "Zzz"}) {
    EXPECT_FALSE(IsResourceType(name)) << name;
  }
}

}  // namespace
}  // namespace pluginlake::fhir
