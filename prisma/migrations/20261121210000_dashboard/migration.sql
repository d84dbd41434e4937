-- AlterTable
ALTER TABLE "member" ADD COLUMN     "email_verified_at" TIMESTAMPTZ(6),
ADD COLUMN     "sealed_totp" TEXT,
ADD COLUMN     "totp_confirmed_at" TIMESTAMPTZ(6),
ADD COLUMN     "totp_last_step" BIGINT,
ALTER COLUMN "password_hash" DROP NOT NULL;

-- AlterTable
ALTER TABLE "oauth_client" ADD COLUMN     "blocked_at" TIMESTAMPTZ(6),
ADD COLUMN     "document_stale_at" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "organisation" ADD COLUMN     "deleted_at" TIMESTAMPTZ(6),
ADD COLUMN     "require_second_factor" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "project" ADD COLUMN     "audit_retention_days" INTEGER DEFAULT 365,
ADD COLUMN     "environment" TEXT NOT NULL DEFAULT 'live',
ADD COLUMN     "key_rotation_days" INTEGER DEFAULT 90,
ADD COLUMN     "live_project_id" UUID,
ADD COLUMN     "purged_at" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "project_secret" ADD COLUMN     "last_used_from" TEXT,
ADD COLUMN     "name" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "scope" ADD COLUMN     "is_required" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "risk" TEXT NOT NULL DEFAULT 'low';

-- CreateTable
CREATE TABLE "saved_view" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "usage_day" (
    "project_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL DEFAULT '',
    "count" INTEGER NOT NULL,

    CONSTRAINT "usage_day_pkey" PRIMARY KEY ("project_id","day","kind","key")
);

-- CreateTable
CREATE TABLE "webhook_endpoint" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "events" TEXT NOT NULL DEFAULT '[]',
    "sealed_secret" TEXT NOT NULL,
    "last_four" TEXT NOT NULL,
    "sealed_previous_secret" TEXT,
    "previous_secret_expires_at" TIMESTAMPTZ(6),
    "cursor" UUID NOT NULL,
    "disabled_at" TIMESTAMPTZ(6),
    "failing_since" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "webhook_endpoint_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "event_id" UUID,
    "action" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "attempts_before" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(6),
    "leased_until" TIMESTAMPTZ(6),
    "delivered_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "webhook_attempt" (
    "project_id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),
    "status" INTEGER,
    "answer" TEXT,
    "problem" TEXT,
    "milliseconds" INTEGER NOT NULL,

    CONSTRAINT "webhook_attempt_pkey" PRIMARY KEY ("project_id","delivery_id","number")
);

-- CreateTable
CREATE TABLE "member_session" (
    "member_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "authenticated_at" TIMESTAMPTZ(6) NOT NULL,
    "way" TEXT NOT NULL,
    "awaits_second_factor" BOOLEAN NOT NULL DEFAULT false,
    "address" TEXT,
    "user_agent" TEXT,
    "last_seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "member_session_pkey" PRIMARY KEY ("member_id","id")
);

-- CreateTable
CREATE TABLE "member_recovery_code" (
    "member_id" UUID NOT NULL,
    "code_hash" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "member_recovery_code_pkey" PRIMARY KEY ("member_id","code_hash")
);

-- CreateTable
CREATE TABLE "member_passkey" (
    "credential_id" TEXT NOT NULL,
    "member_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "sign_count" BIGINT NOT NULL,
    "transports" TEXT NOT NULL DEFAULT '[]',
    "backed_up" BOOLEAN NOT NULL,
    "last_used_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "member_passkey_pkey" PRIMARY KEY ("credential_id")
);

-- CreateTable
CREATE TABLE "member_challenge" (
    "id_hash" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "email" TEXT,
    "member_id" UUID,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "member_challenge_pkey" PRIMARY KEY ("id_hash")
);

-- CreateTable
CREATE TABLE "member_identity" (
    "provider" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "member_id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "member_identity_pkey" PRIMARY KEY ("provider","subject")
);

