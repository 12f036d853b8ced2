"""Who finds what at each address: first by GET, then by POST, a sign for each role.

The roles in their order: a visitor, a family with its link (the others have a forged one), an editor of institution A,
one of B, a manager of A, and of the staff a helper, an auditor, the coordinator. All that the addresses name is A's.

    +  the page           >  a sign-in is asked for     0  there is no such page      9  said, and nothing done
    r  leads on           x  not for this role          -  not by this method         4  not understood

A new address has no row here, and fails the build until somebody has thought about each of the sixteen signs.
"""

from tests.wall import table_of_the_office, table_of_the_site

TABLE = {**table_of_the_site.TABLE, **table_of_the_office.TABLE}
