-- The day on which a batch came in, in the station's time zone: its id is a UUIDv7, which begins with the milliseconds.
CREATE MACRO arrival_date(batch) AS
  timezone(
    getvariable('time_zone'),
    to_timestamp(('0x' || replace(left(batch, 13), '-', ''))::BIGINT / 1000)
  )::DATE
