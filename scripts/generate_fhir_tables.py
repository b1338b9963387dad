#!/usr/bin/env python3
"""Writes the FHIR R4 tables the fhir room is compiled with, from HL7's own definitions.

Source: FHIR R4 (4.0.1) definitions, CC0, as packed in the Maven artifact
ca.uhn.hapi.fhir:hapi-fhir-validation-resources-r4:6.10.0. Fetch it, then run:

  mvn dependency:get -Dtransitive=false -Dartifact=ca.uhn.hapi.fhir:hapi-fhir-validation-resources-r4:6.10.0
  scripts/generate_fhir_tables.py ~/.m2/repository/ca/uhn/hapi/fhir/.../hapi-fhir-validation-resources-r4-6.10.0.jar

Writes resource_types.inc, patient_compartment.inc and data/r4_elements.csv of src/pluginlake/fhir.
"""

import csv
import io
import json
import re
import sys
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path
from typing import Any

ROOM = Path(__file__).resolve().parent.parent / "src" / "pluginlake" / "fhir"
FOLDER = "org/hl7/fhir/r4/model/"
SPACE = {"f": "http://hl7.org/fhir"}
SOURCE = "FHIR R4 4.0.1 (CC0), from hapi-fhir-validation-resources-r4 6.10.0, by scripts/generate_fhir_tables.py."


def values(node: ElementTree.Element, path: str) -> list[str]:
    """Returns the value attributes of the elements at `path`."""
    return [found.get("value", "") for found in node.findall(path, SPACE)]


def resource_types(profiles: ElementTree.Element) -> list[str]:
    """Returns the names of all resource types that can have instances, sorted."""
    names = []
    for definition in profiles.iterfind(".//f:StructureDefinition", SPACE):
        concrete = values(definition, "f:abstract") == ["false"] and values(definition, "f:kind") == ["resource"]
        if concrete and values(definition, "f:derivation") != ["constraint"]:
            names += values(definition, "f:type")
    return sorted(set(names))


def compartment_parameters(profiles: ElementTree.Element) -> dict[str, list[str]]:
    """Returns per resource type the search parameters of the Patient compartment, in the definition's order."""
    for definition in profiles.iterfind(".//f:CompartmentDefinition", SPACE):
        if values(definition, "f:code") == ["Patient"]:
            rows = definition.findall("f:resource", SPACE)
            return {values(row, "f:code")[0]: values(row, "f:param") for row in rows}
    raise SystemExit("no CompartmentDefinition of Patient in the definitions")


def element_path(expression: str) -> str:
    """Returns the element path of one branch of a search parameter's FHIRPath: `Task.for.where(...)` -> `for`."""
    path = re.sub(r"\.where\(resolve\(\) is \w+\)", "", expression.strip()).strip("()")
    if match := re.fullmatch(r"(.+?)(?: as |\.as\()Reference\)?", path):
        path = match.group(1) + "Reference"
    if not re.fullmatch(r"[A-Z]\w+(\.\w+)+", path):
        raise SystemExit(f"an expression of a form not known yet: {expression}")
    return path.split(".", 1)[1]


def compartment_paths(parameters: dict[str, list[str]], search: dict[str, Any]) -> list[tuple[str, str]]:
    """Returns (resource type, element path) in the definition's order, what `subject` and `patient` search first."""
    expressions = {}
    for entry in search["entry"]:
        resource = entry["resource"]
        for base in resource["base"]:
            expressions[base, resource["code"]] = resource.get("expression", "")
    rows = []
    for resource_type, codes in sorted(parameters.items()):
        paths = [path for code in codes for path in own_paths(resource_type, expressions[resource_type, code])]
        best = [
            path
            for code in ("subject", "patient")
            for path in own_paths(resource_type, expressions.get((resource_type, code), ""))
        ]
        rows += [(resource_type, path) for path in dict.fromkeys(sorted(paths, key=lambda path: path not in best))]
    return rows


