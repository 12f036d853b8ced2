"""When each thing we know about a person ends, and the night work that ends it.

Every field of every installed model stands here: models that hold nothing about a person by name in IMPERSONAL, the
fields of all others in ENDS with the rule that ends them. A test fails on anything that is missing.
"""

from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from activities.models import Meeting
from families import registering
from families.models import Participant, Registration, SignUp
from kopiena.floor import night
from kopiena.floor.models import Notice, Tally, User
from kopiena.floor.outbox import mailbox
from partners.models import Invitation, JoinRequest, Membership

NEEDS_KEPT = timedelta(days=7)  # promised on the form
PEOPLE_KEPT = timedelta(days=30)  # names and ages of those who came
LISTS_OPEN = timedelta(days=30)  # who came to a meeting, for the institutions that organise it; then numbers only
CONTACTS_KEPT = timedelta(days=365)  # name, phone and e-mail of whoever signed up
TOKENS_KEPT = timedelta(days=8)  # a form older than 7 days is refused, so its token has done its work
TALLIES_KEPT = timedelta(hours=24)  # the longest time over which anything is counted
NOTICES_KEPT = timedelta(days=30)  # whom a message was for; an older one that was not sent is no news any more
SIGN_INS_KEPT = timedelta(days=30)  # who tried to sign in, from where, wrong guesses too
LOG_KEPT = timedelta(days=365)  # what the staff did in the admin
INVITATIONS_KEPT = timedelta(days=30)  # after they expired, accepted or not
ACCOUNTS_KEPT = timedelta(days=30)  # of whoever acts for no institution and does not work at the centre
REQUESTS_KEPT = timedelta(days=90)  # of institutions that would like to be invited

KEPT = "no person: stays"
STAFF = "while the person works here: ends with the account"
CONTACT = "while she works here: overwritten in the admin"
AFTER_NEEDS = "7 days after the last meeting"
AFTER_PEOPLE = "30 days after the last meeting"
AFTER_CONTACTS = "365 days after the last meeting, or at once on request"
AFTER_TOKENS = "8 days after the form was sent"
AFTER_SESSION = "when the session expires, 12 hours"
AFTER_TALLY = "24 hours after it was counted"
AFTER_NOTICE = "30 days after it was written"
AFTER_SIGN_IN = "30 days after the try"
AFTER_INVITATION = "30 days after it expired"
AFTER_REQUEST = "90 days after it was sent"
AFTER_LOG = "365 days after the deed, or with the account"

IMPERSONAL = frozenset(
    {
        "activities.Activity",
        "activities.Activity_organisers",
        "activities.Capacity",
        "activities.Findable",
        "activities.KnownWord",
        "activities.Meeting",
        "activities.Need",
        "activities.Occurrence",
        "activities.Room",
        "activities.Venue",
        "auth.Group",
        "auth.Group_permissions",
        "auth.Permission",
        "contenttypes.ContentType",
        "floor.Supporter",
        "partners.Asking",
        "partners.Institution",
        "partners.Project",
        "partners.Project_institutions",
    }
)


def clear_past(now: datetime) -> dict[str, int]:
    """End what is past its end date; says how many of each. Owed, not remembered: may run twice or late.

    Each part stands by itself: one that fails is logged and keeps nothing else from its end.
    """
    return night.each(PARTS, now)


def _end_sign_ins(now: datetime) -> int:
    tries = (AccessAttempt, AccessFailureLog, AccessLog)
    return sum(model.objects.filter(attempt_time__lt=now - SIGN_INS_KEPT).delete()[0] for model in tries)


def _end_accounts(now: datetime) -> int:
    """Accounts of those who act for nobody any more, or never came in; what they made stays without their name."""
    nobodys = User.objects.filter(is_staff=False, is_superuser=False, joined_at__lt=now - ACCOUNTS_KEPT)
    used = [~Exists(model.objects.filter(user=OuterRef("pk"))) for model in (Membership, LogEntry)]
    return nobodys.filter(*used).exclude(last_login__gte=now - ACCOUNTS_KEPT).delete()[1].get("floor.User", 0)


def _end_tokens(now: datetime) -> int:
    old = SignUp.objects.filter(created_at__lt=now - TOKENS_KEPT, form_token__isnull=False)
    return old.update(form_token=None, form_digest="")


