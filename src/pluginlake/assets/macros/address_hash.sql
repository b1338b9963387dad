-- The key of a location made from an address: a hash of the parts that are kept.
CREATE MACRO address_hash(city, state, postal_code, country) AS
  sha256(concat_ws('|', coalesce(city, ''), coalesce(state, ''), coalesce(postal_code, ''), coalesce(country, '')))
