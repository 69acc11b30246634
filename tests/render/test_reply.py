"""A typed reply, read as an event."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.errors import AnswerRefused
from compassion_protocols.render.reply import COMMANDS, LONGEST_REPLY, Wish, read_reply
from compassion_protocols.session.events import (
    Advance,
    Answer,
    Back,
    Continue,
    Distress,
    Erase,
    Extend,
    Join,
    Leave,
    Pause,
    Resume,
    Skip,
    Stop,
)
from compassion_protocols.session.view import Input
from tests.render.views import options, question, view

AT = 1_000.0
PAUSED = view(kind="pause", actions=("resume", "pause", "distress", "stop"))


def read(shown: Any, text: str) -> Any:  # noqa: ANN401  # whatever comes of it
    """What a reply means."""
    return read_reply(shown, text, at=AT)


@pytest.mark.parametrize("word", ["stop", "skip", "pause", "help", "yes", "back", "ok", "/ or so"])
def test_where_words_are_asked_for_a_word_is_an_answer(word: str) -> None:
    """Where words of one's own are asked for, “stop” is an answer like any other."""
    answer = read(question("text"), word)
    assert answer == Answer(by="ana", token="1.0", value=word, at=AT)


def test_an_answer_may_begin_with_a_slash() -> None:
    """An answer that begins with a slash is written with two."""
    assert read(question("text"), "//skip").value == "/skip"


@pytest.mark.parametrize(
    ("typed", "event"),
    [
        ("/skip", Skip(by="ana", token="1.0", at=AT)),
        ("/pass", Skip(by="ana", token="1.0", at=AT)),
        ("/ok", Continue(by="ana", token="1.0", at=AT)),
        ("/back", Back(by="ana", token="1.0", at=AT)),
        ("/pause", Pause(by="ana", at=AT)),
        ("/pause 20m", Pause(by="ana", at=AT, until=AT + 1_200)),
        ("/pause 20", Pause(by="ana", at=AT, until=AT + 1_200)),
        ("/pause 1 hour", Pause(by="ana", at=AT, until=AT + 3_600)),
        ("/pause 00:17", Pause(by="ana", at=AT, until=1_020.0)),
        ("/PAUSE", Pause(by="ana", at=AT)),
        ("/resume", Resume(by="ana", at=AT)),
        ("/care", Distress(by="ana", at=AT)),
        ("/distress 8", Distress(by="ana", at=AT, rating=8)),
        ("/distress unsafe", Distress(by="ana", at=AT, safe=False)),
        ("/stop", Stop(by="ana", at=AT)),
        ("/quit", Stop(by="ana", at=AT)),
        ("/leave", Leave(by="ana", at=AT)),
        ("/join", Join(by="ana", at=AT)),
        ("/erase", Erase(by="ana", at=AT)),
        ("/advance", Advance(by="ana", token="1.0", at=AT)),
        ("/extend", Extend(by="ana", token="1.0", seconds=60.0, at=AT)),
        ("/extend 90s", Extend(by="ana", token="1.0", seconds=90.0, at=AT)),
        ("/help", Wish.HELP),
        ("/?", Wish.HELP),
        ("/again", Wish.SHOW),
    ],
)
def test_a_command_means_the_same_everywhere(typed: str, event: object) -> None:
    """A command with a slash is that event at any view."""
    assert read(question("text"), typed) == event
    assert read(view(), typed) == event


def test_every_command_is_read() -> None:
    """Every command, and every other word for it, is read."""
    for name, words in COMMANDS.items():
        for word in (name, *words):
            if " " not in word and name != "keep":
                assert read(view(), f"/{word}") == read(view(), f"/{name}")


def test_an_answer_is_kept_by_a_word_before_it() -> None:
    """What follows /keep is the answer, and its writer keeps it; a draft may be kept as it is."""
    offered = evolve(question("text"), input=Input(type="text", keep="Keep it."))
    kept = Answer(by="ana", token="1.0", value="a walk", at=AT, keep=True)
    assert read(offered, "/keep a walk") == kept
    assert read(evolve(offered, draft="a walk"), "/keep") == kept


