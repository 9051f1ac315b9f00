-- When each policy pack came into the book, and who signed it; null for one that came with the program.

ALTER TABLE policy_packs ADD COLUMN published_on TEXT NOT NULL DEFAULT '';
ALTER TABLE policy_packs ADD COLUMN signature TEXT;
UPDATE policy_packs SET published_on = (
  SELECT business_date FROM journal
  WHERE kind <> 'sale.settled' AND journal.hlc = policy_packs.hlc AND journal.origin = policy_packs.origin);
