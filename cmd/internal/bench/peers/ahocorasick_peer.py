import platform
from importlib.metadata import version

import ahocorasick

from common import measure


def load(names):
    automaton = ahocorasick.Automaton()
    for name in names:
        automaton.add_word(name, name)
    automaton.make_automaton()
    return lambda text: sum(1 for _ in automaton.iter_long(text))


measure(f"pyahocorasick {version('pyahocorasick')}, Python {platform.python_version()}", load)
