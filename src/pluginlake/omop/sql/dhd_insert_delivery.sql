-- Notes which delivery of a thesaurus stands. $1 thesaurus, $2 version, $3 format, $4 delivered on, $5 as of.
INSERT INTO dhd_delivery (thesaurus, version, format, delivered_on, as_of)
VALUES ($1, $2, $3, $4::VARCHAR::DATE, $5::VARCHAR::DATE)
