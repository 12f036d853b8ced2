"""How much each storm does: the promised numbers in the long run, a tenth of the rounds every day."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Numbers:
    """The sizes of one run; what is not named here is the same in both."""

    rush: int = 500  # families at once for 50 places
    mixed: int = 500  # parties of 1 to 5 at once
    thrice: int = 500  # forms posted three times each
    last_place: int = 100  # rounds: two families, one place
    full_list: int = 100  # rounds: ten cancel while ten sign up
    by_hand: int = 50  # rounds: the coordinator places while ten cancel
    kill: int = 200  # families in the storm in which something is killed
    locked_seconds: int = 20  # a row of places is held locked
    random_seconds: int = 300  # random deeds by 50 clients
    letters: int = 1000  # sent by three workers
    letters_killed: int = 300  # sent while workers are killed
    letter_kills: int = 25
    sink_away_seconds: int = 30  # the mail server, meanwhile
    letter_deeds: int = 300  # random deeds while three workers send

    def said(self) -> str:
        """The numbers in one line, for the header of the run."""
        return ", ".join(f"{name} {number}" for name, number in asdict(self).items())


LONG = Numbers()
EVERYDAY = Numbers(
    mixed=150,
    thrice=50,
    last_place=10,
    full_list=10,
    by_hand=5,
    kill=100,
    locked_seconds=7,
    random_seconds=30,
    letters=150,
    letters_killed=50,
    letter_kills=5,
    sink_away_seconds=3,
    letter_deeds=40,
)
