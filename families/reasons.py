"""Ready sentences that say why something will not take place, each written in three languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from activities.models import Meeting

LANGUAGES = ("lv", "ru", "en")


@dataclass(frozen=True)
class Reason:
    """One sentence; `is_of_the_day` is true on one day only: "today"."""

    code: str
    lv: str
    ru: str
    en: str
    is_of_the_day: bool = False

    def texts(self) -> dict[str, str]:
        """As the deeds take it: `reason_lv` and so on."""
        return {f"reason_{language}": getattr(self, language) for language in LANGUAGES}


READY = (
    Reason(
        "weather_today",
        "Laikapstākļu dēļ šodien nenotiks.",
        "Из-за погоды сегодня не состоится.",
        "Because of the weather it will not take place today.",
        is_of_the_day=True,
    ),
    Reason(
        "weather",
        "Laikapstākļu dēļ nenotiks.",
        "Из-за погоды не состоится.",
        "Because of the weather it will not take place.",
    ),
    Reason(
        "illness",
        "Slimības dēļ nenotiks.",
        "Из-за болезни не состоится.",
        "Because of illness it will not take place.",
    ),
    Reason(
        "too_few",
        "Pieteicās pārāk maz dalībnieku.",
        "Записалось слишком мало участников.",
        "Too few people have signed up.",
    ),
    Reason(
        "venue",
        "Norises vieta nav pieejama.",
        "Место проведения недоступно.",
        "The venue is not available.",
    ),
)


def ready(off: Iterable[Meeting], today: date) -> list[Reason]:
    """Those that are true of all these meetings on the day they are read."""
    meetings = list(off)
    is_today = bool(meetings) and all(each.first_day == each.last_day == today for each in meetings)
    return [reason for reason in READY if is_today or not reason.is_of_the_day]
