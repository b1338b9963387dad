-- Why a resource of any kind says nothing: it was entered in error, or an extension changes what it means, and none is
-- known here. NULL: neither.
CREATE MACRO void_reason(status, has_modifier_extension) AS CASE
  WHEN status = 'entered-in-error' THEN 'entered_in_error'
  WHEN has_modifier_extension THEN 'modifier_extension'
END
