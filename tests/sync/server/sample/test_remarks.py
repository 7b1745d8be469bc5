"""Remarks of the sample school: varied, within their boxes, about nobody else."""

from collections import Counter, defaultdict
from datetime import date

from sync.server.sample.calendar import calendar
from tests.sync.server.sample.made import TODAY, small, usual

LENGTHS = {1: (50, 150), 2: (50, 150), 3: (90, 200), 4: (90, 200), 5: (130, 260), 6: (130, 260)}


def test_no_two_texts_of_the_school_are_the_same() -> None:
    """R17."""
    texts = Counter((each["@class"], each["text"]) for each in usual().of("remark"))
    assert [text for text, times in texts.items() if times > 1] == []


def test_no_sentence_comes_three_times_in_a_class_and_term() -> None:
    for made in (usual(), small(date(2027, 3, 31))):
        sentences = Counter[tuple[str, str, str]]()
        for each in made.of("remark"):
            sentences.update((each["@class"], each["term"], part) for part in each["text"].split("。") if part)
        assert [sentence for sentence, times in sentences.items() if times > 2] == []


def test_no_text_names_a_pupil() -> None:
    """R18."""
    families = {each["family"] for each in usual().of("pupil")}
    names = {each["family"] + each["given"] for each in usual().of("pupil")} | {f"{family}さん" for family in families}
    assert not any(name in each["text"] for each in usual().of("remark") for name in names)


def test_texts_have_the_length_of_their_grade() -> None:
    age = usual().grade_of()
    overall = [each for each in usual().of("remark") if each["box"] == "overall"]
    fitting = [
        each
        for each in overall
        if LENGTHS[age[each["pupil"]]][0] <= len(each["text"]) <= LENGTHS[age[each["pupil"]]][1]
    ]
    assert len(fitting) / len(overall) > 0.98
    assert all(30 <= len(each["text"]) <= 130 for each in usual().of("remark") if each["box"] != "overall")


def test_texts_are_whole_sentences_in_one_style_without_marks_of_a_draft() -> None:
    for each in usual().of("remark"):
        assert each["text"].endswith("。")
        assert not set("[]{}|〔〕●") & set(each["text"])
        assert not any(ending in each["text"] for ending in ("である。", "だった。", "。。", "、、", "てて、"))


def test_each_box_is_filled_in_the_grades_that_have_it() -> None:
    age = usual().grade_of()
    boxes = defaultdict[str, set[int]](set)
    for each in usual().of("remark"):
        boxes[each["box"]].add(age[each["pupil"]])
    assert boxes == {
        "overall": {1, 2, 3, 4, 5, 6},
        "s.moral": {1, 2, 3, 4, 5, 6},
        "s.fla": {3, 4},
        "s.integ": {3, 4, 5, 6},
    }


def test_a_finished_term_has_a_text_for_everyone_and_the_running_one_has_drafts_near_its_end() -> None:
    finished = [each for each in usual().of("remark") if each["term"] == "2026-1" and each["box"] == "overall"]
    here = [each for each in usual().of("membership") if each["kind"] == "home" and each["from"] == "2026-04-01"]
    gone = [each for each in here if each.get("to", "2099") < calendar(2026, 3).terms[0].days[-1].isoformat()]
    later = [each for each in usual().of("membership") if "2026-04-01" < each["from"] <= "2026-07-22"]
    assert len(finished) == len(here) - len(gone) + len(later)
    assert all(each["done"] and each["by"] and each["at"] for each in finished)
    drafts = [each for each in usual().of("remark") if each["term"] == "2026-2"]
    assert 24 <= len(drafts) <= 200
    assert not any(each["done"] or "by" in each for each in drafts)
    assert all(each["term"] == "2026-1" for each in small(date(2026, 10, 1)).of("remark"))


def test_no_text_speaks_of_an_event_that_is_still_to_come() -> None:
    coming = [event.title for event in calendar(2026, 3).events if event.day > TODAY]
    assert not any(title in each["text"] for each in usual().of("remark") for title in coming)
    assert any("運動会" in each["text"] for each in usual().of("remark") if each["term"] == "2026-2")
