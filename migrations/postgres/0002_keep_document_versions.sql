CREATE TABLE "document_versions" (
	"incident_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"cluster" text COLLATE "C" NOT NULL,
	"namespace" text COLLATE "C" NOT NULL,
	"markdown" text COLLATE "C" NOT NULL,
	"watermark" bigint NOT NULL,
	"input_hash" text COLLATE "C" NOT NULL,
	CONSTRAINT "document_versions_incident_id_kind_version_pk" PRIMARY KEY("incident_id","kind","version")
);