def own_paths(resource_type: str, expression: str) -> list[str]:
    """Returns the element paths of the branches of `expression` that start at `resource_type`."""
    branches = [branch for branch in expression.split("|") if branch.strip().strip("(").startswith(resource_type + ".")]
    return [element_path(branch) for branch in branches]


def type_of(definition: ElementTree.Element, element: ElementTree.Element) -> str:
    """Returns the names of an element's types, joined by `|`."""
    path = element.get("id", "")
    if reference := values(element, "f:contentReference"):
        return reference[0].removeprefix("#")
    names = [found.get("value", "") for found in element.findall("f:type/f:code", SPACE)]
    if names in (["BackboneElement"], ["Element"]):
        return path
    if names == ["http://hl7.org/fhirpath/System.String"]:
        return "id" if values(definition, "f:kind") == ["resource"] else "string"
    return "|".join(names)


def backbone_base(element: ElementTree.Element) -> str | None:
    """Returns what an element with children of its own is made of; None for one of a named type."""
    names = values(element, "f:type/f:code")
    return names[0] if names in (["BackboneElement"], ["Element"]) else None


def element_rows(profiles: ElementTree.Element) -> dict[str, list[tuple[str, str, str]]]:
    """Returns per type its rows: first ("", base type, ""), then (element, types, max) in the definition's order."""
    rows: dict[str, list[tuple[str, str, str]]] = {}
    for definition in profiles.iterfind(".//f:StructureDefinition", SPACE):
        name = values(definition, "f:type")[0]
        logical = values(definition, "f:kind") == ["logical"]
        if logical or values(definition, "f:derivation") == ["constraint"]:
            continue
        base = [url.rsplit("/", 1)[1] for url in values(definition, "f:baseDefinition")]
        rows[name] = [("", base[0] if base else "", "")]
        if values(definition, "f:kind") == ["primitive-type"]:
            continue
        for element in definition.findall("f:differential/f:element", SPACE):
            path = element.get("id", "")
            if "." not in path:
                continue
            owner, child = path.rsplit(".", 1)
            rows[owner].append((child, type_of(definition, element), values(element, "f:max")[0]))
            if own := backbone_base(element):
                rows[path] = [("", own, "")]
    return rows


def write_elements(rows: dict[str, list[tuple[str, str, str]]]) -> None:
    """Writes the element model: types sorted by bytes, each with its base first and its own elements after it."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["type", "element", "types", "max"])
    for name in sorted(rows):
        table.writerows([name, *row] for row in rows[name])
    (ROOM / "data" / "r4_elements.csv").write_text(text.getvalue(), encoding="utf-8")


def write(name: str, head: str, lines: list[str]) -> None:
    """Writes one generated table."""
    text = f"// {head}\n// Generated from {SOURCE}\n" + "".join(line + "\n" for line in lines)
    (ROOM / name).write_text(text, encoding="utf-8")


def main() -> None:
    """Reads the artifact named on the command line and writes the tables."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    with zipfile.ZipFile(sys.argv[1]) as archive:
        profiles = ElementTree.fromstring(archive.read(FOLDER + "profile/profiles-resources.xml"))
        datatypes = ElementTree.fromstring(archive.read(FOLDER + "profile/profiles-types.xml"))
        search = json.loads(archive.read(FOLDER + "sp/search-parameters.json"))
    write_elements(element_rows(datatypes) | element_rows(profiles))
    types = resource_types(profiles)
    write("resource_types.inc", "The resource types of FHIR R4, sorted by bytes.", [f'"{name}",' for name in types])
    paths = compartment_paths(compartment_parameters(profiles), search)
    write(
        "patient_compartment.inc",
        "The elements that put a resource into a Patient's compartment; sorted by type, best element first.",
        [f'{{"{resource_type}", "{path}"}},' for resource_type, path in paths],
    )


if __name__ == "__main__":
    main()
