"""What can be said of a text in any script, in time that grows with its length alone.

A **word** is a run of letters, digits and the marks on them; an apostrophe or a
hyphen inside keeps it one. Scripts that put no spaces between words have no such
runs: of Chinese and Japanese each character counts as a word, as word processors
count; of Thai, Lao, Khmer and Burmese every five characters do, about what a
dictionary would find. A **token** is finer, for matching phrases: hyphens part
tokens, and in scripts without spaces each letter is one, so that a phrase is
found wherever its letters stand.

A **sentence** ends at its mark (``. ! ? … 。 । ؟`` and their kin), not at the
point of ``3.5``, ``e.g.`` or ``Dr.``, nor after the number of a list; an empty
line ends one too.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise
from typing import NamedTuple

LONGEST_ANSWER = 10_000  # characters
MOST_MARKS = 30  # on one letter; Unicode's own bound for text that is safe to normalise

# Chinese characters, kana and bopomofo; and scripts without spaces whose letters spell sounds.
_IDEOGRAPH = "\u3005-\u3007\u3040-\u30fa\u30fc-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
_IDEOGRAPH += "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_UNSPACED = "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ecd\u0edc-\u0edf\u1000-\u103f\u1050-\u108f"
_UNSPACED += "\u1780-\u17d3"
_LETTERS_A_WORD = 5

_JOINER = "'’ʼ׳״\u200c\u200d\u00ad"  # apostrophes, and what only shapes letters
# Patterns are compiled by `re` when they are first used, since that takes longer than an import.
_ASCII_WORD = r"(?a)[^\W_]+(?:['.\-][^\W_]+|(?<=\d)[,:]\d+)*"
_ALNUM = bytes(c for c in range(128) if chr(c).isalnum())
_OTHERS = bytes(c for c in range(128) if not (chr(c).isalnum() or chr(c) in "'.-,:"))
_ROUGHLY = bytes.maketrans(
    _ALNUM + b"'.-,:" + _OTHERS, b"a" * len(_ALNUM) + b"''',," + b" " * len(_OTHERS)
)
# Neither a letter nor the punctuation, symbols and emoji that many texts hold.
_PERHAPS_MARK = (
    "[^\\w\\s\x00-\xff\u2000-\u2bff\u3000-\u3029\u3030-\u303f\ufe00-\ufe0f\ufe30-\ufe6f"
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\U0001f000-\U0001faff]"
)


@cache
def _marks() -> str:
    """The inside of a character class of all combining marks; takes 8 ms, once, if needed."""
    marks = [i for i in range(0x300, 0x1F000) if unicodedata.category(chr(i))[0] == "M"]
    starts = [b for a, b in pairwise([0, *marks]) if b != a + 1]
    ends = [a for a, b in pairwise([*marks, 0x1F000]) if b != a + 1]
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in zip(starts, ends, strict=True))


class _Patterns(NamedTuple):
    """What finds words in scripts of all kinds; made when the first text needs it."""

    each: re.Pattern[str]
    unspaced: re.Pattern[str]
    words: re.Pattern[str]
    tokens: re.Pattern[str]
    crowds: re.Pattern[str]


@cache
def _patterns(with_marks: bool) -> _Patterns:
    marks = _marks() if with_marks else ""
    letter = f"[^\\W_{_IDEOGRAPH}{_UNSPACED}]"
    run = f"{letter}+(?:[{marks}]+{letter}*)*" if marks else f"{letter}+"
    digits = r"(?<=\d)[,:]\d+"
    single = f"[{_IDEOGRAPH}{_UNSPACED}]" + (f"[{marks}]*" if marks else "")
    return _Patterns(
        re.compile(f"[{_IDEOGRAPH}]"),
        re.compile(f"[{_UNSPACED}]+"),
        re.compile(f"{run}(?:[{_JOINER}.\\-‐‑]{run}|{digits})*"),
        re.compile(f"{single}|{run}(?:[{_JOINER}]{run}|{digits})*"),
        re.compile(f"([{marks}]{{{MOST_MARKS}}})[{marks}]+" if marks else "(?!)()"),
    )


def _patterns_for(text: str) -> _Patterns:
    return _patterns(re.search(_PERHAPS_MARK, text) is not None)


def count_words(text: str) -> int:
    """Count the words.

    >>> count_words("Don’t hurry: breathe in 3.5 seconds, self-kindly — as you do.")
    10
    >>> count_words("我很难过"), count_words("สวัสดีครับ")
    (4, 2)
    """
    text = with_plain_marks(text)
    if text.isascii():
        return _count_ascii_words(text)
    patterns = _patterns_for(text)
    spelled = sum(-(-len(run) // _LETTERS_A_WORD) for run in patterns.unspaced.findall(text))
    return len(patterns.words.findall(text)) + len(patterns.each.findall(text)) + spelled


def _count_ascii_words(text: str) -> int:
    """Count as the pattern does, but faster: without what joins words, count where they begin."""
    rough = b" " + text.encode().translate(_ROUGHLY)
    # a--b is two words, and 1,000 is one; to find bytes is quicker than to ask whether they are in.
    if rough.find(b"''") >= 0 or rough.find(b"a,a") >= 0:
        return len(re.findall(_ASCII_WORD, text))
    rough = rough.replace(b"'", b"").replace(b",", b" ")
    return rough.count(b" a")


def with_plain_marks(text: str) -> str:
    """Write the marks of printed English as far as words go: then it is ASCII, if it is English.

    >>> with_plain_marks("“Don’t”—he said")
    " Don't  he said"
    """
    if not text.isascii():
        for mark in "“”‘…–—":
            text = text.replace(mark, " ")
        text = text.replace("’", "'")
    return text


class Token(NamedTuple):
    """A word as it is compared (case folded, apostrophes straight), and where it stands."""

    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """List the tokens.

    >>> tokens("You Don’t!")
    [Token(word='you', start=0, end=3), Token(word="don't", start=4, end=9)]
    """
    found = _patterns_for(text).tokens.finditer(text)
    return [Token(_folded(match[0]), match.start(), match.end()) for match in found]


def _folded(word: str) -> str:
    return word.casefold().replace("’", "'").replace("ʼ", "'")


_WIDE = "。！？｡．।॥؟۔።፧։។៕။།༎"
# It begins with all that a sentence can end with, since most characters are none of it.
_ENDS = (
    f"[.!?…\\n{_WIDE}](?:"
    r"(?<=[.!?…])(?<![.!?…]{2})[.!?…]*+[\"'”’»“›)\]}*_]*+(?=\s|$)"
    f"|(?<=[{_WIDE}])[{_WIDE}]*+[」』”’»）)]*+"
    r"|(?<=\n)[^\S\n]*+\n)"
)
_LETTER = re.compile(r"[^\W\d_]")
_DOTTED = r"(?:\w\.)+\w|etc"  # a.m, U.S: they may end a sentence
_NEVER_LAST = frozenset(
    {
        *("dr", "mr", "mrs", "ms", "prof", "st", "mme", "mlle", "sra", "dra", "hr", "fr", "vs"),
        *("e.g", "i.e", "z.b", "d.h", "u.a", "p.ej", "cf", "approx", "ca", "bzw"),
    }
)


def count_sentences(text: str) -> int:
    """Count the sentences; what follows the last mark is one too.

    >>> count_sentences("Dr. Lee said 3.5 hours, e.g. at night… i slept! Did you?")
    2
    """
    return len(sentences(text)) or int(any(map(str.isalnum, text)))


def sentences(text: str) -> list[str]:
    """Part a text into its sentences, each with its mark; nothing that has no letter is one.

    >>> sentences("Well. Take 3.5 breaths, e.g. now! And")
    ['Well.', ' Take 3.5 breaths, e.g. now!', ' And']
    """
    found = []
    start = begin = 0
    for match in re.finditer(_ENDS, text):
        if _LETTER.search(text, begin, match.start()):
            if not _is_end(text, begin, match):
                continue
            found.append(text[start : match.end()])
            start = match.end()
        begin = match.end()
    if _LETTER.search(text, begin):
        found.append(text[start:])
    return found


def _is_end(text: str, begin: int, match: re.Match[str]) -> bool:
    """Tell whether a sentence that began at ``begin`` ends with this mark."""
    mark = match[0]
    if mark[0] not in ".…" or "!" in mark or "?" in mark:
        return True
    if mark[0] == "…" or mark[1:2] in (".", "…"):
        return not _goes_on(text, match.end())
    words = text[max(begin, match.start() - 12) : match.start()].split()
    word = words[-1].lstrip("([{\"'“‘«„") if words else ""
    if word.casefold() in _NEVER_LAST or (len(word) == 1 and word.isupper() and word != "I"):
        return False
    dotted = ("." in word or word == "etc") and re.fullmatch(_DOTTED, word)
    return not (dotted and _goes_on(text, match.end()))


def _goes_on(text: str, at: int) -> bool:
    """Tell whether a small letter comes next."""
    return text[at : at + 3].lstrip()[:1].islower()


_QUOTED = '„[^„“”]*[“”]|“[^“”]*”|«[^«»]*»|»[^«»]*«|"[^"\\n]*"|「[^「」]*」|『[^『』]*』'


def unquoted(text: str) -> str:
    """Leave out what stands in quotation marks; an apostrophe is none.

    >>> unquoted("You said “I’m fine” and I can't let go.")
    "You said   and I can't let go."
    """
    return re.sub(_QUOTED, " ", text)


_NOT_TEXT = "[\x00\ud800-\udfff]"


def clean(text: str, limit: int = LONGEST_ANSWER) -> str:
    r"""Make a text fit to keep: at most ``limit`` characters of it, in normal form (NFC).

    NUL, halves of characters, and marks beyond what a letter can bear are dropped;
    every line break is one newline.

    >>> clean("Cafe\u0301\0\r\n")
    'Café\n'
    """
    text = text[:limit]
    text = text.replace("\0", "") if text.isascii() else re.sub(_NOT_TEXT, "", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text
    for _ in range(2):  # in normal form, what was written as one mark may be two
        text = _patterns_for(text).crowds.sub(r"\1", text)
        text = unicodedata.normalize("NFC", text)
    return text[:limit]


_UNSEEN = frozenset({"Cc", "Cs", "Cn", "Zl", "Zp"})
_BIDIRECTIONAL = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def printable(text: str) -> str:
    r"""Make a text safe for a terminal: what could move or hide what is shown becomes �.

    That is control characters but newline and tab, halves of characters, those not
    assigned, and those that turn the direction of writing.

    >>> printable("\x1b[31mred")
    '�[31mred'
    """
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return "".join(map(_seen, text))


def on_one_line(text: str) -> str:
    r"""Make a text safe, and one line of it.

    >>> on_one_line("  warm,\n slow \x1b")
    'warm, slow �'
    """
    return " ".join(printable(text).split())


def _seen(char: str) -> str:
    if char in "\n\t":
        return char
    hidden = char in _BIDIRECTIONAL or unicodedata.category(char) in _UNSEEN
    return "\ufffd" if hidden else char
