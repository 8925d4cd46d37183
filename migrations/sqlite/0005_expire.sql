ALTER TABLE `workloads` ADD `expired_before` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `workloads_first` ON `workloads` (`first_at`);--> statement-breakpoint
CREATE INDEX `batches_processed` ON `batches` (`received_at`) WHERE status = 'processed';--> statement-breakpoint
CREATE INDEX `incidents_over` ON `incidents` (`over_at`);