CREATE TABLE "api_keys" (
	"key_hash" text COLLATE "C" PRIMARY KEY NOT NULL,
	"cluster" text COLLATE "C" NOT NULL,
	"scopes" text COLLATE "C" DEFAULT 'read write' NOT NULL,
	"created_at" bigint DEFAULT 0 NOT NULL,
	"revoked_at" bigint
);
--> statement-breakpoint
CREATE TABLE "batches" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"cluster" text COLLATE "C" NOT NULL,
	"blob_key" text COLLATE "C" NOT NULL,
	"received_at" bigint NOT NULL,
	"accepted" bigint NOT NULL,
	"rejected" text COLLATE "C" NOT NULL,
	"collector" text COLLATE "C" NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "deaths" (
	"hour" bigint NOT NULL,
	"evidence" text COLLATE "C" NOT NULL,
	"cluster" text COLLATE "C" NOT NULL,
	"observed_at" bigint NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	CONSTRAINT "deaths_hour_evidence_cluster_pk" PRIMARY KEY("hour","evidence","cluster")
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"incident_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"markdown" text COLLATE "C" NOT NULL,
	"watermark" bigint NOT NULL,
	"input_hash" text COLLATE "C" NOT NULL,
	CONSTRAINT "documents_incident_id_kind_pk" PRIMARY KEY("incident_id","kind")
);
--> statement-breakpoint
CREATE TABLE "incident_ids" (
	"alias" text COLLATE "C" NOT NULL,
	"incident_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "incident_ids_alias_incident_id_pk" PRIMARY KEY("alias","incident_id")
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"cluster" text COLLATE "C" NOT NULL,
	"namespace" text COLLATE "C" NOT NULL,
	"workload_kind" text COLLATE "C" NOT NULL,
	"workload_name" text COLLATE "C" NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"onset_at" bigint NOT NULL,
	"over_at" bigint NOT NULL,
	"body" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "links" (
	"cluster" text COLLATE "C" NOT NULL,
	"uid" text COLLATE "C" NOT NULL,
	"target" text COLLATE "C" NOT NULL,
	CONSTRAINT "links_uid_target_cluster_pk" PRIMARY KEY("uid","target","cluster")
);
--> statement-breakpoint
CREATE TABLE "objects" (
	"cluster" text COLLATE "C" NOT NULL,
	"uid" text COLLATE "C" NOT NULL,
	"name_key" text COLLATE "C" NOT NULL,
	"namespace" text COLLATE "C" NOT NULL,
	"workload_kind" text COLLATE "C" NOT NULL,
	"workload_name" text COLLATE "C" NOT NULL,
	"depth" bigint NOT NULL,
	"gone_at" bigint NOT NULL,
	CONSTRAINT "objects_uid_cluster_pk" PRIMARY KEY("uid","cluster")
);
--> statement-breakpoint
CREATE TABLE "observations" (
	"cluster" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"namespace" text COLLATE "C" NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"observed_at" bigint NOT NULL,
	"hour" bigint NOT NULL,
	"evidence" text COLLATE "C" NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	CONSTRAINT "observations_key_cluster_pk" PRIMARY KEY("key","cluster")
);
--> statement-breakpoint
CREATE TABLE "watermarks" (
	"cluster" text COLLATE "C" PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workloads" (
	"cluster" text COLLATE "C" NOT NULL,
	"namespace" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"stale" boolean NOT NULL,
	"unsettled" boolean NOT NULL,
	"first_at" bigint NOT NULL,
	"last_at" bigint NOT NULL,
	"active_until" bigint NOT NULL,
	"evaluated_at" bigint NOT NULL,
	CONSTRAINT "workloads_cluster_namespace_kind_name_pk" PRIMARY KEY("cluster","namespace","kind","name")
);
--> statement-breakpoint
CREATE INDEX "batches_pending" ON "batches" USING btree ("received_at") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "batches_quarantined" ON "batches" USING btree ("received_at") WHERE status = 'quarantined';--> statement-breakpoint
CREATE INDEX "incident_ids_incident" ON "incident_ids" USING btree ("incident_id");--> statement-breakpoint
CREATE INDEX "incidents_workload" ON "incidents" USING btree ("workload_name","namespace","workload_kind","cluster");--> statement-breakpoint
CREATE INDEX "incidents_onset" ON "incidents" USING btree ("onset_at");--> statement-breakpoint
CREATE INDEX "links_target" ON "links" USING btree ("target","cluster");--> statement-breakpoint
CREATE INDEX "objects_workload" ON "objects" USING btree ("workload_name","namespace","workload_kind","cluster");--> statement-breakpoint
CREATE INDEX "objects_name" ON "objects" USING btree ("name_key","cluster");--> statement-breakpoint
CREATE INDEX "observations_subject" ON "observations" USING btree ("subject","cluster");--> statement-breakpoint
CREATE INDEX "observations_evidence" ON "observations" USING btree ("hour","evidence");--> statement-breakpoint
CREATE INDEX "workloads_stale" ON "workloads" USING btree ("cluster") WHERE stale;--> statement-breakpoint
CREATE INDEX "workloads_undecided" ON "workloads" USING btree ("cluster") WHERE unsettled or evaluated_at < active_until;