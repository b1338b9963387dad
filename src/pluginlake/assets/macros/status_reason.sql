-- Why a resource does not count by its status; `counting` are those that do. NULL: it does. No status is `unknown`.
CREATE MACRO status_reason(status, counting) AS CASE
  WHEN NOT list_contains(counting, coalesce(status, 'unknown')) THEN 'status_' || replace(coalesce(status, 'unknown'), '-', '_')
END
