"""What the records of a book say, as the metric reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo

import numpy as np
from numpy.typing import NDArray

from relcli.health.conversation import Conversation
from relcli.health.distance import Wanted
from relcli.health.ledger import Ledger, Numbered
from relcli.health.loyalty import Referrals
from relcli.health.promises import Given
from relcli.health.reciprocity import RepliesLogged
from relcli.health.voice import Said


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the records of a book say, arrays aligned by contact; all of the same size n.

    `signs` are days with a sign of life, `transactions` days with a sale (or, for suppliers, a purchase;
    `purchases` tells for which contacts, None for nobody). `talk` has every touch (None: there are none), `wanted`
    their wishes, `given` and `own` the promises between us and them (health.promises), `said` what they answered, `referrals` who sent somebody.
    `buys` tells who is a customer, supplier or prospect (None: nobody), `turns` has the numbers of the transactions behind
    `transactions`, `sent` those of the `referrals`. All of it may reach beyond the day assessed. `zones` says where contacts are, `texts` what touches were about, by
    record, where somebody wants to be spared a topic.
    """

    signs: Ledger
    transactions: Ledger
    archived: NDArray[np.bool_]
    loyalty_applies: NDArray[np.bool_]
    purchases: NDArray[np.bool_] | None = None
    suppliers: NDArray[np.bool_] | None = None
    buys: NDArray[np.bool_] | None = None
    talk: Conversation | None = None
    wanted: Wanted = field(default_factory=dict)
    given: Given = field(default_factory=dict)
    own: Given = field(default_factory=dict)
    said: Said = field(default_factory=dict)
    referrals: Referrals | None = None
    turns: Numbered | None = None
    sent: Numbered | None = None
    zones: Mapping[int, tzinfo] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)
    replies_logged: RepliesLogged = "auto"
