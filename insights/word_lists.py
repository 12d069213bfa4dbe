"""The words by which a sentence of purpose is read: whom it serves, what is the company's own."""

import re

__all__ = [
    "AS_A_FIGURE",
    "BENEFIT",
    "DENIED",
    "INWARD",
    "OF_OURS",
    "OUTWARD",
    "PEOPLE",
    "SERVING",
    "TAKEN",
]


def _any_of(*patterns: str) -> re.Pattern[str]:
    joined = "|".join(rf"(?:{pattern})" for pattern in patterns)
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])", re.IGNORECASE)


_CLIENTS = r"(?:customer|client|patient|buyer|consumer|user|shopper|guest|subscriber)"

_SERVED = (
    rf"{_CLIENTS}s?|(?:patients'? |their |the )?(?:famil(?:y|ies)|relatives|carers?|next of kin)"
    r"|citizens?|residents?|taxpayers?|voters?|the public|(?:wider |general )?public"
    r"|students?|pupils?|learners?|apprentices|teachers?|schools?|universities"
    r"|child(?:ren)?|parents?|mothers?|fathers?|bab(?:y|ies)|newborns|young people|the young"
    r"|older people|the elderly|pensioners?|grandchildren|women|girls|boys"
    r"|(?:local |rural |neighbouring )?communit(?:y|ies)|neighbours?|neighbou?rhoods?|villages?"
    r"|towns?|cit(?:y|ies)|societ(?:y|ies)|humanity|mankind|the world|the country|the nation"
    r"|the region|the planet|future generations|(?:the )?(?:next|coming) generations?"
    r"|those (?:who (?:come|live)) after us|the people who come after"
    r"|nurses?|doctors?|midwives|clinicians?|surgeons?|surgeries|wards?|hospitals?|clinics?"
    r"|care homes?|the sick|farmers?|growers?|fishermen|tenants?|home-?owners?|households?|homes"
    r"|passengers?|travellers?|commuters?|drivers?|cyclists?|pedestrians?|visitors?|readers?"
    r"|listeners?|viewers?|savers?|borrowers?|policyholders?|claimants?|small (?:businesses|firms)"
    r"|(?:shop|business) ?owners|entrepreneurs|start-?ups|charities|refugees|migrants"
    r"|the (?:poor|homeless|hungry|vulnerable|unemployed|disabled)|job-?seekers|victims|survivors"
    r"|suppliers?|regulators?|wildlife|animals|nature"
)

OUTWARD = _any_of(_SERVED)
"""Somebody, or something, beyond the company."""

PEOPLE = _any_of(
    r"(?<!our )(?<!my )(?<!right )(?<!best )(?<!talented )(?<!great )(?<!top )people"
    r"(?! (?:strategy|plan|development|function|team|managers?|costs?))",
    r"(?:everyone|everybody|anyone|anybody|those|all) (?:who|whose|for whom)",
    r"lives of others|(?:the )?lives",
)
"""People, where they are not the company's own."""

BENEFIT = _any_of(
    r"(?:public|global|human|mental|planetary) health|health for all|clean (?:water|air|energy)",
    r"safe (?:water|drinking water|streets|roads)|climate(?: change| crisis)?|net[- ]zero",
    r"(?:carbon|greenhouse gas) emissions?|(?:the )?(?:natural )?environment|biodiversity",
    r"(?:end|reduce|fight|beat|cure|eradicate|prevent)s? (?:\w+ ){0,2}"
    r"(?:poverty|hunger|homelessness|malaria|cancer|disease|loneliness|waste|corruption|inequality"
    r"|dementia|diabetes|suicide|road deaths)",
    r"(?:access to|affordable|decent) (?:\w+ ){0,2}"
    r"(?:housing|care|healthcare|education|justice|medicines?|energy|food|transport|credit)",
    r"social justice|equal opportunit(?:y|ies)|(?:the )?common good|peace|democracy",
)
"""A goal of the wider system."""

_OWN = r"(?:company|organi[sz]ation|business|firm|group|team|department|division|function|board)"
_OWN_PEOPLE = (
    r"(?:people|staff|employees|colleagues|team(?:s| members)?|workforce|managers|leaders)"
)

