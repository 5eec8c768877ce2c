"""The roster import: one engine for the admin and for `manage.py import_roster`.

A file goes through it in this order, one module a step:

    reading     bytes → rows of text (CSV in any usual dress, XLSX)
    columns     which column is which field of a person
    cells       one cell → one value, or the reason why not
    checking    rows → values and reasons, each row against its neighbours
    stored      what the roster holds about the people a file names
    managers    who of them manages whom, with no cycle left
    planning    rows and roster → a Plan: what would be new, changed, leave
    carrying_out    a Plan → the roster, and back again
    wording     a Plan in words
    rejects     the refused rows as a file

Nothing before `carrying_out` writes anything.
"""
