"""Lists of how loss spreads: what functions need, and agreements with partners."""

from dataclasses import replace

from dependencies.vocabulary import AgreementKind, AgreementState, Clause, DependencyKind, Strength, ToleranceBasis
from exports.listing.wanted import CLASSED, CODE, NAMES, OWNER, TITLE, How, Listed, Wanted, called
from prepare.texts import N_

LONG = 4000
NOTE = Wanted(
    "note",
    N_("Note"),
    also=called("huomautus, huomautukset, lisätieto, lisätiedot, anmärkning, notes"),
    longest=LONG,
)
DEPENDENCIES = Listed(
    "dependencies",
    N_("Dependencies"),
    "name",
    (
        CODE,
        Wanted(
            "function",
            N_("Function"),
            How.CODE,
            also=called(
                "toiminto, palvelu, riippuva, riippuva toiminto, riippuva palvelu, kuka tarvitsee, "
                "tarvitsija, funktion, tjänst, verksamhet, beroende funktion, beroende tjänst, service, "
                "consumer, dependent function, dependent service"
            ),
            refers="own",
        ),
        Wanted(
            "suppliers",
            N_("Supplier"),
            How.CODES,
            also=called(
                "riippuu, riippuvuus, riippuvuudet, riippuu palvelusta, riippuu toiminnosta, toimittaja, "
                "toimittajat, tarjoaja, tuottaja, palveluntuottaja, tarvittava palvelu, mistä riippuu, är "
                "beroende av, beroende av, beroende, leverantör, leverantörer, producent, depends on, "
                "dependency, supplier, suppliers, provider, name of the supplier"
            ),
            refers="suppliers",
        ),
        Wanted(
            "name",
            N_("Need"),
            also=called(
                "tarve, mitä tarvitaan, mitä tarvitsee, resurssi, behov, vad behövs, what is needed, "
                "resource, what do you need"
            ),
            longest=TITLE,
        ),
        Wanted(
            "kind",
            N_("Kind"),
            How.WORD,
            DependencyKind,
            also=called(
                "laji, tyyppi, riippuvuuden laji, riippuvuuden tyyppi, typ, slag, typ av beroende, type, "
                "type of dependency"
            ),
        ),
        Wanted(
            "strength",
            N_("Importance"),
            How.WORD,
            Strength,
            also=called(
                "merkitys, merkittävyys, tärkeys, kriittisyys, vaikutus, vahvuus, betydelse, vikt, "
                "kritiskhet, criticality, strength, importance"
            ),
        ),
        Wanted(
            "tolerance_h",
            N_("Tolerance h"),
            How.HOURS,
            also=called(
                "sieto, sietoaika, katkonsieto, kuinka kauan pärjätään ilman, kauanko pärjätään, "
                "pärjäämisaika, tolerans, toleranstid, hur länge klarar man sig utan, "
                "klarar sig utan, tolerance, how long do you manage without it"
            ),
        ),
        Wanted(
            "tolerance_basis",
            N_("Basis"),
            How.WORD,
            ToleranceBasis,
            also=called("sietoajan peruste, tiedon peruste, grund för toleransen, basis of the tolerance"),
        ),
        Wanted(
            "min_required",
            N_("How many must work"),
            How.WHOLE,
            also=called(
                "montako riittää, riittävä määrä, vähintään, hur många räcker, minst, minimum, how many "
                "of them are enough"
            ),
        ),
        Wanted(
            "workaround",
            N_("Workaround"),
            also=called(
                "varamenettely, varajärjestely, korvaava menettely, miten pärjätään, reservförfarande, "
                "reservlösning, alternativt förfarande, how do you manage meanwhile"
            ),
            longest=LONG,
        ),
        NOTE,
    ),
    ("function", "suppliers"),
)
AGREEMENTS = Listed(
    "agreements",
    N_("Agreements"),
    "name_fi",
    (
        replace(CODE, also=called("koodi, kod, id")),
        Wanted(
            "name_fi",
            N_("Agreement"),
            also=called(
                "sopimus, sopimuksen nimi, sopimuksen kohde, aihe, avtal, avtalets namn, avtalets "
                "föremål, contract, contract name, subject"
            )
            + NAMES[0].also,
            longest=TITLE,
            of=N_("Agreement"),
        ),
        *(replace(one, of=N_("Agreement")) for one in NAMES[1:]),
        Wanted(
            "party",
            N_("Partner"),
            How.CODE,
            also=called(
                "kumppani, toimittaja, sopimuskumppani, sopijapuoli, sopimustoimittaja, palveluntuottaja, "
                "tuottaja, vastapuoli, avtalspart, leverantör, tjänsteleverantör, producent, part, "
                "motpart, supplier, provider, contractor, counterparty"
            ),
            refers="partners",
        ),
        Wanted(
            "kind",
            N_("Kind"),
            How.WORD,
            AgreementKind,
            also=called("laji, tyyppi, sopimustyyppi, sopimuslaji, typ, avtalstyp, type, contract type"),
        ),
        Wanted(
            "reference",
            N_("Case number"),
            also=called(
                "sopimusnumero, sopimusnro, sopimuksen numero, diaarinumero, dnro, asiatunnus, numero, "
                "nro, avtalsnummer, avtalsnr, diarienummer, nummer, nr, contract number, agreement "
                "number, reference, number, no"
            ),
            longest=TITLE,
        ),
        Wanted(
            "state",
            N_("Status"),
            How.WORD,
            (AgreementState.DRAFT, AgreementState.ACTIVE),
            also=called("tila, sopimuksen tila, status, läge, avtalsstatus, state"),
        ),
        Wanted(
            "valid_from",
            N_("In force from"),
            How.DAY,
            also=called(
                "alkupäivä, alkamispäivä, alkaa, voimassa alkaen, voimaantulo, sopimus alkaa, startdatum, "
                "begynnelsedatum, gäller från, start date, valid from, begins"
            ),
        ),
        Wanted(
            "valid_to",
            N_("Runs until"),
            How.DAY,
            also=called(
                "päättymispäivä, loppupäivä, päättyy, voimassaolo, voimassa asti, voimassa saakka, "
                "sopimus päättyy, slutdatum, upphör, gäller till, giltig till, end date, valid to, valid "
                "until, expires, expiry date, last day in force"
            ),
            empty=called(
                "toistaiseksi, toistaiseksi voimassa, toistaiseksi voimassa oleva, tills vidare, gäller "
                "tills vidare, until further notice, open ended, no end date"
            ),
        ),
        Wanted(
            "notice_months",
            N_("Notice in months"),
            How.MONTHS,
            also=called("irtisanomisaika, irtisanomisaika kk, uppsägningstid, notice period, notice"),
        ),
        Wanted(
            "auto_renew",
            N_("Renews itself"),
            How.YES_NO,
            also=called(
                "jatkuu automaattisesti, automaattinen jatko, uusiutuu, förnyas automatiskt, automatisk "
                "förlängning, auto renew, renews automatically"
            ),
        ),
        Wanted(
            "preparedness_clause",
            N_("Preparedness clause"),
            How.WORD,
            Clause,
            also=called("varautumislauseke, varautumisvelvoite, varautumisehto, beredskapsklausul"),
        ),
        Wanted(
            "recovery_h",
            N_("Promised recovery time"),
            How.HOURS,
            also=called(
                "luvattu palautumisaika, palautumisaika, palautumislupaus, toipumisaika, palvelulupaus, "
                "luvatut tunnit, ratkaisuaika, utlovad återställningstid, återställningstid, utlovade "
                "timmar, recovery time, promised hours, promised h"
            ),
        ),
        Wanted(
            "capacity",
            N_("How much is delivered in a disruption"),
            also=called(
                "toimitus häiriössä, kapasiteetti häiriössä, kapasitet vid störning, leverans vid störning, capacity"
            ),
            longest=LONG,
        ),
        Wanted(
            "audit_right",
            N_("Right to audit or exercise"),
            How.WORD,
            Clause,
            also=called("auditointioikeus, tarkastusoikeus, granskningsrätt, revisionsrätt, audit right"),
        ),
        Wanted(
            "emergency_priority",
            N_("The city is served first"),
            How.WORD,
            Clause,
            also=called("etusija, etusija häiriössä, förtur, prioritet, priority"),
        ),
        Wanted(
            "subcontracting_controlled",
            N_("Subcontractors are bound too"),
            How.WORD,
            Clause,
            also=called("alihankinta, alihankkijat, underleverantörer, subcontractors"),
        ),
        Wanted(
            "functions",
            N_("What it covers"),
            How.CODES,
            also=called("palvelu, palvelut, katetut palvelut, tjänst, tjänster, service, services"),
            refers="suppliers",
        ),
        Wanted(
            "interfaces",
            N_("Interfaces"),
            How.CODES,
            also=called("yhdyspinta, yhdyspinnat, gränssnitt, gränsyta, interface"),
            refers="interfaces",
        ),
        replace(OWNER, also=called("sopimusvastaava, sopimuksen omistaja, avtalsansvarig") + OWNER.also),
        NOTE,
        *CLASSED,
    ),
    ("name_fi", "party"),
)
