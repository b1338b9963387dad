"""Which resources count, and the statements they make: one statement is one thing that may become rows of OMOP."""

import dataclasses
import zoneinfo
from collections.abc import Callable
from typing import Any

from oracle.moments import Moment, born_plus_age, read_moment
from oracle.resources import Delivery, Resource, items

EHR, SELF_REPORT, LAB, IMPUTED = 32817, 32865, 32856, 32882
PRESCRIPTION, ADMINISTRATION, GOVERNMENT = 32838, 32818, 32848
REQUEST_INTENTS = {"order", "original-order", "reflex-order", "filler-order", "instance-order"}
DOUBTS = {"provisional", "differential", "refuted"}


@dataclasses.dataclass(frozen=True)
class Statement:
    """Codes that say one thing about a patient on a day."""

    kind: str  # which ranks its codings follow: finding, drug, vaccine, observation
    home: str  # the table of its rows when no concept decides
    codings: tuple[Resource, ...]
    moment: Moment
    type_concept_id: int = EHR
    is_doubted: bool = False
    names_allergen: bool = False


@dataclasses.dataclass(frozen=True)
class Excluded(Exception):  # noqa: N818 - an outcome, not an error
    """The resource gives no rows, for this reason."""

    reason: str


def codings_of(concept: Resource | None) -> tuple[Resource, ...]:
    """Returns the codings that have a code; no_code if there is none."""
    found = tuple(c for c in items((concept or {}).get("coding")) if c.get("code"))
    if not found:
        raise Excluded("no_code")
    return found


def must_be(resource: Resource, element: str, allowed: set[str]) -> None:
    """Excludes the resource unless the element has one of the values that count."""
    value = resource.get(element)
    if value == "entered-in-error":
        raise Excluded("entered_in_error")
    if value not in allowed:
        raise Excluded(f"{element}_{value}".replace("-", "_"))


def first_code(concept: Any) -> str | None:
    """Returns the code of a CodeableConcept's first coding."""
    codings = items((concept or {}).get("coding"))
    return codings[0].get("code") if codings else None


def is_about_patient(reference: Any) -> bool:
    """Tells whether a reference names a patient: the patient speaks for himself."""
    return str((reference or {}).get("reference", "")).startswith("Patient/")


