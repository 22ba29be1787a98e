import platform
from importlib.metadata import version

from flashtext import KeywordProcessor

from common import measure


def load(names):
    finder = KeywordProcessor(case_sensitive=True)
    finder.add_keywords_from_list(names)
    return lambda text: len(finder.extract_keywords(text, span_info=True))


measure(f"FlashText {version('flashtext')}, Python {platform.python_version()}", load)
