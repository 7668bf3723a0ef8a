# ruff: noqa: INP001  # the number comes first, so that revisions stand in their order
"""The first book: contacts and what belongs to them, their records, batches.

A revision is history: it says what was made then, never imports the tables of today, and stays in one piece.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:  # noqa: PLR0915  # a statement a table
    op.create_table(
        "batch",
        _required("id", sa.Integer()),
        _required("at", sa.DateTime(timezone=True)),
        _required("actor", sa.String()),
        _required("command", sa.String()),
        _required("rows", sa.Integer()),
        _required("made", sa.String()),
        _optional("undoes", sa.Integer()),
        _required("final", sa.String()),
        _required("handed_to", sa.String()),
        _required("mark", sa.String()),
        _required("brought", sa.String()),
        sa.CheckConstraint("rows = CAST(rows AS BIGINT) AND rows >= 0", name=op.f("ck_batch_rows_whole")),
        sa.ForeignKeyConstraint(["undoes"], ["batch.id"], name=op.f("fk_batch_undoes_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_table(
        "change",
        _required("id", sa.Integer()),
        _required("batch_id", sa.Integer()),
        _required("noun", sa.String()),
        _required("key", sa.Integer()),
        _optional("before", sa.String()),
        _optional("after", sa.String()),
        sa.CheckConstraint("key = CAST(key AS BIGINT) AND key >= 1", name=op.f("ck_change_key_whole")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_change_batch_id_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_index(op.f("ix_change_batch_id"), "change", ["batch_id"])
    op.create_index(op.f("ix_change_noun_key"), "change", ["noun", "key"])
    op.create_table(
        "book",
        _required("id", sa.Integer()),
        _required("timezone", sa.String()),
        _required("currency", sa.String()),
        _required("created", sa.DateTime(timezone=True)),
        _required("secret", sa.String()),
        sa.CheckConstraint("id = CAST(id AS BIGINT) AND id >= 1 AND id <= 1", name=op.f("ck_book_id_whole")),
        sa.CheckConstraint("length(currency) = 3", name=op.f("ck_book_currency_code")),
        sa.CheckConstraint("length(timezone) > 0", name=op.f("ck_book_timezone_set")),
        sa.CheckConstraint("length(secret) >= 32", name=op.f("ck_book_secret_set")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book")),
    )
    op.create_table(
        "setting",
        _required("id", sa.Integer()),
        _required("name", sa.String()),
        _required("value", sa.String()),
        _required("batch_id", sa.Integer()),
        sa.CheckConstraint("name IN ('currency', 'timezone')", name=op.f("ck_setting_name_known")),
        sa.CheckConstraint("length(value) > 0", name=op.f("ck_setting_value_set")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_setting_batch_id_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("name", name=op.f("uq_setting_name")),
    )
    op.create_table(
        "counter",
        _required("noun", sa.String()),
        _required("last", sa.BigInteger()),
        sa.CheckConstraint("last = CAST(last AS BIGINT) AND last >= 0", name=op.f("ck_counter_last_whole")),
        sa.PrimaryKeyConstraint("noun", name=op.f("pk_counter")),
    )
    op.create_table(
        "contact",
        _required("id", sa.Integer()),
        _required("code", sa.String()),
        _required("kind", _one_of("ck_contact_kind", "person", "organisation")),
        _required("name", sa.String()),
        _required("folded", sa.String()),
        _required("name_key", sa.String()),
        _required("language", sa.String()),
        _required("timezone", sa.String()),
        _required("birthday", sa.String()),
        _required("note", sa.String()),
        _required("created", sa.DateTime(timezone=True)),
        _optional("archived_day", sa.Integer()),
        _required("batch_id", sa.Integer()),
        sa.CheckConstraint("archived_day = CAST(archived_day AS BIGINT)", name=op.f("ck_contact_archived_day_whole")),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_contact_name_set")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_contact_batch_id_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("code", name=op.f("uq_contact_code")),
    )
    op.create_index(op.f("ix_contact_folded"), "contact", ["folded"])
    op.create_index(op.f("ix_contact_name_key"), "contact", ["name_key"])
    op.create_table(
        "interaction",
        _required("id", sa.Integer()),
        _required("day", sa.Integer()),
        _optional("at", sa.DateTime(timezone=True)),
        _required("zone", sa.String()),
        _required("channel", sa.String()),
        _required("direction", _one_of("ck_interaction_direction", "in", "out", "both")),
        _required("summary", sa.String()),
        _optional("say", sa.String()),
        _optional("folded", sa.String()),
        _optional("minutes", sa.Integer()),
        _optional("sentiment", sa.Integer()),
        _optional(
            "purpose",
            _one_of(
                "ck_interaction_purpose",
                "service",
                "order",
                "check-in",
                "advice",
                "help",
                "thanks",
                "gift",
                "favour",
                "marketing",
                "pitch",
                "survey",
                "referral-request",
                "complaint",
                "other",
            ),
        ),
        _required("source", sa.String()),
        _optional("external_id", sa.String()),
        _optional("key", sa.String()),
        _required("batch_id", sa.Integer()),
        sa.CheckConstraint("day = CAST(day AS BIGINT)", name=op.f("ck_interaction_day_whole")),
        sa.CheckConstraint("length(channel) > 0", name=op.f("ck_interaction_channel_set")),
        sa.CheckConstraint("minutes = CAST(minutes AS BIGINT) AND minutes >= 0", name=op.f("ck_interaction_minutes_whole")),
        sa.CheckConstraint(
            "sentiment = CAST(sentiment AS BIGINT) AND sentiment >= -2 AND sentiment <= 2",
            name=op.f("ck_interaction_sentiment_whole"),
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_interaction_batch_id_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interaction")),
        sa.UniqueConstraint("key", name=op.f("uq_interaction_key")),
        sa.UniqueConstraint("source", "external_id", name=op.f("uq_interaction_source_external_id")),
    )
    op.create_table(
        "address",
        _required("contact_id", sa.Integer()),
        _required("kind", _one_of("ck_address_kind", "email", "phone", "handle")),
        _required("key", sa.String()),
        _required("rank", sa.Integer()),
        _required("value", sa.String()),
        sa.CheckConstraint("length(key) > 0", name=op.f("ck_address_key_set")),
        sa.CheckConstraint("rank = CAST(rank AS BIGINT) AND rank >= 0", name=op.f("ck_address_rank_whole")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_address_contact_id_contact"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("contact_id", "kind", "key", name=op.f("pk_address")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_address_kind_key"), "address", ["kind", "key"])
    op.create_table(
        "forgotten",
        _required("digest", sa.String()),
        _required("no_contact", sa.Boolean()),
        _required("batch_id", sa.Integer()),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_forgotten_batch_id_batch")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_forgotten")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "removed",
        _required("id", sa.Integer()),
        _required("digest", sa.String()),
        _required("day", sa.Integer()),
        _required("batch_id", sa.Integer()),
        sa.CheckConstraint("day = CAST(day AS BIGINT)", name=op.f("ck_removed_day_whole")),
        sa.CheckConstraint("length(digest) > 0", name=op.f("ck_removed_digest_set")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_removed_batch_id_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removed")),
        sa.UniqueConstraint("digest", name=op.f("uq_removed_digest")),
    )
    op.create_table(
        "origin",
        _required("id", sa.Integer()),
        _required("noun", sa.String()),
        _required("key", sa.Integer()),
        _required("mark", sa.String()),
        _required("there", sa.Integer()),
        _required("batch_id", sa.Integer()),
        sa.CheckConstraint("key = CAST(key AS BIGINT) AND key >= 1", name=op.f("ck_origin_key_whole")),
        sa.CheckConstraint("there = CAST(there AS BIGINT) AND there >= 1", name=op.f("ck_origin_there_whole")),
        sa.CheckConstraint("length(mark) > 0", name=op.f("ck_origin_mark_set")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_origin_batch_id_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_origin")),
        sa.UniqueConstraint("noun", "mark", "there", name=op.f("uq_origin_noun_mark_there")),
    )
    op.create_table(
        "alias",
        _required("code", sa.String()),
        _required("contact_id", sa.Integer()),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_alias_contact_id_contact"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_alias")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_alias_contact_id"), "alias", ["contact_id"])
    op.create_table(
        "contact_name",
        _required("contact_id", sa.Integer()),
        _required("name_key", sa.String()),
        _required("name", sa.String()),
        _required("kind", _one_of("ck_contact_name_kind", "former", "merged")),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_contact_name_name_set")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_name_contact_id_contact"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("contact_id", "name_key", name=op.f("pk_contact_name")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_contact_name_name_key"), "contact_name", ["name_key"])
    op.create_table(
        "contact_role",
        _required("contact_id", sa.Integer()),
        _required("role", sa.String()),
        sa.CheckConstraint("length(role) > 0", name=op.f("ck_contact_role_role_set")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_role_contact_id_contact"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("contact_id", "role", name=op.f("pk_contact_role")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "contact_tag",
        _required("contact_id", sa.Integer()),
        _required("tag", sa.String()),
        sa.CheckConstraint("length(tag) > 0", name=op.f("ck_contact_tag_tag_set")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_tag_contact_id_contact"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("contact_id", "tag", name=op.f("pk_contact_tag")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "external_id",
        _required("source", sa.String()),
        _required("value", sa.String()),
        _required("contact_id", sa.Integer()),
        sa.CheckConstraint("length(value) > 0", name=op.f("ck_external_id_value_set")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_external_id_contact_id_contact"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source", "value", name=op.f("pk_external_id")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_external_id_contact_id"), "external_id", ["contact_id"])
    op.create_table(
        "interaction_contact",
        _required("contact_id", sa.Integer()),
        _required("day", sa.Integer()),
        _required("interaction_id", sa.Integer()),
        _required("direction", _one_of("ck_interaction_contact_direction", "in", "out", "both")),
        sa.CheckConstraint("day = CAST(day AS BIGINT)", name=op.f("ck_interaction_contact_day_whole")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_interaction_contact_contact_id_contact")),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interaction.id"],
            name=op.f("fk_interaction_contact_interaction_id_interaction"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("contact_id", "day", "interaction_id", name=op.f("pk_interaction_contact")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_interaction_contact_interaction_id"), "interaction_contact", ["interaction_id"])
    op.create_table(
        "referral",
        _required("id", sa.Integer()),
        _required("from_id", sa.Integer()),
        _required("whom_id", sa.Integer()),
        _optional("day", sa.Integer()),
        _required("outcome", sa.String()),
        _required("batch_id", sa.Integer()),
        sa.CheckConstraint("day = CAST(day AS BIGINT)", name=op.f("ck_referral_day_whole")),
        sa.CheckConstraint("from_id <> whom_id", name=op.f("ck_referral_somebody_else")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_referral_batch_id_batch")),
        sa.ForeignKeyConstraint(["from_id"], ["contact.id"], name=op.f("fk_referral_from_id_contact")),
        sa.ForeignKeyConstraint(["whom_id"], ["contact.id"], name=op.f("fk_referral_whom_id_contact")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index(op.f("ix_referral_from_id"), "referral", ["from_id"])
    op.create_index(op.f("ix_referral_whom_id"), "referral", ["whom_id"])
    op.create_table(
        "transaction",
        _required("id", sa.Integer()),
        _required("contact_id", sa.Integer()),
        _required("day", sa.Integer()),
        _optional("at", sa.DateTime(timezone=True)),
        _required("zone", sa.String()),
        _required("kind", _one_of("ck_transaction_kind", "sale", "purchase", "refund", "credit")),
        _required("amount", sa.BigInteger()),
        _required("currency", sa.String()),
        _required("item", sa.String()),
        _optional("folded", sa.String()),
        _required("source", sa.String()),
        _optional("external_id", sa.String()),
        _optional("key", sa.String()),
        _required("batch_id", sa.Integer()),
        sa.CheckConstraint("amount = CAST(amount AS BIGINT) AND amount >= 0", name=op.f("ck_transaction_amount_whole")),
        sa.CheckConstraint("day = CAST(day AS BIGINT)", name=op.f("ck_transaction_day_whole")),
        sa.CheckConstraint("length(currency) = 3", name=op.f("ck_transaction_currency_code")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_transaction_batch_id_batch")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_transaction_contact_id_contact")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transaction")),
        sa.UniqueConstraint("key", name=op.f("uq_transaction_key")),
        sa.UniqueConstraint("source", "external_id", name=op.f("uq_transaction_source_external_id")),
    )
    op.create_index(op.f("ix_transaction_contact_id_day_kind"), "transaction", ["contact_id", "day", "kind"])
    op.create_table(
        "works_for",
        _required("id", sa.Integer()),
        _required("person_id", sa.Integer()),
        _required("organisation_id", sa.Integer()),
        _optional("from_day", sa.Integer()),
        _optional("until_day", sa.Integer()),
        _required("batch_id", sa.Integer()),
        sa.CheckConstraint("from_day = CAST(from_day AS BIGINT)", name=op.f("ck_works_for_from_day_whole")),
        sa.CheckConstraint("person_id <> organisation_id", name=op.f("ck_works_for_somebody_else")),
        sa.CheckConstraint("until_day = CAST(until_day AS BIGINT)", name=op.f("ck_works_for_until_day_whole")),
        sa.CheckConstraint("until_day IS NULL OR until_day >= from_day", name=op.f("ck_works_for_forward")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_works_for_batch_id_batch")),
        sa.ForeignKeyConstraint(["organisation_id"], ["contact.id"], name=op.f("fk_works_for_organisation_id_contact")),
        sa.ForeignKeyConstraint(["person_id"], ["contact.id"], name=op.f("fk_works_for_person_id_contact")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_works_for")),
    )
    op.create_index(op.f("ix_works_for_organisation_id"), "works_for", ["organisation_id"])
    op.create_index(op.f("ix_works_for_person_id"), "works_for", ["person_id"])
    op.create_table(
        "promise",
        *_of_contact(),
        _required("owed_by", _one_of("ck_promise_owed_by", "us", "them")),
        _required("kind", _one_of("ck_promise_kind", "promise", "complaint")),
        _required("text", sa.String()),
        _optional("folded", sa.String()),
        _required("made_day", sa.Integer()),
        _optional("due_day", sa.Integer()),
        _optional("closed_day", sa.Integer()),
        _optional("how", _one_of("ck_promise_how", "kept", "broken", "withdrawn")),
        *_written_by_batch("promise"),
        sa.CheckConstraint("made_day = CAST(made_day AS BIGINT)", name=op.f("ck_promise_made_day_whole")),
        sa.CheckConstraint("due_day = CAST(due_day AS BIGINT)", name=op.f("ck_promise_due_day_whole")),
        sa.CheckConstraint("closed_day = CAST(closed_day AS BIGINT)", name=op.f("ck_promise_closed_day_whole")),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_promise_text_set")),
        sa.CheckConstraint("(closed_day IS NULL) = (how IS NULL)", name=op.f("ck_promise_closed_somehow")),
        sa.CheckConstraint("due_day IS NOT NULL OR owed_by = 'them'", name=op.f("ck_promise_due_by_us")),
        sa.CheckConstraint("kind <> 'complaint' OR owed_by = 'us'", name=op.f("ck_promise_complaint_ours")),
    )
    op.create_index(op.f("ix_promise_contact_id"), "promise", ["contact_id"])
    op.create_table(
        "preference",
        *_of_contact(),
        _required(
            "kind",
            _one_of(
                "ck_preference_kind",
                "closeness",
                "cadence",
                "channel",
                "not-channel",
                "hours",
                "topic",
                "not-topic",
                "surveys",
                "do-not-contact",
                "do-not-contact-by",
            ),
        ),
        _required("value", sa.String()),
        _required("source", _one_of("ck_preference_source", "stated", "observed", "assumed")),
        _required("words", sa.String()),
        _required("day", sa.Integer()),
        _optional("at", sa.DateTime(timezone=True)),
        _required("zone", sa.String()),
        _optional("until_day", sa.Integer()),
        *_written_by_batch("preference"),
        sa.CheckConstraint("day = CAST(day AS BIGINT)", name=op.f("ck_preference_day_whole")),
        sa.CheckConstraint("until_day = CAST(until_day AS BIGINT)", name=op.f("ck_preference_until_day_whole")),
        sa.CheckConstraint("source <> 'observed'", name=op.f("ck_preference_said_or_thought")),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_preference_words_set")),
        sa.CheckConstraint("(kind = 'do-not-contact') = (value = '')", name=op.f("ck_preference_value_set")),
        sa.CheckConstraint("until_day IS NULL OR until_day >= day - 1", name=op.f("ck_preference_forward")),
    )
    op.create_index(op.f("ix_preference_contact_id"), "preference", ["contact_id"])
    op.create_table(
        "circumstance",
        *_of_contact(),
        _required(
            "factor",
            _one_of(
                "ck_circumstance_factor",
                "need",
                "location",
                "interest",
                "alternatives",
                "switching-cost",
                "importance",
                "uncertainty",
                "life-stage",
            ),
        ),
        _optional("theirs", sa.Integer()),
        _optional("ours", sa.Integer()),
        _required("note", sa.String()),
        _required("day", sa.Integer()),
        *_written_by_batch("circumstance"),
        sa.CheckConstraint("day = CAST(day AS BIGINT)", name=op.f("ck_circumstance_day_whole")),
        sa.CheckConstraint(
            "theirs = CAST(theirs AS BIGINT) AND theirs >= 1 AND theirs <= 5", name=op.f("ck_circumstance_theirs_whole")
        ),
        sa.CheckConstraint("ours = CAST(ours AS BIGINT) AND ours >= 1 AND ours <= 5", name=op.f("ck_circumstance_ours_whole")),
        sa.CheckConstraint(
            "theirs IS NOT NULL OR ours IS NOT NULL OR length(note) > 0", name=op.f("ck_circumstance_something_said")
        ),
    )
    op.create_index(op.f("ix_circumstance_contact_id"), "circumstance", ["contact_id"])
    op.create_table(
        "later",
        *_of_contact(),
        _required("day", sa.Integer()),
        _required("until_day", sa.Integer()),
        _required("because", sa.String()),
        *_written_by_batch("later"),
        sa.CheckConstraint("day = CAST(day AS BIGINT)", name=op.f("ck_later_day_whole")),
        sa.CheckConstraint("until_day = CAST(until_day AS BIGINT)", name=op.f("ck_later_until_day_whole")),
    )
    op.create_index(op.f("ix_later_contact_id"), "later", ["contact_id"])
    op.create_table(
        "plan",
        *_of_contact(),
        _required("day", sa.Integer()),
        _required("aim", sa.String()),
        _required("step", sa.String()),
        _optional("due_day", sa.Integer()),
        _optional("review_day", sa.Integer()),
        _required("note", sa.String()),
        _optional("until_day", sa.Integer()),
        *_written_by_batch("plan"),
        sa.CheckConstraint("day = CAST(day AS BIGINT)", name=op.f("ck_plan_day_whole")),
        sa.CheckConstraint("due_day = CAST(due_day AS BIGINT)", name=op.f("ck_plan_due_day_whole")),
        sa.CheckConstraint("review_day = CAST(review_day AS BIGINT)", name=op.f("ck_plan_review_day_whole")),
        sa.CheckConstraint("until_day = CAST(until_day AS BIGINT)", name=op.f("ck_plan_until_day_whole")),
        sa.CheckConstraint(
            "length(aim) > 0 OR length(step) > 0 OR review_day IS NOT NULL", name=op.f("ck_plan_something_planned")
        ),
        sa.CheckConstraint("(length(step) > 0) = (due_day IS NOT NULL)", name=op.f("ck_plan_step_due")),
        sa.CheckConstraint("until_day IS NULL OR until_day >= day", name=op.f("ck_plan_forward")),
    )
    op.create_index(op.f("ix_plan_contact_id"), "plan", ["contact_id"])
    op.create_table(
        "reminder",
        *_of_contact(),
        _required("text", sa.String()),
        _required("made_day", sa.Integer()),
        _required("due_day", sa.Integer()),
        _optional("done_day", sa.Integer()),
        *_written_by_batch("reminder"),
        sa.CheckConstraint("made_day = CAST(made_day AS BIGINT)", name=op.f("ck_reminder_made_day_whole")),
        sa.CheckConstraint("due_day = CAST(due_day AS BIGINT)", name=op.f("ck_reminder_due_day_whole")),
        sa.CheckConstraint("done_day = CAST(done_day AS BIGINT)", name=op.f("ck_reminder_done_day_whole")),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_reminder_text_set")),
    )
    op.create_index(op.f("ix_reminder_contact_id"), "reminder", ["contact_id"])
    op.create_table(
        "invitation",
        *_of_contact(),
        _required("survey", sa.String()),
        _required("version", sa.Integer()),
        _required("language", sa.String()),
        _required("token", sa.String()),
        _required("channel", sa.String()),
        _required("day", sa.Integer()),
        _optional("at", sa.DateTime(timezone=True)),
        _required("zone", sa.String()),
        _optional("reminded_day", sa.Integer()),
        *_written_by_batch("invitation"),
        sa.CheckConstraint("version = CAST(version AS BIGINT) AND version >= 1", name=op.f("ck_invitation_version_whole")),
        sa.CheckConstraint("day = CAST(day AS BIGINT)", name=op.f("ck_invitation_day_whole")),
        sa.CheckConstraint("reminded_day = CAST(reminded_day AS BIGINT)", name=op.f("ck_invitation_reminded_day_whole")),
        sa.CheckConstraint("length(survey) > 0", name=op.f("ck_invitation_survey_set")),
        sa.CheckConstraint("length(token) > 0", name=op.f("ck_invitation_token_set")),
        sa.CheckConstraint("reminded_day IS NULL OR reminded_day >= day", name=op.f("ck_invitation_forward")),
        sa.UniqueConstraint("token", name=op.f("uq_invitation_token")),
    )
    op.create_index(op.f("ix_invitation_contact_id"), "invitation", ["contact_id"])
    op.create_table(
        "response",
        _required("id", sa.Integer()),
        _optional("contact_id", sa.Integer()),
        _required("survey", sa.String()),
        _required("version", sa.Integer()),
        _required("day", sa.Integer()),
        _optional("at", sa.DateTime(timezone=True)),
        _required("zone", sa.String()),
        _required("source", sa.String()),
        _optional("external_id", sa.String()),
        *_written_by_batch("response"),
        sa.CheckConstraint("version = CAST(version AS BIGINT) AND version >= 1", name=op.f("ck_response_version_whole")),
        sa.CheckConstraint("day = CAST(day AS BIGINT)", name=op.f("ck_response_day_whole")),
        sa.CheckConstraint("length(survey) > 0", name=op.f("ck_response_survey_set")),
        sa.UniqueConstraint("source", "external_id", name=op.f("uq_response_source_external_id")),
    )
    op.create_index(op.f("ix_response_contact_id"), "response", ["contact_id"])
    op.create_table(
        "answer",
        _required("response_id", sa.Integer()),
        _required("item", sa.String()),
        _required("place", sa.Integer()),
        _required(
            "tag",
            _one_of(
                "ck_answer_tag",
                "satisfaction",
                "trust",
                "commitment",
                "value",
                "recommend",
                "effort",
                "closeness-wanted",
                "closeness-felt",
                "cadence",
                "channel",
                "open",
            ),
        ),
        _required("text", sa.String()),
        _optional("value", sa.Integer()),
        _required("words", sa.String()),
        _required("low", sa.Integer()),
        _required("high", sa.Integer()),
        _required("reversed", sa.Boolean()),
        sa.CheckConstraint("place = CAST(place AS BIGINT) AND place >= 0", name=op.f("ck_answer_place_whole")),
        sa.CheckConstraint("value = CAST(value AS BIGINT)", name=op.f("ck_answer_value_whole")),
        sa.CheckConstraint("low = CAST(low AS BIGINT)", name=op.f("ck_answer_low_whole")),
        sa.CheckConstraint("high = CAST(high AS BIGINT)", name=op.f("ck_answer_high_whole")),
        sa.CheckConstraint("length(item) > 0", name=op.f("ck_answer_item_set")),
        sa.CheckConstraint("value IS NULL OR (value >= low AND value <= high)", name=op.f("ck_answer_on_its_scale")),
        sa.CheckConstraint("value IS NOT NULL OR length(words) > 0", name=op.f("ck_answer_something_said")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_answer_response_id_response"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("response_id", "item", name=op.f("pk_answer")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "initiative",
        _required("id", sa.Integer()),
        _required("name", sa.String()),
        _required("key", sa.String()),
        _required("hypothesis", sa.String()),
        _required(
            "outcome",
            _one_of(
                "ck_initiative_outcome",
                "health",
                "signs",
                "sales",
                "rhythm",
                "terms",
                "reciprocity",
                "promises",
                "voice",
                "loyalty",
            ),
        ),
        _required("from_day", sa.Integer()),
        _optional("until_day", sa.Integer()),
        _optional("stopped_day", sa.Integer()),
        _optional("cost", sa.BigInteger()),
        _optional("currency", sa.String()),
        _required("batch_id", sa.Integer()),
        sa.CheckConstraint("from_day = CAST(from_day AS BIGINT)", name=op.f("ck_initiative_from_day_whole")),
        sa.CheckConstraint("until_day = CAST(until_day AS BIGINT)", name=op.f("ck_initiative_until_day_whole")),
        sa.CheckConstraint("stopped_day = CAST(stopped_day AS BIGINT)", name=op.f("ck_initiative_stopped_day_whole")),
        sa.CheckConstraint("cost = CAST(cost AS BIGINT) AND cost >= 0", name=op.f("ck_initiative_cost_whole")),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_initiative_name_set")),
        sa.CheckConstraint("length(hypothesis) > 0", name=op.f("ck_initiative_hypothesis_set")),
        sa.CheckConstraint("until_day IS NULL OR until_day >= from_day", name=op.f("ck_initiative_forward")),
        sa.CheckConstraint("stopped_day IS NULL OR stopped_day >= from_day", name=op.f("ck_initiative_stopped_forward")),
        sa.CheckConstraint("(cost IS NULL) = (currency IS NULL)", name=op.f("ck_initiative_cost_in_something")),
        sa.CheckConstraint("length(currency) = 3", name=op.f("ck_initiative_currency_code")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_initiative_batch_id_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative")),
        sa.UniqueConstraint("key", name=op.f("uq_initiative_key")),
    )
    op.create_table(
        "enrolment",
        *_of_contact(),
        _required("initiative_id", sa.Integer()),
        _required("side", _one_of("ck_enrolment_side", "enrolled", "comparison")),
        _required("day", sa.Integer()),
        _required("stratum", sa.String()),
        _optional("seed", sa.BigInteger()),
        _optional("share", sa.Integer()),
        *_written_by_batch("enrolment"),
        sa.CheckConstraint("day = CAST(day AS BIGINT)", name=op.f("ck_enrolment_day_whole")),
        sa.CheckConstraint("seed = CAST(seed AS BIGINT) AND seed >= 0", name=op.f("ck_enrolment_seed_whole")),
        sa.CheckConstraint(
            "share = CAST(share AS BIGINT) AND share >= 0 AND share <= 10000", name=op.f("ck_enrolment_share_whole")
        ),
        sa.CheckConstraint("(seed IS NULL) = (share IS NULL)", name=op.f("ck_enrolment_drawn_wholly")),
        sa.CheckConstraint("seed IS NOT NULL OR side = 'enrolled'", name=op.f("ck_enrolment_compared_by_lot")),
        sa.ForeignKeyConstraint(["initiative_id"], ["initiative.id"], name=op.f("fk_enrolment_initiative_id_initiative")),
        sa.UniqueConstraint("initiative_id", "contact_id", name=op.f("uq_enrolment_initiative_id_contact_id")),
    )
    op.create_index(op.f("ix_enrolment_contact_id"), "enrolment", ["contact_id"])


def _of_contact() -> tuple[sa.Column[Any], ...]:
    """What every record of one contact begins with: its number, and whose it is."""
    return _required("id", sa.Integer()), _required("contact_id", sa.Integer())


def _written_by_batch(table: str) -> tuple[sa.Column[Any] | sa.Constraint, ...]:
    """What it ends with: the batch that wrote it, and the keys."""
    return (
        _required("batch_id", sa.Integer()),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f(f"fk_{table}_batch_id_batch")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f(f"fk_{table}_contact_id_contact")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _optional(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def _required(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, autoincrement=False)


def _one_of(constraint: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=op.f(constraint), native_enum=False, create_constraint=True, length=24)
