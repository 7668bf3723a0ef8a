"""The results of a survey for programs: as rows, as a document. The keys are public (docs/reference/formats.md)."""

from __future__ import annotations

from typing import Any

from relcli.actions.surveys.results import FollowUp, Group, Said, SurveyResults
from relcli.domain.survey import SCORED
from relcli.health.answers import ItemTally, Wave
from relcli.health.statistics.intervals import Estimate, certainty
from relcli.render.rows import Rows, answer_rows


def rows(results: SurveyResults) -> Rows:
    """The public columns, an answer a row, of those who are known; an anonymous answer never stands alone."""
    return answer_rows(results.responses)


def document(results: SurveyResults) -> dict[str, Any]:
    """The figures with their intervals, the groups, the words, and whom to follow up."""
    request = results.request
    return {
        "survey": results.survey,
        "as_of": results.today.isoformat(),
        "since": results.since.isoformat() if results.since else None,
        "roles": list(request.roles),
        "tags": list(request.tags),
        "by": request.by.value if request.by else None,
        "n": results.whole.n,
        "certainty": certainty(results.whole.n).value,
        "responses": len(results.responses) + results.anonymous,
        "anonymous": results.anonymous,
        "invited": results.whole.invited,
        "response_rate": rate(results.whole),
        "items": [_item_document(item, results) for item in results.whole.items],
        "groups": [
            {
                "group": g.name,
                "n": g.n,
                "invited": g.invited,
                "response_rate": rate(g),
                "items": [_item_document(item, results) for item in g.items],
            }
            for g in results.groups
        ],
        "said": [_said_document(said, results) for said in results.said],
        "follow_up": [_due_document(rank, one) for rank, one in enumerate(results.follow_up, 1)],
        "not_to_contact": [
            {"id": one.contact.id, "name": one.contact.name, "mood": one.mood.value, "reason": one.refused}
            for one in results.left
        ],
    }


def rate(group: Group) -> float | None:
    """The share of those invited who answered, in percent; None where nobody was invited."""
    return 100.0 * group.answered / group.invited if group.invited else None


def _item_document(item: ItemTally, results: SurveyResults) -> dict[str, Any]:
    return {
        "item": item.item,
        "tag": item.tag.value,
        "text": item.text,
        "low": item.low,
        "high": item.high,
        "reversed": item.reversed,
        "n": item.n,
        "certainty": item.certainty.value,
        "figure": None if item.tag not in SCORED else "nps" if item.is_score else "mean",
        "estimate": _estimate(item.estimate),
        "promoters": item.camps[0] if item.camps else None,
        "passives": item.camps[1] if item.camps else None,
        "detractors": item.camps[2] if item.camps else None,
        "distribution": [{"answer": label, "count": count} for label, count in item.counts],
        "answers": [
            {
                "id": response.id, "contact": response.contact, "contact_name": results.names.get(response.contact, ""),
                "at": str(response.when), "value": answer.value, "text": answer.words or None,
            }
            for response, answer in item.given
        ],
        "change": _change(item.wave),
    }  # fmt: skip


def _estimate(estimate: Estimate | None) -> dict[str, Any] | None:
    return {"value": estimate.value, "low": estimate.low, "high": estimate.high} if estimate else None


def _change(wave: Wave | None) -> dict[str, Any] | None:
    if wave is None:
        return None
    return {
        "before": {"n": wave.before.n, **(_estimate(wave.before) or {})},
        "after": {"n": wave.after.n, **(_estimate(wave.after) or {})},
        **(_estimate(wave.moved) or {}),
        "claimed": wave.claimed,
    }


def _said_document(said: Said, results: SurveyResults) -> dict[str, Any]:
    return {
        "item": said.item,
        "text": said.words,
        "contact": said.contact or None,
        "contact_name": results.names.get(said.contact) if said.contact else None,
        "day": said.day.isoformat() if said.day else None,
    }


def _due_document(rank: int, one: FollowUp) -> dict[str, Any]:
    return {
        "rank": rank,
        "id": one.contact.id,
        "name": one.contact.name,
        "mood": one.mood.value,
        "response": one.response.id,
        "item": one.answer.item,
        "value": one.answer.value,
        "at": str(one.response.when),
        "channel": one.channel or None,
    }
