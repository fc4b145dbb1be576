"""Access log: who looked closer at persons, whether the chain is whole, and every line."""

from vitrail.ui import Role, chain_walked, closer_looks, enter, every_line, header, section, told

actor = enter(Role.AUDITOR, Role.INVESTIGATOR, Role.ADMIN)

header("Access log", "Who asked, looked, decided and was refused; kept for good.", actor)
with told():
    closer_looks()

section("The chain", "Each line holds the hash of the one before; a changed one shows.")
with told():
    chain_walked()

section("Every line", "The newest first. No line holds a value of the exports.")
with told():
    every_line()
