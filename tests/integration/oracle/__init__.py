"""An independent reading of docs/explanation/fhir-to-omop.md: which OMOP rows FHIR resources must give."""