class Rules:
    """Turns resources into statements; needs the delivery for the medications and birth dates they refer to."""

    def __init__(self, delivery: Delivery, zone: zoneinfo.ZoneInfo) -> None:
        self._delivery = delivery
        self._zone = zone
        self._of_type: dict[str, Callable[[Resource], list[Statement]]] = {
            "Condition": self._condition,
            "Observation": self._observation,
            "Procedure": self._procedure,
            "MedicationRequest": self._request,
            "MedicationAdministration": self._administration,
            "Immunization": self._immunization,
            "AllergyIntolerance": self._allergy,
            "DeviceUseStatement": self._device_use,
        }

    def statements(self, resource: Resource) -> list[Statement]:
        """Returns what the resource states; raises Excluded if it does not count."""
        return self._of_type[resource["resourceType"]](resource)

    def moment(self, *texts: Any) -> Moment | None:
        """Returns the first of the texts that is a date."""
        return next((m for m in (read_moment(text, self._zone) for text in texts) if m is not None), None)

    def first(self, resource: Resource, element: str) -> Moment | None:
        """Returns when a choice of dateTime, instant, Period, Timing and Age begins."""
        period, timing = resource.get(f"{element}Period") or {}, resource.get(f"{element}Timing") or {}
        events = items(timing.get("event"))
        moment = self.moment(
            resource.get(f"{element}DateTime"),
            resource.get(f"{element}Instant"),
            period.get("start"),
            events[0] if events else None,
        )
        patient = self._delivery.find("Patient", resource.get("subject") or resource.get("patient"))
        birth = self.moment((patient or {}).get("birthDate"))
        return moment or born_plus_age(birth, resource.get(f"{element}Age"))

    @staticmethod
    def _dated(moment: Moment | None) -> Moment:
        if moment is None:
            raise Excluded("no_date")
        return moment

    def _medication_codings(self, resource: Resource) -> tuple[Resource, ...]:
        reference = resource.get("medicationReference")
        if not reference:
            return codings_of(resource.get("medicationCodeableConcept"))
        name = str(reference.get("reference", ""))
        for contained in items(resource.get("contained")):
            if name == f"#{contained.get('id')}":
                return codings_of(contained.get("code"))
        return codings_of((self._delivery.find("Medication", reference) or {}).get("code"))

    def _condition(self, resource: Resource) -> list[Statement]:
        verified = first_code(resource.get("verificationStatus")) or "confirmed"
        if verified == "entered-in-error":
            raise Excluded("entered_in_error")
        if verified != "confirmed" and verified not in DOUBTS:
            raise Excluded("status_unconfirmed")
        moment = self._dated(self.first(resource, "onset") or self.moment(resource.get("recordedDate")))
        category = next((first_code(c) for c in items(resource.get("category"))), None)
        type_concept_id = {"encounter-diagnosis": 32827, "problem-list-item": 32840}.get(category or "", EHR)
        if is_about_patient(resource.get("asserter")):
            type_concept_id = SELF_REPORT
        is_doubted = verified in DOUBTS
        home = "observation" if is_doubted else "condition_occurrence"
        return [Statement("finding", home, codings_of(resource.get("code")), moment, type_concept_id, is_doubted)]

    def _observation(self, resource: Resource) -> list[Statement]:
        must_be(resource, "status", {"final", "amended", "corrected"})
        if resource.get("dataAbsentReason"):
            raise Excluded("data_absent")
        measured = self.first(resource, "effective")
        moment = self._dated(measured or self.moment(resource.get("issued")))
        type_concept_id = EHR
        if any(first_code(c) == "laboratory" for c in items(resource.get("category"))):
            type_concept_id = LAB
        if any(is_about_patient(p) for p in items(resource.get("performer"))):
            type_concept_id = SELF_REPORT
        if measured is None or measured.is_partial:
            type_concept_id = IMPUTED
        components = [c for c in items(resource.get("component")) if not c.get("dataAbsentReason")]
        has_value = any(name.startswith("value") for name in resource)
        is_panel = not has_value and bool(resource.get("component") or resource.get("hasMember"))
        wholes = [] if is_panel else [resource]
        if not wholes and not components:
            raise Excluded("panel")
        return [
            Statement("observation", "observation", codings_of(part.get("code")), moment, type_concept_id)
            for part in [*wholes, *components]
        ]

    def _procedure(self, resource: Resource) -> list[Statement]:
        must_be(resource, "status", {"completed"})
        moment = self._dated(self.first(resource, "performed"))
        return [Statement("finding", "procedure_occurrence", codings_of(resource.get("code")), moment)]

    def _request(self, resource: Resource) -> list[Statement]:
        must_be(resource, "status", {"active", "completed", "stopped"})
        must_be(resource, "intent", REQUEST_INTENTS)
        is_reported = resource.get("reportedBoolean") or resource.get("reportedReference")
        moment = self._dated(self.moment(resource.get("authoredOn")))
        type_concept_id = SELF_REPORT if is_reported else PRESCRIPTION
        return [Statement("drug", "drug_exposure", self._medication_codings(resource), moment, type_concept_id)]

    def _administration(self, resource: Resource) -> list[Statement]:
        must_be(resource, "status", {"completed", "in-progress", "stopped"})
        moment = self._dated(self.first(resource, "effective"))
        return [Statement("drug", "drug_exposure", self._medication_codings(resource), moment, ADMINISTRATION)]

    def _immunization(self, resource: Resource) -> list[Statement]:
        must_be(resource, "status", {"completed"})
        moment = self._dated(self.moment(resource.get("occurrenceDateTime")))
        origins = {"recall": SELF_REPORT, "record": GOVERNMENT, "school": GOVERNMENT}
        type_concept_id = origins.get(first_code(resource.get("reportOrigin")) or "", ADMINISTRATION)
        return [Statement("vaccine", "drug_exposure", codings_of(resource.get("vaccineCode")), moment, type_concept_id)]

    def _allergy(self, resource: Resource) -> list[Statement]:
        verified = first_code(resource.get("verificationStatus"))
        if verified == "entered-in-error":
            raise Excluded("entered_in_error")
        if verified == "refuted":
            raise Excluded("status_refuted")
        moment = self._dated(self.moment(resource.get("recordedDate")) or self.first(resource, "onset"))
        found = [Statement("finding", "observation", codings_of(resource.get("code")), moment, names_allergen=True)]
        for reaction in items(resource.get("reaction")):
            began = self.moment(reaction.get("onset")) or moment
            for manifestation in items(reaction.get("manifestation")):
                found.append(Statement("finding", "observation", codings_of(manifestation), began))
        return found

    def _device_use(self, resource: Resource) -> list[Statement]:
        must_be(resource, "status", {"active", "completed", "stopped"})
        moment = self._dated(self.first(resource, "timing") or self.moment(resource.get("recordedOn")))
        device = self._delivery.find("Device", resource.get("device"))
        if device is None:
            raise Excluded("no_device")
        return [Statement("finding", "device_exposure", codings_of(device.get("type")), moment)]
