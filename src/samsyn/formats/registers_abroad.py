"""What columns are called in Norwegian, German, Dutch, Finnish, French and Spanish; words as `key_of` gives.

Lists of suppliers, concerns and neighbours reach a municipality too.
"""

from collections.abc import Mapping
from dataclasses import replace

from samsyn.formats.register_cells import Field

Words = Mapping[str, tuple[str, ...]]
_OWNER = ("eier", "systemverantwortlicher", "verfahrensverantwortlicher", "verantwortlich",
          "verantwortlicher", "fachverantwortlicher", "eigenaar", "systeemeigenaar", "proceseigenaar",
          "verantwoordelijke", "omistaja", "jarjestelman omistaja", "vastuuhenkilo", "responsable",
          "responsable metier", "proprietaire", "propietario")  # fmt: skip
_SUPPLIER = ("lieferant", "anbieter", "leverancier", "toimittaja", "fournisseur", "editeur", "proveedor")

SYSTEMS: Words = {
    "name": ("systemnavn", "naam applicatie", "applicatienaam", "applicatie", "naam systeem", "fachverfahren",
             "verfahren", "anwendung", "anwendungsname", "systemname", "software name", "tietojarjestelma",
             "jarjestelma", "jarjestelman nimi", "sovellus", "nom de l application", "nom application", "application",
             "logiciel", "nom du systeme", "nombre del sistema", "aplicacion", "sistema", "bezeichnung", "naam", "nimi",
             "nom", "nombre", "behandlingsaktivitet", "processing activity", "name of processing",
             "benamning pa behandlingen", "personuppgiftsbehandling", "behandling", "behandlingens navn", 
             "verarbeitungstatigkeit", "verwerkingsactiviteit", "business function"),
    "purpose": ("beskrivelse", "beschreibung", "zweck", "omschrijving", "beschrijving", "doel", "kuvaus",
                "kayttotarkoitus", "descriptif", "objet", "descripcion"),
    "used_by": ("avdeling", "etat", "tjenesteomrade", "fachamt", "amt", "abteilung", "dezernat", "fachbereich",
                "afdeling", "gebruikende afdeling", "toimiala", "yksikko", "osasto", "direction", "service utilisateur",
                "area"),
    "owner_name": _OWNER,
    "supplier": (*_SUPPLIER, "hersteller"),
    "contract_end_date": ("kontrakt utloper", "avtale utloper", "utlopsdato", "vertragsende", "einddatum contract",
                          "contract einddatum", "sopimus paattyy", "fin de contrat", "fin du contrat"),
    "yearly_cost_ore": ("arlig kostnad", "arskostnad", "jahrliche kosten", "kosten pro jahr", "jaarlijkse kosten",
                        "kosten per jaar", "vuosikustannus", "vuosikustannukset", "cout annuel", "costo anual"),
    "personal_data": ("behandler personopplysninger", "personopplysninger", "personenbezogene daten",
                      "personenbezogen", "persoonsgegevens", "henkilotietoja", "sisaltaa henkilotietoja",
                      "donnees personnelles", "donnees a caractere personnel", "datos personales"),
    "operational_date": ("tatt i bruk", "inbetriebnahme", "in gebruik sinds", "ingebruikname", "kayttoonotto",
                         "kayttoonottopaiva", "date de mise en service", "mise en service"),
    "hosting": ("driftsmodell", "betriebsmodell", "betriebsart", "betrieb", "hosting", "hebergement"),
    "users": ("antall brukere", "anzahl nutzer", "anzahl benutzer", "aantal gebruikers", "kayttajamaara",
              "nombre d utilisateurs", "nombre utilisateurs"),
    "criticality": ("kritikalitat", "kriticiteit", "kriittisyys", "criticite"),
    "claimed_stage": ("lebenszyklus", "levenscyclus", "elinkaari", "elinkaaren vaihe", "cycle de vie"),
}  # fmt: skip
CONTRACTS: Words = {
    "name": ("vertragsbezeichnung", "vertragsgegenstand", "vertragsname", "contractnaam", "contractomschrijving",
             "sopimuksen nimi", "sopimuksen kohde", "intitule", "intitule du marche", "objet", "objet du marche",
             "avtalenavn", "avtalens navn"),
    "number": ("avtalenummer", "vertragsnummer", "vertragsnr", "contractnummer", "sopimusnumero", "diaarinumero",
               "numero de marche", "numero du marche", "n de marche", "saksnummer"),
    "kind": ("avtaletype", "vertragsart", "vertragstyp", "contractsoort", "contracttype", "sopimustyyppi", "nature"),
    "category": ("categorie", "warengruppe", "hankintaluokka", "produktkategori"),
    "supplier": (*_SUPPLIER, "vertragspartner", "auftragnehmer", "contractpartij", "sopimuskumppani", "titulaire",
                 "titulaire denominationsociale", "attributaire"),
    "supplier_number": ("organisasjonsnummer", "y tunnus", "kvk nummer", "siret", "handelsregisternummer"),
    "start_date": ("avtalestart", "startdato avtale", "vertragsbeginn", "beginn", "ingangsdatum", "begindatum",
                   "alkupaiva", "alkaa", "voimassa alkaen", "date de debut", "debut"),
    "end_date": ("avtaleslutt", "avtalens sluttdato", "sluttdato", "utlopsdato", "vertragsende", "laufzeit bis",
                 "einddatum", "loppupaiva", "paattyy", "voimassa asti", "date de fin", "fin"),
    "signed_date": ("signert", "vertragsabschluss", "unterzeichnet", "ondertekend", "allekirjoitettu",
                    "date de signature", "date notification", "datenotification"),
    "notice": ("oppsigelsestid", "oppsigelsesfrist", "kundigungsfrist", "opzegtermijn", "irtisanomisaika", "preavis"),
    "option": ("opsjon", "opsjoner", "verlangerungsoption", "verlengingsoptie", "optio", "optiot", "reconduction"),
    "yearly_cost_ore": ("arlig verdi", "arlig kostnad", "jahrliche kosten", "jaarlijkse kosten", "vuosikustannus",
                        "cout annuel", "montant annuel"),
    "ceiling_ore": ("avtaleverdi", "kontraktsverdi", "vertragswert", "auftragswert", "contractwaarde",
                    "sopimuksen arvo", "montant"),
    "ranking": ("rangering",),
    "owner_name": ("avtaleansvarlig", "avtaleeier", "vertragsverantwortlicher", "contracteigenaar",
                   "contractbeheerder", "sopimusvastaava", *_OWNER),
}  # fmt: skip
EQUIPMENT: Words = {
    "serial": ("seriennummer", "serien nr", "seriennr", "sarjanumero", "numero de serie", "numero serie", "n de serie"),
    "asset_tag": ("inventarnr", "inventarnummer", "inventar nr", "anlagennummer", "activanummer", "inventarisnummer",
                  "inventaarionumero", "laitetunnus", "numero d inventaire", "n inventaire"),
    "name": ("bezeichnung", "gerat", "geratename", "rechnername", "naam", "apparaatnaam", "computernaam",
             "laitteen nimi", "laitenimi", "nom", "nom de l ordinateur", "nombre"),
    "kind": ("utstyrstype", "geratetyp", "gerateart", "art", "soort", "soort apparaat", "apparaattype", "laitetyyppi",
             "categorie", "type d equipement"),
    "model": ("modele", "malli", "modellbezeichnung", "typebetegnelse", "modelo"),
    "manufacturer": ("produsent", "hersteller", "merke", "merk", "fabrikant", "valmistaja", "fabricant", "marque"),
    "user_name": ("bruker", "benutzer", "nutzer", "gebruiker", "kayttaja", "utilisateur", "usuario", "utlevert til"),
    "unit": ("avdeling", "abteilung", "fachbereich", "amt", "kostenstelle", "afdeling", "yksikko", "toimiala", "osasto",
             "service", "direction", "virksomhet"),
    "site": ("lokasjon", "standort", "gebaude", "raum", "locatie", "gebouw", "sijainti", "toimipiste", "lieu",
             "localisation"),
    "responsible": ("verantwortlich", "verantwortlicher", "verantwoordelijke", "vastuuhenkilo", "responsable", "eier",
                    "eigenaar"),
    "held_since": ("utlevert", "utlevert dato", "ausgegeben am", "ausgabedatum", "uitgiftedatum", "luovutettu"),
    "purchase_date": ("innkjopsdato", "kjopsdato", "anskaffet", "kaufdatum", "anschaffungsdatum", "anschaffung",
                      "aankoopdatum", "aanschafdatum", "hankintapaiva", "ostopaiva", "date d achat", "date achat"),
    "purchase_ore": ("innkjopspris", "kjopspris", "kaufpreis", "anschaffungspreis", "aankoopprijs", "aanschafprijs",
                     "hankintahinta", "prix d achat", "prix achat", "prix", "preis"),
    "supplier": _SUPPLIER,
    "lease_end_date": ("leasingende", "leaseeinde", "leasing utloper", "leasing paattyy"),
}  # fmt: skip


def also_called(fields: tuple[Field, ...], words: Words) -> tuple[Field, ...]:
    """Return the fields with what they are called abroad behind what they are called here."""
    return tuple(replace(each, words=tuple(dict.fromkeys((*each.words, *words.get(each.name, ()))))) for each in fields)
