"""The offline form engine: XLSForm to XForm to a session that is being filled."""

from pitso.xforms.convert import Converted, convert
from pitso.xforms.definition import Choice, Form, Group, Language, Question
from pitso.xforms.environment import Environment
from pitso.xforms.faults import FormTrouble
from pitso.xforms.reading import read_form

__all__ = [
    "Choice",
    "Converted",
    "Environment",
    "Form",
    "FormTrouble",
    "Group",
    "Language",
    "Question",
    "convert",
    "read_form",
]
