-- One row a code that an event at hand carries, as often as it carries it; the spelling is the source's.
WITH used AS (
  SELECT
    patient_id,
    unnest(list_concat(
      list_transform(codings, x -> { system: x.system, code: x.code }),
      list_transform(value_codings, x -> { system: x.system, code: x.code }),
      list_transform(interpretation_codings, x -> { system: x.system, code: x.code }),
      list_transform(route_codings, x -> { system: x.system, code: x.code }),
      list_transform(modifier_codings, x -> { system: x.system, code: x.code }),
      CASE
        WHEN coalesce(unit_code, unit_text) IS NOT NULL
          THEN [{ system: coalesce(unit_system, 'http://unitsofmeasure.org'), code: coalesce(unit_code, unit_text) }]
      END
    )) AS coding
  FROM event.event
  WHERE exclusion IS NULL
)

SELECT patient_id, coding.system AS system, coding.code AS code
FROM used
WHERE coding.code IS NOT NULL