INWARD = _any_of(
    r"(?:revenues?|turnover|profits?|profitab(?:le|ly|ility)|margins?|ebitda?|earnings|cash ?flow"
    r"|sales|dividends?|shareholders?(?:'s?)?(?: value| returns?)?|returns? on (?:\w+ ){0,2}"
    r"(?:capital|equity|investment)|market (?:share|leader(?:ship)?|position)|share price)",
    r"(?:costs?|budgets?|headcount|overheads?|utili[sz]ation|productivity|efficien(?:t|tly|cy)"
    r"|synerg(?:y|ies)|economies of scale|kpis?|okrs?|targets?|quotas?|benchmarks?)",
    r"(?:number one|no\. ?1|#1|world[- ]class|best[- ]in[- ]class|market[- ]leading"
    r"|industry[- ]leading|leading (?:provider|player|company|supplier|brand)|competitive"
    r"(?:ness| advantage| edge)?|outperform\w*|beat (?:the |our )?competit(?:ion|ors)"
    r"|operational excellence|high[- ]perform(?:ing|ance)|employer of choice|preferred (?:partner"
    r"|supplier|provider))",
    r"(?:grow|growing|growth)(?: (?:the|our|of the))?(?: \w+)? ?"
    rf"(?:{_OWN}|revenues?|share|percent|per cent|%)?",
    rf"our (?:own )?(?:{_OWN}|{_OWN_PEOPLE}|brand|strategy|processes|culture|goals|objectives"
    r"|results|plan|performance|reputation|success|position|capabilit(?:y|ies)|assets)",
    rf"the (?:{_OWN}|brand|bottom line|executive|management)(?:'s)?",
    r"(?:align|alignment|silos?|governance|reporting|internal(?:ly)?|colleagues|employees|staff)",
)
"""What is the company's own."""

AS_A_FIGURE = _any_of(
    rf"{_CLIENTS}(?:s|'s|s')? (?:lifetime |life-time )?(?:satisfaction|acquisition|retention"
    r"|loyalty|base|volumes?|value|numbers?|churn|scores?|segments?|spend|spending|portfolio|growth|share"
    r"|wallets?|data|experience scores?|accounts?|pipeline|revenues?|throughput)",
    r"(?:hospital|school|city|town|supplier|regulator|home|community|public|user|student) "
    r"(?:sales|contracts|accounts|revenues?|market|segment|costs?|budgets?|numbers)",
    r"(?:public company|the public markets?|global business world|nature of (?:our|the))",
)
"""Somebody outside as a figure of ours."""

TAKEN = _any_of(
    r"(?:win|wins|winning|acquire|acquiring|attract|attracting|retain|retaining|capture|capturing"
    r"|convert|converting|monetis\w+|monetiz\w+|upsell\w*|cross-sell\w*|squeeze|sell more to"
    r"|sell to|charge|manage|squeezing|lock in)(?: (?:more|new|our|the|all|every|big|large|key"
    rf"|profitable|loyal|from))* (?:{_SERVED})",
)
"""Somebody outside from whom something is had."""

OF_OURS = _any_of(
    rf"(?:everyone|everybody|anyone|those|all|people) (?:who )?(?:(?:is|are|works?) )?"
    rf"(?:here|(?:in|on|at|of|for|within|inside) (?:our|the|this) {_OWN})",
    rf"the {_OWN}s? (?:community|family)",
    r"our (?:family|community) of (?:employees|staff|colleagues)",
    r"world[- ]class|(?:the )?world'?s? (?:leading|best|largest|biggest|number one)",
    r"people and culture|life ?cycle",
)
"""What only sounds like somebody outside."""

SERVING = re.compile(
    r"(?:\b(?:for|so that|so|serv(?:e|es|ing)|helps?|helping|giv(?:e|es|ing)|lets?|letting"
    r"|enabl(?:e|es|ing)|protect(?:s|ing)?|support(?:s|ing)?|bring(?:s|ing)?|mak(?:e|es|ing)"
    r"|keep(?:s|ing)?|free(?:s|ing)?|heal(?:s|ing)?|car(?:e|es|ing)|teach(?:es|ing)?|feed(?:s|ing)?"
    r"|connect(?:s|ing)?|improv(?:e|es|ing)|sav(?:e|es|ing)|offer(?:s|ing)?|provid(?:e|es|ing)"
    r"|where|until|benefit(?:s|ing)?|equip(?:s|ping)?|reach(?:es|ing)?|in the service of)\b)"
    r"[^.;:]*$",
    re.IGNORECASE,
)
"""Before somebody's name: that something is done for them."""

DENIED = re.compile(
    r"\b(?:not|no|never|without|instead of|rather than|regardless of|at the expense of|ignoring)"
    r"(?: \w+'?s?){0,3} $",
    re.IGNORECASE,
)
"""Before somebody's name: that nothing is."""
