-- A quantity as it was written, comparator and digits.
CREATE MACRO quantity_text(comparator, amount) AS coalesce(comparator, '') || amount