@pytest.mark.parametrize("typed", ["/keep", "/keep  "])
def test_there_must_be_something_to_keep(typed: str) -> None:
    """Nothing can be kept, and nothing where that is not offered."""
    offered = evolve(question("text"), input=Input(type="text", keep="Keep it."))
    for at in (offered, question("text"), view()):
        with pytest.raises(AnswerRefused):
            read(at, typed)
    with pytest.raises(AnswerRefused):
        read(question("text"), "/keep a walk")


@pytest.mark.parametrize("typed", ["/skp", "/nothing", "/pause soon", "/extend much"])
def test_an_unknown_command_is_refused(typed: str) -> None:
    """A command that there is not, or that cannot be carried out so, changes nothing."""
    with pytest.raises(AnswerRefused) as refused:
        read(question("text"), typed)
    assert "/" in refused.value.say
    if typed == "/skp":
        assert "Did you mean “skip”?" in refused.value.say


@pytest.mark.parametrize("kind", ["scale", "choice", "yes_no", "date", "rank", "person", "time"])
def test_where_no_words_are_asked_for_a_plain_word_is_a_command(kind: str) -> None:
    """Where a number, a choice or a day is asked for, “stop” can only mean to stop."""
    shown = question(kind, options=options("a", "b"))
    assert read(shown, "Stop.") == Stop(by="ana", at=AT)
    assert read(shown, "skip") == Skip(by="ana", token="1.0", at=AT)


def test_an_option_is_never_a_command() -> None:
    """A word that is one of the options is that option."""
    assert read(question("choice", options=options("stop", "go")), "stop").value == "stop"


def test_own_words_beside_options_are_words() -> None:
    """Where options leave room for words of one's own, “stop” is such a word."""
    shown = question("choices", options=options("a"), limits={"own": 1})
    assert read(shown, "stop").value == ["stop"]


@pytest.mark.parametrize("typed", ["", "ok", "OK.", "next", "go on", "yes", "done"])
def test_a_page_is_left_with_a_word_or_none(typed: str) -> None:
    """A page to read is left with nothing typed, or with a word that says so."""
    assert read(view(), typed) == Continue(by="ana", token="1.0", at=AT)


@pytest.mark.parametrize("typed", ["", "ready", "resume", "ok"])
def test_a_pause_is_left_with_a_word_or_none(typed: str) -> None:
    """A pause is left in the same way."""
    assert read(PAUSED, typed) == Resume(by="ana", at=AT)


def test_a_pause_takes_a_time_to_come_back() -> None:
    """A length or an hour typed during a pause is the time to come back."""
    assert read(PAUSED, "20m") == Pause(by="ana", at=AT, until=AT + 1_200)
    later = read_reply(PAUSED, "02:00", at=AT, utc_offset=3_600)
    assert later == Pause(by="ana", at=AT, until=3_600.0)


def test_someone_who_waits_is_shown_the_same_again() -> None:
    """Nothing typed by someone who has nothing to do shows the same view."""
    assert read(view(kind="waiting", actions=("pause",)), "") is Wish.SHOW


def test_words_where_nothing_is_asked_are_refused() -> None:
    """Words where nothing is asked are not taken for anything."""
    with pytest.raises(AnswerRefused, match="Nothing is asked"):
        read(view(), "I feel sad")


def test_nothing_typed_is_no_answer() -> None:
    """Nothing typed at a question is refused, so that it can be typed again."""
    with pytest.raises(AnswerRefused, match="nothing written"):
        read(question("text"), "  ")


def test_nothing_typed_keeps_a_draft() -> None:
    """After an invitation, nothing typed sends the draft as it is."""
    assert read(question("list", draft=["a"], invite=("Why?",)), "").value == ["a"]


@given(st.text(), st.sampled_from([*sorted(COMMANDS), "text", "ask", "form", "choice", "date"]))
def test_every_reply_is_an_event_or_refused(text: str, kind: str) -> None:
    """Whatever is typed at any view is an event, a wish, or refused with a sentence."""
    shown = question(kind, options=options("a"), fields=(("a", question("date").input),))
    said = []
    for each in (shown, view(), PAUSED):
        for typed in (text, f"/{kind} {text}"):
            try:
                read(each, typed)
            except AnswerRefused as refused:
                said.append(refused.say)
    assert all(said)


def test_a_reply_of_ten_megabytes_is_cut() -> None:
    """Of an endless reply only as much is looked at as any answer could hold."""
    value = read(question("text"), "a" * 10_000_000).value
    assert len(value) == LONGEST_REPLY
