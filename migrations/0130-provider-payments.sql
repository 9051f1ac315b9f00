-- What funders pay the canteen itself for its meals, beside the subsidies: part of their claim, and of no senior's price.
CREATE TABLE day_provider_payments (
  business_date TEXT NOT NULL,
  funder_id     TEXT NOT NULL,
  amount_fen    INTEGER NOT NULL,
  -- By the business date of what took it back.
  reversed_fen  INTEGER NOT NULL,
  PRIMARY KEY (business_date, funder_id)
) STRICT, WITHOUT ROWID;

INSERT INTO day_provider_payments (business_date, funder_id, amount_fen, reversed_fen)
  SELECT business_date, funder_id, sum(amount_fen), sum(reversed_fen)
  FROM (
    SELECT json_extract(body, '$.sale.businessDate') AS business_date, json_extract(value, '$.funderId') AS funder_id,
      json_extract(value, '$.amountFen') AS amount_fen, 0 AS reversed_fen
    FROM journal, json_each(body, '$.sale.quote.providerPayments')
    WHERE kind = 'sale.settled' AND json_extract(body, '$.sale.saleId') IN (SELECT sale_id FROM sales)
    UNION ALL
    SELECT business_date, json_extract(value, '$.funderId'), 0, json_extract(value, '$.amountFen')
    FROM journal, json_each(body, '$.reversed.providerPayments')
    WHERE (kind = 'sale.voided' AND json_extract(body, '$.voidId') IN (SELECT void_id FROM voids))
      OR (kind = 'sale.part-reversed' AND json_extract(body, '$.reversalId') IN (SELECT reversal_id FROM part_reversals))
  )
  GROUP BY business_date, funder_id;
