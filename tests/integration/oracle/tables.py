"""The rows that OMOP must have, and what must have become of every resource."""

import collections
import dataclasses
import datetime
import zoneinfo
from collections.abc import Iterable

from oracle.moments import Moment
from oracle.resources import Delivery, Resource, items
from oracle.statements import EHR, Excluded, Rules, Statement
from oracle.vocabulary import Concept, Meaning, Vocabulary

EVENT_TYPES = [
    *("Condition", "Observation", "Procedure", "MedicationRequest", "MedicationAdministration", "Immunization"),
    *("AllergyIntolerance", "DeviceUseStatement"),
]
TABLE_OF_DOMAIN = {
    "Condition": "condition_occurrence",
    "Drug": "drug_exposure",
    "Procedure": "procedure_occurrence",
    "Device": "device_exposure",
    "Measurement": "measurement",
}
RANKS = {
    "finding": ["SNOMED", "DHD-DT", "DHD-VT", "ICD10", "ICD10CM"],
    "drug": ["RxNorm", "RxNorm Extension", "SNOMED", "ATC"],
    "vaccine": ["CVX", "RxNorm", "RxNorm Extension", "SNOMED", "ATC"],
    "observation": ["LOINC", "SNOMED", "NHG-45"],
}
VISIT_OF_CLASS = {
    **dict.fromkeys(("IMP", "ACUTE", "NONAC"), 9201),
    **dict.fromkeys(("AMB", "SS"), 9202),
    "EMER": 9203,
    "OBSENC": 262,
    "HH": 581476,
    "VR": 722455,
    "FLD": 38004193,
}
VISIT_STATUSES = {"arrived", "triaged", "in-progress", "onleave", "finished"}
ALLERGY_KINDS = {"food": 4188027, "environment": 4144450, "biologic": 43530807}
INTOLERANCE_KINDS = {"food": 4240582, "environment": 4172024, "biologic": 36684107}
ALLERGY, INTOLERANCE = 439224, 4340252
# Their content shows in the rows of resources that refer to them.
MERGED_TYPES = {"Medication", "PractitionerRole"}
MASTER_TYPES = {"Location", "Organization", "Practitioner"}


@dataclasses.dataclass(frozen=True)
class Row:
    """What the oracle says of one row of an OMOP table."""

    table: str
    resource: str  # Type/id
    patient: str
    concept_id: int
    source_concept_id: int | None
    source_value: str | None
    day: datetime.date
    type_concept_id: int
    visit: str | None  # the Encounter that it belongs to, if that is a visit

    @property
    def facts(self) -> tuple[str | int | None, ...]:
        """What is compared with the program's row, as a query prints it."""
        return (
            self.resource,
            self.patient,
            self.concept_id,
            self.source_concept_id,
            self.source_value,
            self.day.isoformat(),
            self.type_concept_id,
            self.visit,
        )


def allergy_kind(resource: Resource) -> int:
    """Returns the concept of the kind of an allergy or intolerance."""
    category = next(iter(items(resource.get("category"))), "")
    if resource.get("type") == "intolerance":
        return INTOLERANCE_KINDS.get(category, INTOLERANCE)
    return ALLERGY_KINDS.get(category, ALLERGY)


def key_of(resource: Resource) -> str:
    """Returns Type/id."""
    return f"{resource['resourceType']}/{resource['id']}"


