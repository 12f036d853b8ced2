"""Numbers with their nouns, agreeing in three languages; nought has a sentence of its own where people say so."""

from django.utils.translation import gettext, ngettext, npgettext, pgettext


def places_left(count: int) -> str:
    """ "Palikusi 1 vieta", "Palikušas 2 vietas", "Brīvu vietu nav"."""
    if count <= 0:
        return gettext("No places left")
    return ngettext("%(count)d place left", "%(count)d places left", count) % {"count": count}


def places(count: int) -> str:
    """ "2 vietas"."""
    return ngettext("%(count)d place", "%(count)d places", count) % {"count": count}


def people(count: int) -> str:
    """ "5 cilvēki"."""
    return ngettext("%(count)d person", "%(count)d people", count) % {"count": count}


def adults(count: int) -> str:
    """ "2 pieaugušie"."""
    return ngettext("%(count)d adult", "%(count)d adults", count) % {"count": count}


def children(count: int) -> str:
    """ "3 bērni"."""
    return ngettext("%(count)d child", "%(count)d children", count) % {"count": count}


def families(count: int) -> str:
    """ "11 ģimenes"."""
    return ngettext("%(count)d family", "%(count)d families", count) % {"count": count}


def activities(count: int) -> str:
    """ "12 aktivitātes"."""
    return ngettext("%(count)d activity", "%(count)d activities", count) % {"count": count}


def registrations(count: int) -> str:
    """ "4 pieteikumi"."""
    return ngettext("%(count)d registration", "%(count)d registrations", count) % {"count": count}


def activities_found(count: int) -> str:
    """ "Atrastas 12 aktivitātes", "Atrasta 1 aktivitāte", "Nav atrasta neviena aktivitāte"."""
    if count <= 0:
        return gettext("No activities found")
    return ngettext("%(count)d activity found", "%(count)d activities found", count) % {"count": count}


def waiting(count: int) -> str:
    """How many sign-ups (each a whole party) stand in the queue: "Rindā gaida: 3 pieteikumi"."""
    if count <= 0:
        return gettext("Nobody is waiting")
    return ngettext("Waiting: %(count)d registration", "Waiting: %(count)d registrations", count) % {"count": count}


def age(years: int) -> str:
    """ "4 gadi", under one "mazāks par gadu": a label, to stand after a colon."""
    if years <= 0:
        return pgettext("age", "under one year")
    return npgettext("age", "%(count)d year", "%(count)d years", years) % {"count": years}


def age_range(lowest: int | None, highest: int | None) -> str:
    """ "4–7 gadi", "4 gadi un vairāk", "jebkurš vecums"; the unit agrees with the last number, no case can go wrong."""
    if highest is None:
        if not lowest:
            return pgettext("age", "any age")
        return npgettext("age", "%(count)d year and over", "%(count)d years and over", lowest) % {"count": lowest}
    if (lowest or 0) >= highest:
        return age(highest)
    words = npgettext("age", "%(lowest)d–%(count)d year", "%(lowest)d–%(count)d years", highest)
    return words % {"lowest": lowest or 0, "count": highest}


def age_label(lowest: int | None, highest: int | None) -> str:
    """ "Vecums: 4–7 gadi"."""
    if not lowest and highest is None:
        return pgettext("age", "Age: any")
    return pgettext("age", "Age: %(range)s") % {"range": age_range(lowest, highest)}
