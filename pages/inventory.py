"""Inventory: what is held, beside what the policy says is collected."""

from vitrail.ui import (
    Role,
    declared_table,
    enter,
    header,
    held,
    inventory_map,
    inventory_tiles,
    section,
    told,
    undeclared_table,
)

actor = enter(Role.AUDITOR, Role.INVESTIGATOR)

header("Inventory", "What is held, beside what the policy says is collected.", actor)
with told():
    found = held()
    inventory_tiles(found)

    section(
        "Not declared",
        "Kinds of personal data that no category of the policy covers. Whole columns come first: "
        "somebody collects them. What stands in some cells was written there by somebody.",
    )
    undeclared_table(found)

    section("Kinds of data by system", "How many columns hold each; what is not declared on top.")
    inventory_map(found)

    section(
        "Declared, and the rest",
        "With who is registered to get it and how long it is kept, as policy and register say.",
    )
    declared_table(found)
