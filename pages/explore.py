"""Explore: any question that the gate answers, and what of it will show."""

from vitrail.ui import (
    Role,
    answer_picture,
    answer_table,
    as_sql_wanted,
    asked_from_url,
    choices,
    closer,
    earlier_answer,
    enter,
    header,
    how_it_was_made,
    loading,
    open_address,
    outlook,
    protection,
    saved_views,
    sql_box,
    told,
)

actor = enter(Role.ANALYST)

header("Explore", "Put a question of your own; what will show is said before it is asked.", actor)
with told():
    asked = asked_from_url()
    with told():
        saved_views("explore", asked.address(), actor, open_address)

    if as_sql_wanted():
        sql_box(asked)
    else:
        choices(asked)

    with loading():
        release = outlook(asked)
    if release:
        before = earlier_answer(asked)
        answer_picture(asked, release, before)
        answer_table(asked, release, before)
        closer(asked)
        protection(release)
        how_it_was_made(release)
