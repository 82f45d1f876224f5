"""mt.argos, on the tiny packages: what the pipeline gets."""

import pathlib
import subprocess
import sys

import pytest

from translate_pipeline.content import code_problems, from_text, plain
from translate_pipeline.errors import MissingPackageError
from translate_pipeline.model import Code, CodeKind, Content, Request, Text
from translate_pipeline.mt.argos import ArgosEngine, load
from translate_pipeline.mt.engine import Engine


def requests(*sources: str | Content, to: str = "de", **options: object) -> list[Request]:
    """Requests from English."""
    contents = [from_text(source) if isinstance(source, str) else source for source in sources]
    return [
        Request(key=("d", to, str(n), ""), source=source, source_language="en", target_language=to, **options)  # type: ignore[arg-type]
        for n, source in enumerate(contents)
    ]


def texts(engine: Engine, *sources: str | Content, to: str = "de") -> list[str]:
    """The first hypotheses as plain text."""
    return [plain(answer[0].target) for answer in engine.translate(requests(*sources, to=to))]


def test_sentences_are_translated(engine: ArgosEngine) -> None:
    """The real engine on a real package; each answer under its key, with its maker and a score of two digits."""
    answers = list(engine.translate(requests("The president met the chancellor in Berlin.", "The CSTO has 6 members.")))
    assert [plain(answer[0].target) for answer in answers] == ["Der Präsident traf die Kanzlerin in Berlin.", "Die OVKS hat 6 Mitglieder."]
    assert [answer[0].key[2] for answer in answers] == ["0", "1"]
    assert {answer[0].origin for answer in answers} == {"mt:en_de-0.1"}
    assert all(0.5 < answer[0].score <= 1 and answer[0].score == round(answer[0].score, 2) for answer in answers)
    assert all(answer[0].warnings == () for answer in answers)


def test_there_is_a_chain_where_there_is_no_package(engine: ArgosEngine) -> None:
    """English to French over German, sentence by sentence, with both packages named."""
    (answer,) = next(iter(engine.translate(requests("There are 12 students in Paris.", to="fr"))))
    assert plain(answer.target) == "Il y a 12 étudiants à Paris."
    assert answer.origin == "mt:en_de-0.1+de_fr-0.1"


def test_a_missing_pair_is_said(engine: ArgosEngine) -> None:
    """Before anything is translated."""
    with pytest.raises(MissingPackageError, match="models install en kk"):
        engine.origin("en", "kk")
    with pytest.raises(MissingPackageError):
        list(engine.translate(requests("Peace in Poland", to="kk")))


def test_capitals_come_back(engine: ArgosEngine) -> None:
    """Translated in sentence case and restored."""
    assert texts(engine, "PEACE IN KAZAKHSTAN") == ["FRIEDEN IN KASACHSTAN"]
    assert texts(engine, "The Foreign Minister Visits Poland") == ["Der Außenminister besucht Polen"]


def test_what_has_no_letters_stays(engine: ArgosEngine) -> None:
    """Numbers, signs and nothing at all; white space at the ends too."""
    assert texts(engine, "12:30", "* * *", "", "  ", " Peace in Poland ") == ["12:30", "* * *", "", "  ", " Frieden in Polen "]


def test_codes_come_back_at_their_words(engine: ArgosEngine) -> None:
    """Spans around names and around words, nested, and at both ends."""
    bold, link, whole = ([Code(id=name, kind=kind) for kind in (CodeKind.OPEN, CodeKind.CLOSE)] for name in ("b", "a", "p"))
    source: Content = (
        whole[0],
        Text(value="On Monday, "),
        bold[0],
        Text(value="the prime minister"),
        bold[1],
        Text(value=" visited "),
        link[0],
        Text(value="Warsaw"),
        link[1],
        Text(value="."),
        whole[1],
    )
    ((answer,),) = engine.translate(requests(source))
    assert code_problems(source, answer.target) == ()
    assert answer.target == (
        whole[0],
        Text(value="Am Montag besuchte "),
        bold[0],
        Text(value="der Ministerpräsident"),
        bold[1],
        Text(value=" "),
        link[0],
        Text(value="Warschau"),
        link[1],
        Text(value="."),
        whole[1],
    )


def test_several_hypotheses_and_what_to_avoid(engine: ArgosEngine) -> None:
    """As many as asked for, different ones; avoided renderings do not occur in the first."""
    request = requests("The chancellor supports the CSTO.", hypotheses=3, avoid=("OVKS",))
    (answers,) = engine.translate(request)
    assert len({answer.target for answer in answers}) == 3
    assert "OVKS" not in plain(answers[0].target)


def test_a_given_beginning(engine: ArgosEngine) -> None:
    """A translation goes on from what it has to begin with, also beside the same text without."""
    source = "The president met the chancellor in Berlin."
    given, free = engine.translate([*requests(source, prefix="In Berlin"), *requests(source)])
    assert plain(given[0].target).startswith("In Berlin")
    assert plain(free[0].target) == "Der Präsident traf die Kanzlerin in Berlin."


def test_the_answer_does_not_depend_on_the_question_before(engine: ArgosEngine, tiny: pathlib.Path) -> None:
    """The same hypotheses alone, in company, and from a fresh engine with another number of threads."""
    sources = [f"The government sent {number} {thing} to Moscow." for number in (3, 44, 555) for thing in ("books", "cars", "people")]
    together = list(engine.translate(requests(*sources)))
    other = load([tiny], threads=1)
    alone = [next(iter(other.translate([request]))) for request in requests(*sources)]
    assert alone == together


@pytest.mark.parametrize("quality", ["fast", "best"])
def test_other_qualities(tiny: pathlib.Path, quality: str) -> None:
    """They know the same sentences."""
    assert texts(load([tiny], quality=quality), "Peace in Poland") == ["Frieden in Polen"]


def test_placeholders_can_be_asked_for(engine: ArgosEngine) -> None:
    """What survives all vocabularies of a chain."""
    assert engine.survives("OVKS", "en", "de")
    assert engine.survives("T_1", "en", "fr")
    assert not engine.survives("⟦1⟧", "en", "de")


def test_no_sentence_splitter_is_ever_loaded(tiny: pathlib.Path) -> None:
    """A translation loads neither minisbd (AGPL) nor onnxruntime nor argostranslate.translate, and opens no connection."""
    program = (
        "import pathlib, socket, sys\n"
        "def refuse(*_): raise AssertionError('connection')\n"
        "socket.socket.connect = refuse\n"
        "from translate_pipeline.mt.argos import load\n"
        "from translate_pipeline.model import Request, Text\n"
        f"engine = load([pathlib.Path({str(tiny)!r})])\n"
        "request = Request(key=('', '', '', ''), source=(Text(value='Peace in Poland'),), source_language='en', target_language='de')\n"
        "((answer,),) = engine.translate([request])\n"
        "assert answer.target == (Text(value='Frieden in Polen'),), answer\n"
        "print(sorted({'minisbd', 'onnxruntime', 'argostranslate.translate', 'stanza', 'spacy', 'torch'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=pathlib.Path(__file__).parents[2]
    )
    assert done.stdout == "[]\n"


def test_no_more_threads_than_processors(tiny: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for a hundred thousand threads, the engine takes as many as there are processors, and never fewer than asked for below that."""
    monkeypatch.setattr("os.sched_getaffinity", lambda _process: {0, 1, 2})
    assert [load([tiny], threads=threads)._threads for threads in (100_000, 2, None)] == [3, 2, 3]
