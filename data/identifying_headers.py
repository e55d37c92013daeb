"""Headers under which survey tools and HR systems keep identifiers, in the languages they use."""

from __future__ import annotations

import html
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import regex

ROLE = ":role"
_SHORT = 5  # words: a longer header is a question, and only its phrases count
_CAMEL = regex.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_DATE_HINT = regex.compile(r"(?i)\b(?:dd|d|mm|m)[-/. ](?:mm|dd|m|d)[-/. ]y{2,4}\b|\by{4}[-/. ]mm[-/. ]dd\b")
_BETWEEN = regex.compile(r"[\s_/|.,:;()\[\]{}<>*?!#\"'’-]+")
_PARTS = regex.compile(r" \| | - |\[|\(")
_MAIL = regex.compile(r"(?i)\be[-_ ]mail")
_MARKUP = regex.compile(r"<[^>]{0,40}>")

# Whole words of a short header. "name:role" means: a person's role, identifying only when the cells are names.
_NAMED = {
    "mail": "email|mail|mailid|emailid|emailaddress|recipientemail|courriel|correo|ईमेल|मेल|மின்னஞ்சல்|ইমেইল|البريد",
    "ip": "ip|ipaddr|ipaddress",
    "aadhaar": "aadhaar|aadhar|adhaar|aadhaarno|aadharno|आधार|ஆதார்|আধার",
    "uan": "uan|epf|pf no|pf number|pf id|universal account number",
    "pan": "pan|pan no|pan number|pan card|panno",
    "phone": "phone|telephone|mobile|phonenumber|mobileno|phoneno|whatsapp|landline|contact no|contact number|contact|"
    "cell ?phone|cellphone|celular|número de teléfono|número de celular|numéro de téléphone|rufnummer|"
    "telefon|telefonnummer|handynummer|téléphone|teléfono|móvil|मोबाइल|फोन|फ़ोन|दूरभाष|தொலைபேசி|মোবাইল|ফোন|الهاتف",
    "date_of_birth": "dob|date of birth|birth date|birthdate|birthday|geburtsdatum|date de naissance|"
    "fecha de nacimiento|जन्म तिथि|जन्मतिथि|जन्म तारीख|பிறந்த தேதி|জন্ম তারিখ",
    "joining_date": "doj|date of joining|joining date|hire date|date of hire|start of employment|eintrittsdatum",
    "national_id": "passport|voter id|driving licence|driving license|ssn|social security number|national id|"
    "bank account|account number|ifsc|tax id|steuer id|nric|dni|nif|nie|curp|cpf|rut|cédula|national insurance number",
    "employee_code": "(?:emp|employee|staff|personnel|personal|payroll|worker|associate|ecode|badge|person|manager|mgr|"
    "supervisor|global|corp|corporate|position|ticket|hr|hrms|sap|workday|sso)"
    " (?:id|code|no|number|nr|num|ref|key)|badge|gpn|número de empleado|numéro d employé|"
    "numéro de salarié|empid|empcode|empno|employeeid|employeecode|employeenumber|staffid|staffno|"
    "ecode|personalnummer|personalnr|mitarbeiternummer|matricule|legajo|participant unique identifier|"
    "कर्मचारी कोड|कर्मचारी संख्या|कर्मचारी आईडी",
    "token": "token|external reference|external data reference|externalreference|externaldatareference|"
    "survey identifier|unique identifier|access code|password|login code|invitation code",
    "device": "device id|deviceid|imei|sim serial|simserial|simid|subscriber id|subscriberid|mac address|network id|"
    "networkid|user agent|useragent|advertising id",
    "location": "latitude|longitude|lat|lng|lon|gps|coordinates|gps coordinates|"
    "geopoint|geolocation|altitude|loc precision|gps precision|"
    "geopoint precision|home address|postal address|street address|address|street|pin code|pincode|zip|zip code|"
    "postcode|postal code|postleitzahl|adresse|dirección|पता",
    "name": "name|names|firstname|lastname|surname|fullname|forename|username|user name|user id|userid|userlogin|"
    "submitted by|enumerator|login|signature|linkedin|linked in|linkedin profile|linkedin url|"
    "vorname|nachname|nom|prénom|prenom|nombre|apellido|apellidos|"
    "नाम|पूरा नाम|नाव|பெயர்|নাম|الاسم",
    "name:role": "manager|mgr|line manager|reporting manager|supervisor|team lead|team leader|reports to|reporting to|"
    "hrbp|buddy|vorgesetzter|vorgesetzte|प्रबंधक",
}
_NAMED_FORMS = {kind: regex.compile(rf"(?<!\S)(?:{words})(?: \d+)?(?!\S)") for kind, words in _NAMED.items()}

