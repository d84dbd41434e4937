-- AlterTable
ALTER TABLE "oauth_client" ADD COLUMN     "logo_uri" TEXT;

-- CreateTable
CREATE TABLE "client_logo" (
    "project_id" UUID NOT NULL,
    "client_id" TEXT NOT NULL,
    "uri" TEXT NOT NULL,
    "media_type" TEXT,
    "bytes" BYTEA,
    "hash" TEXT,
    "read_at" TIMESTAMPTZ(6),
    "failure" TEXT,
    "tried_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "client_logo_pkey" PRIMARY KEY ("project_id","client_id")
);

-- CreateIndex
CREATE INDEX "client_logo_project_id_hash_idx" ON "client_logo"("project_id", "hash");

-- CreateIndex
CREATE INDEX "client_logo_project_id_tried_at_idx" ON "client_logo"("project_id", "tried_at");

-- What the schema language cannot say: a picture is all there or not at all, and what was tried has led to one of both.
ALTER TABLE "client_logo" ADD CONSTRAINT "client_logo_media_type_check" CHECK ("media_type" IN ('image/png', 'image/jpeg', 'image/webp'));
ALTER TABLE "client_logo" ADD CONSTRAINT "client_logo_size_check" CHECK (octet_length("bytes") BETWEEN 1 AND 65536);
ALTER TABLE "client_logo" ADD CONSTRAINT "client_logo_hash_check" CHECK ("hash" ~ '^[0-9a-f]{64}$');
ALTER TABLE "client_logo" ADD CONSTRAINT "client_logo_whole_check" CHECK (("media_type" IS NULL) = ("bytes" IS NULL) AND ("hash" IS NULL) = ("bytes" IS NULL) AND ("read_at" IS NULL) = ("bytes" IS NULL));
ALTER TABLE "client_logo" ADD CONSTRAINT "client_logo_failure_check" CHECK ("failure" IN ('unreachable', 'status', 'too_large', 'no_picture', 'too_many_pixels'));
ALTER TABLE "client_logo" ADD CONSTRAINT "client_logo_outcome_check" CHECK ("failure" IS NOT NULL OR "bytes" IS NOT NULL);
