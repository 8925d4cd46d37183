CREATE TABLE "collectors" (
	"cluster" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"beat_at" bigint NOT NULL,
	"watches" text COLLATE "C" NOT NULL,
	CONSTRAINT "collectors_cluster_name_pk" PRIMARY KEY("cluster","name")
);
