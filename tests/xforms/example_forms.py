"""Forms as offices write them: every documented feature of XLSForm in some sheet, in several languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.xforms.books import table, widened, workbook

Cells = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Example:
    survey: str
    choices: str = ""
    settings: str = ""
    entities: str = ""
    further: Cells = field(default_factory=dict)
    media: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def xlsx(self) -> bytes:
        sheets = {"survey": widened(table(self.survey), self.further)}
        for name in ("choices", "settings", "entities"):
            if getattr(self, name):
                sheets[name] = table(getattr(self, name))
        return workbook(sheets)


TYPES = Example(
    """
    | type | name | label | hint | appearance | parameters |
    | text | t | Text | In full | | |
    | text | many_lines | Lines | | multiline | rows=4 |
    | text | digits | Digits | | numbers thousands-sep | |
    | text | masked | Masked | | masked | |
    | integer | i | Whole | | | |
    | decimal | d | Decimal | | bearing | |
    | range | slide | Range | | vertical | start=0 end=10 step=2 |
    | range | slide_part | Part | | | start=0 end=1 step=0.25 |
    | note | said | About ${t}: **bold** | | | |
    | select_one colour | one | One | | minimal autocomplete | |
    | select_multiple colour | some | Some | | columns-2 | |
    | select_one colour or_other | other | Other | | | |
    | rank colour | ranked | Rank | | | |
    | select_one colour | shuffled | Shuffled | | likert | randomize=true seed=7 |
    | date | day | Day | | | |
    | date | month | Month | | month-year | |
    | date | year | Year | | year | |
    | time | clock | Time | | | |
    | dateTime | moment | Moment | | | |
    | acknowledge | ack | Agreed | | | |
    | trigger | trig | Seen | | | |
    | image | photo | Photo | | signature | max-pixels=640 |
    | audio | sound | Sound | | | |
    | video | film | Film | | | |
    | file | paper | Paper | | | |
    | barcode | code | Code | | | |
    | geopoint | here | Here | | placement-map | |
    | geotrace | way | Way | | | |
    | geoshape | field | Field | | | |
    | hidden | secret | | | | |
    | start | start | | | | |
    | end | end | | | | |
    | today | today | | | | |
    | deviceid | deviceid | | | | |
    | username | username | | | | |
    | email | email | | | | |
    | phonenumber | phonenumber | | | | |
    | audit | audit | | | | |
    | begin_group | grid | Grid | | table-list | |
    | select_one colour | g1 | G1 | | | |
    | select_one colour | g2 | G2 | | | |
    | end_group | | | | | |
    """,
    """
    | list_name | name | label | image |
    | colour | red | Red | red.png |
    | colour | green | Green | |
    | colour | blue | Blue ${i} | |
    """,
)

HOUSEHOLD = Example(
    """
    | type | name | label | relevant | calculation | constraint | repeat_count |
    | text | village | Village | | | | |
    | integer | people | How many live here? | | | . >= 0 and . < 20 | |
    | begin_repeat | person | Person | | | | ${people} |
    | text | name | Name of person | | | | |
    | select_one sex | sex | Sex of ${name} | | | | |
    | date | born | Born | | | . <= today() | |
    | calculate | age | | | int((today() - ${born}) div 365.25) | | |
    | begin_group | school | School | ${age} >= 5 and ${age} < 18 | | | |
    | select_one yn | goes | Does ${name} go to school? | | | | |
    | text | why | Why not? | ${goes} = 'no' | | | |
    | end_group | | | | | | |
    | begin_repeat | illness | Illness | | | | |
    | text | what | What? | | | | |
    | integer | days | Days | | | . > 0 | |
    | end_repeat | | | | | | |
    | calculate | days_ill | | | sum(${days}) | | |
    | end_repeat | | | | | | |
    | calculate | children | | | count(${person}[${age} < 18]) | | |
    | calculate | women | | | count(/data/person[sex = 'f']) | | |
    | calculate | all_days | | | sum(${days_ill}) | | |
    | calculate | names | | | join(', ', ${name}) | | |
    | calculate | first_name | | | indexed-repeat(${name}, ${person}, 1) | | |
    | select_one ${name} | head | Who is the head? | | | | |
    | note | told | ${names} live in ${village} | | | | |
    | text | lot | Lot | | once(round(random() * 1000)) | | |
    """,
    """
    | list_name | name | label |
    | sex | f | Female |
    | sex | m | Male |
    | yn | yes | Yes |
    | yn | no | No |
    """,
    settings="| form_id | instance_name | version |\n| household | concat(${village}, ' ', ${people}) | 2 |",
    further={
        "born": {"required": "${name} != ''", "required_message": "When was ${name} born?"},
        "lot": {"readonly": "yes"},
        "village": {"default": "Thaba-Bosiu", "required": "yes"},
        "days": {"default": "position(..)"},
        "head": {"choice_filter": "./name != '' and ./age >= 18"},
    },
)

CLINIC_AR = Example(
    """
    | type | name | label::العربية (ar) | label::English (en) | hint::العربية (ar) | relevant | calculation |
    | text | ism | ما اسم المريض؟ | Name of the patient? | الاسم الكامل | | |
    | integer | umr | كم عمر ${ism}؟ | How old is ${ism}? | | | |
    | select_one jins | jins | الجنس | Sex | | | |
    | select_multiple marad | marad | الأمراض | Illnesses | | | |
    | text | akhar | مرض آخر | Another illness | | selected(${marad}, 'آخر') | |
    | calculate | jins_ism | | | | | jr:choice-name(${jins}, '${jins}') |
    | note | khulasa | ${ism}، ${jins_ism}، ${umr} سنة | ${ism}, ${jins_ism}, ${umr} years | | ${umr} > 0 | |
    | date | mawid | الموعد القادم | Next visit | | | |
    | calculate | yawm | | | | | format-date(${mawid}, '%e %b %Y') |
    """,
    """
    | list_name | name | label::العربية (ar) | label::English (en) |
    | jins | ذكر | ذكر | Male |
    | jins | أنثى | أنثى | Female |
    | marad | حمى | حمى | Fever |
    | marad | سعال | سعال | Cough |
    | marad | آخر | آخر | Other |
    """,
    settings="| form_id | form_title | default_language |\n| clinic | العيادة | العربية (ar) |",
)

COMMUNE_FR = Example(
    """
    | type | name | label::Français (fr) | label::English (en) | choice_filter | calculation | trigger |
    | select_one région | région | Région ? | Region? | | | |
    | select_one_from_file communes.csv | commune | Commune de ${région} ? | Commune? | region=${région} | | |
    | calculate | habitants | | | | pulldata('communes', 'habitants', 'name', ${commune}) | |
    | integer | élus | Combien d'élus ? | How many elected? | | | |
    | calculate | par_élu | | | | round(${habitants} div ${élus}, 1) | |
    | dateTime | noté | Noté le | Noted | | now() | ${élus} |
    | note | bilan | ${par_élu} habitants par élu | ${par_élu} people each | | | |
    | begin_repeat | réunion | Réunion | Meeting | | | |
    | date | jour | Jour | Day | | | |
    | integer | présents | Présents | Present | | | |
    | calculate | quorum | | | | if(${présents} >= ${élus} div 2, 'oui', 'non') | |
    | calculate | avant | | | | indexed-repeat(${jour}, ${réunion}, position(..) - 1) | |
    | end_repeat | | | | | | |
    | calculate | tenues | | | | count(/data/réunion[quorum = 'oui']) | |
    """,
    """
    | list_name | name | label::Français (fr) | label::English (en) |
    | région | sud | Sud | South |
    | région | nord | Nord-Est | North-East |
    """,
    settings="| form_id | default_language |\n| commune | Français (fr) |",
    further={
        "jour": {"default": "today()", "constraint": ". <= today()"},
        "présents": {
            "constraint": ". <= ${élus}",
            "constraint_message::Français (fr)": "Il n'y a que ${élus} élus.",
            "constraint_message::English (en)": "There are only ${élus}.",
        },
    },
    media={
        "communes.csv": ("name;label;region;habitants\nc1;Ville-Basse;sud;12000\nc2;Mont-Élevé;nord;800\n").encode()
    },
)

PERSON = Example(
    """
    | type | name | label | save_to | choice_filter | default |
    | select_one_from_file person.csv | who | Who? | | council = ${council} or ${council} = '' | |
    | text | council | Council | council | | |
    | text | full | Full name | full_name | | ${last-saved#full} |
    | text | before | Before | | | instance('person')/root/item[name = ${who}]/label |
    """,
    entities="""
    | list_name | label | entity_id | create_if | update_if |
    | person | ${full} | coalesce(${who}, uuid()) | ${who} = '' | ${who} != '' |
    """,
    media={"person.csv": b"name,label,council,__version\np1,Mpho,a,1\np2,Thabo,b,4\n"},
)

EXAMPLES = {
    "types": TYPES,
    "household": HOUSEHOLD,
    "clinic in Arabic": CLINIC_AR,
    "commune in French": COMMUNE_FR,
    "person entities": PERSON,
}
