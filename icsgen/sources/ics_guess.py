"""What an invitation's words say of company and role: guesses, and pure."""

import re
from collections.abc import Collection, Iterable

_INTERVIEW = re.compile(
    r"interview|screening|phone[ -]?screen|recruit|hiring|on-?site|candidate|job talk|entretien|"
    r"entrevista|vorstellungsgespr|bewerbungsgespr|colloquio|sollicitatie|rozmowa kwalifikacyjna|"
    r"rekrut|intervju|haastattelu|jobsamtale|m[üu]lakat|собеседован|面接|面试|면접",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:accountant|administrator|advis[oe]r|analyst|architect|assistant|associate|attorney|chef|clerk|coach|"
    r"consultant|controller|coordinator|copywriter|curator|designer|developer|director|driver|editor|electrician|"
    r"engineer|head of|intern|journalist|lawyer|lead|lecturer|librarian|manager|"
    r"marketer|mechanic|nurse|officer|owner|pharmacist|photographer|physician|planner|producer|professor|"
    r"programmer|receptionist|representative|researcher|sales|scientist|secretary|specialist|strategist|"
    r"supervisor|teacher|technician|therapist|trainer|translator|vp|writer)s?\b|"
    r"(?:entwickler|ingenieur|berater|leiter|referent|ontwikkelaar|utvecklare)(?:in)?\b",
    re.IGNORECASE,
)
_MAIL_PREFIX = re.compile(
    r"^(?:(?:re|fw|fwd|aw|wg|invitation|updated invitation|accepted|tentative|declined|cancell?ed|"
    r"updated)\s*:\s*)+",
    re.IGNORECASE,
)
_MAIL_SUFFIX = re.compile(r"\s+@\s+(?:mon|tue|wed|thu|fri|sat|sun)\b.*\d{4}.*$", re.IGNORECASE)
_CUTS = re.compile(r"\s*(?:<-?>|<=>|↔|\||•|·|–|—|:|;|\s-+\s|\s/\s|\s[x×+]\s|[()\[\]])\s*")
_PAIR = re.compile(r"<-?>|<=>|↔|\s[x×/|]\s|\|")
_AT = re.compile(r"(?:^|\s+)(at|@|bei|chez|presso|hos)\s+(?=\S)", re.IGNORECASE)
_WITH = re.compile(r"(?:^|\s+)(?:with|w/|mit|avec|con|med)\s+(?=\S)", re.IGNORECASE)
_FOR = re.compile(
    r"(?:^|\s+)(?:for|für|pour|para|per|als)\s+(?:the\s+|an?\s+)?(?=\S)", re.IGNORECASE
)
_NOISE = re.compile(
    r"\b(?:(?:job|phone|video|virtual|remote|technical|panel|final|first|second|third|1st|2nd|3rd|initial|intro|"
    r"introductory|onsite|on-site|zoom|teams|google meet|in-person|hr|hiring|recruiter|recruiting|"
    r"candidate|live|coding|behaviou?ral|your|the|a|an|our|and|round|stage|part|\d+|"
    r"\d+\s*-?\s*min(?:ute)?s?|screen|screening|interviews?|call|chat|meeting|conversation|discussion|day|loop|"
    r"vorstellungsgespräch|bewerbungsgespräch|entretien|entrevista|colloquio|position|role|opening|job|talk)\b"
    r"[\s,.!#-]*)",
    re.IGNORECASE,
)
_ROLE_TAIL = re.compile(
    r"\s+(?:position|role|opening|job|interview(?:s)?|screening|screen)\b.*$", re.IGNORECASE
)
_PROVIDERS = frozenset(
    [
        "gmail",
        "googlemail",
        "outlook",
        "hotmail",
        "live",
        "msn",
        "yahoo",
        "ymail",
        "icloud",
        "me",
        "mac",
        "aol",
        "gmx",
        "web",
        "proton",
        "protonmail",
        "fastmail",
        "hey",
        "zoho",
        "mail",
        "yandex",
        "qq",
        "163",
        "126",
        "posteo",
        "mailbox",
        "calendly",
        "goodtime",
        "greenhouse",
        "lever",
        "workable",
        "ashbyhq",
        "smartrecruiters",
        "teamtailor",
        "recruitee",
        "workday",
        "myworkday",
        "icims",
        "jobvite",
        "bamboohr",
        "breezy",
        "modernloop",
        "prelude",
        "calendar",
        "google",
        "zoom",
        "microsoft",
        "cal",
        "savvycal",
        "hubspot",
        "chilipiper",
        "doodle",
    ]
)
"""Mail and scheduling services: the address says nothing about an employer."""
_SECOND_LEVEL = frozenset(("co", "com", "org", "net", "ac", "gov", "edu", "or", "ne"))


