"""Where an article's sentences, paragraphs and quotations are, to be asked by offset."""

from bisect import bisect_right

from claimtrack.statements.capitals import HEADLINE_LENGTH
from claimtrack.statements.wordlists import forms
from claimtrack.text import paragraph_spans, quotation_spans, sentence_spans


class Layout:
    """The layout of one text; built once, then only read."""

    def __init__(self, text: str) -> None:
        self.text = text
        sentences, paragraphs = sentence_spans(text), paragraph_spans(text)
        self._sentence_starts = [start for start, _ in sentences]
        self._paragraph_starts = [start for start, _ in paragraphs]
        self._quotations = [(q.start, q.end) for q in quotation_spans(text)]
        self._headline_end = 0
        if len(paragraphs) > 1 and paragraphs[0][1] - paragraphs[0][0] <= HEADLINE_LENGTH:
            second = self._sentence_starts[1:2]
            self._headline_end = paragraphs[0][1] if second and second[0] >= paragraphs[1][0] else 0
        self._quotation_starts = [start for start, _ in self._quotations]

    def sentence(self, at: int) -> int:
        """Returns the number of the sentence at an offset."""
        return max(0, bisect_right(self._sentence_starts, at) - 1)

    def sentence_start(self, at: int) -> int:
        """Returns where the sentence at an offset begins."""
        return self._sentence_starts[self.sentence(at)] if self._sentence_starts else 0

    def paragraph(self, at: int) -> int:
        """Returns the number of the paragraph at an offset."""
        return max(0, bisect_right(self._paragraph_starts, at) - 1)

    def is_quoted(self, at: int) -> bool:
        """Does a quotation hold the offset?"""
        which = bisect_right(self._quotation_starts, at) - 1
        return which >= 0 and at < self._quotations[which][1]

    def is_headline(self, at: int) -> bool:
        """Is the offset in the first of several paragraphs, and that one short sentence at most?"""
        return at < self._headline_end

    def follows_preposition(self, at: int) -> bool:
        """Is the word before the offset a preposition, so that what stands there is no subject?

        "For Roe, it is late" begins with the person that it goes on about, as a subject would.
        """
        if self.text[self.sentence_start(at) : at].lower() in ("for ", "as for "):
            return False
        before = self.text[max(0, at - 40) : at].rstrip(' \n\t"“‘').rsplit(None, 1)
        return bool(before) and before[-1].lower() in forms("function_words", "preposition")
