CREATE TABLE "content_revision" (
	"id" boolean DEFAULT true NOT NULL,
	"revision" bigint NOT NULL,
	CONSTRAINT "content_revision_pkey" PRIMARY KEY("id"),
	CONSTRAINT "content_revision_one_row" CHECK ("content_revision"."id")
);
