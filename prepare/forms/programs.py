"""Labels of what the trail tells of programs that read registers, and of lists that are taken in."""

from prepare.texts import N_

#: Column, or table and column → label.
PROGRAM_LABELS = {
    "hint": N_("How it begins"),
    "highest": N_("Up to which class?"),
    "registers": N_("Registers"),
    "register": N_("Register"),
    "api_token.made_at": N_("Made"),
    "expires_on": N_("Last day"),
    "headings_hash": N_("Fingerprint of the headings"),
    "columns": N_("Columns"),
    "words": N_("Words"),
    "list_mapping.kept_at": N_("Kept"),
    "added": N_("Added"),
    "changed": N_("Changed"),
}
