-- The codes of a medication: those in the resource itself, else of the Medication it refers to, else of a contained one.
CREATE MACRO medication_codings(own, referred, contained) AS
  CASE WHEN len(own) > 0 THEN own ELSE coalesce(referred, contained, []) END