def _forget_recipients(now: datetime) -> int:
    """Take whom they were for off old notices; the rows stay, so that none is written a second time."""
    old = Notice.objects.filter(created_at__lt=now - NOTICES_KEPT)
    unsent = old.filter(state__in=[Notice.State.OWED, Notice.State.SENDING])
    unsent.update(state=Notice.State.WITHDRAWN, reason=Notice.Reason.TOO_LATE, claimed_until=None)
    known = old.exclude(recipient="", details={}, answer="")
    mailbox.throw_away(known.values_list("message_id", flat=True))
    return known.update(recipient="", details={}, answer="")


def _over_for(kept: timedelta, now: datetime) -> QuerySet[Registration]:
    """Registrations whose last meeting was over that long ago.

    A date without meetings is not over: it may have been put off. What hangs on it ends a year after the sign-up.
    """
    meetings = Meeting.objects.filter(occurrence=OuterRef("occurrence"))
    is_over = Exists(meetings) & ~Exists(meetings.filter(ends_at__gt=now - kept))
    return Registration.objects.filter(is_over | Q(~Exists(meetings), created_at__lte=now - CONTACTS_KEPT))


@transaction.atomic
def _forget_old(now: datetime) -> int:
    ended = _over_for(CONTACTS_KEPT, now).values("pk")
    recent = Registration.objects.filter(sign_up=OuterRef("pk")).exclude(pk__in=ended)
    return registering.forget(SignUp.objects.filter(~Exists(recent), created_at__lte=now - CONTACTS_KEPT), now)


PARTS: dict[str, night.Part] = {
    "sessions": lambda now: Session.objects.filter(expire_date__lt=now).delete()[0],
    "sign-ins": _end_sign_ins,
    "log lines": lambda now: LogEntry.objects.filter(action_time__lt=now - LOG_KEPT).delete()[0],
    "notices": _forget_recipients,
    "tallies": lambda now: Tally.objects.filter(counted_at__lt=now - TALLIES_KEPT).delete()[0],
    "form tokens": _end_tokens,
    "accounts": _end_accounts,
    "invitations": lambda now: Invitation.objects.filter(expires_at__lt=now - INVITATIONS_KEPT).delete()[0],
    "requests to join": lambda now: JoinRequest.objects.filter(created_at__lt=now - REQUESTS_KEPT).delete()[0],
    "answers": lambda now: _over_for(NEEDS_KEPT, now).exclude(needs_answer="").update(needs_answer=""),
    "people": lambda now: Participant.objects.filter(registration__in=_over_for(PEOPLE_KEPT, now)).delete()[0],
    "contacts": _forget_old,
}

CENTRE_TEXTS = tuple(
    f"{name}_{language}"
    for name in ("name", "address", "about", "hours", "phone_hours", "announcement")
    for language in ("lv", "ru", "en")
)
A_TRY = ("id", "user_agent", "ip_address", "username", "http_accept", "path_info", "attempt_time")

