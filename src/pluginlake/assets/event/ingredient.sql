-- One row a drug record and an ingredient of its drug: the standard ingredients of RxNorm and its extension that are
-- above the drug's concept, itself among them. An exposure that ends on its first day lasts as long as its supply, else a
-- day.
SELECT
  exposure.drug_exposure_id,
  exposure.person_id,
  ingredient.concept_id AS ingredient_concept_id,
  exposure.drug_exposure_start_date AS start_date,
  greatest(
    coalesce(
      nullif(exposure.drug_exposure_end_date, exposure.drug_exposure_start_date),
      exposure.drug_exposure_start_date + exposure.days_supply,
      exposure.drug_exposure_start_date + 1
    ),
    exposure.drug_exposure_start_date
  ) AS end_date
FROM omop.drug_exposure AS exposure
JOIN vocab.concept_ancestor AS kinship ON exposure.drug_concept_id = kinship.descendant_concept_id
JOIN vocab.concept AS ingredient
  ON kinship.ancestor_concept_id = ingredient.concept_id AND ingredient.concept_class_id = 'Ingredient'
  AND ingredient.vocabulary_id IN ('RxNorm', 'RxNorm Extension') AND ingredient.standard_concept = 'S'
