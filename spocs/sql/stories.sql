-- Stories that show nowhere for now: whoever wrote them has died, has left, or must stand in no list. One without a name
-- goes a week later, or whoever writes on the roster could try in an afternoon whose it is.
CREATE FUNCTION spocs_silent_stories() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.story_id FROM spocs_authorship a JOIN people_person p ON p.id = a.author_id
    WHERE CASE WHEN EXISTS (SELECT FROM spocs_storyversion v
                            WHERE v.story_id = a.story_id AND v.state = 'published' AND v.name_shown <> 'none')
               THEN p.hidden OR NOT person_is_here(p.id)
               ELSE NOT person_is_here(p.id) AND p.gone_at < now() - interval '7 days' END
$$;

-- Stories that wait for whoever asks to read them: never their own; a coordinator's are the lead's to read as well.
CREATE FUNCTION spocs_stories_to_review() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.story_id FROM spocs_authorship a JOIN spocs_storyversion v ON v.story_id = a.story_id
    WHERE v.state = 'review' AND a.author_id <> app_person() AND person_is_here(a.author_id)
      AND (app_holds('coordinator') OR app_holds('lead') AND person_holds(a.author_id, 'coordinator'))
$$;

-- Whether there is a text of a story already: it has or had an author then.
CREATE FUNCTION spocs_story_has_versions(p_story uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS
$$ SELECT EXISTS (SELECT FROM spocs_storyversion v WHERE v.story_id = p_story) $$;

-- What comes after what, whoever's hand it is. A text that somebody reads, or has read, stays as it is; it is published
-- from the day it was passed for, and not before; nobody passes their own.
CREATE FUNCTION spocs_story_moves() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.reviewed_by_id IS NOT NULL AND NEW.state IN ('back', 'thinking', 'published') AND EXISTS (
        SELECT FROM spocs_authorship a WHERE a.story_id = NEW.story_id AND a.author_id = NEW.reviewed_by_id) THEN
        RAISE EXCEPTION 'nobody reviews their own story'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'story_second_person';
    END IF;
    IF TG_OP = 'INSERT' THEN
        RETURN NEW;
    END IF;
    IF NEW.story_id <> OLD.story_id
       OR OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
           ('draft', 'review'), ('review', 'draft'), ('review', 'back'), ('review', 'thinking'), ('back', 'draft'),
           ('thinking', 'draft'), ('thinking', 'published'), ('published', 'back'), ('published', 'thinking')) THEN
        RAISE EXCEPTION 'a story goes no such way: from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'story_goes_its_way';
    END IF;
    IF OLD.state = 'thinking' AND NEW.state = 'published'
       AND (OLD.publish_from > london_today() OR NEW.publish_from <> OLD.publish_from) THEN
        RAISE EXCEPTION 'a story is thought over first'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'story_thought_over';
    END IF;
    IF NOT (OLD.state IN ('draft', 'back') AND NEW.state = 'draft')
       AND ((NEW.title, NEW.text, NEW.content_note) IS DISTINCT FROM (OLD.title, OLD.text, OLD.content_note)
            OR NEW.name_shown <> 'none' AND (NEW.name_shown, NEW.named_id, NEW.role_words, NEW.leader)
               IS DISTINCT FROM (OLD.name_shown, OLD.named_id, OLD.role_words, OLD.leader)) THEN
        RAISE EXCEPTION 'a story is changed in a draft'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'story_changed_in_a_draft';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER spocs_story_moves BEFORE INSERT OR UPDATE ON spocs_storyversion
FOR EACH ROW EXECUTE FUNCTION spocs_story_moves();

