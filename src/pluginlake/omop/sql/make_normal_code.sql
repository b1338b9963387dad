-- Brings a code into the form in which code_target holds it. Of an undotted vocabulary (the ICDs): capitals, no dots, no
-- trailing dagger, asterisk, plus or exclamation mark, which Dutch and German registrations add.
CREATE OR REPLACE TEMP MACRO normal_code(code, undotted) AS
CASE
  WHEN undotted THEN rtrim(upper(replace(trim(code), '.', '')), '†*+!')
  ELSE trim(code)
END
