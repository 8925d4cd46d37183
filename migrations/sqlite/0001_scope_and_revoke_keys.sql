ALTER TABLE `api_keys` ADD `scopes` text DEFAULT 'read write' NOT NULL;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `created_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `revoked_at` integer;--> statement-breakpoint
CREATE INDEX `batches_quarantined` ON `batches` (`received_at`) WHERE status = 'quarantined';