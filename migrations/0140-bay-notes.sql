-- What left a pan unsold on a date, for the day report and the page of the bays. Nothing but such an entry touches a page of it.
CREATE INDEX bay_notes_by_date ON journal (business_date, hlc) WHERE kind = 'bay.noted';
