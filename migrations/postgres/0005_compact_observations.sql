CREATE TABLE "cursors" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"hour" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "segment_evidence" (
	"hour" bigint NOT NULL,
	"evidence" text COLLATE "C" NOT NULL,
	"cluster" text COLLATE "C" NOT NULL,
	"segment" text COLLATE "C" NOT NULL,
	CONSTRAINT "segment_evidence_hour_evidence_cluster_segment_pk" PRIMARY KEY("hour","evidence","cluster","segment")
);
--> statement-breakpoint
CREATE TABLE "segments" (
	"cluster" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"namespace" text COLLATE "C" NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"records" bigint NOT NULL,
	"first_at" bigint NOT NULL,
	"last_at" bigint NOT NULL,
	"body" "bytea" NOT NULL,
	CONSTRAINT "segments_id_cluster_pk" PRIMARY KEY("id","cluster")
);
--> statement-breakpoint
CREATE INDEX "segments_subject" ON "segments" USING btree ("subject","cluster");--> statement-breakpoint
CREATE INDEX "segments_last" ON "segments" USING btree ("last_at");