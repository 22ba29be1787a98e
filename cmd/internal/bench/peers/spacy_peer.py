import platform

import spacy
from spacy.matcher import PhraseMatcher

from common import measure


def load(names):
    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("NAME", list(nlp.tokenizer.pipe(names)))
    return lambda text: len(matcher(nlp.tokenizer(text)))


measure(f"spaCy {spacy.__version__}, Python {platform.python_version()}", load)
