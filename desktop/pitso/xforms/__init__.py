"""The offline form engine: XLSForm to XForm to a session that is being filled."""

from pitso.xforms.conversion import Converted, Warning, convert
from pitso.xforms.definition import Choice, Form, Group, Head, Language, Question
from pitso.xforms.entities import Entity
from pitso.xforms.environment import Environment
from pitso.xforms.faults import FormTrouble
from pitso.xforms.paths import NoSuchPath
from pitso.xforms.reading import read_form, read_head
from pitso.xforms.session import Answers, Entry, Option, Problem, Session

__all__ = [
    "Answers",
    "Choice",
    "Converted",
    "Entity",
    "Entry",
    "Environment",
    "Form",
    "FormTrouble",
    "Group",
    "Head",
    "Language",
    "NoSuchPath",
    "Option",
    "Problem",
    "Question",
    "Session",
    "Warning",
    "convert",
    "read_form",
    "read_head",
]
