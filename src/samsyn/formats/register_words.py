"""The words by which headers of registers are told apart: what says whose, what kind or how much; as `key_of` gives."""

# what a record within a record calls the words that people know it by, and what machines know it by
LABELS = {"name", "display value", "displayname", "display name", "label", "title", "text", "value", "navn", "namn"}
MARKS = {"id", "link", "href", "url", "uri", "code", "uuid", "key", "sys id", "email", "self", "type"}
# words after which a header says more about its head: *date of signing*
AFTER_HEAD = {"of", "for", "av", "af", "till", "til", "to", "that", "which", "som", "der", "over", "i", "in", "vid",
              "pa"}  # fmt: skip
# whose name a header speaks of, where it is a person's and not the thing's
PEOPLE = {"full", "first", "last", "family", "given", "middle", "user", "contact", "person", "fornamn", "efternamn",
          "fornavn", "efternavn", "fulde", "kontaktperson", "kontakt"}  # fmt: skip
# a header that ends so says what the thing before it is called: *agency name*
CALLED = {"name", "namn", "navn", "naam", "nimi", "bezeichnung", "names"}
# what is said of a thing or somebody, and is neither
ASIDE = {"email", "mail", "epost", "mailadress", "phone", "telefon", "tel", "telephone", "mobil", "mobile", "address",
         "url", "link", "website", "webbplats", "hjemmeside", "homepage", "comment", "comments", "kommentar", "note",
         "notes", "remarks", "status", "type", "typ", "city", "ort", "country", "land", "zip", "postcode", "date",
         "datum", "dato", "count", "number", "nummer", "version", "level", "score", "group", "size",
         "title"}  # fmt: skip
# who somebody is to a thing: such a column names a person, not the thing
PERSONS = ("agare", "ejer", "eier", "eigenaar", "ansvarig", "ansvarlig", "handlaggare", "forvaltare", "kontaktperson",
           "kontakt", "owner", "owners", "manager", "contact", "responsible", "custodian")  # fmt: skip
RESPONSIBLE = {"ansvarig", "ansvarlig", "responsible", "owner", "owning"}
OF_PERSONS = {"owner_name", "responsible", "user_name"}
UNITS = ("enhet", "enhed", "avdelning", "avdeling", "afdeling", "department", "organisation", "organization",
         "forvaltning", "unit", "division", "bureau", "namnd", "agency")  # fmt: skip
OF_UNITS = {"used_by", "unit"}
SELLERS = ("leverantor", "leverandor", "supplier", "vendor", "leverancier", "lieferant")
# beside one of these words the name of a day, a length or an amount still means the same
NEUTRAL = {"date", "datum", "dato", "dag", "day", "avtal", "avtalet", "avtalets", "contract", "kontrakt",
           "kontraktet", "aftale", "agreement", "sek", "dkk", "kr", "tkr", "mkr", "kronor", "kroner", "exkl", "excl",
           "ex", "ekskl", "moms", "vat", "ht", "estimated", "uppskattat", "uppskattad", "beraknat", "beraknad",
           "anslaet", "ca", "the", "of", "in", "i", "den", "original", "y", "n", "per", "ar", "aar",
           "year"}  # fmt: skip
WHOLE = {"total", "totalt", "samlet"}  # of an amount, and more than a year's
LENGTHS = {"man", "manader", "maneder", "month", "months", "day", "days", "dagar", "dage", "weeks", "veckor"}
# says too little to be known by among other words: *checkout type*, *phone number*
PLAIN = {"provider", "company", "party", "part", "bidder", "area", "service", "tag", "serie", "type", "typ",
         "kategori", "category", "slag", "art", "kind", "number", "nummer", "role", "objekt", "person",
         "status"}  # fmt: skip
# beside one of these a header means a day or an amount, whatever else it mentions
DAYS_AND_AMOUNTS = {"datum", "dato", "date", "kostnad", "kostnader", "cost", "costs", "pris", "price", "belopp",
                    "belob", "amount", "budget", "fee", "avgift", "omkostning", "omkostninger", "udgift"}  # fmt: skip
# records within a record that say no more of the days and amounts in them than that they are the thing's
PLACES = NEUTRAL | {"period", "value", "amount", "dates", "terms", "attributes", "fields", "properties", "data",
                    "details", "contracts", "price", "purchase", "lease", "lifecycle", "cost", "record", "item",
                    "life", "cycle"}  # fmt: skip
STAGES = {"tender", "award", "awards"}
EXACT_KINDS = {"day", "term", "money", "period", "options"}
NAMED_KINDS = {"supplier", "owner_name", "user_name", "responsible", "manufacturer", "processor"}
