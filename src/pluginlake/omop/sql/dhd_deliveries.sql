-- One row: how many DHD thesauri are loaded.
SELECT count(*) FROM vocab.dhd_delivery
