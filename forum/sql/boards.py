"""Whoever is asked to hang something up is asked no longer once they are gone, and a strand that is gone of nothing."""

TIES = """
ALTER TABLE forum_keeper ADD CONSTRAINT forum_keeper_person FOREIGN KEY (person_id) REFERENCES people_person (id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE forum_relay ADD CONSTRAINT forum_relay_strand FOREIGN KEY (strand_id) REFERENCES forum_strand (id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""

ALL = [TIES]
