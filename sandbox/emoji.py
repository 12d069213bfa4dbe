"""Emoji by the names that Slack has for them, as Unicode.

The names are those of https://github.com/iamcal/emoji-data. Most are among the aliases of the
`emoji` package; for the rest there are a few rules, and a table of what follows none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from emoji import emojize, is_emoji

__all__ = ["emoji", "known"]

_TONE = re.compile(r"(.+?):{0,2}skin-tone-([2-6])")
_FLAG = re.compile(r"flag-([a-z]{2})")
_SEXES = {"male": "man", "female": "woman", "man": "man", "woman": "woman"}
_PRESENTATION = "\ufe0f"
_JOINER = "\u200d"

# What neither the package nor a rule knows.
_OTHERS = {
    "simple_smile": "slightly_smiling_face",
    "face_with_rolling_eyes": "roll_eyes",
    "thinking_face": "thinking",
    "face_palm": "facepalm",
    "face_with_cowboy_hat": "cowboy_hat_face",
    "hand_with_index_and_middle_fingers_crossed": "crossed_fingers",
    "spock-hand": "vulcan_salute",
    "the_horns": "metal",
    "i_love_you_hand_sign": "love_you_gesture",
    "speaking_head_in_silhouette": "speaking_head",
    "rain_cloud": "cloud_with_rain",
    "lightning": "cloud_with_lightning",
    "knife_fork_plate": "plate_with_cutlery",
    "racing_motorcycle": "motorcycle",
    "white_frowning_face": "frowning_face",
    "shocked_face_with_exploding_head": "exploding_head",
    "face_with_one_eyebrow_raised": "raised_eyebrow",
    "grinning_face_with_star_eyes": "star_struck",
    "serious_face_with_symbols_covering_mouth": "cursing_face",
    "table_tennis_paddle_and_ball": "ping_pong",
    "lower_left_ballpoint_pen": "pen",
    "lower_left_pencil": "pencil2",
    "spiral_calendar_pad": "spiral_calendar",
    "spiral_note_pad": "spiral_notepad",
    "waving_white_flag": "white_flag",
    "waving_black_flag": "black_flag",
    "rainbow-flag": "rainbow_flag",
    "mostly_sunny": "sun_behind_small_cloud",
    "barely_sunny": "sun_behind_large_cloud",
    "partly_sunny_rain": "sun_behind_rain_cloud",
    "double_vertical_bar": "pause_button",
    "grinning_face_with_one_large_and_one_small_eye": "zany_face",
    "face_with_open_mouth_vomiting": "face_vomiting",
    "face_with_finger_covering_closed_lips": "shushing_face",
    "smiling_face_with_smiling_eyes_and_hand_covering_mouth": "face_with_hand_over_mouth",
    "person_with_headscarf": "woman_with_headscarf",
    "mother_christmas": "Mrs._Claus",
    "man-with-bunny-ears-partying": "men_with_bunny_ears",
    "woman-with-bunny-ears-partying": "women_with_bunny_ears",
    "fencer": "person_fencing",
    "person_doing_cartwheel": "person_cartwheeling",
    "wrestlers": "people_wrestling",
    "juggling": "person_juggling",
    "handball": "person_playing_handball",
    "octagonal_sign": "stop_sign",
    "snow_cloud": "cloud_with_snow",
    "medal": "military_medal",
    "first_place_medal": "1st_place_medal",
    "second_place_medal": "2nd_place_medal",
    "third_place_medal": "3rd_place_medal",
    "shopping_trolley": "shopping_cart",
    "eject": "eject_button",
    "staff_of_aesculapius": "medical_symbol",
    "keycap_star": "keycap_*",
    "flag-england": "England",
    "flag-scotland": "Scotland",
    "flag-wales": "Wales",
}

# The composer's and the reactions' menu: what people at work reach for, nearest first.
_MENU = (
    "thumbsup thumbsdown ok_hand clap raised_hands pray wave muscle point_right handshake "
    "white_check_mark heavy_check_mark x heavy_plus_sign eyes thinking_face bulb memo pushpin "
    "calendar hourglass_flowing_sand bell mega speech_balloon question exclamation warning "
    "rotating_light tada sparkles star rocket fire dart trophy seedling sunny rainbow coffee "
    "heart yellow_heart green_heart blue_heart smile slightly_smiling_face joy grin wink "
    "sweat_smile relieved neutral_face confused worried cry sob open_mouth exploding_head "
    "raising_hand shrug facepalm hammer_and_wrench bug chart_with_upwards_trend "
    "chart_with_downwards_trend bar_chart earth_africa large_green_circle large_yellow_circle "
    "red_circle large_blue_circle"
)


@lru_cache(maxsize=2048)
def emoji(name: str) -> str | None:
    """The characters of `name` (`wave`, `wave::skin-tone-3`; no outer colons), or None."""
    toned = _TONE.fullmatch(name)
    if toned:
        plain = emoji(toned[1])
        return None if plain is None else _with_tone(plain, int(toned[2]))
    for candidate in _candidates(name):
        asked = f":{candidate}:"
        found = emojize(asked, language="alias")
        if found != asked:
            return found
    flag = _FLAG.fullmatch(name)
    if flag:
        letters = "".join(chr(0x1F1E6 + ord(letter) - ord("a")) for letter in flag[1])
        return letters if is_emoji(letters) else None
    return _tone(int(name[-1])) if re.fullmatch("skin-tone-[2-6]", name) else None


@lru_cache(maxsize=1)
def known() -> Sequence[str]:
    """The names a menu offers, nearest first; each has an emoji."""
    return tuple(name for name in _MENU.split() if emoji(name))


def _candidates(name: str) -> Iterator[str]:
    """How the package may call it."""
    yield name
    if name in _OTHERS:
        yield _OTHERS[name]
    yield name.removeprefix("large_")
    joined = name.replace("-", "_")
    yield joined
    sex, _, doing = joined.partition("_")
    if doing and sex in _SEXES:
        yield f"{_SEXES[sex]}_{doing}"
        yield f"{doing}_{_SEXES[sex]}"
        yield f"family_{joined}"
    yield joined.removesuffix("_face")


def _with_tone(plain: str, tone: int) -> str:
    """With the skin tone after the first of its characters; without, where it takes none."""
    first, joiner, rest = plain.partition(_JOINER)
    shown = f"{first.rstrip(_PRESENTATION)}{_tone(tone)}{joiner}{rest}"
    return shown if is_emoji(shown) else plain


def _tone(number: int) -> str:
    return chr(0x1F3FB + number - 2)
