"""Whoever is asked to hang something up is asked no longer once they are gone."""

TIES = """
ALTER TABLE forum_keeper ADD CONSTRAINT forum_keeper_person FOREIGN KEY (person_id) REFERENCES people_person (id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""

ALL = [TIES]
