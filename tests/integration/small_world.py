"""A small hospital whose resources change at random: what incremental runs are tested with."""

import copy
import dataclasses
import json
import pathlib
import random
from typing import Any

Resource = dict[str, Any]

# The vocabulary of the world, in Athena's layout: id, name, domain, vocabulary, class, standard, code.
CONCEPTS = [
    (101, "First condition", "Condition", "SNOMED", "Clinical Finding", "S", "C1"),
    (102, "Second condition", "Condition", "SNOMED", "Clinical Finding", "S", "C2"),
    (103, "Finding without a table", "Observation", "SNOMED", "Clinical Finding", "S", "O1"),
    (104, "First procedure", "Procedure", "SNOMED", "Procedure", "S", "P1"),
    (105, "First device", "Device", "SNOMED", "Physical Object", "S", "D1"),
    (106, "Old code of two meanings", "Condition", "ICD10", "ICD10 code", "", "E11.9"),
    (107, "First measurement", "Measurement", "LOINC", "Lab Test", "S", "M1"),
    (108, "Second measurement", "Measurement", "LOINC", "Lab Test", "S", "M2"),
    (109, "First drug", "Drug", "RxNorm", "Clinical Drug", "S", "R1"),
    (110, "Second drug", "Drug", "RxNorm", "Clinical Drug", "S", "R2"),
    (111, "Vaccine", "Drug", "CVX", "CVX", "S", "V1"),
    (112, "milligram", "Unit", "UCUM", "Unit", "S", "mg"),
    (113, "Ingredient", "Drug", "RxNorm", "Ingredient", "S", "R0"),
    (114, "Blood", "Specimen", "SNOMED", "Specimen", "S", "B1"),
]
ANCESTORS = [(113, 109), (113, 110), (113, 113)]
MAPS = [(106, 101), (106, 103)]
SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
CONDITIONS = [
    (SNOMED, "C1"),
    (SNOMED, "C2"),
    ("http://hl7.org/fhir/sid/icd-10", "E119"),
    (SNOMED, "unknown"),
    (SNOMED, "D1"),
]
MEASURES = [(LOINC, "M1"), (LOINC, "M2"), (SNOMED, "O1"), (LOINC, "unknown")]
DRUGS = [(RXNORM, "R1"), (RXNORM, "R2"), ("urn:oid:1.2.3", "unknown")]


def write_vocabulary(folder: pathlib.Path) -> pathlib.Path:
    """Writes the vocabulary as a folder that `vocab load --partial` takes."""
    folder.mkdir(parents=True)
    head = "concept_id concept_name domain_id vocabulary_id concept_class_id standard_concept concept_code valid_start_date valid_end_date invalid_reason"
    rows = ["\t".join(head.split())]
    for concept_id, name, domain, vocabulary, concept_class, standard, code in CONCEPTS:
        rows.append(
            "\t".join(
                [str(concept_id), name, domain, vocabulary, concept_class, standard, code, "19700101", "20991231", ""]
            )
        )
    (folder / "CONCEPT.csv").write_text("\n".join(rows) + "\n")
    head = "concept_id_1 concept_id_2 relationship_id valid_start_date valid_end_date invalid_reason"
    rows = ["\t".join(head.split())]
    rows += [f"{a}\t{b}\tMaps to\t19700101\t20991231\t" for a, b in MAPS]
    (folder / "CONCEPT_RELATIONSHIP.csv").write_text("\n".join(rows) + "\n")
    rows = ["ancestor_concept_id\tdescendant_concept_id\tmin_levels_of_separation\tmax_levels_of_separation"]
    rows += [f"{a}\t{b}\t{int(a != b)}\t{int(a != b)}" for a, b in ANCESTORS]
    (folder / "CONCEPT_ANCESTOR.csv").write_text("\n".join(rows) + "\n")
    return folder


