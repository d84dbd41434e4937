-- AlterTable
ALTER TABLE "end_user" ADD COLUMN     "attributes" TEXT NOT NULL DEFAULT '{}',
ALTER COLUMN "email" DROP NOT NULL;

-- AlterTable
ALTER TABLE "end_user_session" ADD COLUMN     "scope_ceiling" TEXT;

-- AlterTable
ALTER TABLE "project" ADD COLUMN     "accent_color" TEXT,
ADD COLUMN     "claim_mappings" TEXT NOT NULL DEFAULT '[]',
ADD COLUMN     "handoff_url" TEXT,
ADD COLUMN     "policy_url" TEXT,
ADD COLUMN     "reviewer_code_hash" TEXT,
ADD COLUMN     "reviewer_email" TEXT,
ADD COLUMN     "reviewer_expires_at" TIMESTAMPTZ(6),
ADD COLUMN     "sign_in_email" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "sign_in_passkey" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "sign_in_password" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "support_url" TEXT,
ADD COLUMN     "terms_url" TEXT;

-- CreateTable
CREATE TABLE "email_challenge" (
    "project_id" UUID NOT NULL,
    "id_hash" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "user_id" TEXT,
    "code_hash" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "request_id" TEXT,
    "browser_hash" TEXT,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "email_challenge_pkey" PRIMARY KEY ("project_id","id_hash")
);

-- CreateTable
CREATE TABLE "passkey" (
    "project_id" UUID NOT NULL,
    "credential_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "sign_count" BIGINT NOT NULL,
    "transports" TEXT NOT NULL DEFAULT '[]',
    "backed_up" BOOLEAN NOT NULL,
    "last_used_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "passkey_pkey" PRIMARY KEY ("project_id","credential_id")
);

-- CreateTable
CREATE TABLE "passkey_challenge" (
    "project_id" UUID NOT NULL,
    "id_hash" TEXT NOT NULL,
    "browser_hash" TEXT NOT NULL,
    "user_id" TEXT,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "passkey_challenge_pkey" PRIMARY KEY ("project_id","id_hash")
);

-- CreateTable
CREATE TABLE "upstream_sign_in" (
    "project_id" UUID NOT NULL,
    "state_hash" TEXT NOT NULL,
    "provider_id" UUID NOT NULL,
    "request_id" TEXT NOT NULL,
    "browser_hash" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),
    "used_by" UUID,

    CONSTRAINT "upstream_sign_in_pkey" PRIMARY KEY ("project_id","state_hash")
);

-- CreateTable
CREATE TABLE "upstream_token" (
    "project_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "provider_id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6),
    "leased_until" TIMESTAMPTZ(6),
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "upstream_token_pkey" PRIMARY KEY ("project_id","user_id","provider_id")
);

-- CreateTable
CREATE TABLE "handoff" (
    "project_id" UUID NOT NULL,
    "id_hash" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "browser_hash" TEXT NOT NULL,
    "user_id" TEXT,
    "scope" TEXT,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(6),
    "used_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "handoff_pkey" PRIMARY KEY ("project_id","id_hash")
);

-- CreateTable
CREATE TABLE "remembered_consent" (
    "project_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "place_hash" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "metadata_hash" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "remembered_consent_pkey" PRIMARY KEY ("project_id","user_id","client_id","place_hash")
);

-- CreateTable
CREATE TABLE "project_logo" (
    "project_id" UUID NOT NULL,
    "media_type" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "project_logo_pkey" PRIMARY KEY ("project_id")
);

-- CreateTable
CREATE TABLE "upstream_provider" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "preset" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "issuer" TEXT,
    "client_id" TEXT NOT NULL,
    "sealed_secret" TEXT NOT NULL,
    "scope" TEXT NOT NULL DEFAULT '',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "keep_tokens" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "upstream_provider_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateIndex
CREATE INDEX "email_challenge_project_id_email_idx" ON "email_challenge"("project_id", "email");

-- CreateIndex
CREATE INDEX "email_challenge_project_id_expires_at_idx" ON "email_challenge"("project_id", "expires_at");

-- CreateIndex
CREATE INDEX "passkey_project_id_user_id_idx" ON "passkey"("project_id", "user_id");

-- CreateIndex
CREATE INDEX "passkey_challenge_project_id_expires_at_idx" ON "passkey_challenge"("project_id", "expires_at");

-- CreateIndex
CREATE INDEX "upstream_sign_in_project_id_expires_at_idx" ON "upstream_sign_in"("project_id", "expires_at");

-- CreateIndex
CREATE INDEX "handoff_project_id_expires_at_idx" ON "handoff"("project_id", "expires_at");


-- Prisma's schema cannot say what follows; `migrate diff` ignores it.

ALTER TABLE "project" ADD CONSTRAINT "project_accent_color_check" CHECK ("accent_color" ~ '^#[0-9a-f]{6}$');
ALTER TABLE "project_logo" ADD CONSTRAINT "project_logo_size_check" CHECK (octet_length("bytes") <= 262144);
ALTER TABLE "upstream_provider" ADD CONSTRAINT "upstream_provider_preset_check" CHECK ("preset" IN ('oidc', 'google', 'github', 'entra', 'okta'));
ALTER TABLE "email_challenge" ADD CONSTRAINT "email_challenge_purpose_check" CHECK ("purpose" IN ('sign-in', 'verify-email', 'reset-password', 'change-email'));
