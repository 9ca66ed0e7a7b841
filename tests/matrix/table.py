"""Who may use which route. A route that is not listed here, or one that is listed and gone, fails the build.

The letters: `a`nonymous, the `f`an who sent the photos, an `o`ther fan, `c`ast, `s`taff, a marketer of another campaign
(`e`lsewhere), `m`arketer, `A`dmin.
"""

from __future__ import annotations

EVERYBODY = "afocsemA"
SIGNED_IN = "focsemA"
OWNER = "f"
OWNER_AND_DESK = "fsmA"
ONE_WAITING = OWNER_AND_DESK
JUDGE = "c"
DESK = "smA"
ANY_DESK = "semA"
MARKETERS = "mA"
FOUNDERS = "mA"
"""Those who may begin a campaign: the role has to count everywhere."""
NOBODY = ""
