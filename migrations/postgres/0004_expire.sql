ALTER TABLE "workloads" ADD COLUMN "expired_before" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "batches_processed" ON "batches" USING btree ("received_at") WHERE status = 'processed';--> statement-breakpoint
CREATE INDEX "incidents_over" ON "incidents" USING btree ("over_at");--> statement-breakpoint
CREATE INDEX "workloads_first" ON "workloads" USING btree ("first_at");