class Expected:
    """All that must hold after a run: rows by table, and the class of every resource."""

    def __init__(self, delivery: Delivery, vocabulary: Vocabulary, zone: zoneinfo.ZoneInfo) -> None:
        self.rows: list[Row] = []
        self.classes: dict[str, collections.Counter[str]] = {}
        self._delivery = delivery
        self._vocabulary = vocabulary
        self._rules = Rules(delivery, zone)
        self._persons = {p["id"]: p for p in delivery.of_type("Patient") if self._born(p)}
        self._visits: dict[str, tuple[Resource, Moment]] = {}
        self._add_visits()
        for kind in EVENT_TYPES:
            self._add_events(kind)
        self._add_master_data()

    def counts(self) -> dict[str, int]:
        """Returns the number of rows of each table."""
        found = collections.Counter(row.table for row in self.rows)
        found.update(person=len(self._persons), death=len(self._deaths()))
        found["observation_period"] = len({row.patient for row in self.rows})
        found.update(care_site=len(self._delivery.of_type("Organization")), location=self._locations())
        found["provider"] = len(self._delivery.of_type("Practitioner"))
        return dict(found)

    def _born(self, patient: Resource) -> bool:
        return self._rules.moment(patient.get("birthDate")) is not None

    def _deaths(self) -> list[str]:
        """Returns the persons whose day of death is known."""
        ended = {
            self._patient_of(encounter)
            for encounter, _ in self._visits.values()
            for coding in items((encounter.get("hospitalization") or {}).get("dischargeDisposition", {}).get("coding"))
            if coding.get("code") == "exp"
        }
        return [
            key
            for key, patient in self._persons.items()
            if self._rules.moment(patient.get("deceasedDateTime")) or (patient.get("deceasedBoolean") and key in ended)
        ]

    def _locations(self) -> int:
        """Counts the Locations, and the addresses that differ when street and a patient's whole postal code are gone."""
        places: set[tuple[str, ...]] = set()
        names = ("city", "state", "country")
        for patient in self._delivery.of_type("Patient"):
            homes = [a for a in items(patient.get("address")) if a.get("use", "home") == "home"]
            for home in homes[:1]:
                places.add((str(home.get("postalCode", ""))[:3], *(str(home.get(name, "")) for name in names)))
        for organization in self._delivery.of_type("Organization"):
            current = [a for a in items(organization.get("address")) if a.get("use") != "old"]
            for address in current[:1]:
                places.add((address.get("postalCode", ""), *(str(address.get(name, "")) for name in names)))
        return len(places) + len(self._delivery.of_type("Location"))

    def _patient_of(self, resource: Resource) -> str | None:
        """Returns the id of the person that the resource is about, None if there is no such person."""
        found = self._delivery.find("Patient", resource.get("subject") or resource.get("patient"))
        return found["id"] if found and found["id"] in self._persons else None

    def _put(self, kind: str, outcomes: Iterable[str]) -> None:
        self.classes[kind] = collections.Counter(outcomes)

    def _add_visits(self) -> None:
        outcomes: list[str] = []
        for encounter in self._delivery.of_type("Encounter"):
            status = encounter.get("status")
            start = self._rules.moment((encounter.get("period") or {}).get("start"))
            if status not in VISIT_STATUSES:
                outcomes.append("entered_in_error" if status == "entered-in-error" else f"status_{status}")
            elif self._patient_of(encounter) is None:
                outcomes.append("no_person")
            elif start is None:
                outcomes.append("no_date")
            else:
                outcomes.append("gave_rows")
                self._visits[encounter["id"]] = (encounter, start)
        self._put("Encounter", outcomes)
        for encounter, start in self._visits.values():
            self._add_visit(encounter, start)

    def _whole_of(self, encounter: Resource) -> str:
        """Returns the id of the visit that an encounter is, or is part of."""
        whole, seen = encounter, {encounter["id"]}
        while True:
            above = self._delivery.find("Encounter", whole.get("partOf"))
            if above is None or above["id"] not in self._visits:
                return str(whole["id"])
            if self._patient_of(above) != self._patient_of(encounter):
                return str(whole["id"])
            if above["id"] in seen:
                return str(encounter["id"])  # parts of each other: there is no top
            seen.add(above["id"])
            whole = above

    def _add_visit(self, encounter: Resource, start: Moment) -> None:
        code: str | None = (encounter.get("class") or {}).get("code")
        whole = self._whole_of(encounter)
        tables = ["visit_occurrence" if whole == encounter["id"] else "visit_detail"]
        tables += ["visit_detail" for stay in items(encounter.get("location")) if stay.get("status") != "planned"]
        for table in tables:
            self.rows.append(
                Row(
                    table=table,
                    resource=key_of(encounter),
                    patient=str(self._patient_of(encounter)),
                    concept_id=VISIT_OF_CLASS.get(code or "", 0),
                    source_concept_id=0,
                    source_value=code,
                    day=start.day,
                    type_concept_id=EHR,
                    visit=f"Encounter/{whole}",
                )
            )

    def _add_events(self, kind: str) -> None:
        outcomes: list[str] = []
        for resource in self._delivery.of_type(kind):
            patient = self._patient_of(resource)
            try:
                statements = self._rules.statements(resource)
            except Excluded as excluded:
                # What a panel says is in the rows of its members.
                reason = "merged" if excluded.reason == "panel" else excluded.reason
                outcomes.append("no_person" if patient is None and reason in ("no_date", "no_code") else reason)
                continue
            if patient is None:
                outcomes.append("no_person")
                continue
            outcomes.append("gave_rows")
            for statement in statements:
                self.rows.extend(self._rows_of(statement, resource, patient))
        self._put(kind, outcomes)

    def _add_master_data(self) -> None:
        patients = self._delivery.of_type("Patient")
        self._put("Patient", ("gave_rows" if p["id"] in self._persons else "no_birth_date" for p in patients))
        self._put("Device", ("no_statement_of_use" for _ in self._delivery.of_type("Device")))
        for kind, keys in self._delivery.keys_by_type.items():
            if kind in MERGED_TYPES:
                self._put(kind, ("merged" for _ in keys))
            elif kind in MASTER_TYPES:
                self._put(kind, ("gave_rows" for _ in keys))
            elif kind not in self.classes:
                self._put(kind, ("no_target" for _ in keys))

    def _chosen(self, statement: Statement) -> tuple[Resource, Meaning]:
        """Returns the coding that speaks for the statement, and what it means."""
        ranks = RANKS[statement.kind]
        meanings = [(c, self._vocabulary.meaning(c.get("system"), c.get("code"))) for c in statement.codings]

        def order(pair: tuple[Resource, Meaning]) -> tuple[bool, int, bool, bool]:
            coding, meaning = pair
            vocabulary = self._vocabulary.of_system(coding.get("system"))
            rank = ranks.index(vocabulary) if vocabulary in ranks else len(ranks)
            peers = [other for peer, other in meanings if peer.get("system") == coding.get("system")]
            is_parent = any(self._vocabulary.is_ancestor(meaning, other) for other in peers)
            return (not meaning.targets, rank, is_parent, not coding.get("userSelected"))

        return min(meanings, key=order)

    def _rows_of(self, statement: Statement, resource: Resource, patient: str) -> list[Row]:
        coding, meaning = self._chosen(statement)
        encounter = self._delivery.find("Encounter", resource.get("encounter") or resource.get("context"))
        is_visit = encounter is not None and encounter["id"] in self._visits
        visit = f"Encounter/{self._whole_of(encounter)}" if encounter is not None and is_visit else None
        found = []
        for target in meaning.targets or (None,):
            table, concept_id = self._place(statement, resource, target)
            found.append(
                Row(
                    table=table,
                    resource=key_of(resource),
                    patient=patient,
                    concept_id=concept_id,
                    source_concept_id=meaning.source_concept_id,
                    source_value=coding["code"],
                    day=statement.moment.day,
                    type_concept_id=statement.type_concept_id,
                    visit=visit,
                )
            )
        return found

    @staticmethod
    def _place(statement: Statement, resource: Resource, target: Concept | None) -> tuple[str, int]:
        """Returns the table and the concept of a statement's row."""
        if target is None:
            return statement.home, 0
        if statement.names_allergen and target.domain not in ("Condition", "Observation"):
            return "observation", allergy_kind(resource)
        if statement.is_doubted:
            return "observation", target.concept_id
        return TABLE_OF_DOMAIN.get(target.domain, "observation"), target.concept_id