def looks_like_interview(*texts: str) -> bool:
    """Tell whether a title or a description speaks of an interview, in one of several languages."""
    return any(_INTERVIEW.search(text) for text in texts)


def guessed(summary: str, names: Collection[str], emails: Iterable[str]) -> dict[str, str]:
    """Give company and role as title and addresses suggest, each only where there is a clue.

    ``names`` are the people in the invitation, who are no company; of ``emails`` the first that is
    an employer's counts.
    """
    title = _MAIL_SUFFIX.sub("", _MAIL_PREFIX.sub("", summary))
    parts = [part for part in _CUTS.split(title) if part.strip()]
    people = {part for name in names for part in (name.casefold(), name.casefold().split(" ")[0])}
    label = next(filter(None, map(employer_label, emails)), None)
    role = next(filter(None, map(_role_in, parts)), None)
    company = _company_in(parts, people, label, paired=bool(_PAIR.search(title)), role=role)
    found = {"company": company, "role": role}
    return {name: value for name, value in found.items() if value}


def employer_label(email: str) -> str | None:
    """Give the name in an address (``acme`` of ``x@hr.acme.co.uk``); None of a mail service."""
    labels = email.rpartition("@")[2].lower().strip(".").split(".")
    if len(labels) < 2:
        return None
    deep = len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2
    label = labels[-3] if deep else labels[-2]
    return None if label in _PROVIDERS else label


def _role_in(part: str) -> str | None:
    """Give the role in a piece of a title, by its words, or by what is ``for …`` or ``… at``."""
    asked = _FOR.split(part, maxsplit=1)
    if len(asked) > 1 and looks_like_interview(asked[0]):
        return _tidy_role(_WITH.split(_AT.split(asked[1])[0])[0])
    head = _WITH.split(_AT.split(part, maxsplit=1)[0], maxsplit=1)[0]
    bare = (
        _NOISE.sub("", head)
        if looks_like_interview(head) and not _ROLE.search(_strip_ends(head))
        else _strip_ends(head)
    )
    if _ROLE.search(bare) or (_AT.search(part) and bare.strip()):
        return _tidy_role(bare)
    return None


def _strip_ends(head: str) -> str:
    """Take words about the interview off both ends; ``Technical Writer`` stays whole."""
    tail = re.sub(rf"(?>{_NOISE.pattern})+$", "", head, flags=re.IGNORECASE)
    lead = re.match(r"(?i)(?:[\w-]+\s+){0,4}?(?:interview|screening|screen|call)\b[\s,:#-]*", tail)
    return tail[lead.end() :] if lead else tail


def _tidy_role(text: str) -> str | None:
    return _ROLE_TAIL.sub("", text).strip(" ,.-–#") or None


def _company_in(
    parts: list[str], people: set[str], label: str | None, *, paired: bool, role: str | None
) -> str | None:
    for part in parts:
        at = _AT.split(part)
        if len(at) > 1 and at[-1].strip():
            return _FOR.split(_WITH.split(at[-1])[0])[0].strip(" ,.")
    pieces = [piece for part in parts for piece in _pieces(part)]
    named = [piece for piece in pieces if piece.casefold() not in people and piece != role]
    like = [
        piece
        for piece in named
        if label and _plain(label) in _plain(piece) and not _ROLE.search(piece)
    ]
    if like:
        return min(like, key=len)
    if label:
        return " ".join(word.capitalize() for word in label.split("-"))
    left = [piece for piece in named if not _ROLE.search(piece)]
    return left[0] if left and (paired or _after_with(parts, left[0])) else None


def _pieces(part: str) -> list[str]:
    """Give what is left of a piece of a title without the words about interviews."""
    cut = [one for half in _WITH.split(part) for one in _FOR.split(half)]
    return [piece for one in cut if (piece := _NOISE.sub("", one).strip(" ,.-&"))]


def _after_with(parts: list[str], company: str) -> bool:
    return any(len(_WITH.split(part)) > 1 and company in _WITH.split(part)[-1] for part in parts)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
