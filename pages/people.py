"""People and roles: who is in, with which roles, since when; and the way to sign somebody out."""

from vitrail.ui import (
    Role,
    enter,
    header,
    people_in,
    section,
    sessions_table,
    sign_somebody_out,
    told,
)

actor = enter(Role.ADMIN)

header("People", "Who is signed in, with which roles, and since when.", actor)
with told():
    sessions = people_in()

    section("Sign somebody out", "Ends their sessions in every browser; roles are set elsewhere.")
    sign_somebody_out(sessions, actor)

    section("Every session", "The last begun first.")
    sessions_table(sessions)