# Phrases that ask for an identifier inside a whole question.
_ASKED = {
    "mail": r"(?:your|work|office|official|company) (?:work |office |official |company )?e?mail(?: id| address|$)|"
    r"email (?:id|address)|ihre email|votre (?:email|courriel)|su correo",
    "phone": r"(?:phone|mobile|telephone|contact|whatsapp) (?:no|number)|"
    r"(?:tu|su|seu) (?:número|numero|teléfono|telefono|celular|móvil)|"
    r"votre (?:numéro|téléphone)|ihre (?:telefon|handy)\w*",
    "aadhaar": r"aadh?aar (?:no|number|card)",
    "pan": r"pan (?:no|number|card)",
    "uan": r"uan|universal account number",
    "date_of_birth": r"date of birth|birth date|your birthday",
    "employee_code": r"(?:employee|emp|staff|personnel) (?:id|code|no|number)|your (?:badge|payroll) (?:id|no|number)",
    "name": r"(?:your|full|first|last|manager'?s?|supervisor'?s?|employee) (?:full |first |last )?name|"
    r"name of (?:your |the )?(?:line |reporting )?(?:manager|supervisor|employee)|आपका (?:पूरा )?नाम|"
    r"(?:first ?name|name) and (?:last ?name|surname)|nombre y apellidos?|nom et prénoms?|vor und nachname",
    "token": r"(?:create|enter|generate|type in|write down) (?:a|your|the|this) (?:\w+ )?code|"
    r"your (?:personal|individual|identification|secret) code|(?:ihren|deinen) (?:persönlichen |individuellen )?code|"
    r"votre code personnel|(?:tu|su) código personal",
    "location": r"your (?:home |postal |residential )?address|your (?:pin|zip|post) ?code|(?:tu|su) dirección|"
    r"votre adresse|ihre (?:anschrift|adresse)",
}
_ASKED_FORMS = {kind: regex.compile(rf"(?<!\S)(?:{words})(?!\S)") for kind, words in _ASKED.items()}

# A name of a group or a thing is no person's name; the address of a page is no home.
_NOT_A_PERSON = regex.compile(
    r"(?<!\S)(?:team|teams|department|dept|unit|company|organisation|organization|division|site|project|branch|"
    r"location|office|function|group|course|file|form|survey|entity|role|job|brand|plant|ward|shift|business|"
    r"abteilung|firma|équipe|service|equipo|विभाग|टीम|कंपनी|इकाई)(?!\S)"
)
_QUALIFIERS = regex.compile(
    r"(?:(?:about|recipient|respondent|participant|employee|emp|staff|manager|line|reporting|supervisor|your|the|full|"
    r"first|last|middle|user|work|home|official|personal|of|id|no|number|address|location|loc|start|end|redcap) ?)*"
)
_KEYS = regex.compile(
    r"(?:response|respondent|record|submission|answer|row|entry|case|collector|custom|serial)"
    r"(?: ?(?:id|no|nr|number|data \d+))|id|uuid|nr|no|sl no|s no|sr no|index|lfd nr|key|instanceid|instance id|respid"
)


@dataclass(frozen=True)
class Named:
    """The kind of identifier that a short header names; ``alone`` when it says nothing else beside it."""

    kind: str
    alone: bool


def kind_named(header: str) -> Named | None:
    """What a short header names, or None; a kind ending in ``ROLE`` is a person's role, such as the manager."""
    words = _words(header)
    if len(words.split()) > _SHORT:
        return None
    group = _NOT_A_PERSON.search(words)
    for kind, form in _NAMED_FORMS.items():
        found = form.search(words)
        if found and not (group and kind.startswith("name")):
            rest = f"{words[: found.start()].strip()} {words[found.end() :].strip()}".strip()
            return Named(kind, bool(_QUALIFIERS.fullmatch(rest)))
    return None


def kind_asked_for(header: str) -> str | None:
    """The kind of identifier that a question asks for, or None: "What is your e-mail address?" is mail."""
    words = _words(header)
    return next((kind for kind, form in _ASKED_FORMS.items() if form.search(words)), None)


def may_be_key(header: str) -> bool:
    """Whether a header is that of a response's own number, which names nobody."""
    return header.strip() == "#" or bool(_KEYS.fullmatch(_words(header)))


def names_a_group(header: str) -> bool:
    """Whether a header is about a group or a thing, such as a team, a site or a form."""
    return bool(_NOT_A_PERSON.search(_words(header)))


def last_part(header: str) -> str:
    """The last part of a header, as an option column has it: "Which tools? | E-mail" gives "e-mail"."""
    return str(_PARTS.split(unicodedata.normalize("NFKC", header))[-1]).strip(" ])").casefold()


@lru_cache(maxsize=1 << 12)
def _words(header: str) -> str:
    """A header as plain lower-case words: "RecipientEmail" is "recipient email", "E-mail" is "email"."""
    plain = unicodedata.normalize("NFKC", html.unescape(header))
    text = _CAMEL.sub(" ", _DATE_HINT.sub(" ", _MARKUP.sub(" ", plain)))
    return " ".join(str(_BETWEEN.sub(" ", _MAIL.sub("email", text))).casefold().split())