-- CreateTable
CREATE TABLE "invitation" (
    "organisation_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "invited_by" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "accepted_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "organisation_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "key_hash" TEXT NOT NULL,
    "last_four" TEXT NOT NULL,
    "permissions" TEXT NOT NULL,
    "project_id" UUID,
    "created_by" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),
    "last_used_at" TIMESTAMPTZ(6),
    "last_used_from" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("organisation_id","id")
);

-- CreateTable
CREATE TABLE "resource_alias" (
    "project_id" UUID NOT NULL,
    "alias" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "resource_alias_pkey" PRIMARY KEY ("project_id","alias")
);

-- CreateTable
CREATE TABLE "custom_domain" (
    "project_id" UUID NOT NULL,
    "host" TEXT NOT NULL,
    "challenge" TEXT NOT NULL,
    "verified_at" TIMESTAMPTZ(6),
    "last_checked_at" TIMESTAMPTZ(6),
    "problem" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "custom_domain_pkey" PRIMARY KEY ("project_id","host")
);

-- CreateIndex
CREATE INDEX "webhook_delivery_project_id_endpoint_id_id_idx" ON "webhook_delivery"("project_id", "endpoint_id", "id");

-- CreateIndex
CREATE INDEX "webhook_delivery_project_id_endpoint_id_state_next_attempt__idx" ON "webhook_delivery"("project_id", "endpoint_id", "state", "next_attempt_at");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_delivery_project_id_endpoint_id_event_id_key" ON "webhook_delivery"("project_id", "endpoint_id", "event_id");

-- CreateIndex
CREATE INDEX "member_session_expires_at_idx" ON "member_session"("expires_at");

-- CreateIndex
CREATE INDEX "member_passkey_member_id_idx" ON "member_passkey"("member_id");

-- CreateIndex
CREATE INDEX "member_challenge_expires_at_idx" ON "member_challenge"("expires_at");

-- CreateIndex
CREATE INDEX "member_challenge_member_id_idx" ON "member_challenge"("member_id");

-- CreateIndex
CREATE INDEX "member_identity_member_id_idx" ON "member_identity"("member_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE INDEX "invitation_organisation_id_email_idx" ON "invitation"("organisation_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_key_hash_key" ON "api_key"("key_hash");

-- RenameIndex
ALTER INDEX "oauth_client_unused" RENAME TO "oauth_client_project_id_created_at_idx";


-- What the columns' words may be
ALTER TABLE "project" ADD CONSTRAINT "project_environment_check" CHECK ("environment" IN ('live', 'test'));
ALTER TABLE "project" ADD CONSTRAINT "project_audit_retention_check" CHECK ("audit_retention_days" BETWEEN 1 AND 3650);
ALTER TABLE "project" ADD CONSTRAINT "project_key_rotation_check" CHECK ("key_rotation_days" BETWEEN 1 AND 730);
ALTER TABLE "project" ADD CONSTRAINT "project_purged_check" CHECK ("purged_at" IS NULL OR "deleted_at" IS NOT NULL);
ALTER TABLE "scope" ADD CONSTRAINT "scope_risk_check" CHECK ("risk" IN ('low', 'medium', 'high'));
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_role_check" CHECK ("role" IN ('owner', 'admin', 'developer', 'viewer', 'auditor'));
ALTER TABLE "member_session" ADD CONSTRAINT "member_session_way_check" CHECK ("way" IN ('password', 'passkey', 'github', 'google', 'oidc'));
ALTER TABLE "member_identity" ADD CONSTRAINT "member_identity_provider_check" CHECK ("provider" IN ('github', 'google', 'oidc'));
ALTER TABLE "member_challenge" ADD CONSTRAINT "member_challenge_email_check" CHECK (("purpose" = 'change-email') = ("email" IS NOT NULL));
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_state_check" CHECK ("state" IN ('pending', 'delivered', 'failed'));
ALTER TABLE "oauth_client" ADD CONSTRAINT "oauth_client_blocked_check" CHECK ("blocked_at" IS NULL OR "revoked_at" IS NOT NULL);
