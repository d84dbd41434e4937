-- AlterTable
ALTER TABLE "authorization_code" ADD COLUMN     "dpop_jkt" TEXT,
ADD COLUMN     "nonce" TEXT;

-- AlterTable
ALTER TABLE "authorization_request" ADD COLUMN     "device_code_hash" TEXT,
ADD COLUMN     "dpop_jkt" TEXT,
ADD COLUMN     "metadata_hash" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "nonce" TEXT;

-- AlterTable
ALTER TABLE "end_user" ADD COLUMN     "email_verified_at" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "oauth_client" ADD COLUMN     "document_read_at" TIMESTAMPTZ(6),
ADD COLUMN     "dpop_bound_access_tokens" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "jwks" TEXT,
ADD COLUMN     "jwks_uri" TEXT,
ADD COLUMN     "registration_token_hash" TEXT,
ADD COLUMN     "touched_at" TIMESTAMPTZ(6),
ADD COLUMN     "token_endpoint_auth_methods" TEXT;

-- AlterTable
ALTER TABLE "project" ADD COLUMN     "allowed_origins" TEXT NOT NULL DEFAULT '[]',
ADD COLUMN     "device_grant" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "document_hosts" TEXT NOT NULL DEFAULT '[]',
ADD COLUMN     "document_policy" TEXT NOT NULL DEFAULT 'open',
ADD COLUMN     "dpop" TEXT NOT NULL DEFAULT 'off',
ADD COLUMN     "enterprise_authorization" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "offline_access_required" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "openid_connect" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "private_use_schemes" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "pushed_requests" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "token_type" TEXT NOT NULL DEFAULT 'bearer',
ADD COLUMN     "workload_identity" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "refresh_family" ADD COLUMN     "dpop_jkt" TEXT,
ADD COLUMN     "nonce" TEXT;

-- AlterTable
ALTER TABLE "signing_key" ADD COLUMN     "purpose" TEXT NOT NULL DEFAULT 'access-token';

-- CreateTable
CREATE TABLE "external_identity" (
    "project_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "external_identity_pkey" PRIMARY KEY ("project_id","issuer","subject")
);

-- CreateTable
CREATE TABLE "pushed_request" (
    "project_id" UUID NOT NULL,
    "id_hash" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "parameters" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "pushed_request_pkey" PRIMARY KEY ("project_id","id_hash")
);

-- CreateTable
CREATE TABLE "device_authorization" (
    "project_id" UUID NOT NULL,
    "device_code_hash" TEXT NOT NULL,
    "user_code_hash" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "resources" TEXT NOT NULL,
    "interval_seconds" INTEGER NOT NULL DEFAULT 5,
    "last_polled_at" TIMESTAMPTZ(6),
    "answer" TEXT,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "device_authorization_pkey" PRIMARY KEY ("project_id","device_code_hash")
);

-- CreateTable
CREATE TABLE "used_assertion" (
    "project_id" UUID NOT NULL,
    "id_hash" TEXT NOT NULL,
    "used_by" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "used_assertion_pkey" PRIMARY KEY ("project_id","id_hash")
);

-- CreateTable
CREATE TABLE "trusted_issuer" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "jwks_uri" TEXT,
    "jwks" TEXT,
    "audience" TEXT,
    "rules" TEXT NOT NULL DEFAULT '[]',
    "link_by_email" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "trusted_issuer_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateIndex
CREATE INDEX "external_identity_project_id_user_id_idx" ON "external_identity"("project_id", "user_id");

-- CreateIndex
CREATE INDEX "pushed_request_project_id_expires_at_idx" ON "pushed_request"("project_id", "expires_at");

-- CreateIndex
CREATE INDEX "device_authorization_project_id_expires_at_idx" ON "device_authorization"("project_id", "expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "device_authorization_project_id_user_code_hash_key" ON "device_authorization"("project_id", "user_code_hash");

-- CreateIndex
CREATE INDEX "used_assertion_project_id_expires_at_idx" ON "used_assertion"("project_id", "expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "trusted_issuer_project_id_kind_issuer_key" ON "trusted_issuer"("project_id", "kind", "issuer");


-- Prisma's schema cannot say what follows; `migrate diff` ignores it.

ALTER TABLE "project" ADD CONSTRAINT "project_document_policy_check" CHECK ("document_policy" IN ('open', 'allow-list', 'deny'));
ALTER TABLE "project" ADD CONSTRAINT "project_token_type_check" CHECK ("token_type" IN ('bearer', 'Bearer'));
ALTER TABLE "project" ADD CONSTRAINT "project_dpop_check" CHECK ("dpop" IN ('off', 'on', 'nonce'));
ALTER TABLE "signing_key" ADD CONSTRAINT "signing_key_purpose_check" CHECK ("purpose" IN ('access-token', 'id-token'));
ALTER TABLE "trusted_issuer" ADD CONSTRAINT "trusted_issuer_kind_check" CHECK ("kind" IN ('subject-token', 'id-jag', 'workload'));
ALTER TABLE "trusted_issuer" ADD CONSTRAINT "trusted_issuer_keys_check" CHECK (("jwks" IS NULL) <> ("jwks_uri" IS NULL));
ALTER TABLE "device_authorization" ADD CONSTRAINT "device_authorization_answer_check" CHECK ("answer" IN ('approved', 'denied'));
ALTER TABLE "oauth_client" DROP CONSTRAINT "oauth_client_source_check";
ALTER TABLE "oauth_client" ADD CONSTRAINT "oauth_client_source_check" CHECK ("source" IN ('registered', 'manual', 'builtin', 'document'));
ALTER TABLE "oauth_client" ADD CONSTRAINT "oauth_client_auth_method_check" CHECK ("token_endpoint_auth_method" IN ('none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'));
