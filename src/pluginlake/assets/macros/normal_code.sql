-- Brings a code into the form in which vocab.code_target holds it; `form` is code_system.code_form.
CREATE MACRO normal_code(code, form) AS CASE form
  WHEN 'undotted' THEN rtrim(upper(replace(trim(code), '.', '')), '†*+!')
  ELSE trim(code)
END
