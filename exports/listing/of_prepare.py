"""Lists of what must run: organisations and functions."""

from dataclasses import replace

from exports.listing.wanted import CLASSED, CODE, NAMES, OWNER, TITLE, How, Listed, Wanted, called
from prepare.texts import N_
from prepare.vocabulary import Criticality, OrganisationKind, Organiser, Production, RelationBasis

ORGANISATIONS = Listed(
    "organisations",
    N_("Organisations and partners"),
    "name_fi",
    (
        replace(CODE, also=called("lyhenne, tunnus, förkortning, beteckning") + CODE.also),
        Wanted(
            "name_fi",
            N_("Organisation"),
            also=called(
                "organisaatio, kumppani, yhteistyökumppani, sidosryhmä, toimija, yritys, toimittaja, "
                "palveluntuottaja, partner, samarbetspart, samarbetspartner, intressent, aktör, företag, "
                "leverantör, tjänsteleverantör, company, supplier, stakeholder"
            )
            + NAMES[0].also,
            longest=TITLE,
            of=N_("Name"),
        ),
        *NAMES[1:],
        Wanted(
            "kind",
            N_("Kind"),
            How.WORD,
            OrganisationKind,
            also=called(
                "laji, tyyppi, organisaatiotyyppi, ryhmä, sektori, typ, slag, organisationstyp, type, category, sector"
            ),
        ),
        Wanted(
            "part_of",
            N_("Part of"),
            How.CODE,
            also=called(
                "osa organisaatiota, yläorganisaatio, emoyhtiö, konserni, kuuluu, moderbolag, överordnad "
                "organisation, koncern, tillhör, parent, belongs to, group"
            ),
            refers="organisations",
        ),
        Wanted(
            "business_id",
            N_("Business ID"),
            also=called("y tunnus, ytunnus, fo nummer, fo nr, business id, organisationsnummer"),
            longest=20,
        ),
        Wanted("description", N_("Description"), also=called("kuvaus, tehtävä, rooli, beskrivning, uppgift, role")),
        Wanted(
            "relation_basis",
            N_("Basis of the relation"),
            How.WORD,
            RelationBasis,
            also=called("yhteistyön peruste, suhteen peruste, peruste, grund, grund för relationen, basis"),
        ),
        Wanted("cer_designated", N_("Critical entity under the CER act"), How.YES_NO, also=called("cer, cer toimija")),
        Wanted("nis2_scope", N_("Under the Cybersecurity Act"), How.YES_NO, also=called("nis2, nis 2, nis2 toimija")),
    ),
    ("name_fi", "kind"),
)
FUNCTIONS = Listed(
    "functions",
    N_("Functions"),
    "name_fi",
    (
        CODE,
        Wanted(
            "name_fi",
            N_("Function"),
            also=called("toiminto, palvelu, service, tjänst") + NAMES[0].also,
            longest=TITLE,
            of=N_("Name"),
        ),
        *NAMES[1:],
        Wanted("description_fi", N_("Description"), also=called("kuvaus, beskrivning"), of=N_("Description")),
        Wanted(
            "criticality", N_("Class"), How.WORD, Criticality, also=called("kriittisyys, kriittisyysluokka, kritiskhet")
        ),
        Wanted("organiser", N_("Organiser"), How.WORD, Organiser, also=called("järjestäjä, anordnare")),
        Wanted("production", N_("Production"), How.WORD, Production, also=called("tuotantotapa, produktionssätt")),
        OWNER,
        Wanted("deputy_role", N_("Deputy"), also=called("varahenkilö, sijainen, ersättare"), longest=TITLE),
        Wanted(
            "rto_h", N_("RTO h"), How.HOURS, also=called("rto, palautumisaika, palautumistavoite, återställningstid")
        ),
        Wanted("mtpd_h", N_("MTPD h"), How.HOURS, also=called("mtpd, mto, enimmäiskatkoaika, suurin sallittu katko")),
        Wanted("rpo_h", N_("RPO h"), How.HOURS, also=called("rpo")),
        Wanted("mbco_text", N_("Minimum level in words"), also=called("vähimmäistaso, miniminivå")),
        Wanted("min_staff", N_("Minimum staff"), How.WHOLE, also=called("vähimmäishenkilöstö, minimipersonal")),
        *CLASSED,
    ),
    ("name_fi",),
)
