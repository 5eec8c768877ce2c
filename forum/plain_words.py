"""Advice on words that everybody is to understand on a noticeboard; it holds nobody up."""

import re

_SENTENCE = re.compile(r"[^.!?\n]+")
_LONG = 25  # words, as the government's own guidance on writing advises
_JARGON = {
    "AOB": "anything else",
    "BAU": "as usual",
    "BCU": "division",
    "FWR": "request for flexible working",
    "KPI": "measure",
    "KPIs": "measures",
    "L&D": "training",
    "OHU": "Occupational Health",
    "PSD": "Professional Standards",
    "RTW": "return to work",
    "SLT": "senior leaders",
    "SMT": "senior managers",
    "T&F group": "working group",
    "TOIL": "time off in lieu",
    "ToR": "what the group is for",
    "UPP": "unsatisfactory performance procedure",
    "comms": "telling people",
    "cascade": "tell",
    "deep dive": "close look",
    "going forward": "from now on",
    "in due course": "say when",
    "leverage": "use",
    "operationalise": "do",
    "reach out": "ask",
    "stakeholders": "say who",
    "utilise": "use",
}
_INSIDE = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in _JARGON)})(?!\w)")


def advice_on(*texts: str) -> list[str]:
    """What could be said more plainly, a sentence for each; empty where it is plain."""
    text = "\n".join(filter(None, texts))
    long = [len(words) for sentence in _SENTENCE.findall(text) if len(words := sentence.split()) > _LONG]
    found = [f"A sentence has {number} words: two short ones are read sooner." for number in long]
    return found + [f"“{word}”: perhaps “{_JARGON[word]}”." for word in dict.fromkeys(_INSIDE.findall(text))]