ENDS: dict[str, dict[str, str]] = {
    "families.SignUp": {
        "id": KEPT,
        "contact_name": AFTER_CONTACTS,
        "email": AFTER_CONTACTS,
        "phone": AFTER_CONTACTS,
        "safe_to_call": AFTER_CONTACTS,
        "language": KEPT,
        "may_be_photographed": KEPT,
        "not_photographed": KEPT,
        "declared_at": KEPT,
        "form_token": AFTER_TOKENS,
        "form_digest": AFTER_TOKENS,
        "link_id": AFTER_CONTACTS,
        "link_version": KEPT,
        "code": AFTER_CONTACTS,
        "channel": KEPT,
        "institution": KEPT,
        "created_at": KEPT,
        "erased_at": KEPT,
        "is_demo": KEPT,
    },
    "families.Registration": {
        "id": KEPT,
        "sign_up": KEPT,
        "occurrence": KEPT,
        "status": KEPT,
        "adults": KEPT,
        "children": KEPT,
        "children_along": KEPT,
        "seats": KEPT,
        "queue_number": KEPT,
        "revision": KEPT,
        "needs_answer": AFTER_NEEDS,
        "created_at": KEPT,
        "placed_at": KEPT,
        "cancelled_at": KEPT,
        "cancelled_by": KEPT,
        "cancelled_for": KEPT,
        "is_group": KEPT,
        "overrides": KEPT,
        "override_reason": AFTER_CONTACTS,
        "is_first_time": KEPT,
        "children_under_7": KEPT,
        "children_7_to_12": KEPT,
        "children_over_12": KEPT,
    },
    "families.Participant": dict.fromkeys(("id", "registration", "kind", "first_name", "age"), AFTER_PEOPLE),
    # The centre's own number and the deputy's name are data about a person, and shown or needed while she works here.
    "floor.Centre": {
        **dict.fromkeys(("id", "announcement_from", "announcement_until"), KEPT),
        **dict.fromkeys(CENTRE_TEXTS, KEPT),
        **dict.fromkeys(("phone", "email", "deputy"), CONTACT),
    },
    "floor.Notice": {
        **dict.fromkeys(("id", "about", "kind", "revision", "channel", "language", "state", "reason"), KEPT),
        **dict.fromkeys(("created_at", "due_at", "tries", "claimed_until", "sent_at", "message_id"), KEPT),
        **dict.fromkeys(("details", "recipient", "answer"), AFTER_NOTICE),
        "done_by": STAFF,
    },
    "floor.Tally": dict.fromkeys(("id", "what", "key", "count", "counted_at"), AFTER_TALLY),
    # A superuser deletes those of the staff, the night those that act for nobody; all of STAFF goes along by cascade.
    "floor.User": dict.fromkeys(("id", "password", "last_login", "is_superuser", "email", "name", "is_staff"), STAFF)
    | dict.fromkeys(("is_active", "joined_at", "language", "session_version"), STAFF),
    "floor.User_groups": dict.fromkeys(("id", "user", "group"), STAFF),
    "floor.User_user_permissions": dict.fromkeys(("id", "user", "permission"), STAFF),
    "partners.Membership": dict.fromkeys(("id", "institution", "user", "role", "since"), STAFF),
    "partners.Invitation": {
        **dict.fromkeys(("id", "institution", "email", "role", "language", "link_id", "invited_by"), AFTER_INVITATION),
        **dict.fromkeys(("created_at", "expires_at", "accepted_at", "revoked_at"), AFTER_INVITATION),
    },
    "partners.JoinRequest": {
        **dict.fromkeys(("id", "institution_name", "name", "email", "words", "language", "form_token"), AFTER_REQUEST),
        **dict.fromkeys(("created_at", "answered_at", "invitation"), AFTER_REQUEST),
    },
    "partners.Picture": {
        **dict.fromkeys(("id", "key", "institution", "width", "height", "declared_at", "uploaded_at"), KEPT),
        "uploaded_by": STAFF,
    },
    # What is written here is meant for everybody to read; who wrote it goes with the account.
    "activities.Proposal": {
        **dict.fromkeys(("id", "institution", "kind", "project", "activity", "within", "language", "content"), KEPT),
        **dict.fromkeys(("revision", "state", "note", "created_at", "saved_at", "proposed_at", "decided_at"), KEPT),
        **dict.fromkeys(("created_by", "saved_by", "decided_by"), STAFF),
    },
    "families.Attendance": {
        **dict.fromkeys(("id", "meeting", "registration", "institution", "adults", "children", "noted_at"), KEPT),
        "noted_by": STAFF,
    },
    "account.EmailAddress": dict.fromkeys(("id", "user", "email", "verified", "primary"), STAFF),
    "account.EmailConfirmation": dict.fromkeys(("id", "email_address", "created", "sent", "key"), STAFF),
    "admin.LogEntry": dict.fromkeys(
        ("id", "action_time", "user", "content_type", "object_id", "object_repr", "action_flag", "change_message"),
        AFTER_LOG,
    ),
    "sessions.Session": dict.fromkeys(("session_key", "session_data", "expire_date"), AFTER_SESSION),
    "axes.AccessAttempt": dict.fromkeys((*A_TRY, "get_data", "post_data", "failures_since_start"), AFTER_SIGN_IN),
    "axes.AccessAttemptExpiration": dict.fromkeys(("access_attempt", "expires_at"), AFTER_SIGN_IN),
    "axes.AccessFailureLog": dict.fromkeys((*A_TRY, "locked_out"), AFTER_SIGN_IN),
    "axes.AccessLog": dict.fromkeys((*A_TRY, "logout_time", "session_hash"), AFTER_SIGN_IN),
}