-- The coordinator takes a published story off every page: back to its author with a sentence, or for good where nobody is
-- its author any longer. Returns 'back', 'gone', or 'refused'.
CREATE FUNCTION spocs_take_off_story(p_story uuid, p_sentence text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM spocs_storyversion v WHERE v.story_id = p_story AND v.state = 'published' FOR UPDATE;
    IF NOT FOUND OR NOT app_holds('coordinator') OR EXISTS (
        SELECT FROM spocs_authorship a WHERE a.story_id = p_story AND a.author_id = app_person()) THEN
        RETURN 'refused';
    END IF;
    PERFORM spocs_ask_to_take_down(p_story, 'down');
    IF NOT EXISTS (SELECT FROM spocs_authorship a WHERE a.story_id = p_story) THEN
        DELETE FROM spocs_story WHERE id = p_story;
        RETURN 'gone';
    END IF;
    IF EXISTS (SELECT FROM spocs_storyversion v WHERE v.story_id = p_story AND v.state <> 'published') THEN
        DELETE FROM spocs_storyversion v WHERE v.story_id = p_story AND v.state = 'published';
    ELSE
        UPDATE spocs_storyversion v
        SET state = 'back', sentence = p_sentence, reviewed_by_id = app_person(), reviewed_on = london_today(),
            publish_from = NULL, published_on = NULL, ticks = '{}'
        WHERE v.story_id = p_story AND v.state = 'published';
    END IF;
    RETURN 'back';
END $$;

-- Whoever keeps a story where it was printed is asked to take it down, or the name off it.
CREATE FUNCTION spocs_ask_to_take_down(p_story uuid, p_what text) RETURNS SETOF uuid LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE spocs_printing p SET asked = p_what, asked_on = london_today()
    WHERE p.story_id = p_story AND p.asked <> 'down' AND p_what IN ('name', 'down')
      AND (app_holds('coordinator') OR EXISTS (
          SELECT FROM spocs_authorship a WHERE a.story_id = p_story AND a.author_id = app_person()))
    RETURNING p.id
$$;

-- Consent given before somebody left is none for when they come back: their own tap publishes it again. Within a day of
-- their leaving it was a mistake that is put right, and changes nothing. No function asks this of anybody by name: it would
-- show which story is whose.
CREATE FUNCTION spocs_ask_author_anew() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM spocs_storyversion v USING spocs_authorship a, spocs_storyversion other
    WHERE a.story_id = v.story_id AND a.author_id = NEW.id AND v.state = 'published'
      AND other.story_id = v.story_id AND other.state <> 'published';
    UPDATE spocs_storyversion v SET state = 'thinking', published_on = NULL FROM spocs_authorship a
    WHERE a.story_id = v.story_id AND a.author_id = NEW.id AND v.state = 'published';
    RETURN NULL;
END $$;
CREATE TRIGGER spocs_ask_author_anew AFTER UPDATE OF gone_at ON people_person FOR EACH ROW
WHEN (OLD.gone_at < now() - interval '1 day' AND NEW.gone_at IS NULL) EXECUTE FUNCTION spocs_ask_author_anew();

-- Where a story was printed is kept until it is taken down, also when the story itself is gone; whether it helped is not.
CREATE FUNCTION spocs_story_goes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE spocs_printing SET asked = 'down', asked_on = london_today() WHERE story_id = OLD.id AND asked <> 'down';
    PERFORM support_forget_answers('story', OLD.id::text);
    RETURN OLD;
END $$;
CREATE TRIGGER spocs_story_goes BEFORE DELETE ON spocs_story FOR EACH ROW EXECUTE FUNCTION spocs_story_goes();

-- What reminds an author of a story goes with their authorship: its days are the story's own, and would tell which it was.
CREATE FUNCTION spocs_forget_author() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM reminders_reminder WHERE id IN (
        SELECT id FROM reminders_reminder WHERE starts_with(kind, 'spocs.story_') AND about = OLD.id::text
        ORDER BY kind, about, due FOR UPDATE);
    RETURN NULL;
END $$;
CREATE TRIGGER spocs_forget_author AFTER DELETE ON spocs_authorship
FOR EACH ROW EXECUTE FUNCTION spocs_forget_author();

-- Whoever's row leaves the roster takes their stories along.
CREATE FUNCTION spocs_forget_stories() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM spocs_story s USING spocs_authorship a WHERE a.story_id = s.id AND a.author_id = OLD.id;
    RETURN OLD;
END $$;
CREATE TRIGGER spocs_forget_stories BEFORE DELETE ON people_person
FOR EACH ROW EXECUTE FUNCTION spocs_forget_stories();

REVOKE EXECUTE ON FUNCTION spocs_silent_stories(), spocs_stories_to_review(), spocs_story_has_versions(uuid),
    spocs_story_moves(), spocs_take_off_story(uuid, text), spocs_ask_to_take_down(uuid, text),
    spocs_ask_author_anew(), spocs_story_goes(), spocs_forget_author(), spocs_forget_stories() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION spocs_silent_stories(), spocs_stories_to_review(), spocs_story_has_versions(uuid),
    spocs_take_off_story(uuid, text), spocs_ask_to_take_down(uuid, text) TO wellbeing_app;
