"""How a sign-up behaves. Each value is a promise: to whom and where it is said stands beside it.

What is read from the environment is meant for whoever keeps the portal: a storm of our own raises it, a fair with
one shared connection may need to. The tests run at the values that stand here.
"""

import environ

_env = environ.Env()

# To families, on the form: more people send a second form.
LARGEST_PARTY_ON_THE_WEB = 12
# To families, in the answer to an older form: so long it may lie open. `families.retention` keeps tokens a day longer.
FORM_LIFETIME_DAYS = 7

# To everybody else: how long a row of places may stand still before those in line for it are sent away (PostgreSQL may
# count it twice, so twice this and the answer stay under the 5 seconds promised), and how long one of them tries after.
LOCK_TIMEOUT_MS = 1500
LOCK_RETRY_MS = 300
# To families, on the busy page ("in a few seconds"), and to browsers in Retry-After.
RETRY_AFTER_SECONDS = 5

# To whoever signed up: nobody tries out all codes. A code has 100 million values and is useless without the contact.
FIND_ATTEMPTS_PER_HOUR = 10
# To whoever owns an e-mail or a phone: so few letters an hour and calls a day come of what others type in.
LINK_LETTERS_PER_HOUR = 3
CALL_WISHES_PER_DAY = 3
# To the coordinator: nobody fills her list of calls, or the outbox, with made-up numbers over one connection.
ASKS_PER_HOUR = 20

# To institutions' people: so few letters with a code an hour come of what others type in.
CODE_LETTERS_PER_HOUR = 5
# To a kindergarten, where all share one address: its people sign in on one morning. A code has 100 million values.
CODES_ASKED_PER_HOUR = 60
CODE_GUESSES_PER_HOUR = 90
# To managers and the coordinator: so many letters of invitation a day one institution sends, and one mailbox gets.
INVITATIONS_PER_DAY = 40
INVITATIONS_TO_ONE_PER_DAY = 3
# To the coordinator, against made-up requests of institutions: of one connection within an hour, of one e-mail a day.
REQUESTS_TO_JOIN_PER_HOUR = 10
REQUESTS_TO_JOIN_OF_ONE_PER_DAY = 3

# To the coordinator, against programs that fill in forms: nobody writes a name, a phone and a number so fast. 0: off.
MINIMUM_FILLING_SECONDS: int = _env.int("MINIMUM_FILLING_SECONDS", default=3)
# To the coordinator: one phone or e-mail fills no list with made-up families. To a teacher: she may sign up her pupils'
# families with her own phone, at several dates, all in one day.
CONTACT_SIGN_UPS_PER_DAY: int = _env.int("CONTACT_SIGN_UPS_PER_DAY", default=20)
# To the coordinator the same of one connection. To a kindergarten, where all share one address: 60 families sign up
# in 10 minutes after a parents' evening, four times over.
ADDRESS_SIGN_UPS_PER_HOUR: int = _env.int("ADDRESS_SIGN_UPS_PER_HOUR", default=240)

# To residents: so old a public page may be after something has changed that it shows. 0 asks the database each time.
STAMP_READ_SECONDS: float = _env.float("STAMP_READ_SECONDS", default=0.5)
# To whoever keeps the portal: so much memory each of the two workers gives to whole pages, and to parts of them.
KEPT_PAGES_MIB: int = _env.int("KEPT_PAGES_MIB", default=12)
KEPT_PARTS_MIB: int = _env.int("KEPT_PARTS_MIB", default=6)
# To whoever measures: off, everything is made anew from the database.
PAGES_KEPT: bool = _env.bool("PAGES_KEPT", default=True)

# To whoever keeps the portal: so long the mail server may be silent before the letters wait for it.
MAIL_TIMEOUT_SECONDS: int = _env.int("MAIL_TIMEOUT_SECONDS", default=10)
# To families, against a second copy: so long a letter is one worker's. Counted from the greeting on, it is as long as
# a mail server may take over one letter (four answers and the letter itself); and shorter than a minute, since whoever
# dies with a letter in hand delays it by so much.
NOTICE_LEASE_SECONDS: int = _env.int("NOTICE_LEASE_SECONDS", default=5 * MAIL_TIMEOUT_SECONDS)
# To the coordinator: what time alone has made due is found within so long.
WORK_PAUSE_SECONDS: int = _env.int("WORK_PAUSE_SECONDS", default=30)

# To whoever keeps the portal: a larger form is nobody's. A burst of junk is up to 500 ticks on one page; the centre's
# page has a logo for each supporter.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 700
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# To institutions, on the form: so large a picture's file may be.
PICTURE_MAX_BYTES = 10 * 1024 * 1024
PICTURE_MAX_PIXELS = 40_000_000
# To institutions: nobody fills the disk with pictures.
PICTURES_PER_DAY = 100
# To whoever sends more than a form and a picture: up to so much is read, so that what was typed is kept.
UPLOAD_READ_BYTES = 64_000_000
# To institutions: a picture that no page and no draft shows is thrown away after so long.
UNUSED_PICTURE_DAYS = 30
