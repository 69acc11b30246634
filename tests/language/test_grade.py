"""School grades of English texts, and the syllables that they rest on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_protocols.language.grade import (
    Measure,
    is_english,
    longest_sentence,
    measure,
    spoken,
    syllables,
    words_of,
)

TABLE = {
    1: """
        a asked breath breathe breathes called calm chair choose comes don't ear eye eyes fear
        friend friends gives heard hour i'd joke learned leave light named noise numb once pause
        phones plan played real room safe screen self selves smile square stay strength takes tears
        thank they're things three time times tired touched tried true voice walked warm warmth
        we've whole wrong year years yes you your
    """,
    2: """
        about above afraid after again agree alone always anchor anger angry answer argue arrive
        away basement because become before begin being believe belong beside between beyond body
        borrow boxes breathing business careful careless caring centre changes chaos choosing circle
        comfort common controlled couldn't counsel courage create crisis didn't diet doesn't doing
        easy edges effort either enough evening every eyelids father feeling feelings finding
        fingers forgive friendly gently giving going goodbye grounding happened harder haven't heavy
        helpful homework hopeful hopeless hurried isn't judgment kettle kindness kitchen letter
        lifetime likely listen listened little lively lonely lovely maybe meanwhile middle minute
        minutes moment moments morning mother movement muscle muscles music nature needed never
        noises nothing notice noticed okay onion open opened other others ourselves pages paper
        partner patience patient peaceful people people's perhaps person picture pieces places
        playing practice practised private question questions quiet races react reading ready really
        region release relieved request rhythm sadness safely saying science seeing senses sentence
        settle settled seven shoulders silence sincere slowly someone something something's sometime
        sometimes somewhere sorry speaker special started statement staying steady stories story
        stronger suffer surely table tension themselves thinking toilet trauma trial troubles
        trusted trying twenty under useful useless value values version voices waited waiting wanted
        wasn't watches weather weekly willing window wishes without worried writer writing written
        younger yourself
    """,
    3: """
        acceptance anyone anything area arriving attention audience awareness beautiful calendar
        camera carefully compassion completely condition counsellor different difficult eleven
        empathy everyone everything evidence exactly exercise extremely family forgiven forgiveness
        grandmother gratitude idea imagine important interest listener memory museum nobody
        overlooked paragraph physical piano poetry possible quality quietly reaction realise
        remember sentences separate several therapy together understand usual violence violent
        violin whatever wonderful yesterday
    """,
    4: """
        acknowledgement anxiety apology compassionate cooperate criticism definitely encouragement
        entirely experience intervention reality relationship situation society unimportant
        validation
    """,
    5: "communication facilitator immediately",
    6: "responsibility vulnerability",
}
"""Words as they come in protocols, by how many syllables a dictionary gives them."""

COUNTED = [(word, count) for count, words in TABLE.items() for word in words.split()]


def test_the_table_of_words() -> None:
    """At least 97 in 100 of these words are counted right, and none is off by more than one."""
    wrong = {word: count for word, count in COUNTED if syllables(word) != count}
    assert len(wrong) <= 0.03 * len(COUNTED), wrong
    assert [word for word in wrong if abs(syllables(word) - wrong[word]) > 1] == []


@given(st.text(min_size=1, max_size=40))
def test_any_word_has_a_syllable(word: str) -> None:
    """Whatever is counted has at least one syllable, and no more than letters."""
    assert 1 <= syllables(word) <= 2 * len(word)


def test_the_formula() -> None:
    """The grade is that of Kincaid and others: 0.39 words a sentence, 11.8 syllables a word."""
    assert Measure(100, 5, 150).grade == pytest.approx(0.39 * 20 + 11.8 * 1.5 - 15.59)
    assert Measure().grade == Measure(words=3).grade == 0


@pytest.mark.parametrize(
    ("text", "words", "sentences"),
    [
        ("", 0, 0),
        ("Sit down.", 2, 1),
        ("One. Two! Three?", 3, 3),
        ("Take:\n- a cup\n- a book\n- a friend", 7, 4),
        ("Don’t you, Ana’s friend?", 4, 1),
        ("A heading\n\nA line.", 4, 2),
        ("3.5 hours, e.g. tonight.", 6, 1),
    ],
)
def test_what_is_counted(text: str, words: int, sentences: int) -> None:
    """Words and sentences are counted, and each line of a list is a sentence."""
    found = measure(text)
    assert (found.words, found.sentences) == (words, sentences)


@given(st.text(max_size=60))
def test_words_that_have_been_listed(text: str) -> None:
    """Where the words have been listed already, they are not listed again, and nothing changes."""
    assert measure(text, words_of(text)) == measure(text)


def test_many_words() -> None:
    """However many other words have been counted, a word has the same number of syllables."""
    before = syllables("gently")
    assert spoken(f"word{number}" for number in range(10_000)) == 10_000
    assert syllables("gently") == before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You can sit where you like, and nobody will ask you for anything.", True),
        ("Du kannst dich hinsetzen, wo du willst, und niemand fragt dich nach etwas.", False),
        ("Puedes sentarte donde quieras, y nadie te va a pedir nada.", False),
        ("Tu peux t’asseoir où tu veux, et personne ne te demandera rien.", False),
        ("Je kunt gaan zitten waar je wilt, en niemand zal je iets vragen.", False),
        ("你可以坐在你喜欢的地方。", False),
        ("", False),
    ],
)
def test_english(text: str, expected: bool) -> None:
    """English is told from other languages by its small words."""
    assert is_english(words_of(text)) is expected


def test_the_longest_sentence() -> None:
    """The longest sentence is the one with the most words, and is given on one line."""
    assert longest_sentence("No. Sit\nwhere you\nlike. Go on!") == "Sit where you like."
    assert longest_sentence("…") == ""


def test_words() -> None:
    """Words are folded, their apostrophes straight; numbers are words."""
    assert words_of("ANA’s 3 cups—and ‘tea’") == ["ana's", "3", "cups", "and", "tea"]


@given(st.text("aZ3é'’‘“—_ .", max_size=12))
def test_words_are_the_same_beside_other_letters(text: str) -> None:
    """A text in ASCII has the words that it has where a letter stands beside it that is not."""
    assert [*words_of(text), "ø"] == words_of(text + " ø")