@dataclasses.dataclass
class World:
    """All resources that stand, and a source of chance."""

    chance: random.Random
    resources: dict[str, Resource] = dataclasses.field(default_factory=dict)
    made: int = 0
    version: int = 0
    superseded: list[Resource] = dataclasses.field(default_factory=list)

    def new_id(self, prefix: str) -> str:
        """Returns an id that was never used."""
        self.made += 1
        return f"{prefix}{self.made}"

    def pick(self, resource_type: str) -> Resource | None:
        """Returns one standing resource of the type."""
        known = [r for key, r in self.resources.items() if key.startswith(resource_type + "/")]
        return self.chance.choice(known) if known else None

    def reference(self, resource_type: str) -> dict[str, str]:
        """Returns a reference: mostly to what stands, sometimes to what is not there (yet)."""
        found = self.pick(resource_type)
        if found is None or self.chance.random() < 0.08:
            return {"reference": f"{resource_type}/{resource_type.lower()}{self.chance.randint(1, 60)}"}
        if resource_type == "Practitioner" and self.chance.random() < 0.3:
            return {"reference": f"Practitioner?identifier=urn:agb|{found['id']}"}
        return {"reference": f"{resource_type}/{found['id']}"}

    def moment(self) -> str:
        """Returns a FHIR dateTime: with offset, without time, or partial."""
        day = f"20{self.chance.randint(10, 24)}-{self.chance.randint(1, 12):02}-{self.chance.randint(1, 28):02}"
        kind = self.chance.random()
        if kind < 0.1:
            return day[:7]
        if kind < 0.4:
            return day
        return f"{day}T{self.chance.randint(0, 23):02}:{self.chance.randint(0, 59):02}:00{self.chance.choice(['Z', '+02:00', '-05:00'])}"

    def code(self, codes: list[tuple[str, str]]) -> dict[str, Any]:
        """Returns a CodeableConcept with one or two codings."""
        chosen = self.chance.sample(codes, self.chance.choice([1, 1, 2]))
        return {"coding": [{"system": system, "code": code} for system, code in chosen]}

    def make(self, resource_type: str) -> Resource:
        """Returns a new resource of the type, in no relation to others but by its references."""
        made: Resource = {"resourceType": resource_type, "id": self.new_id(resource_type.lower())}
        getattr(self, f"_fill_{resource_type.lower()}")(made)
        return made

    def _fill_patient(self, r: Resource) -> None:
        r["gender"] = self.chance.choice(["male", "female", "other"])
        if self.chance.random() < 0.85:
            r["birthDate"] = self.chance.choice(["1950", "1960-07", "1970-03-04", "1980-01-31"])
        r["address"] = [
            {
                "city": self.chance.choice(["Leiden", "Gouda", "Delft"]),
                "postalCode": f"{self.chance.randint(10, 12)}34 AB",
            }
        ]
        if self.chance.random() < 0.5:
            r["generalPractitioner"] = [self.reference("Practitioner")]
        if self.chance.random() < 0.2:
            r["deceasedDateTime"] = self.moment()
        if self.chance.random() < 0.4:
            r["managingOrganization"] = self.reference("Organization")

    def _fill_practitioner(self, r: Resource) -> None:
        r["identifier"] = [{"system": "urn:agb", "value": r["id"]}]
        r["gender"] = self.chance.choice(["male", "female"])

    def _fill_organization(self, r: Resource) -> None:
        r["name"] = f"Hospital {self.chance.randint(1, 9)}"
        r["address"] = [{"city": self.chance.choice(["Leiden", "Utrecht"])}]

    def _fill_location(self, r: Resource) -> None:
        r["name"] = f"Ward {self.chance.randint(1, 9)}"
        if self.chance.random() < 0.5:
            r["physicalType"] = {"coding": [{"code": "wa"}]}

    def _fill_medication(self, r: Resource) -> None:
        r["code"] = self.code(DRUGS)

    def _fill_encounter(self, r: Resource) -> None:
        r["status"] = self.chance.choice(["finished", "finished", "finished", "cancelled", "entered-in-error"])
        r["class"] = {"code": self.chance.choice(["AMB", "IMP", "EMER", "odd"])}
        r["subject"] = self.reference("Patient")
        start = self.moment()
        r["period"] = {"start": start, "end": start}
        r["serviceProvider"] = self.reference("Organization")
        r["participant"] = [{"individual": self.reference("Practitioner")}]
        if self.chance.random() < 0.4:
            r["location"] = [{"location": self.reference("Location")} for _ in range(self.chance.randint(1, 2))]
        if self.chance.random() < 0.2:
            r["partOf"] = self.reference("Encounter")

    def _clinical(self, r: Resource, codes: list[tuple[str, str]]) -> None:
        r["subject"] = self.reference("Patient")
        r["encounter"] = self.reference("Encounter")
        r["code"] = self.code(codes)

    def _fill_condition(self, r: Resource) -> None:
        self._clinical(r, CONDITIONS)
        r["onsetDateTime"] = self.moment()
        r["recorder"] = self.reference("Practitioner")
        status = self.chance.choice(["confirmed", "confirmed", "provisional", "unconfirmed", "entered-in-error"])
        r["verificationStatus"] = {"coding": [{"code": status}]}

    def _fill_observation(self, r: Resource) -> None:
        self._clinical(r, MEASURES)
        r["status"] = self.chance.choice(["final", "final", "amended", "preliminary"])
        r["effectiveDateTime"] = self.moment()
        r["performer"] = [self.reference("Practitioner")]
        if self.chance.random() < 0.3:
            r["component"] = [
                {"code": self.code(MEASURES), "valueQuantity": {"value": self.chance.randint(1, 200), "code": "mg"}}
                for _ in range(self.chance.randint(1, 3))
            ]
        else:
            r["valueQuantity"] = {"value": self.chance.randint(1, 200), "code": self.chance.choice(["mg", "odd"])}

    def _fill_procedure(self, r: Resource) -> None:
        self._clinical(r, [(SNOMED, "P1"), (SNOMED, "D1"), (SNOMED, "unknown")])
        r["status"] = self.chance.choice(["completed", "completed", "not-done"])
        r["performedDateTime"] = self.moment()

    def _fill_medicationrequest(self, r: Resource) -> None:
        r.update(status="active", intent="order", subject=self.reference("Patient"), authoredOn=self.moment())
        if self.chance.random() < 0.5:
            r["medicationReference"] = self.reference("Medication")
        else:
            r["medicationCodeableConcept"] = self.code(DRUGS)
        r["requester"] = self.reference("Practitioner")

    def _fill_immunization(self, r: Resource) -> None:
        r.update(status="completed", patient=self.reference("Patient"), occurrenceDateTime=self.moment())
        r["vaccineCode"] = {
            "coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": self.chance.choice(["V1", "V9"])}]
        }

    def _fill_medicationstatement(self, r: Resource) -> None:
        r.update(status=self.chance.choice(["active", "completed", "intended"]), subject=self.reference("Patient"))
        r["effectivePeriod"] = {"start": self.moment(), "end": self.moment()}
        r["medicationCodeableConcept"] = self.code(DRUGS)
        if self.chance.random() < 0.1:
            r["modifierExtension"] = [{"url": "urn:not-so", "valueBoolean": True}]

    def _fill_medicationdispense(self, r: Resource) -> None:
        r.update(status=self.chance.choice(["completed", "declined"]), subject=self.reference("Patient"))
        r["whenHandedOver"] = self.moment()
        r["daysSupply"] = {"value": self.chance.randint(1, 90), "code": "d"}
        r["medicationReference"] = self.reference("Medication")

    def _fill_specimen(self, r: Resource) -> None:
        r.update(status="available", subject=self.reference("Patient"), receivedTime=self.moment())
        r["type"] = self.code([(SNOMED, "B1"), (SNOMED, "unknown"), (SNOMED, "O1")])

    def _fill_coverage(self, r: Resource) -> None:
        r.update(status=self.chance.choice(["active", "draft"]), beneficiary=self.reference("Patient"))
        r["period"] = {"start": self.moment()}
        r["payor"] = [self.reference("Organization")]

    def edits(self) -> list[Resource]:
        """Changes the world and returns what is sent: resources, and {"delete": "Type/id"}."""
        sent: list[Resource] = []
        for _ in range(self.chance.randint(1, 8)):
            sent += self._edit()
        return sent

    def _edit(self) -> list[Resource]:
        kind = self.chance.random()
        if kind < 0.45 or not self.resources:
            return [self._send(self.make(self.chance.choice(TYPES)))]
        known = self.chance.choice(sorted(self.resources))
        if kind < 0.8:  # another content under the same id
            changed = self.resources[known]
            fresh = self.make(changed["resourceType"])
            return [self._send({**fresh, "id": changed["id"], **self._kept(changed)})]
        if kind < 0.88:  # what stands is sent again
            return [copy.deepcopy(self.resources[known])]
        if kind < 0.94 and self.superseded:  # an older version arrives late
            return [copy.deepcopy(self.chance.choice(self.superseded))]
        del self.resources[known]
        return [{"delete": known}]

    @staticmethod
    def _kept(resource: Resource) -> Resource:
        return {"identifier": resource["identifier"]} if "identifier" in resource else {}

    def _send(self, resource: Resource) -> Resource:
        key = f"{resource['resourceType']}/{resource['id']}"
        self.version += 1
        hour, minute = divmod(self.version, 60)
        resource["meta"] = {"lastUpdated": f"2026-01-{1 + hour // 24:02}T{hour % 24:02}:{minute:02}:00Z"}
        if key in self.resources:
            self.superseded.append(self.resources[key])
        self.resources[key] = resource
        return copy.deepcopy(resource)


TYPES = ["Patient", "Patient", "Practitioner", "Organization", "Location", "Medication", "Encounter", "Encounter", "Condition",
         "Condition", "Observation", "Observation", "Observation", "Procedure", "MedicationRequest", "Immunization",
         "MedicationStatement", "MedicationDispense", "Specimen", "Coverage"]  # fmt: skip


def write_delivery(path: pathlib.Path, sent: list[Resource]) -> pathlib.Path:
    """Writes what is sent as one transaction Bundle."""
    entries = []
    for each in sent:
        if "delete" in each:
            entries.append({"request": {"method": "DELETE", "url": each["delete"]}})
        else:
            url = f"{each['resourceType']}/{each['id']}"
            entries.append({"resource": each, "request": {"method": "PUT", "url": url}})
    path.write_text(json.dumps({"resourceType": "Bundle", "type": "transaction", "entry": entries}))
    return path
