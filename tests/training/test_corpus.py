"""The cleaning of sentence pairs, and the table of sources."""

import lzma
import pathlib
import random

from training import corpus


def test_tokenised_punctuation_is_joined_again() -> None:
    """A pair written with spaces around its punctuation comes out as people write."""
    assert corpus.clean("The Giants , he said ( again ) , lost .") == "The Giants, he said (again), lost."
    assert corpus.clean('the " Super Bowl " in Rome') == 'the "Super Bowl" in Rome'
    assert corpus.clean("a  b ") == "a b"


def test_old_spelling_is_made_new() -> None:
    """Words of the spelling before 1996 are rewritten, words that keep their ß are not."""
    assert corpus.modern("Ich weiß, daß er muß, und die Straße ist groß.") == "Ich weiß, dass er muss, und die Straße ist groß."


def test_pairs_that_teach_nothing_are_refused() -> None:
    """Copies, overlong sentences and pairs of very different length are not trained on."""
    assert corpus.acceptable(("Good morning.", "Guten Morgen."))
    assert corpus.acceptable(("Debian", "Debian"))
    assert not corpus.acceptable(("This is no translation", "This is no translation"))
    assert not corpus.acceptable(("word " * 51, "Wort " * 51))
    assert not corpus.acceptable(("Yes.", "Ja, das ist schon seit langer Zeit so gewesen."))


def test_shares_above_one_repeat_and_below_one_sample() -> None:
    """A share of two gives every pair twice; a tenth gives about a tenth."""
    pairs = [(str(number), str(number)) for number in range(2_000)]
    assert list(corpus.sample(iter(pairs[:2]), 2.0, random.Random(1))) == [pairs[0], pairs[0], pairs[1], pairs[1]]
    assert 150 < len(list(corpus.sample(iter(pairs), 0.1, random.Random(1)))) < 250


def test_read_skips_lines_without_two_sides(tmp_path: pathlib.Path) -> None:
    """A line that is not English, tab, German is passed over."""
    path = tmp_path / "made.tsv.xz"
    with lzma.open(path, "wt", encoding="utf-8") as lines:
        lines.write("Yes .\tJa .\nalone\na\tb\tc\n\tempty\n")
    assert list(corpus.read(path)) == [("Yes.", "Ja.")]


def test_own_text_is_in_the_recipe_and_may_be_for_one_direction(tmp_path: pathlib.Path) -> None:
    """Other text is in the corpus folder; a file that names a direction is not read for the other one."""
    own = {direction: [path.name for path in corpus.files("prose", tmp_path, direction)] for direction in ("en-de", "de-en")}
    assert set(own["en-de"]) ^ set(own["de-en"]) == {"terms.en-de.tsv", "terms.de-en.tsv"}
    assert set(own["en-de"]) & set(own["de-en"]) >= {"politics.tsv", "science.tsv"}
    assert corpus.files("xquad", tmp_path, "en-de") == (tmp_path / "xquad.tsv.xz",)


def test_own_text_is_all_of_use() -> None:
    """Every line is a pair that passes the filters, and none stands twice."""
    for path in (corpus.DATA / "prose").glob("*.tsv"):
        pairs = list(corpus.read(path))
        assert len(pairs) == len(path.read_text(encoding="utf-8").splitlines()), path
        assert len(set(pairs)) == len(pairs), path
        assert [pair for pair in pairs if not corpus.acceptable(pair)] == [], path


def test_every_source_states_its_licence() -> None:
    """No source goes into the model without a licence, and none twice."""
    sources = corpus.sources()
    assert len({source.name for source in sources}) == len(sources)
    assert all(source.licence and source.share > 0 for source in sources)
