PRAGMA application_id=1382378595;
PRAGMA user_version=1;
BEGIN TRANSACTION;
CREATE TABLE address (
	contact_id INTEGER NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	"key" VARCHAR NOT NULL, 
	rank INTEGER NOT NULL, 
	value VARCHAR NOT NULL, 
	CONSTRAINT pk_address PRIMARY KEY (contact_id, kind, "key"), 
	CONSTRAINT ck_address_rank_whole CHECK (rank = CAST(rank AS BIGINT) AND rank >= 0), 
	CONSTRAINT ck_address_key_set CHECK (length(key) > 0), 
	CONSTRAINT fk_address_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE, 
	CONSTRAINT ck_address_kind CHECK (kind IN ('email', 'phone', 'handle'))
)
 WITHOUT ROWID

;
INSERT INTO "address" VALUES(2,'email','bo@example.org',0,'bo@example.org');
INSERT INTO "address" VALUES(2,'handle','bo',0,'@bo');
INSERT INTO "address" VALUES(2,'phone','+34600000001',0,'+34600000001');
INSERT INTO "address" VALUES(3,'email','ana.old@example.org',1,'ana.old@example.org');
INSERT INTO "address" VALUES(3,'email','ana@example.org',0,'ana@example.org');
INSERT INTO "address" VALUES(6,'email','dora@example.org',0,'dora@example.org');
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE alias (
	code VARCHAR NOT NULL, 
	contact_id INTEGER NOT NULL, 
	CONSTRAINT pk_alias PRIMARY KEY (code), 
	CONSTRAINT fk_alias_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "alias" VALUES('c_8ry5y1wx',3);
CREATE TABLE answer (
	response_id INTEGER NOT NULL, 
	item VARCHAR NOT NULL, 
	place INTEGER NOT NULL, 
	tag VARCHAR(24) NOT NULL, 
	text VARCHAR NOT NULL, 
	value INTEGER, 
	words VARCHAR NOT NULL, 
	low INTEGER NOT NULL, 
	high INTEGER NOT NULL, 
	reversed BOOLEAN NOT NULL, 
	CONSTRAINT pk_answer PRIMARY KEY (response_id, item), 
	CONSTRAINT ck_answer_place_whole CHECK (place = CAST(place AS BIGINT) AND place >= 0), 
	CONSTRAINT ck_answer_value_whole CHECK (value = CAST(value AS BIGINT)), 
	CONSTRAINT ck_answer_low_whole CHECK (low = CAST(low AS BIGINT)), 
	CONSTRAINT ck_answer_high_whole CHECK (high = CAST(high AS BIGINT)), 
	CONSTRAINT ck_answer_item_set CHECK (length(item) > 0), 
	CONSTRAINT ck_answer_on_its_scale CHECK (value IS NULL OR (value >= low AND value <= high)), 
	CONSTRAINT ck_answer_something_said CHECK (value IS NOT NULL OR length(words) > 0), 
	CONSTRAINT fk_answer_response_id_response FOREIGN KEY(response_id) REFERENCES response (id) ON DELETE CASCADE, 
	CONSTRAINT ck_answer_tag CHECK (tag IN ('satisfaction', 'trust', 'commitment', 'value', 'recommend', 'effort', 'closeness-wanted', 'closeness-felt', 'cadence', 'channel', 'open'))
)
 WITHOUT ROWID

;
INSERT INTO "answer" VALUES(1,'else',2,'open','What should we do otherwise, or keep as it is?',NULL,'call ñ',0,0,0);
INSERT INTO "answer" VALUES(1,'satisfied',0,'satisfaction','All in all, how content are you with us?',4,'',1,5,0);
INSERT INTO "answer" VALUES(1,'wanted',1,'closeness-wanted','And how close would you like it?',NULL,'regular',0,0,0);
INSERT INTO "answer" VALUES(2,'recommend',0,'recommend','If somebody you care about needed what we do, how gladly would you send them to us?',8,'',0,10,0);
CREATE TABLE batch (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor VARCHAR NOT NULL, 
	command VARCHAR NOT NULL, 
	rows INTEGER NOT NULL, 
	made VARCHAR NOT NULL, 
	undoes INTEGER, 
	final VARCHAR NOT NULL, 
	handed_to VARCHAR NOT NULL, 
	mark VARCHAR NOT NULL, 
	brought VARCHAR NOT NULL, 
	CONSTRAINT pk_batch PRIMARY KEY (id), 
	CONSTRAINT ck_batch_rows_whole CHECK (rows = CAST(rows AS BIGINT) AND rows >= 0), 
	CONSTRAINT fk_batch_undoes_batch FOREIGN KEY(undoes) REFERENCES batch (id)
);
INSERT INTO "batch" VALUES(1,'2026-11-21 10:00:00.000000','somebody','contact add',2,'{"contact": 1}',NULL,'','','b4ef9c48059892bd','');
INSERT INTO "batch" VALUES(2,'2026-11-21 10:00:00.000000','somebody','contact add',5,'{"contact": 1}',NULL,'','','84fea37e88c82ed1','');
INSERT INTO "batch" VALUES(3,'2026-11-21 10:00:00.000000','somebody','contact add',4,'{"contact": 1, "referral": 1, "works_for": 1}',NULL,'','','99777b1ac880372b','');
INSERT INTO "batch" VALUES(4,'2026-11-21 10:00:00.000000','somebody','contact add',3,'{"contact": 1}',NULL,'','','e8951e69ca536de5','');
INSERT INTO "batch" VALUES(5,'2026-11-21 10:00:00.000000','somebody','contact add',2,'{"contact": 1}',NULL,'it holds records of a forgotten contact','','377bb10a0fedb90d','');
INSERT INTO "batch" VALUES(6,'2026-11-21 10:00:00.000000','somebody','log-interaction',2,'{"interaction": 1}',NULL,'','','4701d82d6b82016e','');
INSERT INTO "batch" VALUES(7,'2026-11-21 10:00:00.000000','somebody','log-interaction',3,'{"interaction": 1}',NULL,'','','3fc7a1b64c7cda39','');
INSERT INTO "batch" VALUES(8,'2026-11-21 10:00:00.000000','somebody','log-interaction',3,'{"interaction": 1}',NULL,'it holds records of a forgotten contact','','b3b211bfdece6673','');
INSERT INTO "batch" VALUES(9,'2026-11-21 10:00:00.000000','somebody','log-transaction',1,'{"transaction": 1}',NULL,'','','41a16c85b93cfa94','');
INSERT INTO "batch" VALUES(10,'2026-11-21 10:00:00.000000','somebody','log-transaction',1,'{"transaction": 1}',NULL,'','','49138c6d7aa974db','');
INSERT INTO "batch" VALUES(11,'2026-11-21 10:00:00.000000','somebody','log-transaction',1,'{"transaction": 1}',NULL,'it holds records of a forgotten contact','','e190fe04ea691154','');
INSERT INTO "batch" VALUES(12,'2026-11-21 10:00:00.000000','somebody','import transactions',2,'{"transaction": 2}',NULL,'','','8876e9b28f9c9adb','');
INSERT INTO "batch" VALUES(13,'2026-11-21 10:00:00.000000','somebody','contact edit',2,'{}',NULL,'','','4b9eae2dd9810e92','');
INSERT INTO "batch" VALUES(14,'2026-11-21 10:00:00.000000','somebody','contact merge',11,'{}',NULL,'','','a22da7b1fe9702bb','');
INSERT INTO "batch" VALUES(15,'2026-11-21 10:00:00.000000','somebody','interaction edit',1,'{"removed": 1}',NULL,'','','e854d421f793f1e5','');
INSERT INTO "batch" VALUES(16,'2026-11-21 10:00:00.000000','somebody','log-interaction',2,'{"interaction": 1}',NULL,'','','97f61c96d845cc8f','');
INSERT INTO "batch" VALUES(17,'2026-11-21 10:00:00.000000','somebody','book undo',1,'{}',16,'','','d4ba226eb0259091','');
INSERT INTO "batch" VALUES(18,'2026-11-21 10:00:00.000000','somebody','interaction remove',1,'{"removed": 2}',NULL,'','','a95afbb6f5436364','');
INSERT INTO "batch" VALUES(19,'2026-11-21 10:00:00.000000','somebody','book undo',1,'{}',18,'','','adcd463a15386a79','');
INSERT INTO "batch" VALUES(20,'2026-11-21 10:00:00.000000','somebody','log-interaction',2,'{"interaction": 1}',NULL,'','','aadf7dcb44f4ff79','');
INSERT INTO "batch" VALUES(21,'2026-11-21 10:00:00.000000','somebody','interaction remove',1,'{"removed": 2}',NULL,'','','452516c538b07933','');
INSERT INTO "batch" VALUES(22,'2026-11-21 10:00:00.000000','somebody','book merge-copy',2,'{"interaction": 1, "origin": 1}',NULL,'','','385da81c1ca5f195','5e286ea84ea3e25c');
INSERT INTO "batch" VALUES(23,'2026-11-21 10:00:00.000000','somebody','log-interaction',3,'{"interaction": 1, "promise": 1}',NULL,'','','8fa602db23e3798c','');
INSERT INTO "batch" VALUES(24,'2026-11-21 10:00:00.000000','somebody','promise keep',1,'{}',NULL,'','','61af03fb8a24de8d','');
INSERT INTO "batch" VALUES(25,'2026-11-21 10:00:00.000000','somebody','promise add',1,'{"promise": 1}',NULL,'','','a6600e81595e065b','');
INSERT INTO "batch" VALUES(26,'2026-11-21 10:00:00.000000','somebody','preference set',2,'{"preference": 2}',NULL,'','','0f618f3fb17694e5','');
INSERT INTO "batch" VALUES(27,'2026-11-21 10:00:00.000000','somebody','preference set',1,'{"preference": 1}',NULL,'','','d92ae16debbb9dea','');
INSERT INTO "batch" VALUES(28,'2026-11-21 10:00:00.000000','somebody','circumstance set',1,'{"circumstance": 1}',NULL,'','','c46eb92e716f723d','');
INSERT INTO "batch" VALUES(29,'2026-11-21 10:00:00.000000','somebody','initiative start',1,'{"initiative": 1}',NULL,'','','99d700266df235a0','');
INSERT INTO "batch" VALUES(30,'2026-11-21 10:00:00.000000','somebody','contact add',2,'{"contact": 1}',NULL,'','','990350dc7008a735','');
INSERT INTO "batch" VALUES(31,'2026-11-21 10:00:00.000000','somebody','initiative enroll',2,'{"enrolment": 2}',NULL,'','','b9417f7682a06761','');
INSERT INTO "batch" VALUES(32,'2026-11-21 10:00:00.000000','somebody','initiative stop',1,'{}',NULL,'','','87055eb8e936a534','');
INSERT INTO "batch" VALUES(33,'2026-11-21 10:00:00.000000','somebody','later',1,'{"later": 1}',NULL,'','','2b6b3548ae98805a','');
INSERT INTO "batch" VALUES(34,'2026-11-21 10:00:00.000000','somebody','remind',1,'{"reminder": 1}',NULL,'','','5a01aba929abf680','');
INSERT INTO "batch" VALUES(35,'2026-11-21 10:00:00.000000','somebody','remind',1,'{"reminder": 1}',NULL,'','','8959b9c56303e281','');
INSERT INTO "batch" VALUES(36,'2026-11-21 10:00:00.000000','somebody','reminder done',1,'{}',NULL,'','','1635fb564a2871c5','');
INSERT INTO "batch" VALUES(37,'2026-11-21 10:00:00.000000','somebody','plan set',1,'{"plan": 1}',NULL,'','','8dd8c4beb6a8f71d','');
INSERT INTO "batch" VALUES(38,'2026-11-21 10:00:00.000000','somebody','plan review',2,'{"plan": 1}',NULL,'','','fb43b9b8dfe40374','');
INSERT INTO "batch" VALUES(39,'2026-11-21 10:00:00.000000','somebody','plan set',1,'{"plan": 1}',NULL,'','','817406dba04119dc','');
INSERT INTO "batch" VALUES(40,'2026-11-21 10:00:00.000000','somebody','plan clear',1,'{}',NULL,'','','95f1ec6b0b03b1ca','');
INSERT INTO "batch" VALUES(41,'2026-11-21 10:00:00.000000','somebody','survey record',5,'{"preference": 1, "response": 1}',NULL,'','','3dd9efd7eff2ed95','');
INSERT INTO "batch" VALUES(42,'2026-11-21 10:00:00.000000','somebody','survey record',2,'{"response": 1}',NULL,'','','b175e54950c16ab5','');
INSERT INTO "batch" VALUES(43,'2026-09-20 12:00:00.000000','somebody','survey invite',3,'{"interaction": 1, "invitation": 1}',NULL,'','','8e0c67a59f6d3492','');
INSERT INTO "batch" VALUES(44,'2026-11-21 10:00:00.000000','somebody','survey edit',2,'{}',NULL,'','','a2c13da704f0ea27','');
INSERT INTO "batch" VALUES(45,'2026-11-21 10:00:00.000000','somebody','book set',1,'{"setting": 1}',NULL,'','','8e24b105031ef4b8','');
INSERT INTO "batch" VALUES(46,'2026-11-21 10:00:00.000000','somebody','book set',1,'{}',NULL,'','','1e659ba346b7678d','');
INSERT INTO "batch" VALUES(47,'2026-11-21 10:00:00.000000','somebody','contact archive',1,'{}',NULL,'','','dd4e9243d79903d2','');
INSERT INTO "batch" VALUES(48,'2026-11-21 10:00:00.000000','somebody','contact forget',8,'{"contact": 1}',NULL,'what was forgotten cannot be brought back','','da03fb72ba9e140e','');
INSERT INTO "batch" VALUES(49,'2026-11-21 10:00:00.000000','somebody','contact export',0,'{}',NULL,'a copy was handed over','Ana, by mail','ac04ef87436bab55','');
CREATE TABLE book (
	id INTEGER NOT NULL, 
	timezone VARCHAR NOT NULL, 
	currency VARCHAR NOT NULL, 
	created DATETIME NOT NULL, 
	secret VARCHAR NOT NULL, 
	CONSTRAINT pk_book PRIMARY KEY (id), 
	CONSTRAINT ck_book_id_whole CHECK (id = CAST(id AS BIGINT) AND id >= 1 AND id <= 1), 
	CONSTRAINT ck_book_currency_code CHECK (length(currency) = 3), 
	CONSTRAINT ck_book_timezone_set CHECK (length(timezone) > 0), 
	CONSTRAINT ck_book_secret_set CHECK (length(secret) >= 32)
);
INSERT INTO "book" VALUES(1,'Europe/Madrid','EUR','2026-11-21 10:00:00.000000','b399f5fa5dd64e80da7226898ff305bb13eae91a224d7d955a84573626a0bfc2');
CREATE TABLE change (
	id INTEGER NOT NULL, 
	batch_id INTEGER NOT NULL, 
	noun VARCHAR NOT NULL, 
	"key" INTEGER NOT NULL, 
	"before" VARCHAR, 
	"after" VARCHAR, 
	CONSTRAINT pk_change PRIMARY KEY (id), 
	CONSTRAINT ck_change_key_whole CHECK (key = CAST(key AS BIGINT) AND key >= 1), 
	CONSTRAINT fk_change_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
INSERT INTO "change" VALUES(1,13,'contact',3,'{"address": [{"contact_id": 3, "key": "ana@example.org", "kind": "email", "rank": 0, "value": "ana@example.org"}], "row": {"archived_day": null, "batch_id": 3, "birthday": "1980-04-12", "code": "c_bp8f3q8r", "created": "2026-11-21T10:00:00+00:00", "folded": "ana ruiz", "id": 3, "kind": "person", "language": "", "name": "Ana Ruiz", "name_key": "ana ruiz", "note": "", "timezone": ""}}','{"address": [{"contact_id": 3, "key": "ana@example.org", "kind": "email", "rank": 0, "value": "ana@example.org"}], "contact_tag": [{"contact_id": 3, "tag": "regular"}], "row": {"archived_day": null, "batch_id": 13, "birthday": "1980-04-12", "code": "c_bp8f3q8r", "created": "2026-11-21T10:00:00+00:00", "folded": "ana ruiz", "id": 3, "kind": "person", "language": "", "name": "Ana Ruiz", "name_key": "ana ruiz", "note": "prefers mornings", "timezone": ""}}');
INSERT INTO "change" VALUES(2,14,'contact',3,'{"address": [{"contact_id": 3, "key": "ana@example.org", "kind": "email", "rank": 0, "value": "ana@example.org"}], "contact_tag": [{"contact_id": 3, "tag": "regular"}], "row": {"archived_day": null, "batch_id": 13, "birthday": "1980-04-12", "code": "c_bp8f3q8r", "created": "2026-11-21T10:00:00+00:00", "folded": "ana ruiz", "id": 3, "kind": "person", "language": "", "name": "Ana Ruiz", "name_key": "ana ruiz", "note": "prefers mornings", "timezone": ""}}','{"address": [{"contact_id": 3, "key": "ana.old@example.org", "kind": "email", "rank": 1, "value": "ana.old@example.org"}, {"contact_id": 3, "key": "ana@example.org", "kind": "email", "rank": 0, "value": "ana@example.org"}], "alias": [{"code": "c_8ry5y1wx", "contact_id": 3}], "contact_name": [{"contact_id": 3, "kind": "merged", "name": "Ana R.", "name_key": "ana r"}], "contact_role": [{"contact_id": 3, "role": "customer"}], "contact_tag": [{"contact_id": 3, "tag": "regular"}], "row": {"archived_day": null, "batch_id": 14, "birthday": "1980-04-12", "code": "c_bp8f3q8r", "created": "2026-11-21T10:00:00+00:00", "folded": "ana ruiz", "id": 3, "kind": "person", "language": "", "name": "Ana Ruiz", "name_key": "ana ruiz", "note": "prefers mornings\nalso known as Ana R.", "timezone": "Europe/Paris"}}');
INSERT INTO "change" VALUES(3,14,'contact',4,'{"address": [{"contact_id": 4, "key": "ana.old@example.org", "kind": "email", "rank": 0, "value": "ana.old@example.org"}], "contact_role": [{"contact_id": 4, "role": "customer"}], "row": {"archived_day": null, "batch_id": 4, "birthday": "", "code": "c_8ry5y1wx", "created": "2026-11-21T10:00:00+00:00", "folded": "ana r.", "id": 4, "kind": "person", "language": "", "name": "Ana R.", "name_key": "ana r", "note": "", "timezone": "Europe/Paris"}}',NULL);
INSERT INTO "change" VALUES(4,14,'interaction',2,'{"interaction_contact": [{"contact_id": 2, "day": 20459, "direction": "both", "interaction_id": 2}, {"contact_id": 4, "day": 20459, "direction": "both", "interaction_id": 2}], "row": {"at": null, "batch_id": 7, "channel": "meeting", "day": 20459, "direction": "both", "external_id": null, "folded": null, "id": 2, "key": null, "minutes": null, "purpose": null, "say": null, "sentiment": null, "source": "", "summary": "with Bo", "zone": ""}}','{"interaction_contact": [{"contact_id": 2, "day": 20459, "direction": "both", "interaction_id": 2}, {"contact_id": 3, "day": 20459, "direction": "both", "interaction_id": 2}], "row": {"at": null, "batch_id": 14, "channel": "meeting", "day": 20459, "direction": "both", "external_id": null, "folded": null, "id": 2, "key": null, "minutes": null, "purpose": null, "say": null, "sentiment": null, "source": "", "summary": "with Bo", "zone": ""}}');
INSERT INTO "change" VALUES(5,14,'transaction',1,'{"row": {"amount": 1250, "at": "2026-02-01T08:30:00+00:00", "batch_id": 9, "contact_id": 4, "currency": "EUR", "day": 20485, "external_id": null, "folded": null, "id": 1, "item": "loaf", "key": null, "kind": "sale", "source": "", "zone": "Europe/Madrid"}}','{"row": {"amount": 1250, "at": "2026-02-01T08:30:00+00:00", "batch_id": 14, "contact_id": 3, "currency": "EUR", "day": 20485, "external_id": null, "folded": null, "id": 1, "item": "loaf", "key": null, "kind": "sale", "source": "", "zone": "Europe/Madrid"}}');
INSERT INTO "change" VALUES(6,15,'interaction',1,'{"interaction_contact": [{"contact_id": 3, "day": 20458, "direction": "in", "interaction_id": 1}], "row": {"at": "2026-01-05T09:00:00+00:00", "batch_id": 6, "channel": "email", "day": 20458, "direction": "in", "external_id": null, "folded": null, "id": 1, "key": null, "minutes": 12, "purpose": "advice", "say": null, "sentiment": 1, "source": "", "summary": "asked about May", "zone": "Europe/Madrid"}}','{"interaction_contact": [{"contact_id": 3, "day": 20458, "direction": "in", "interaction_id": 1}], "row": {"at": "2026-01-05T09:00:00+00:00", "batch_id": 15, "channel": "email", "day": 20458, "direction": "in", "external_id": null, "folded": null, "id": 1, "key": null, "minutes": 12, "purpose": "advice", "say": null, "sentiment": 1, "source": "", "summary": "asked about June", "zone": "Europe/Madrid"}}');
INSERT INTO "change" VALUES(7,17,'interaction',4,'{"interaction_contact": [{"contact_id": 2, "day": 20778, "direction": "both", "interaction_id": 4}], "row": {"at": "2026-11-21T10:00:00+00:00", "batch_id": 16, "channel": "other", "day": 20778, "direction": "both", "external_id": null, "folded": null, "id": 4, "key": null, "minutes": null, "purpose": null, "say": null, "sentiment": null, "source": "", "summary": "mistaken", "zone": "Europe/Madrid"}}',NULL);
INSERT INTO "change" VALUES(8,18,'interaction',1,'{"interaction_contact": [{"contact_id": 3, "day": 20458, "direction": "in", "interaction_id": 1}], "row": {"at": "2026-01-05T09:00:00+00:00", "batch_id": 15, "channel": "email", "day": 20458, "direction": "in", "external_id": null, "folded": null, "id": 1, "key": null, "minutes": 12, "purpose": "advice", "say": null, "sentiment": 1, "source": "", "summary": "asked about June", "zone": "Europe/Madrid"}}',NULL);
INSERT INTO "change" VALUES(9,19,'interaction',1,NULL,'{"interaction_contact": [{"contact_id": 3, "day": 20458, "direction": "in", "interaction_id": 1}], "row": {"at": "2026-01-05T09:00:00+00:00", "batch_id": 15, "channel": "email", "day": 20458, "direction": "in", "external_id": null, "folded": null, "id": 1, "key": null, "minutes": 12, "purpose": "advice", "say": null, "sentiment": 1, "source": "", "summary": "asked about June", "zone": "Europe/Madrid"}}');
INSERT INTO "change" VALUES(10,19,'removed',2,'{"row": {"batch_id": 18, "day": 20778, "digest": "91b5c0b5e64934e7774fece04560c70715596765cf38b6312327437c149cc847", "id": 2}}',NULL);
INSERT INTO "change" VALUES(11,19,'removed',3,'{"row": {"batch_id": 18, "day": 20778, "digest": "70e8cd85cd3367064c1bfda4d3f532f6a4056a39b349387719592774504ee048", "id": 3}}',NULL);
INSERT INTO "change" VALUES(12,21,'interaction',5,'{"interaction_contact": [{"contact_id": 2, "day": 20461, "direction": "in", "interaction_id": 5}], "row": {"at": null, "batch_id": 20, "channel": "email", "day": 20461, "direction": "in", "external_id": null, "folded": null, "id": 5, "key": null, "minutes": null, "purpose": null, "say": null, "sentiment": null, "source": "", "summary": "wrong person", "zone": ""}}',NULL);
INSERT INTO "change" VALUES(13,24,'promise',1,'{"row": {"batch_id": 23, "closed_day": null, "contact_id": 3, "due_day": 20520, "folded": null, "how": null, "id": 1, "kind": "complaint", "made_day": 20513, "owed_by": "us", "text": "a crease in the album"}}','{"row": {"batch_id": 24, "closed_day": 20516, "contact_id": 3, "due_day": 20520, "folded": null, "how": "kept", "id": 1, "kind": "complaint", "made_day": 20513, "owed_by": "us", "text": "a crease in the album"}}');
INSERT INTO "change" VALUES(14,32,'initiative',1,'{"row": {"batch_id": 29, "cost": 4000, "currency": "USD", "from_day": 20544, "hypothesis": "they come back", "id": 1, "key": "calls", "name": "Calls", "outcome": "signs", "stopped_day": null, "until_day": null}}','{"row": {"batch_id": 32, "cost": 4000, "currency": "USD", "from_day": 20544, "hypothesis": "they come back", "id": 1, "key": "calls", "name": "Calls", "outcome": "signs", "stopped_day": 20778, "until_day": null}}');
INSERT INTO "change" VALUES(15,36,'reminder',2,'{"row": {"batch_id": 35, "contact_id": 2, "done_day": null, "due_day": 20778, "id": 2, "made_day": 20778, "text": "call him"}}','{"row": {"batch_id": 36, "contact_id": 2, "done_day": 20778, "due_day": 20778, "id": 2, "made_day": 20778, "text": "call him"}}');
INSERT INTO "change" VALUES(16,38,'plan',1,'{"row": {"aim": "loyal", "batch_id": 37, "contact_id": 3, "day": 20778, "due_day": 20797, "id": 1, "note": "", "review_day": 20850, "step": "show her the album ñ", "until_day": null}}','{"row": {"aim": "loyal", "batch_id": 38, "contact_id": 3, "day": 20778, "due_day": 20797, "id": 1, "note": "", "review_day": 20850, "step": "show her the album ñ", "until_day": 20778}}');
INSERT INTO "change" VALUES(17,40,'plan',3,'{"row": {"aim": "", "batch_id": 39, "contact_id": 2, "day": 20778, "due_day": null, "id": 3, "note": "", "review_day": 20828, "step": "", "until_day": null}}','{"row": {"aim": "", "batch_id": 40, "contact_id": 2, "day": 20778, "due_day": null, "id": 3, "note": "", "review_day": 20828, "step": "", "until_day": 20778}}');
INSERT INTO "change" VALUES(18,44,'response',2,'{"answer": [{"high": 10, "item": "recommend", "low": 0, "place": 0, "response_id": 2, "reversed": false, "tag": "recommend", "text": "If somebody you care about needed what we do, how gladly would you send them to us?", "value": 3, "words": ""}], "row": {"at": null, "batch_id": 42, "contact_id": 3, "day": 20520, "external_id": null, "id": 2, "source": "", "survey": "pulse", "version": 1, "zone": ""}}','{"answer": [{"high": 10, "item": "recommend", "low": 0, "place": 0, "response_id": 2, "reversed": false, "tag": "recommend", "text": "If somebody you care about needed what we do, how gladly would you send them to us?", "value": 8, "words": ""}], "row": {"at": null, "batch_id": 44, "contact_id": 3, "day": 20520, "external_id": null, "id": 2, "source": "", "survey": "pulse", "version": 1, "zone": ""}}');
INSERT INTO "change" VALUES(19,46,'setting',1,'{"row": {"batch_id": 45, "id": 1, "name": "timezone", "value": "Europe/Berlin"}}','{"row": {"batch_id": 46, "id": 1, "name": "timezone", "value": "Europe/Madrid"}}');
INSERT INTO "change" VALUES(20,47,'contact',2,'{"address": [{"contact_id": 2, "key": "bo@example.org", "kind": "email", "rank": 0, "value": "bo@example.org"}, {"contact_id": 2, "key": "bo", "kind": "handle", "rank": 0, "value": "@bo"}, {"contact_id": 2, "key": "+34600000001", "kind": "phone", "rank": 0, "value": "+34600000001"}], "contact_tag": [{"contact_id": 2, "tag": "friend"}], "row": {"archived_day": null, "batch_id": 2, "birthday": "", "code": "c_2akbnfnf", "created": "2026-11-21T10:00:00+00:00", "folded": "bo lind", "id": 2, "kind": "person", "language": "sv", "name": "Bo Lind", "name_key": "bo lind", "note": "", "timezone": ""}}','{"address": [{"contact_id": 2, "key": "bo@example.org", "kind": "email", "rank": 0, "value": "bo@example.org"}, {"contact_id": 2, "key": "bo", "kind": "handle", "rank": 0, "value": "@bo"}, {"contact_id": 2, "key": "+34600000001", "kind": "phone", "rank": 0, "value": "+34600000001"}], "contact_tag": [{"contact_id": 2, "tag": "friend"}], "row": {"archived_day": 20778, "batch_id": 47, "birthday": "", "code": "c_2akbnfnf", "created": "2026-11-21T10:00:00+00:00", "folded": "bo lind", "id": 2, "kind": "person", "language": "sv", "name": "Bo Lind", "name_key": "bo lind", "note": "", "timezone": ""}}');
INSERT INTO "change" VALUES(21,49,'contact',3,NULL,NULL);
CREATE TABLE circumstance (
	id INTEGER NOT NULL, 
	contact_id INTEGER NOT NULL, 
	factor VARCHAR(24) NOT NULL, 
	theirs INTEGER, 
	ours INTEGER, 
	note VARCHAR NOT NULL, 
	day INTEGER NOT NULL, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_circumstance PRIMARY KEY (id), 
	CONSTRAINT ck_circumstance_day_whole CHECK (day = CAST(day AS BIGINT)), 
	CONSTRAINT ck_circumstance_theirs_whole CHECK (theirs = CAST(theirs AS BIGINT) AND theirs >= 1 AND theirs <= 5), 
	CONSTRAINT ck_circumstance_ours_whole CHECK (ours = CAST(ours AS BIGINT) AND ours >= 1 AND ours <= 5), 
	CONSTRAINT ck_circumstance_something_said CHECK (theirs IS NOT NULL OR ours IS NOT NULL OR length(note) > 0), 
	CONSTRAINT fk_circumstance_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id), 
	CONSTRAINT ck_circumstance_factor CHECK (factor IN ('need', 'location', 'interest', 'alternatives', 'switching-cost', 'importance', 'uncertainty', 'life-stage')), 
	CONSTRAINT fk_circumstance_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
INSERT INTO "circumstance" VALUES(1,3,'need',4,2,'moves soon',20518,28);
CREATE TABLE contact (
	id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	name VARCHAR NOT NULL, 
	folded VARCHAR NOT NULL, 
	name_key VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	timezone VARCHAR NOT NULL, 
	birthday VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	created DATETIME NOT NULL, 
	archived_day INTEGER, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_contact PRIMARY KEY (id), 
	CONSTRAINT uq_contact_code UNIQUE (code), 
	CONSTRAINT ck_contact_name_set CHECK (length(name) > 0), 
	CONSTRAINT ck_contact_archived_day_whole CHECK (archived_day = CAST(archived_day AS BIGINT)), 
	CONSTRAINT ck_contact_kind CHECK (kind IN ('person', 'organisation')), 
	CONSTRAINT fk_contact_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
INSERT INTO "contact" VALUES(1,'c_5xpcd2w2','organisation','Bright Bakery','bright bakery','bakery bright','','','','Flour, and a "quote"; ñ — ✓','2026-11-21 10:00:00.000000',NULL,1);
INSERT INTO "contact" VALUES(2,'c_2akbnfnf','person','Bo Lind','bo lind','bo lind','sv','','','','2026-11-21 10:00:00.000000',20778,47);
INSERT INTO "contact" VALUES(3,'c_bp8f3q8r','person','Ana Ruiz','ana ruiz','ana ruiz','','Europe/Paris','1980-04-12','prefers mornings
also known as Ana R.','2026-11-21 10:00:00.000000',NULL,14);
INSERT INTO "contact" VALUES(6,'c_gdm6zdeg','person','Dora Klein','dora klein','dora klein','','','','','2026-11-21 10:00:00.000000',NULL,30);
INSERT INTO "contact" VALUES(7,'c_syr7snns','person','forgotten','forgotten','forgotten','','','','','2026-11-21 10:00:00.000000',20778,48);
CREATE TABLE contact_name (
	contact_id INTEGER NOT NULL, 
	name_key VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	CONSTRAINT pk_contact_name PRIMARY KEY (contact_id, name_key), 
	CONSTRAINT ck_contact_name_name_set CHECK (length(name) > 0), 
	CONSTRAINT fk_contact_name_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE, 
	CONSTRAINT ck_contact_name_kind CHECK (kind IN ('former', 'merged'))
)
 WITHOUT ROWID

;
INSERT INTO "contact_name" VALUES(3,'ana r','Ana R.','merged');
CREATE TABLE contact_role (
	contact_id INTEGER NOT NULL, 
	role VARCHAR NOT NULL, 
	CONSTRAINT pk_contact_role PRIMARY KEY (contact_id, role), 
	CONSTRAINT ck_contact_role_role_set CHECK (length(role) > 0), 
	CONSTRAINT fk_contact_role_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "contact_role" VALUES(1,'supplier');
INSERT INTO "contact_role" VALUES(3,'customer');
CREATE TABLE contact_tag (
	contact_id INTEGER NOT NULL, 
	tag VARCHAR NOT NULL, 
	CONSTRAINT pk_contact_tag PRIMARY KEY (contact_id, tag), 
	CONSTRAINT ck_contact_tag_tag_set CHECK (length(tag) > 0), 
	CONSTRAINT fk_contact_tag_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "contact_tag" VALUES(2,'friend');
INSERT INTO "contact_tag" VALUES(3,'regular');
CREATE TABLE counter (
	noun VARCHAR NOT NULL, 
	last BIGINT NOT NULL, 
	CONSTRAINT pk_counter PRIMARY KEY (noun), 
	CONSTRAINT ck_counter_last_whole CHECK (last = CAST(last AS BIGINT) AND last >= 0)
);
INSERT INTO "counter" VALUES('batch',49);
INSERT INTO "counter" VALUES('contact',7);
INSERT INTO "counter" VALUES('works_for',1);
INSERT INTO "counter" VALUES('referral',1);
INSERT INTO "counter" VALUES('interaction',8);
INSERT INTO "counter" VALUES('transaction',5);
INSERT INTO "counter" VALUES('change',21);
INSERT INTO "counter" VALUES('removed',5);
INSERT INTO "counter" VALUES('origin',1);
INSERT INTO "counter" VALUES('promise',2);
INSERT INTO "counter" VALUES('preference',4);
INSERT INTO "counter" VALUES('circumstance',1);
INSERT INTO "counter" VALUES('initiative',1);
INSERT INTO "counter" VALUES('enrolment',2);
INSERT INTO "counter" VALUES('later',1);
INSERT INTO "counter" VALUES('reminder',2);
INSERT INTO "counter" VALUES('plan',3);
INSERT INTO "counter" VALUES('response',2);
INSERT INTO "counter" VALUES('invitation',1);
INSERT INTO "counter" VALUES('setting',1);
CREATE TABLE enrolment (
	id INTEGER NOT NULL, 
	contact_id INTEGER NOT NULL, 
	initiative_id INTEGER NOT NULL, 
	side VARCHAR(24) NOT NULL, 
	day INTEGER NOT NULL, 
	stratum VARCHAR NOT NULL, 
	seed BIGINT, 
	share INTEGER, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_enrolment PRIMARY KEY (id), 
	CONSTRAINT uq_enrolment_initiative_id_contact_id UNIQUE (initiative_id, contact_id), 
	CONSTRAINT ck_enrolment_day_whole CHECK (day = CAST(day AS BIGINT)), 
	CONSTRAINT ck_enrolment_seed_whole CHECK (seed = CAST(seed AS BIGINT) AND seed >= 0), 
	CONSTRAINT ck_enrolment_share_whole CHECK (share = CAST(share AS BIGINT) AND share >= 0 AND share <= 10000), 
	CONSTRAINT ck_enrolment_drawn_wholly CHECK ((seed IS NULL) = (share IS NULL)), 
	CONSTRAINT ck_enrolment_compared_by_lot CHECK (seed IS NOT NULL OR side = 'enrolled'), 
	CONSTRAINT fk_enrolment_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id), 
	CONSTRAINT fk_enrolment_initiative_id_initiative FOREIGN KEY(initiative_id) REFERENCES initiative (id), 
	CONSTRAINT ck_enrolment_side CHECK (side IN ('enrolled', 'comparison')), 
	CONSTRAINT fk_enrolment_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
INSERT INTO "enrolment" VALUES(1,3,1,'comparison',20778,'others',126791784537176,5000,31);
INSERT INTO "enrolment" VALUES(2,6,1,'enrolled',20778,'others',126791784537176,5000,31);
CREATE TABLE external_id (
	source VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	contact_id INTEGER NOT NULL, 
	CONSTRAINT pk_external_id PRIMARY KEY (source, value), 
	CONSTRAINT ck_external_id_value_set CHECK (length(value) > 0), 
	CONSTRAINT fk_external_id_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "external_id" VALUES('relcli','forgotten',7);
CREATE TABLE forgotten (
	digest VARCHAR NOT NULL, 
	no_contact BOOLEAN NOT NULL, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_forgotten PRIMARY KEY (digest), 
	CONSTRAINT fk_forgotten_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
)
 WITHOUT ROWID

;
INSERT INTO "forgotten" VALUES('7025c29cc80b979a3e1bcbcbfbc79e7f38ea082af1185d1d88e9beb4c1612cfc',0,48);
INSERT INTO "forgotten" VALUES('e5941aeded2ea78b5ccc78293c11df5c8944c7d150ed6ca3a14764cec7435b10',0,48);
CREATE TABLE initiative (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	hypothesis VARCHAR NOT NULL, 
	outcome VARCHAR(24) NOT NULL, 
	from_day INTEGER NOT NULL, 
	until_day INTEGER, 
	stopped_day INTEGER, 
	cost BIGINT, 
	currency VARCHAR, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_initiative PRIMARY KEY (id), 
	CONSTRAINT uq_initiative_key UNIQUE ("key"), 
	CONSTRAINT ck_initiative_from_day_whole CHECK (from_day = CAST(from_day AS BIGINT)), 
	CONSTRAINT ck_initiative_until_day_whole CHECK (until_day = CAST(until_day AS BIGINT)), 
	CONSTRAINT ck_initiative_stopped_day_whole CHECK (stopped_day = CAST(stopped_day AS BIGINT)), 
	CONSTRAINT ck_initiative_cost_whole CHECK (cost = CAST(cost AS BIGINT) AND cost >= 0), 
	CONSTRAINT ck_initiative_name_set CHECK (length(name) > 0), 
	CONSTRAINT ck_initiative_hypothesis_set CHECK (length(hypothesis) > 0), 
	CONSTRAINT ck_initiative_forward CHECK (until_day IS NULL OR until_day >= from_day), 
	CONSTRAINT ck_initiative_stopped_forward CHECK (stopped_day IS NULL OR stopped_day >= from_day), 
	CONSTRAINT ck_initiative_cost_in_something CHECK ((cost IS NULL) = (currency IS NULL)), 
	CONSTRAINT ck_initiative_currency_code CHECK (length(currency) = 3), 
	CONSTRAINT ck_initiative_outcome CHECK (outcome IN ('health', 'signs', 'sales', 'rhythm', 'terms', 'reciprocity', 'promises', 'voice', 'loyalty')), 
	CONSTRAINT fk_initiative_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
INSERT INTO "initiative" VALUES(1,'Calls','calls','they come back','signs',20544,NULL,20778,4000,'USD',32);
CREATE TABLE interaction (
	id INTEGER NOT NULL, 
	day INTEGER NOT NULL, 
	at DATETIME, 
	zone VARCHAR NOT NULL, 
	channel VARCHAR NOT NULL, 
	direction VARCHAR(24) NOT NULL, 
	summary VARCHAR NOT NULL, 
	say VARCHAR, 
	folded VARCHAR, 
	minutes INTEGER, 
	sentiment INTEGER, 
	purpose VARCHAR(24), 
	source VARCHAR NOT NULL, 
	external_id VARCHAR, 
	"key" VARCHAR, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_interaction PRIMARY KEY (id), 
	CONSTRAINT uq_interaction_source_external_id UNIQUE (source, external_id), 
	CONSTRAINT uq_interaction_key UNIQUE ("key"), 
	CONSTRAINT ck_interaction_day_whole CHECK (day = CAST(day AS BIGINT)), 
	CONSTRAINT ck_interaction_minutes_whole CHECK (minutes = CAST(minutes AS BIGINT) AND minutes >= 0), 
	CONSTRAINT ck_interaction_sentiment_whole CHECK (sentiment = CAST(sentiment AS BIGINT) AND sentiment >= -2 AND sentiment <= 2), 
	CONSTRAINT ck_interaction_channel_set CHECK (length(channel) > 0), 
	CONSTRAINT ck_interaction_direction CHECK (direction IN ('in', 'out', 'both')), 
	CONSTRAINT ck_interaction_purpose CHECK (purpose IN ('service', 'order', 'check-in', 'advice', 'help', 'thanks', 'gift', 'favour', 'marketing', 'pitch', 'survey', 'referral-request', 'complaint', 'other')), 
	CONSTRAINT fk_interaction_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
INSERT INTO "interaction" VALUES(1,20458,'2026-01-05 09:00:00.000000','Europe/Madrid','email','in','asked about June',NULL,NULL,12,1,'advice','',NULL,NULL,15);
INSERT INTO "interaction" VALUES(2,20459,NULL,'','meeting','both','with Bo',NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,14);
INSERT INTO "interaction" VALUES(3,20460,NULL,'','meeting','both','',NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,48);
INSERT INTO "interaction" VALUES(6,20462,NULL,'','email','out','on the laptop',NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,22);
INSERT INTO "interaction" VALUES(7,20513,NULL,'','phone','in','a crease in the album',NULL,NULL,NULL,NULL,'complaint','',NULL,NULL,23);
INSERT INTO "interaction" VALUES(8,20716,'2026-09-20 12:00:00.000000','Europe/Madrid','email','out','How did it go?',NULL,NULL,NULL,NULL,'survey','',NULL,NULL,43);
CREATE TABLE interaction_contact (
	contact_id INTEGER NOT NULL, 
	day INTEGER NOT NULL, 
	interaction_id INTEGER NOT NULL, 
	direction VARCHAR(24) NOT NULL, 
	CONSTRAINT pk_interaction_contact PRIMARY KEY (contact_id, day, interaction_id), 
	CONSTRAINT ck_interaction_contact_day_whole CHECK (day = CAST(day AS BIGINT)), 
	CONSTRAINT fk_interaction_contact_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id), 
	CONSTRAINT fk_interaction_contact_interaction_id_interaction FOREIGN KEY(interaction_id) REFERENCES interaction (id) ON DELETE CASCADE, 
	CONSTRAINT ck_interaction_contact_direction CHECK (direction IN ('in', 'out', 'both'))
)
 WITHOUT ROWID

;
INSERT INTO "interaction_contact" VALUES(2,20459,2,'both');
INSERT INTO "interaction_contact" VALUES(2,20460,3,'both');
INSERT INTO "interaction_contact" VALUES(2,20462,6,'out');
INSERT INTO "interaction_contact" VALUES(3,20458,1,'in');
INSERT INTO "interaction_contact" VALUES(3,20459,2,'both');
INSERT INTO "interaction_contact" VALUES(3,20513,7,'in');
INSERT INTO "interaction_contact" VALUES(3,20716,8,'out');
CREATE TABLE invitation (
	id INTEGER NOT NULL, 
	contact_id INTEGER NOT NULL, 
	survey VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	language VARCHAR NOT NULL, 
	token VARCHAR NOT NULL, 
	channel VARCHAR NOT NULL, 
	day INTEGER NOT NULL, 
	at DATETIME, 
	zone VARCHAR NOT NULL, 
	reminded_day INTEGER, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_invitation PRIMARY KEY (id), 
	CONSTRAINT uq_invitation_token UNIQUE (token), 
	CONSTRAINT ck_invitation_version_whole CHECK (version = CAST(version AS BIGINT) AND version >= 1), 
	CONSTRAINT ck_invitation_day_whole CHECK (day = CAST(day AS BIGINT)), 
	CONSTRAINT ck_invitation_reminded_day_whole CHECK (reminded_day = CAST(reminded_day AS BIGINT)), 
	CONSTRAINT ck_invitation_survey_set CHECK (length(survey) > 0), 
	CONSTRAINT ck_invitation_token_set CHECK (length(token) > 0), 
	CONSTRAINT ck_invitation_forward CHECK (reminded_day IS NULL OR reminded_day >= day), 
	CONSTRAINT fk_invitation_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id), 
	CONSTRAINT fk_invitation_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
INSERT INTO "invitation" VALUES(1,3,'service',1,'en','r-c047w8n9hh','email',20716,'2026-09-20 12:00:00.000000','Europe/Madrid',NULL,43);
CREATE TABLE later (
	id INTEGER NOT NULL, 
	contact_id INTEGER NOT NULL, 
	day INTEGER NOT NULL, 
	until_day INTEGER NOT NULL, 
	because VARCHAR NOT NULL, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_later PRIMARY KEY (id), 
	CONSTRAINT ck_later_day_whole CHECK (day = CAST(day AS BIGINT)), 
	CONSTRAINT ck_later_until_day_whole CHECK (until_day = CAST(until_day AS BIGINT)), 
	CONSTRAINT fk_later_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id), 
	CONSTRAINT fk_later_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
INSERT INTO "later" VALUES(1,3,20778,20849,'on holiday',33);
CREATE TABLE origin (
	id INTEGER NOT NULL, 
	noun VARCHAR NOT NULL, 
	"key" INTEGER NOT NULL, 
	mark VARCHAR NOT NULL, 
	there INTEGER NOT NULL, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_origin PRIMARY KEY (id), 
	CONSTRAINT uq_origin_noun_mark_there UNIQUE (noun, mark, there), 
	CONSTRAINT ck_origin_key_whole CHECK (key = CAST(key AS BIGINT) AND key >= 1), 
	CONSTRAINT ck_origin_there_whole CHECK (there = CAST(there AS BIGINT) AND there >= 1), 
	CONSTRAINT ck_origin_mark_set CHECK (length(mark) > 0), 
	CONSTRAINT fk_origin_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
INSERT INTO "origin" VALUES(1,'interaction',6,'5e286ea84ea3e25c',6,22);
CREATE TABLE "plan" (
	id INTEGER NOT NULL, 
	contact_id INTEGER NOT NULL, 
	day INTEGER NOT NULL, 
	aim VARCHAR NOT NULL, 
	step VARCHAR NOT NULL, 
	due_day INTEGER, 
	review_day INTEGER, 
	note VARCHAR NOT NULL, 
	until_day INTEGER, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_plan PRIMARY KEY (id), 
	CONSTRAINT ck_plan_day_whole CHECK (day = CAST(day AS BIGINT)), 
	CONSTRAINT ck_plan_due_day_whole CHECK (due_day = CAST(due_day AS BIGINT)), 
	CONSTRAINT ck_plan_review_day_whole CHECK (review_day = CAST(review_day AS BIGINT)), 
	CONSTRAINT ck_plan_until_day_whole CHECK (until_day = CAST(until_day AS BIGINT)), 
	CONSTRAINT ck_plan_something_planned CHECK (length(aim) > 0 OR length(step) > 0 OR review_day IS NOT NULL), 
	CONSTRAINT ck_plan_step_due CHECK ((length(step) > 0) = (due_day IS NOT NULL)), 
	CONSTRAINT ck_plan_forward CHECK (until_day IS NULL OR until_day >= day), 
	CONSTRAINT fk_plan_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id), 
	CONSTRAINT fk_plan_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
INSERT INTO "plan" VALUES(1,3,20778,'loyal','show her the album ñ',20797,20850,'',20778,38);
INSERT INTO "plan" VALUES(2,3,20778,'loyal','',NULL,20939,'glad of it',NULL,38);
INSERT INTO "plan" VALUES(3,2,20778,'','',NULL,20828,'',20778,40);
CREATE TABLE preference (
	id INTEGER NOT NULL, 
	contact_id INTEGER NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	value VARCHAR NOT NULL, 
	source VARCHAR(24) NOT NULL, 
	words VARCHAR NOT NULL, 
	day INTEGER NOT NULL, 
	at DATETIME, 
	zone VARCHAR NOT NULL, 
	until_day INTEGER, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_preference PRIMARY KEY (id), 
	CONSTRAINT ck_preference_day_whole CHECK (day = CAST(day AS BIGINT)), 
	CONSTRAINT ck_preference_until_day_whole CHECK (until_day = CAST(until_day AS BIGINT)), 
	CONSTRAINT ck_preference_said_or_thought CHECK (source <> 'observed'), 
	CONSTRAINT ck_preference_words_set CHECK (length(words) > 0), 
	CONSTRAINT ck_preference_value_set CHECK ((kind = 'do-not-contact') = (value = '')), 
	CONSTRAINT ck_preference_forward CHECK (until_day IS NULL OR until_day >= day - 1), 
	CONSTRAINT fk_preference_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id), 
	CONSTRAINT ck_preference_kind CHECK (kind IN ('closeness', 'cadence', 'channel', 'not-channel', 'hours', 'topic', 'not-topic', 'surveys', 'do-not-contact', 'do-not-contact-by')), 
	CONSTRAINT ck_preference_source CHECK (source IN ('stated', 'observed', 'assumed')), 
	CONSTRAINT fk_preference_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
INSERT INTO "preference" VALUES(1,3,'cadence','6w','stated','mail me',20517,'2026-03-05 08:00:00.000000','Europe/Madrid',20882,26);
INSERT INTO "preference" VALUES(2,3,'channel','email','stated','mail me',20517,'2026-03-05 08:00:00.000000','Europe/Madrid',20882,26);
INSERT INTO "preference" VALUES(3,2,'do-not-contact','','assumed','hung up',20517,NULL,'',NULL,27);
INSERT INTO "preference" VALUES(4,3,'closeness','regular','stated','regular contact',20519,'2026-03-07 09:00:00.000000','Europe/Madrid',NULL,41);
CREATE TABLE promise (
	id INTEGER NOT NULL, 
	contact_id INTEGER NOT NULL, 
	owed_by VARCHAR(24) NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	text VARCHAR NOT NULL, 
	folded VARCHAR, 
	made_day INTEGER NOT NULL, 
	due_day INTEGER, 
	closed_day INTEGER, 
	how VARCHAR(24), 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_promise PRIMARY KEY (id), 
	CONSTRAINT ck_promise_made_day_whole CHECK (made_day = CAST(made_day AS BIGINT)), 
	CONSTRAINT ck_promise_due_day_whole CHECK (due_day = CAST(due_day AS BIGINT)), 
	CONSTRAINT ck_promise_closed_day_whole CHECK (closed_day = CAST(closed_day AS BIGINT)), 
	CONSTRAINT ck_promise_text_set CHECK (length(text) > 0), 
	CONSTRAINT ck_promise_closed_somehow CHECK ((closed_day IS NULL) = (how IS NULL)), 
	CONSTRAINT ck_promise_due_by_us CHECK (due_day IS NOT NULL OR owed_by = 'them'), 
	CONSTRAINT ck_promise_complaint_ours CHECK (kind <> 'complaint' OR owed_by = 'us'), 
	CONSTRAINT fk_promise_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id), 
	CONSTRAINT ck_promise_owed_by CHECK (owed_by IN ('us', 'them')), 
	CONSTRAINT ck_promise_kind CHECK (kind IN ('promise', 'complaint')), 
	CONSTRAINT ck_promise_how CHECK (how IN ('kept', 'broken', 'withdrawn')), 
	CONSTRAINT fk_promise_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
INSERT INTO "promise" VALUES(1,3,'us','complaint','a crease in the album',NULL,20513,20520,20516,'kept',24);
INSERT INTO "promise" VALUES(2,1,'them','promise','the new flour',NULL,20514,NULL,NULL,NULL,25);
CREATE TABLE referral (
	id INTEGER NOT NULL, 
	from_id INTEGER NOT NULL, 
	whom_id INTEGER NOT NULL, 
	day INTEGER, 
	outcome VARCHAR NOT NULL, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_referral PRIMARY KEY (id), 
	CONSTRAINT ck_referral_day_whole CHECK (day = CAST(day AS BIGINT)), 
	CONSTRAINT ck_referral_somebody_else CHECK (from_id <> whom_id), 
	CONSTRAINT fk_referral_from_id_contact FOREIGN KEY(from_id) REFERENCES contact (id), 
	CONSTRAINT fk_referral_whom_id_contact FOREIGN KEY(whom_id) REFERENCES contact (id), 
	CONSTRAINT fk_referral_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
INSERT INTO "referral" VALUES(1,2,3,20778,'',3);
CREATE TABLE reminder (
	id INTEGER NOT NULL, 
	contact_id INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	made_day INTEGER NOT NULL, 
	due_day INTEGER NOT NULL, 
	done_day INTEGER, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_reminder PRIMARY KEY (id), 
	CONSTRAINT ck_reminder_made_day_whole CHECK (made_day = CAST(made_day AS BIGINT)), 
	CONSTRAINT ck_reminder_due_day_whole CHECK (due_day = CAST(due_day AS BIGINT)), 
	CONSTRAINT ck_reminder_done_day_whole CHECK (done_day = CAST(done_day AS BIGINT)), 
	CONSTRAINT ck_reminder_text_set CHECK (length(text) > 0), 
	CONSTRAINT fk_reminder_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id), 
	CONSTRAINT fk_reminder_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
INSERT INTO "reminder" VALUES(1,3,'ask about the proofs ñ',20778,20811,NULL,34);
INSERT INTO "reminder" VALUES(2,2,'call him',20778,20778,20778,36);
CREATE TABLE removed (
	id INTEGER NOT NULL, 
	digest VARCHAR NOT NULL, 
	day INTEGER NOT NULL, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_removed PRIMARY KEY (id), 
	CONSTRAINT uq_removed_digest UNIQUE (digest), 
	CONSTRAINT ck_removed_day_whole CHECK (day = CAST(day AS BIGINT)), 
	CONSTRAINT ck_removed_digest_set CHECK (length(digest) > 0), 
	CONSTRAINT fk_removed_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
INSERT INTO "removed" VALUES(1,'ecac56a412f461b56fe21b0220549d4cc1d0590cd097a4b93f4890ff48881851',20778,15);
INSERT INTO "removed" VALUES(4,'20be6f4a433788c6bf8f3161f7c0d0cc3dd54d66ca4499335006f0d478a9e1bd',20778,21);
INSERT INTO "removed" VALUES(5,'6665c5dcb1f38c5033b1dfd866f5317db9e5af86b092398db617314da51e5758',20778,21);
CREATE TABLE response (
	id INTEGER NOT NULL, 
	contact_id INTEGER, 
	survey VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	day INTEGER NOT NULL, 
	at DATETIME, 
	zone VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	external_id VARCHAR, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_response PRIMARY KEY (id), 
	CONSTRAINT uq_response_source_external_id UNIQUE (source, external_id), 
	CONSTRAINT ck_response_version_whole CHECK (version = CAST(version AS BIGINT) AND version >= 1), 
	CONSTRAINT ck_response_day_whole CHECK (day = CAST(day AS BIGINT)), 
	CONSTRAINT ck_response_survey_set CHECK (length(survey) > 0), 
	CONSTRAINT fk_response_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id), 
	CONSTRAINT fk_response_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
INSERT INTO "response" VALUES(1,3,'relationship',1,20519,'2026-03-07 09:00:00.000000','Europe/Madrid','',NULL,41);
INSERT INTO "response" VALUES(2,3,'pulse',1,20520,NULL,'','',NULL,44);
CREATE TABLE setting (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (id), 
	CONSTRAINT uq_setting_name UNIQUE (name), 
	CONSTRAINT ck_setting_name_known CHECK (name IN ('currency', 'timezone')), 
	CONSTRAINT ck_setting_value_set CHECK (length(value) > 0), 
	CONSTRAINT fk_setting_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
INSERT INTO "setting" VALUES(1,'timezone','Europe/Madrid',46);
CREATE TABLE "transaction" (
	id INTEGER NOT NULL, 
	contact_id INTEGER NOT NULL, 
	day INTEGER NOT NULL, 
	at DATETIME, 
	zone VARCHAR NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	amount BIGINT NOT NULL, 
	currency VARCHAR NOT NULL, 
	item VARCHAR NOT NULL, 
	folded VARCHAR, 
	source VARCHAR NOT NULL, 
	external_id VARCHAR, 
	"key" VARCHAR, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_transaction PRIMARY KEY (id), 
	CONSTRAINT uq_transaction_source_external_id UNIQUE (source, external_id), 
	CONSTRAINT uq_transaction_key UNIQUE ("key"), 
	CONSTRAINT ck_transaction_day_whole CHECK (day = CAST(day AS BIGINT)), 
	CONSTRAINT ck_transaction_amount_whole CHECK (amount = CAST(amount AS BIGINT) AND amount >= 0), 
	CONSTRAINT ck_transaction_currency_code CHECK (length(currency) = 3), 
	CONSTRAINT fk_transaction_contact_id_contact FOREIGN KEY(contact_id) REFERENCES contact (id), 
	CONSTRAINT ck_transaction_kind CHECK (kind IN ('sale', 'purchase', 'refund', 'credit')), 
	CONSTRAINT fk_transaction_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
INSERT INTO "transaction" VALUES(1,3,20485,'2026-02-01 08:30:00.000000','Europe/Madrid','sale',1250,'EUR','loaf',NULL,'',NULL,NULL,14);
INSERT INTO "transaction" VALUES(2,1,20486,NULL,'','purchase',8000,'USD','flour',NULL,'',NULL,NULL,10);
INSERT INTO "transaction" VALUES(3,7,20486,NULL,'','sale',900,'EUR','',NULL,'',NULL,NULL,48);
INSERT INTO "transaction" VALUES(4,3,20487,NULL,'','sale',1750,'EUR','',NULL,'till','r-1',NULL,12);
INSERT INTO "transaction" VALUES(5,2,20488,NULL,'','sale',300,'EUR','',NULL,'till','r-2',NULL,12);
CREATE TABLE works_for (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	from_day INTEGER, 
	until_day INTEGER, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT pk_works_for PRIMARY KEY (id), 
	CONSTRAINT ck_works_for_from_day_whole CHECK (from_day = CAST(from_day AS BIGINT)), 
	CONSTRAINT ck_works_for_until_day_whole CHECK (until_day = CAST(until_day AS BIGINT)), 
	CONSTRAINT ck_works_for_forward CHECK (until_day IS NULL OR until_day >= from_day), 
	CONSTRAINT ck_works_for_somebody_else CHECK (person_id <> organisation_id), 
	CONSTRAINT fk_works_for_person_id_contact FOREIGN KEY(person_id) REFERENCES contact (id), 
	CONSTRAINT fk_works_for_organisation_id_contact FOREIGN KEY(organisation_id) REFERENCES contact (id), 
	CONSTRAINT fk_works_for_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
INSERT INTO "works_for" VALUES(1,3,1,NULL,NULL,3);
CREATE INDEX ix_change_noun_key ON change (noun, "key");
CREATE INDEX ix_change_batch_id ON change (batch_id);
CREATE INDEX ix_contact_folded ON contact (folded);
CREATE INDEX ix_contact_name_key ON contact (name_key);
CREATE INDEX ix_circumstance_contact_id ON circumstance (contact_id);
CREATE INDEX ix_address_kind_key ON address (kind, "key");
CREATE INDEX ix_external_id_contact_id ON external_id (contact_id);
CREATE INDEX ix_alias_contact_id ON alias (contact_id);
CREATE INDEX ix_contact_name_name_key ON contact_name (name_key);
CREATE INDEX ix_works_for_organisation_id ON works_for (organisation_id);
CREATE INDEX ix_works_for_person_id ON works_for (person_id);
CREATE INDEX ix_enrolment_contact_id ON enrolment (contact_id);
CREATE INDEX ix_interaction_contact_interaction_id ON interaction_contact (interaction_id);
CREATE INDEX ix_invitation_contact_id ON invitation (contact_id);
CREATE INDEX ix_later_contact_id ON later (contact_id);
CREATE INDEX ix_plan_contact_id ON "plan" (contact_id);
CREATE INDEX ix_preference_contact_id ON preference (contact_id);
CREATE INDEX ix_promise_contact_id ON promise (contact_id);
CREATE INDEX ix_referral_whom_id ON referral (whom_id);
CREATE INDEX ix_referral_from_id ON referral (from_id);
CREATE INDEX ix_reminder_contact_id ON reminder (contact_id);
CREATE INDEX ix_response_contact_id ON response (contact_id);
CREATE INDEX ix_transaction_contact_id_day_kind ON "transaction" (contact_id, day, kind);
COMMIT;
