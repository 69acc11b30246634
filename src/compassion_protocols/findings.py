"""What is wrong with a file, where, and what would be right.

Every problem that an author can make has one code in :data:`CODES`. A code has
a page in ``docs/reference/findings/`` and a failing example in
``tests/findings/``; a test holds that the three agree. A finding is data: the
command line, its JSON and an editor show the same one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Iterable


class Span(NamedTuple):
    """A place in a file: ``line`` and ``column`` count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def further(self, lines: int, columns: int = 0) -> Span:
        """The place ``lines`` down and ``columns`` to the right of this one."""
        return Span(self.file, self.line + lines, self.column + columns)


NOWHERE = Span("")


class Severity(StrEnum):
    """How much a finding weighs: only an error keeps a protocol from running."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@frozen
class Code:
    """One kind of problem: its number, its weight, and a title for its page."""

    id: str
    title: str
    severity: Severity = Severity.ERROR
    of_whole: bool = False
    """Whether it can be told of a whole file only: what could not be read may hold the use that is
    missing, and a stand-in for a length of time or a number of people says nothing."""


@frozen
class Finding:
    """One problem at one place: what is wrong (``message``), what would be right (``remedy``)."""

    code: str
    message: str
    remedy: str
    span: Span = field(default=NOWHERE)

    @property
    def severity(self) -> Severity:
        return CODES[self.code].severity

    def __str__(self) -> str:
        return f"{self.span}: {self.severity} {self.code}: {self.message} {self.remedy}".rstrip()


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings once each, in order of place, then of code."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda f: (f.span, f.code, f.message)))


def closest(name: str, known: Iterable[str]) -> str:
    """The known name that is nearest, or nothing if none is near."""
    from difflib import get_close_matches  # slow to import, and wanted only when something is amiss

    return next(iter(get_close_matches(name, list(known), n=1, cutoff=0.6)), "")


def nearest(name: str, known: Iterable[str]) -> str:
    """`` Did you mean “…”?`` for the known name that is nearest, or nothing."""
    close = closest(name, known)
    return f" Did you mean “{close}”?" if close else ""


def _table(*codes: Code) -> dict[str, Code]:
    table = {code.id: code for code in codes}
    if len(table) != len(codes):
        raise ValueError("two findings share a code")
    return table


CODES: dict[str, Code] = _table(
    # CP0xx: the file as YAML (reading/compose)
    Code("CP001", "The file is too large"),
    Code("CP002", "The file is not UTF-8"),
    Code("CP003", "The file is empty"),
    Code("CP004", "The file holds more than one document"),
    Code("CP005", "The file is not a map of names and values"),
    Code("CP006", "A control character"),
    Code("CP007", "A character that turns the direction of writing"),
    Code("CP008", "A code that stands for no character"),
    Code("CP010", "A place that YAML cannot read"),
    Code("CP011", "A tab in the indentation"),
    Code("CP012", "A text that wants quotes"),
    Code("CP013", "A template that wants quotes"),
    Code("CP014", "A quote that is never closed"),
    Code("CP015", "A line that begins in the wrong column"),
    Code("CP016", "A colon, or the space after it, is missing"),
    Code("CP017", "A backslash that means nothing"),
    Code("CP018", "A bracket or a comma is missing"),
    Code("CP020", "A name that stands twice in one map"),
    Code("CP021", "A name that is not a text"),
    Code("CP022", "A name that is too long"),
    Code("CP023", "A text that is too long"),
    Code("CP024", "Lists and maps too deep inside one another"),
    Code("CP025", "Too many entries in one file"),
    Code("CP030", "An anchor (“&”)"),
    Code("CP031", "An alias (“*”)"),
    Code("CP032", "A merge key (“<<”)"),
    Code("CP033", "A tag (“!”)"),
    # CP1xx: the shape of what it says (reading/convert)
    Code("CP101", "A name that does not belong here"),
    Code("CP102", "Something is missing"),
    Code("CP103", "A text, a list or a map in the place of another"),
    Code("CP104", "A text that YAML took for something else"),
    Code("CP105", "Nothing is written here"),
    Code("CP106", "A word that is not one of a few"),
    Code("CP107", "Not a number, or one that does not fit"),
    Code("CP108", "Neither yes nor no"),
    Code("CP109", "Not a length of time"),
    Code("CP110", "Another version of the language"),
    Code("CP111", "Not part of the language yet"),
    Code("CP112", "An id that no catalog can hold"),
    Code("CP113", "Not a version"),
    Code("CP114", "Not a name"),
    Code("CP115", "A name that the language keeps for itself"),
    Code("CP116", "The same entry twice"),
    Code("CP117", "The language is not named first", Severity.WARNING),
    Code("CP118", "A line of care that a comma has cut in two", Severity.WARNING),
    Code("CP120", "A step of no kind"),
    Code("CP121", "A step of two kinds"),
    Code("CP122", "Things that do not go together"),
    Code("CP123", "A loop that does not say what it goes through"),
    Code("CP124", "A limit that would rob the last speaker"),
    Code("CP130", "Not a kind of answer"),
    Code("CP132", "Bounds that nothing can keep"),
    Code("CP140", "A rule without a check of its own"),
    Code("CP141", "A firm rule on wording"),
    Code("CP142", "A rule on a field that is not there"),
    Code("CP150", "A setting without a type"),
    Code("CP151", "A default outside its own bounds"),
    Code("CP152", "A role that nobody can take"),
    Code("CP160", "A source that does not say where it is from"),
    # CP2xx: texts and conditions (language)
    Code("CP201", "A text or a condition that cannot be read"),
    Code("CP202", "A text or a condition that is too long"),
    Code("CP203", "A text or a condition that is nested too deeply"),
    Code("CP204", "A text or a condition that has too much to do"),
    Code("CP205", "A filter that does not exist"),
    Code("CP206", "A filter with arguments that it does not take"),
    Code("CP207", "A test that does not exist"),
    Code("CP208", "Something that the language of texts does not have"),
    Code("CP209", "A name that no text can read"),
    Code("CP210", "A number that is too large"),
    Code("CP211", "An index that is not constant"),
    Code("CP212", "A loop that is not a simple one"),
    Code("CP213", "A backslash before something that it does not change"),
    # CP3xx: includes (reading/link)
    Code("CP301", "A protocol that is not there"),
    Code("CP302", "A protocol that includes itself"),
    Code("CP303", "Includes too deep inside one another"),
    Code("CP304", "Not the version that is wanted"),
    Code("CP305", "Handed in, but not taken"),
    Code("CP306", "A value that a setting does not take"),
    Code("CP308", "A role that nobody takes"),
    Code("CP309", "A role of another size"),
    Code("CP310", "A prefix that means something else"),
    Code("CP311", "A name that means something else inside"),
    Code("CP312", "Too many steps altogether"),
    Code("CP313", "An included protocol with mistakes"),
    Code("CP314", "A list that is not there"),
    Code("CP315", "A screening that clears nobody"),
    # CP32x, CP33x: adaptations (reading/adapt)
    Code("CP320", "A base that is not named with its version"),
    Code("CP321", "A base that is not there"),
    Code("CP322", "A base with mistakes"),
    Code("CP323", "Not the version that was adapted"),
    Code("CP324", "An adaptation of an adaptation"),
    Code("CP325", "An adaptation under the name of its base"),
    Code("CP326", "Something that an adaptation keeps"),
    Code("CP327", "A step that the base does not have"),
    Code("CP328", "A change to what is core"),
    Code("CP329", "A step made into one of another kind"),
    Code("CP330", "Less care than the base asks for"),
    Code("CP331", "A setting with wider bounds than the base's"),
    Code("CP332", "Steps exchanged as a whole"),
    Code("CP333", "An adaptation that changes nothing", Severity.WARNING),
    Code("CP334", "Steps that are added nowhere"),
    Code("CP335", "An end ahead of what is core"),
    Code("CP336", "A part of an adaptation that extends nothing"),
    # CP4xx: names (checking/names, references, assignment, fitting)
    Code("CP401", "A name that nothing has"),
    Code("CP402", "Two things with one name"),
    Code("CP403", "A name away from its loop"),
    Code("CP404", "A name that does not stand for people"),
    Code("CP405", "A name of another kind than is wanted"),
    Code("CP406", "A word list that is not there"),
    Code("CP407", "A name in single braces"),
    Code("CP410", "An answer that is read before it is asked"),
    Code("CP411", "An answer that is asked only on some ways"),
    Code("CP412", "An invitation that could have a hole"),
    Code("CP413", "A reveal away from its question"),
    Code("CP414", "A closing text that could be left out", Severity.WARNING),
    Code("CP420", "A list taken for one value"),
    Code("CP421", "One value taken for a list"),
    Code("CP422", "A field that is not there"),
    Code("CP423", "A comparison that says nothing"),
    Code("CP424", "A filter that makes nothing of what it is given"),
    # CP5xx: bounds and reachability (checking/bounds, reach)
    Code("CP501", "More steps than one session can hold"),
    Code("CP502", "A loop that goes round too often"),
    Code("CP503", "More people than one session can hold"),
    Code("CP504", "A step that no way leads to"),
    Code("CP505", "A condition that is always the same"),
    Code("CP506", "A repetition that nothing inside can end"),
    # CP51x: dead ends (checking/dead_ends, hopeless, unused)
    Code("CP510", "A condition that never holds"),
    Code("CP511", "A condition that always holds", Severity.WARNING),
    Code("CP512", "A way that the cases before it have taken"),
    Code("CP513", "A rule that no answer can meet"),
    Code("CP514", "A setting that changes nothing", Severity.WARNING, of_whole=True),
    Code("CP515", "An answer that leads nowhere", Severity.NOTE, of_whole=True),
    # CP6xx: examples and rules (checking/examples)
    Code("CP601", "A question without an example"),
    Code("CP602", "An example that its own question refuses"),
    Code("CP603", "An example that misses a rule"),
    Code("CP604", "A rule on wording without a counterexample"),
    Code("CP605", "A counterexample that its own question refuses"),
    Code("CP606", "A counterexample that no rule answers", of_whole=True),
    Code("CP607", "An example that will soon be past"),
    Code("CP608", "A rule that says nothing about such an answer"),
    Code("CP609", "More rules than anyone could read"),
    # CP7xx: care and card (checking/care, checking/card)
    Code("CP701", "Less care than what is included"),
    Code("CP702", "No screening, though what is included wants it"),
    Code("CP703", "A care protocol that the library cannot lean on"),
    Code("CP704", "A care protocol that calls for care itself"),
    Code("CP705", "A step for a facilitator who may not be there", Severity.WARNING),
    Code("CP706", "An exercise for two without screening", Severity.WARNING),
    Code("CP707", "A held breath", Severity.WARNING),
    Code("CP708", "No ratings of distress", Severity.WARNING),
    Code("CP709", "No word on whom it is not for", Severity.WARNING),
    Code("CP710", "A facilitator with nothing to do", Severity.WARNING),
    Code("CP720", "A seed that is not there"),
    Code("CP721", "A dose without its source"),
    Code("CP722", "Not a DOI"),
    Code("CP723", "A practice that is not there"),
    Code("CP724", "A dose that nobody can take"),
    # CP73x to CP75x: the rest of the card, its words and its instruments (checking/card,
    # completeness, instruments, content, reading_ease, wording)
    Code("CP730", "A reviewed card that does not say everything", Severity.WARNING),
    Code("CP731", "A review without a name or a day", Severity.WARNING),
    Code("CP732", "A day that is none", Severity.WARNING),
    Code("CP734", "A source that does not say what it is to this exercise", Severity.WARNING),
    Code("CP735", "Evidence that nobody can look up", Severity.WARNING),
    Code("CP740", "An instrument that is not there"),
    Code("CP741", "An instrument whose words are not free"),
    Code("CP742", "An instrument whose words nobody can bring", Severity.WARNING),
    Code("CP743", "A question on which someone must act", Severity.WARNING),
    Code("CP745", "A practice that needs a facilitator"),
    Code("CP746", "A practice that goes better with a facilitator", Severity.WARNING),
    Code("CP747", "A practice without ratings of distress", Severity.WARNING),
    Code("CP748", "A practice without its line of care", Severity.WARNING),
    Code("CP749", "A practice that is not on the card", Severity.WARNING),
    Code("CP750", "Harder to read than it needs to be", Severity.WARNING),
    Code("CP751", "One text that is very hard to read", Severity.WARNING),
    Code("CP752", "A word that makes a person their diagnosis", Severity.WARNING),
    Code("CP753", "A promise to treat or to cure", Severity.WARNING),
    # CP80x: private words (checking/privacy)
    Code("CP801", "A private answer in a text that others read"),
    Code("CP802", "A private answer that decides what others see"),
    Code("CP803", "A private answer that is passed on by a choice"),
    Code("CP804", "A rule that tells of a private answer"),
    Code("CP805", "A private answer that all must know"),
    Code("CP806", "A step that shows whether a private answer was given"),
    Code("CP807", "A private answer that everyone is to keep"),
    # CP82x: a fair floor (checking/fairness)
    Code("CP820", "More of the floor for one than for another"),
    Code("CP821", "A floor that somebody else decides about"),
    Code("CP822", "An end before everyone has had the floor"),
    Code("CP823", "Uneven in vain", Severity.NOTE),
    # CP829, CP83x: absence (checking/absence, holes, shortfall)
    Code("CP829", "A wait for those who have nothing more to do", Severity.WARNING, of_whole=True),
    Code("CP830", "A name of somebody who may not be there"),
    Code(
        "CP831",
        "A step that is left out where somebody is missing",
        Severity.WARNING,
        of_whole=True,
    ),
    Code("CP832", "A step for somebody who may not be there", Severity.WARNING, of_whole=True),
    Code("CP833", "A text with a hole where something was left open"),
    Code("CP834", "A role with nothing to do", Severity.WARNING, of_whole=True),
    Code("CP835", "Something to be read by nobody", Severity.WARNING, of_whole=True),
    Code("CP836", "A wait for a time that nobody may have named", Severity.WARNING),
    Code("CP837", "A screen that could be empty"),
    Code("CP838", "An end that an absence brings about", Severity.WARNING, of_whole=True),
    Code("CP839", "A wait whose clock stands still", Severity.WARNING, of_whole=True),
    # CP84x: pause and care at every moment (checking/pausing)
    Code("CP840", "A pause that takes time away"),
    Code("CP841", "A time of day that a pause would move"),
    Code("CP842", "A time that a pause gives twice", Severity.WARNING),
    Code("CP843", "A word on pauses where no timer is", Severity.WARNING),
    Code("CP844", "Care that leans on the session around it"),
    Code("CP845", "Care that a clock takes away"),
    Code("CP846", "A screening that clears nobody"),
    Code("CP847", "A screening that turns nobody away"),
    Code("CP848", "A screening that clears whoever leaves it open"),
    # CP85x: whether the time fits (checking/timefit, sitting)
    Code("CP850", "Gone before it can be read", Severity.WARNING, of_whole=True),
    Code("CP851", "A silence too short for what it asks", Severity.WARNING, of_whole=True),
    Code("CP852", "More to say than there is time for", Severity.WARNING, of_whole=True),
    Code("CP853", "A least time that is longer than the whole", Severity.WARNING, of_whole=True),
    Code(
        "CP854", "A time limit that its first step already uses up", Severity.WARNING, of_whole=True
    ),
    Code("CP855", "More time than the card says", Severity.WARNING, of_whole=True),
    Code("CP856", "A time that somebody could choose too short", Severity.NOTE, of_whole=True),
    Code("CP857", "Much less time than the card says", Severity.NOTE, of_whole=True),
    # CP86x: whom a text speaks to (checking/address)
    Code("CP860", "A text on the wrong screen", Severity.WARNING),
    Code("CP861", "A floor for everyone where one was to speak", Severity.WARNING),
    # CP87x: what is kept for another time (checking/keeping)
    Code("CP870", "Something kept that has no id"),
    Code("CP871", "Something kept from care"),
    Code("CP872", "Two different things kept under one name", Severity.WARNING),
    Code("CP873", "Something of everyone's where there is one person", Severity.WARNING),
)
